"""A chair's diary in another calendar program: times and places, no names, and only for who has the secret address."""

import icalendar
import pytest
import vobject
from django.urls import reverse

from conferences.convening.actions.feeds import make_feed, stop_feed
from conferences.convening.models import Conference, DiaryFeed
from conferences.tests.builders import HELD_ON, a_booked_conference
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.kernel.refusals import NotPermitted
from families.tests.builders import restrict, the_marlows

pytestmark = pytest.mark.django_db


def fetched(client, secret):
    return client.get(reverse("conferences:diary_file", args=[secret]))


def test_the_diary_has_the_chairs_own_conferences_with_time_and_place_and_no_name(client):
    convened = a_booked_conference()
    other = a_booked_conference(the_marlows(convened.council, name="Penrose"), hour=14)
    with setting_up():
        Conference.objects.filter(pk=other.conference.pk).update(chair=convened.council.users.other_chair)
    answer = fetched(client, make_feed(by=convened.by("chair")))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar") and answer["Cache-Control"] == "no-store, private"
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event["DTSTART"].dt == convened.conference.starts_at and "Room 4" in str(event["LOCATION"])
    assert vobject.readOne(text).vevent.dtstart.value.date() == HELD_ON
    for word in ("Marlow", "Penrose", "Rosa", "Anna", "Ashby"):
        assert word not in text


def test_a_conference_that_the_chair_may_no_longer_see_leaves_the_diary(client):
    convened = a_booked_conference()
    secret = make_feed(by=convened.by("chair"))
    assert b"BEGIN:VEVENT" in fetched(client, secret).content
    restrict(convened.marlows.family)
    assert b"BEGIN:VEVENT" not in fetched(client, secret).content


def test_a_new_address_stops_the_old_one_and_nobody_else_has_one(client):
    convened = a_booked_conference()
    first = make_feed(by=convened.by("chair"))
    second = make_feed(by=convened.by("chair"))
    assert fetched(client, first).status_code == 404 and fetched(client, second).status_code == 200
    assert second not in DiaryFeed.objects.get().digest
    stop_feed(by=convened.by("chair"))
    assert fetched(client, second).status_code == 404
    with pytest.raises(NotPermitted):
        make_feed(by=convened.by("social_worker"))


def test_who_has_left_or_chairs_no_more_has_no_diary(client):
    convened = a_booked_conference()
    secret, chair = make_feed(by=convened.by("chair")), convened.council.users.chair
    with setting_up():
        RoleHeld.objects.filter(user=chair).delete()
    assert fetched(client, secret).status_code == 404


def test_the_page_shows_the_address_once(client):
    convened = a_booked_conference()
    client.force_login(convened.council.users.chair)
    page = reverse("conferences:diary_feed")
    assert "You have not created a calendar link yet" in client.get(page).content.decode()
    made = client.post(page).content.decode()
    assert ".ics" in made and "not shown again" in made
    again = client.get(page).content.decode()
    assert ".ics" not in again and "Turn off the link" in again
    assert client.post(page, {"stop": "yes"}).status_code == 302 and not DiaryFeed.objects.exists()
