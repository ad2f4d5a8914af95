"""Booking and inviting in a real browser, on a desk and on a phone, each page checked for accessibility."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import expect

from conferences.convening.actions.booking import move
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    booking,
    declare,
    everything_leaves,
    with_fathers_apart,
)
from cpc.core.accounts.models import User
from cpc.core.accounts.tests.builders import setting_up
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS")


@pytest.fixture(autouse=True)
def the_day():
    """Set the day of the builders, also for the server's thread."""
    with time_machine.travel("2026-11-20 09:00+00:00", tick=True):
        yield


def sign_in(page, live_server, user):
    """Give the browser a session of ``user``."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.clear_cookies()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}
    page.context.add_cookies([cookie])


def look(page, axe, live_server, name, *args):
    """Open the page, and check its accessibility, and its width on a desk and a phone."""
    page.goto(live_server.url + reverse(f"conferences:{name}", args=args))
    axe(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{name} is wider than a page of {width}"
        if SHOTS:  # a directory in which to look at the pages afterwards
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def test_every_page_of_booking_and_inviting_is_accessible_on_a_desk_and_on_a_phone(page, axe, live_server):
    convened = an_invited_conference()
    council, pk = convened.council, convened.conference.pk
    second = an_agreed_conference(the_marlows(council, name="Penrose"))
    third = a_booked_conference(the_marlows(council, name="Trelawny"), hour=14)
    declare(third.by("chair"), third.conference, independent=False)
    sign_in(page, live_server, council.users.chair)
    look(page, axe, live_server, "declare_independence", third.conference.pk)
    sign_in(page, live_server, council.users.administrator)
    look(page, axe, live_server, "conference", pk)
    look(page, axe, live_server, "move", pk)
    look(page, axe, live_server, "cancel", pk)
    look(page, axe, live_server, "book", second.conference.pk)
    look(page, axe, live_server, "invitations", third.conference.pk)
    with_fathers_apart(third)
    look(page, axe, live_server, "preview_invitations", third.conference.pk)
    look(page, axe, live_server, "add_family_member", third.conference.pk)
    look(page, axe, live_server, "add_professional", third.conference.pk)
    dan = third.invitation(third.marlows.rosas_father)
    for name in ("change_invitation", "remove_invitation"):
        look(page, axe, live_server, name, dan.pk)
    look(page, axe, live_server, "rooms")
    look(page, axe, live_server, "add_room")
    sign_in(page, live_server, council.users.service_manager)
    look(page, axe, live_server, "chairs_to_agree")
    look(page, axe, live_server, "agree_chair", third.conference.pk)
    sign_in(page, live_server, council.professionals.school)
    look(page, axe, live_server, "invitation", convened.invitation(council.professionals.school).pk)


def test_an_administrator_books_by_typing_and_is_told_what_is_wrong_without_losing_it(page, axe, live_server):
    convened = an_agreed_conference()
    a_room(convened.council)
    sign_in(page, live_server, convened.council.users.administrator)
    page.goto(live_server.url + reverse("conferences:book", args=[convened.conference.pk]))
    for part, value in (("Day", "5"), ("Month", "12"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Start time").fill("10am")
    page.get_by_label("End time").fill("midday")
    page.get_by_label("Room (optional)", exact=True).select_option(label="Room 4")
    page.get_by_label("Chair", exact=True).select_option(label="Gwen Ashby")
    page.get_by_role("button", name="Book the conference").click()
    error = page.get_by_role("link", name="Saturday 5 December 2026 is not a working day")
    expect(error).to_be_visible()
    axe(page)
    error.click()
    assert page.evaluate("document.activeElement.id") == "id_held_on"
    assert page.get_by_label("Start time").input_value() == "10am"
    page.get_by_label("Day", exact=True).fill("2")
    page.get_by_role("button", name="Book the conference").click()
    page.get_by_role("heading", name="People to invite").wait_for()
    page.get_by_text("Conference booked").first.wait_for()


def test_the_pages_of_telling_somebody_by_phone_are_accessible(page, axe, live_server):
    convened = an_invited_conference()
    everything_leaves()
    school, conference = convened.council.professionals.school, convened.conference
    with setting_up():
        User.objects.filter(pk=school.pk).update(email="")
    move(
        by=convened.by("administrator"), conference=conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, on=HELD_ON + timedelta(days=1)),
    )  # fmt: skip
    sign_in(page, live_server, conference.administrator)
    look(page, axe, live_server, "invitations", conference.pk)
    page.get_by_role("link", name="Tell them, and record it").click()
    page.get_by_label("Could not be reached yet").check()
    page.get_by_label("What did they say, or what was tried?").fill("Rang twice; no answer.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("has not been told yet. It stays on the list")).to_be_visible()
    look(page, axe, live_server, "tell_by_phone", convened.invitation(school).pk)
    look(page, axe, live_server, "sent_to", convened.invitation(school).pk)
    look(page, axe, live_server, "taking_part", conference.pk)
    look(page, axe, live_server, "conference", conference.pk)
