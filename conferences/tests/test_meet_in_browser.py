"""The live conference in a real browser: it saves itself, says so truthfully, and loses no word."""

import pytest
from django.test import Client
from django.urls import reverse

from conferences.models import LiveNote
from conferences.tests.meeting import an_open_sitting, mark


@pytest.fixture
def sitting(transactional_db):
    return mark(an_open_sitting())


@pytest.fixture
def browser_of_chair(sitting, live_server, new_context):
    client = Client()
    client.force_login(sitting.conference.chair)

    def opened(**how):
        context = new_context(**how)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context

    return opened


def address(sitting, live_server):
    return live_server.url + reverse("conferences:meet", args=[sitting.conference.pk])


def status(page, key="worried-0-0"):
    return page.locator(f"[data-note={key}] [data-status]")


def test_the_page_saves_itself_and_two_screens_keep_both_texts(sitting, live_server, browser_of_chair, axe):
    context = browser_of_chair()
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(address(sitting, live_server))
    one.fill("#note-worried-0-0", "Bruises")
    status(one).get_by_text("Saved at").wait_for()
    other.fill("#note-worried-0-0", "Hunger")
    status(other).get_by_text("choose which text stands").wait_for()
    axe(other)
    other.get_by_role("button", name="Save this").click()
    status(other).get_by_text("Saved at").wait_for()
    assert LiveNote.objects.get().text == "Bruises\n\nHunger"


def test_words_typed_without_a_connection_are_kept_and_saved_when_it_is_back(sitting, live_server, browser_of_chair):
    context = browser_of_chair()
    page = context.new_page()
    page.goto(address(sitting, live_server))
    context.set_offline(True)
    page.fill("#note-worried-0-0", "Bruises")
    status(page).get_by_text("Not saved: no connection").wait_for()
    assert not LiveNote.objects.exists()
    context.set_offline(False)
    status(page).get_by_text("Saved at").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
    assert LiveNote.objects.get().text == "Bruises"


def test_it_fits_a_phone_and_works_without_javascript(sitting, live_server, browser_of_chair, axe):
    context = browser_of_chair(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address(sitting, live_server))
    page.fill("#note-worried-0-0", "Bruises")
    page.get_by_role("button", name="Save", exact=True).click()
    assert "Saved at" in page.content()
    assert LiveNote.objects.get().text == "Bruises"
    scripted = browser_of_chair(viewport={"width": 360, "height": 740}).new_page()
    scripted.goto(address(sitting, live_server))
    assert scripted.evaluate("document.documentElement.scrollWidth") == 360
    axe(scripted)


HEARD = "he keeps a machete behind the bedroom door"


def choose(page, key, label):
    page.locator(f"#audience-{key}").select_option(label=label)


def test_police_words_typed_into_an_open_note_are_kept_for_few_until_the_chair_decides(
    sitting, live_server, browser_of_chair, axe
):
    page = browser_of_chair(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address(sitting, live_server))
    choose(page, "confidential-0-0", "Police, restricted")
    page.get_by_label("(police)").first.check()
    page.fill("#note-confidential-0-0", f"Officers say that {HEARD}.")
    status(page, "confidential-0-0").get_by_text("Saved at").wait_for()
    police = LiveNote.objects.get()
    assert [one.invitation_id for one in police.readers.all()] == [sitting.invitations["police"].pk]
    page.fill("#note-reason-0-0", f"We meet because {HEARD}.")
    held = page.locator("[data-note=reason-0-0] [data-held]")
    held.get_by_text("Saved, but not yet for").wait_for()
    axe(page)
    assert page.locator("#audience-reason-0-0").input_value() == "police"
    assert LiveNote.objects.get(section="reason").audience == "police"
    page.fill("#note-reason-0-0", "We meet because Rosa is afraid.")
    held.get_by_text("Saved, but not yet for").wait_for(state="detached")
    assert page.locator("#audience-reason-0-0").input_value() == "everyone"
    page.fill("#note-reason-0-0", f"Again {HEARD}.")
    held.get_by_text("I have leave to share it").click()
    held.get_by_label("Who gave leave").fill("DS Hall, by phone today")
    held.get_by_role("button", name="Share it as I chose").click()
    held.get_by_text("Saved, but not yet for").wait_for(state="detached")
    assert LiveNote.objects.get(section="reason").audience == "everyone"
    assert page.evaluate("sessionStorage.length") == 0
