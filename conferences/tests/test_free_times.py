"""The page of free times: what it offers, and what a click does."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening.models import Conference
from conferences.convening.queries.slots import free_times
from conferences.tests.builders import HELD_ON, a_booked_conference, a_room, an_agreed_conference, at
from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    found = an_agreed_conference()
    a_room(found.council)
    return found


def offered(convened, **chosen):
    """{day: [(time, chair, room)]} as the page offers it to the administrator."""
    found = free_times(convened.by("administrator"), convened.conference, **chosen)
    return {day.on: [(f"{one.starts:%H:%M}", one.chair, one.room) for one in day.slots] for day in found.days}


def page(client, convened, who="administrator", **given):
    client.force_login(getattr(convened.council.users, who))
    url = reverse("conferences:free_times", args=[convened.conference.pk])
    return client.post(url, given) if given else client.get(url)


def first_slot(answer):
    return re.search(r'name="slot" value="([^"]+)"', answer.content.decode())[1]


def test_each_working_day_until_the_last_is_offered_and_no_other(convened):
    days = list(offered(convened))
    assert days[0] == date(2026, 11, 23) and days[-1] == convened.conference.due_on
    assert all(day.weekday() < 5 and day > TODAY for day in days)


def test_a_chair_who_has_another_conference_or_is_away_is_not_offered_then(convened):
    users = convened.council.users
    other = a_booked_conference(the_marlows(convened.council, name="Penrose"))
    morning = [chair for start, chair, _ in offered(convened)[HELD_ON] if start == "10:00"]
    assert morning == [] or users.chair.pk not in morning
    with setting_up():
        TeamCover.objects.create(
            user=users.other_worker, team=convened.council.service, absent=users.other_chair, kind=CoverKind.COVER,
            from_on=HELD_ON, until_on=HELD_ON, reason="Leave", granted_by=users.service_manager,
        )  # fmt: skip
    assert users.other_chair.pk not in {chair for _, chair, _ in offered(convened)[HELD_ON]}
    assert users.other_chair.pk in {chair for _, chair, _ in offered(convened)[HELD_ON + timedelta(days=1)]}
    assert other.conference.chair == users.chair


def test_only_the_chair_and_room_that_are_chosen_are_offered(convened):
    room, users = a_room(convened.council, "Room 5"), convened.council.users
    found = offered(convened, chair=users.other_chair.pk, room=room.pk)
    assert {one[1:] for slots in found.values() for one in slots} == {(users.other_chair.pk, room.pk)}


def test_one_click_books_the_time_with_its_chair_and_room(client, convened):
    slot = first_slot(page(client, convened))
    answer = page(client, convened, slot=slot)
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert answer.url == reverse("conferences:invitations", args=[conference.pk])
    starts, chair, room = slot.split()
    assert (conference.state, conference.chair_id, conference.room_id) == ("booked", int(chair), int(room))
    assert conference.starts_at.isoformat().startswith(starts) and conference.ends_at > conference.starts_at


def test_a_time_that_somebody_else_has_taken_meanwhile_is_not_booked(client, convened):
    slot = first_slot(page(client, convened))
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(due_on=TODAY)
    for gone in (slot, "x", ""):
        page(client, convened, slot=gone or " ")
        assert Conference.objects.get(pk=convened.conference.pk).state == "agreed"
    assert "no longer free" in page(client, convened).content.decode()


def test_a_booked_conference_is_moved_on_the_page_that_asks_why(client):
    convened = a_booked_conference()
    slot = first_slot(page(client, convened))
    answer = page(client, convened, slot=slot)
    assert answer.url.startswith(reverse("conferences:move", args=[convened.conference.pk]))
    form = client.get(answer.url).content.decode()
    day = date.fromisoformat(slot[:10])
    assert f'value="{day.day}"' in form and "Why is the conference being moved?" in form
    assert Conference.objects.get(pk=convened.conference.pk).starts_at == at(HELD_ON, 10)


def test_both_clashes_are_named_at_once(client):
    first = a_booked_conference()
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    client.force_login(first.council.users.administrator)
    given = {
        "held_on": f"{HELD_ON}", "starts": "11am", "ends": "1pm", "room": first.conference.room_id,
        "chair": first.council.users.chair.pk, "video_link": "",
    }  # fmt: skip
    answer = client.post(reverse("conferences:book", args=[second.conference.pk]), given).content.decode()
    assert "Gwen Ashby is not free at that time" in answer and "Room 4 is not free at that time" in answer


@pytest.mark.parametrize("who", ["social_worker", "chair", "service_manager"])
def test_nobody_but_an_administrator_opens_it(client, convened, who):
    assert page(client, convened, who).status_code in (403, 404)
