"""The diary: conferences of a day, a week or a month, for those who run them, and only what each may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.convening.actions.acting import end_acting_chair, name_acting_chair
from conferences.convening.models import Conference
from conferences.tests.builders import HELD_ON, a_booked_conference
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.policy.queries import calendar
from cpc.work.diary import diary, period
from families.tests.builders import restrict, the_marlows

pytestmark = pytest.mark.django_db
DIARY = "work:diary"


@pytest.mark.parametrize(
    ("view", "on", "first", "after", "before"),
    [
        ("day", date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 1)),
        ("week", date(2026, 12, 6), date(2026, 11, 30), date(2026, 12, 7), date(2026, 11, 23)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1), date(2026, 11, 1)),
        ("month", date(2027, 1, 15), date(2027, 1, 1), date(2027, 2, 1), date(2026, 12, 1)),
        ("day", date.max, date(2100, 1, 1), date(2100, 1, 2), date(2099, 12, 31)),
    ],
)
def test_a_period_begins_on_the_day_the_monday_or_the_first(view, on, first, after, before):
    assert period(view, on) == (first, after, before)


@pytest.fixture
def two():
    """Two conferences of two families on one day, in one team."""
    first = a_booked_conference()
    second = a_booked_conference(the_marlows(first.council, name="Penrose"), hour=14)
    return first, second


def entries(convened, who, **narrowed):
    shown = diary(convened.by(who), period("week", HELD_ON), calendar(), **narrowed)
    return [(day.on, [one.pk for one in day.conferences]) for day in shown if day.conferences]


def test_each_day_has_its_conferences_in_order_of_time_and_can_be_narrowed_to_a_chair(two):
    first, second = two
    both = [first.conference.pk, second.conference.pk]
    assert entries(first, "administrator") == [(HELD_ON, both)]
    other = first.council.users.other_chair
    with setting_up():
        Conference.objects.filter(pk=second.conference.pk).update(chair=other)
    assert entries(first, "administrator", chair=other) == [(HELD_ON, both[1:])]


def test_a_conference_of_a_restricted_family_is_not_in_the_diary_of_who_may_not_see_it(two):
    first, second = two
    assert len(entries(first, "administrator")[0][1]) == 2
    restrict(second.marlows.family)
    assert entries(first, "administrator") == [(HELD_ON, [first.conference.pk])]


def test_the_page_takes_any_address_and_the_same_number_of_queries(client, two):
    first, second = two
    client.force_login(first.council.users.administrator)
    address = f"{reverse(DIARY)}?view=month&on={HELD_ON}"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content.decode()
    assert "Marlow family" in page and "Penrose family" in page and "December 2026" in page
    with setting_up():
        Conference.objects.filter(pk=second.conference.pk).update(state="agreed", starts_at=None, ends_at=None)
    with CaptureQueriesContext(connection) as fewer:
        client.get(address)
    assert len(fewer) == len(asked)
    for wrong in ("?view=year&on=2026-02-31", "?on=9999-12-31&view=month", "?on=0001-01-01", "?chair=x&room=%00"):
        assert client.get(reverse(DIARY) + wrong).status_code == 200


def test_a_professional_has_no_diary(client, two):
    client.force_login(two[0].council.professionals.school)
    assert client.get(reverse(DIARY)).status_code == 404


def test_who_acts_for_the_chair_on_the_day_is_shown_and_has_it_in_their_own_diary(client, two):
    first = two[0]
    other = first.council.users.other_chair
    given = {"user": other, "reason": "Leave", "by": first.by("service_manager"), "conference": first.conference}
    name_acting_chair(**given)
    assert entries(first, "administrator", chair=other) == [(HELD_ON, [first.conference.pk])]
    client.force_login(first.council.users.administrator)
    shown = " ".join(client.get(reverse(DIARY), {"on": f"{HELD_ON}"}).content.decode().split())
    assert shown.count("Kofi Lund acts for Gwen Ashby") == 1
    end_acting_chair(by=first.by("service_manager"), conference=first.conference)
    name_acting_chair(**given, until_on=HELD_ON - timedelta(days=1))
    assert entries(first, "administrator", chair=other) == []


def test_a_month_lists_the_days_with_conferences_today_and_bank_holidays(client, two):
    client.force_login(two[0].council.users.administrator)
    shown = client.get(reverse(DIARY), {"view": "month", "on": f"{HELD_ON}"}).content.decode()
    assert "Wednesday 2 December 2026" in shown and "Friday 25 December 2026" in shown
    assert "Thursday 3 December 2026" not in shown
    assert "Thursday 3 December 2026" in client.get(reverse(DIARY), {"on": f"{HELD_ON}"}).content.decode()
