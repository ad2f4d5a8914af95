"""The page of free times: what it offers, and what a click does."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.actions import chairs
from conferences.convening.models import Conference, PostHeld
from conferences.convening.queries.booking import chairs as who_chairs
from conferences.convening.queries.slots import chairs_to_choose, free_times
from conferences.tests.builders import HELD_ON, a_booked_conference, a_room, an_agreed_conference, at, refused
from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.people.models import Person
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
    return {
        day.on: [
            (f"{slot.starts:%H:%M}", slot.chair, slot.room) for free in found.by_chair.values() for slot in free[day.on]
        ]
        for day in found.days
    }


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


def test_once_the_last_day_has_come_a_later_time_fills_the_form_that_asks_why_it_is_late(client, convened):
    url = reverse("conferences:book", args=[convened.conference.pk])
    client.force_login(convened.council.users.administrator)

    def shown():
        page = client.get(url).content.decode()
        group = re.search(r"<details([^>]*)>(?:(?!<details).)*If the date is after the last day", page, re.DOTALL)
        return "with one click" in page, bool(group and " open" in group[1])

    assert shown() == (True, False)
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(due_on=TODAY)
    assert shown() == (False, True)
    slot = first_slot(client.get(url))
    answer = page(client, convened, slot=slot)
    assert answer.url.startswith(url) and slot.startswith("2026-11-23")
    assert Conference.objects.get(pk=convened.conference.pk).state == "agreed"
    form = client.get(answer.url).context["form"]
    assert form.initial["held_on"] == date(2026, 11, 23) and form.initial["chair"] == int(slot.split()[1])
    given = {
        "held_on": "2026-11-23", "starts": "9:30", "ends": "11:30",
        "chair": form.initial["chair"], "room": form.initial["room"],
    }  # fmt: skip
    asked = client.post(url, given).content.decode()
    assert "Choose why it is after the last day" in asked and "Enter who agreed to the later date" in asked
    client.post(url, given | {"lateness_reason": "family_ill", "lateness_agreed_by": "Tess Lind, team manager"})
    assert Conference.objects.get(pk=convened.conference.pk).state == "booked"


@pytest.mark.parametrize("name", ["free_times", "book"])
def test_the_last_day_before_a_birth_is_shown_where_the_time_is_chosen(client, convened, name):
    client.force_login(convened.council.users.administrator)

    def shown(expected_on):
        with setting_up():
            Person.objects.filter(pk=convened.marlows.unborn.pk).update(expected_on=expected_on)
        page = client.get(reverse(f"conferences:{name}", args=[convened.conference.pk])).content.decode()
        return "Friday 26 February 2027" in page, "Tuesday 10 November 2026" in page, "This day has passed" in page

    assert shown(date(2027, 5, 26)) == (True, False, False)
    assert shown(date(2027, 2, 10)) == (False, True, True)


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
    assert answer.count("but booked from 10am until") >= 2


def test_the_first_week_shown_has_a_day_with_enough_notice(client, convened):
    with setting_up():
        Conference.objects.filter(pk=convened.conference.pk).update(due_on=TODAY + timedelta(days=12))
    with time_machine.travel(at(TODAY + timedelta(days=3), 9), tick=False):  # a Monday: no day of its week is in time
        shown = page(client, convened).context
    assert shown["week_before"] and not all(day.short_notice for day in shown["week"])


@pytest.mark.parametrize("who", ["social_worker", "chair", "service_manager"])
def test_nobody_but_an_administrator_opens_it(client, convened, who):
    assert page(client, convened, who).status_code in (403, 404)


def a_post(convened, user, **given):
    """A post of this chair, with the dates given."""
    dates = {"from_on": date(2025, 1, 6), **given}
    return chairs.save_post(
        by=convened.by("administrator"), post=PostHeld(), user=user, kind="conference_chair", **dates
    )  # fmt: skip


def test_a_week_is_shown_by_chair_and_by_room_and_the_next_week_has_its_own_days(client, convened):
    client.force_login(convened.council.users.administrator)
    url = reverse("conferences:free_times", args=[convened.conference.pk])
    first = client.get(url).content.decode()
    assert "Monday 23 Nov" in first and "Monday 30 Nov" not in first
    by_chair, by_room = first.split('aria-label="By chair')[1].split('aria-label="By room')
    assert by_chair.count('name="slot"') == 2 * by_room.count('name="slot"') > 0  # two chairs, one room
    second = client.get(url, {"week": "2026-11-30"}).content.decode()
    assert "Monday 30 Nov" in second and "Monday 23 Nov" not in second


def test_the_page_of_the_booking_shows_the_same_week(client, convened):
    client.force_login(convened.council.users.administrator)
    slot = first_slot(client.get(reverse("conferences:book", args=[convened.conference.pk])))
    assert page(client, convened, slot=slot).status_code == 302
    assert Conference.objects.get(pk=convened.conference.pk).state == "booked"


def test_a_chair_is_not_offered_after_the_last_day_of_their_post_nor_on_a_weekday_without_them(convened):
    chair, other = convened.council.users.chair, convened.council.users.other_chair
    a_post(convened, chair, until_on=date(2026, 11, 25))
    a_post(convened, other, weekdays=[0, 1])
    days = {one: {day for day, slots in offered(convened).items() if one.pk in {each[1] for each in slots}}
            for one in (chair, other)}  # fmt: skip
    assert max(days[chair]) == date(2026, 11, 25) and len(days[chair]) == 3
    assert {day.weekday() for day in days[other]} == {0, 1}
    refused(convened, "post as conference chair ends on Wednesday 25 November 2026", "chair", chair=chair)


def test_nobody_whose_posts_have_ended_is_proposed_but_somebody_without_a_post_is(convened):
    chair, other = convened.council.users.chair, convened.council.users.other_chair
    a_post(convened, chair, until_on=TODAY - timedelta(days=1))
    assert list(who_chairs()) == [other]
    a_post(convened, chair, from_on=TODAY)
    assert set(who_chairs()) == {chair, other}


def test_the_chair_of_the_last_conference_comes_first_and_a_review_begins_in_the_week_to_book_it_for(convened):
    chair, conference = convened.council.users.other_chair, convened.conference
    before = chairs_to_choose(conference, TODAY)
    held = a_booked_conference(the_marlows(convened.council, name="Penrose"), chair=chair).conference
    with setting_up():
        Conference.objects.filter(pk=conference.pk).update(kind="review", previous=held, due_on=date(2026, 12, 18))
    conference.refresh_from_db()
    after = chairs_to_choose(conference, TODAY)
    assert after[0].user == chair and after[0].chaired_last and not any(one.chaired_last for one in before)
    found = free_times(convened.by("administrator"), conference)
    assert [day.on for day in found.days if day.is_target] == [date(2026, 12, 4)]
