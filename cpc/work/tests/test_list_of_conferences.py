"""What a row of the list says of a conference's last day."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from conferences.convening.choices import ConferenceState as S
from conferences.convening.models import Conference

LAST_DAY = date(2026, 3, 31)


def a_conference(state, days_late=None):
    if days_late is None:
        return Conference(state=state, due_on=LAST_DAY)
    on = LAST_DAY + timedelta(days=days_late)
    starts_at = datetime(on.year, on.month, on.day, 10, tzinfo=timezone.get_current_timezone())
    return Conference(state=state, due_on=LAST_DAY, starts_at=starts_at)


@pytest.mark.parametrize("state", S)
def test_how_far_the_last_day_is_matters_only_until_it_is_booked(state):
    assert a_conference(state).awaits_booking == (state in (S.REQUESTED, S.AGREED))


@pytest.mark.parametrize("state", [S.BOOKED, S.OPEN, S.HELD])
def test_it_is_late_from_the_day_after_its_last_day(state):
    assert [a_conference(state, days).is_after_last_day for days in (-1, 0, 1)] == [False, False, True]


def test_what_was_cancelled_is_not_late_and_neither_is_what_has_no_date():
    assert not a_conference(S.CANCELLED, 5).is_after_last_day
    assert not any(a_conference(state).is_after_last_day for state in (S.REQUESTED, S.AGREED, S.DECLINED))
