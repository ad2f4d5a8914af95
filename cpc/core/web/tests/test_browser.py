"""The gallery and the sign-in pages in a real browser: what only a browser can tell."""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cpc.core.accounts.choices import Role
from cpc.core.web.middleware import LAST_SEEN
from cpc.core.web.tests.conftest import PASSWORD, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(transactional_db, practice):
    return make_user("alex@example.org", Role.SOCIAL_WORKER)


def show(page, name):
    """Keeps a picture where SCREENSHOTS names a folder, for anybody who wants to look."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def sign_in(page, live_server, person, to="/components/"):
    page.goto(f"{live_server.url}/account/login/?next={to}")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{to}")


def sign_out(page, live_server):
    page.goto(f"{live_server.url}/components/")
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/")


def no_sideways_scroll(page):
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => !e.closest('.cpc-table, .govuk-visually-hidden') && "
        "e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), wide


def test_every_component_and_field_is_accessible_and_fits_a_phone(page, phone, live_server, person, axe):
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/account/login/")
    axe(page)
    show(page, "login-wide")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe(page)
    show(page, "login-errors-wide")
    sign_in(page, live_server, person)
    axe(page)
    show(page, "gallery-wide")
    page.get_by_role("button", name="Check the form").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe(page)
    show(page, "gallery-errors-wide")
    for path in (
        "/account/two-factor/",
        "/account/two-factor/totp/activate/",
        "/account/password/change/",
        "/account/password/reset/",
        "/no/such/page/",
    ):
        page.goto(live_server.url + path)
        axe(page)
        show(page, path.strip("/").replace("/", "-") + "-wide")
    phone.goto(f"{live_server.url}/account/login/")
    no_sideways_scroll(phone)
    show(phone, "login-phone")
    sign_in(phone, live_server, person)
    no_sideways_scroll(phone)
    show(phone, "gallery-phone")
    phone.get_by_role("button", name="Check the form").click()
    expect(phone.get_by_role("alert")).to_contain_text("There is a problem")
    no_sideways_scroll(phone)
    axe(phone)
    show(phone, "gallery-errors-phone")
    assert [line for line in said if "404" not in line] == []


def test_each_error_link_puts_the_cursor_in_the_box_that_is_wrong(page, live_server, person):
    sign_in(page, live_server, person)
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("3")
    page.get_by_role("button", name="Check the form").click()
    assert page.title().startswith("Error: ")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    for text, target in (
        ("Enter the full name", "id_name"),
        ("Date of birth must include a year", "id_born_on_year"),
        ("Choose the room", "id_room"),
        ("Select what was decided", "id_outcome"),
        ("Select who is invited", "id_invited"),
        ("Tick the box to say", "id_checked"),
    ):
        summary.get_by_role("link", name=text).click()
        assert page.evaluate("document.activeElement.id") == target


@pytest.mark.parametrize("scripts", [True, False])
def test_an_option_reveals_what_it_asks_for_with_or_without_scripts(browser, live_server, person, scripts):
    page = browser.new_context(java_script_enabled=scripts).new_page()
    sign_in(page, live_server, person)
    reason = page.get_by_label("Reason")
    expect(reason).to_be_hidden()
    page.get_by_label("Declined").check()
    expect(reason).to_be_visible()


def test_a_form_works_without_javascript(browser, live_server, person):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, live_server, person)
    page.get_by_role("button", name="Check the form").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()


def test_the_page_warns_a_minute_before_and_staying_keeps_what_was_typed(page, live_server, person, settings, axe):
    settings.CPC_IDLE_MINUTES = 1  # so the warning is due at once
    sign_in(page, live_server, person)
    session_is(person, idle=30)
    page.reload()
    dialog = page.get_by_role("dialog")
    session_is(person, idle=100)
    expect(dialog).to_contain_text("You will be signed out in 1 minute", timeout=10_000)
    axe(page)
    show(page, "idle-warning")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()


def test_a_page_whose_session_is_over_covers_itself_and_comes_back_with_every_word(page, context, live_server, person):
    sign_in(page, live_server, person)
    page.get_by_label("Full name").fill("Sam Example")
    session_is(person, idle=2 * 3600)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out")
    show(page, "idle-over")
    second = context.new_page()
    sign_in(second, live_server, person)
    page.bring_to_front()
    dialog.get_by_role("button", name="Go back to the page").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Check the form").click()  # the page's token is older than the new sign-in
    expect(page.get_by_label("Full name")).to_have_value("Sam Example")
    expect(page.get_by_text("Check it, then send it.")).to_be_visible()
    show(page, "kept-again")


def test_a_page_is_shown_again_only_to_the_person_who_opened_it(page, context, live_server, person):
    sign_in(page, live_server, person)
    page.get_by_label("Full name").fill("A safe address")
    dialog, second = page.get_by_role("dialog"), context.new_page()
    sign_out(second, live_server)
    sign_in(second, live_server, make_user("robin@example.org", Role.CHAIR))
    page.bring_to_front()
    page.get_by_label("Full name").press("End")  # at the desk, without leaving the page
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(dialog).to_contain_text("Somebody else is signed in now")
    dialog.get_by_role("button", name="Go back to the page").click()
    expect(dialog).to_contain_text("Somebody else is signed in now")
    sign_out(second, live_server)
    sign_in(second, live_server, person)
    page.bring_to_front()
    dialog.get_by_role("button", name="Go back to the page").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Full name")).to_have_value("A safe address")


def test_who_goes_back_to_the_page_of_another_does_not_find_what_they_typed(page, live_server, person):
    other = make_user("robin@example.org", Role.CHAIR)
    name = page.get_by_label("Full name")
    sign_in(page, live_server, person)
    name.fill("A safe address")
    page.goto(f"{live_server.url}/account/password/change/")
    page.go_back()
    expect(name).to_have_value("A safe address")  # their own words are there again
    page.goto(f"{live_server.url}/account/password/change/")
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/")
    sign_in(page, live_server, other, to="/account/password/change/")
    for _ in range(10):
        if page.url.endswith("/components/"):
            break
        page.go_back()
    page.wait_for_load_state()
    expect(name).to_have_value("")


def session_is(person, idle):
    """Makes every session of this test look as if nobody had done anything for ``idle`` seconds."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for row in Session.objects.all():
        session = SessionStore(session_key=row.session_key)
        session[LAST_SEEN] = time.time() - idle
        session.save()
