"""What the journeys share: the council's people at their browsers, a look at new pages, a clock to move."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cpc.core.documents.sending import drain
from cpc.core.policy.queries import calendar, setting
from cpc.reminders.tasks import remind_everyone
from cpc.tests.journeys.browser import Browser
from cpc.tests.journeys.inside import visitor_inside
from demo.main_job import MainJob
from demo.staff import make_staff
from demo.travel import CLOCK

PEOPLE = ("Sam", "Tess", "Adele", "Cora", "Piers", "Helen", "Moira", "Sylvia", "Ivo")
BESIDE = ("Colm", "Nadia")  # colleagues who take a part over
INSIDE = "http://testserver"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def clock():
    """The clock of this process can be moved, and is right again afterwards."""
    yield CLOCK
    CLOCK.go_to(0)


def seen_once(check):
    """``check`` for the first page of each kind only: an address without its numbers, and a heading, are one kind."""
    seen = set()

    def look(page):
        kind = re.sub(r"\d+", "", page.url.split("?")[0].split("#")[0]), page.title()
        if kind not in seen:
            seen.add(kind)
            check(page)

    return look


def fits(page):
    """Nothing makes the page wider than the screen."""
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => !e.closest('.cpc-table, .govuk-visually-hidden') && "
        "e.getBoundingClientRect().right > window.innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"
    )
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), (page.url, wide[:5])


def fits_a_phone(page):
    """The page fits the screen of a small phone; its window has its own size again afterwards."""
    own = page.viewport_size
    page.set_viewport_size(PHONE["viewport"])
    try:
        fits(page)
    finally:
        page.set_viewport_size(own)


@pytest.fixture
def main_job(live_server, new_context, the_story):
    """``main_job(look)``: the whole story (or another ``story``), ready to be told by people at real browsers."""

    def told(look, story=MainJob):
        return the_story(
            story, live_server.url, lambda name: Browser(new_context().new_page(), live_server.url, name, look)
        )

    return told


@pytest.fixture
def over_http(transactional_db, the_story):
    """``over_http(story)``: the story, ready to be told by people who fill in the pages without a browser."""

    def told(story):
        return the_story(story, INSIDE, lambda name: visitor_inside(INSIDE, name))

    return told


@pytest.fixture
def the_story(clock, settings):
    """``the_story(story, address, person)``: a story told at that address; ``person(name)`` makes each person."""
    real_today = timezone.localdate()

    def remind():
        drain()
        before = len(mail.outbox)
        remind_everyone()
        drain()
        return [(one.to[0], one.subject, one.body) for one in mail.outbox[before:]]

    def told(story, address, person):
        settings.CPC_BASE_URL = address
        make_staff(real_today)
        names = PEOPLE if story is MainJob else (*PEOPLE, *BESIDE)
        return story(
            {name: person(name) for name in names}, real_today, calendar(),
            lambda day, later=timedelta(): clock.go_to((day - real_today + later) / timedelta(days=1)), remind,
            uses_danger_statement=setting("uses_danger_statement"), uses_scale=setting("uses_scale"),
        )  # fmt: skip

    return told


@pytest.fixture
def window(live_server, new_context):
    """``window(user, path)``: the page at ``path`` in the user's browser."""

    def opened(user, path):
        client = Client()
        client.force_login(user)
        context = new_context()
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return opened
