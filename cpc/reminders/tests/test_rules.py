"""Which reminder is due, and who gets it."""

from dataclasses import replace
from datetime import date

import pytest

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.duties import Duty, Harm
from cpc.reminders.choices import Urgency
from cpc.reminders.rules import recipients, urgency

# Easter 2026: Good Friday is 3 April, Easter Monday 6 April.
CALENDAR = Calendar(frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
TUESDAY = date(2026, 4, 7)


@pytest.mark.parametrize(
    ("on", "reached"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), Urgency.SOON),
        (date(2026, 4, 5), Urgency.SOON),
        (TUESDAY, Urgency.TODAY),
        (date(2026, 4, 8), Urgency.LATE),
        (date(2026, 9, 1), Urgency.LATE),
    ],
)
def test_the_stage_is_compared_so_that_a_missed_night_is_caught_up(on, reached):
    assert urgency(a_duty([1], []), on, CALENDAR, days_before=2) == reached


def a_duty(owners, then):
    return Duty("report", 1, TUESDAY, "", "/", 1, frozenset(owners), frozenset(then))


def test_a_missed_statutory_date_is_a_stage_of_its_own_after_the_late_one():
    duty = replace(a_duty([1], [2]), harm=Harm.STATUTORY, last_on=date(2026, 4, 9))
    found = [urgency(duty, date(2026, 4, day), CALENDAR, days_before=2) for day in (7, 8, 9, 10)]
    assert found == [Urgency.TODAY, Urgency.LATE, Urgency.LATE, Urgency.MISSED]
    assert recipients(duty, Urgency.MISSED) == {1, 2}
    without = replace(duty, harm=Harm.OTHER, last_on=None)
    assert urgency(without, date(2026, 9, 1), CALENDAR, days_before=2) == Urgency.LATE


def test_the_owner_is_told_and_the_manager_only_once_it_is_late():
    duty = a_duty(owners=[1], then=[2])
    assert recipients(duty, Urgency.SOON) == {1}
    assert recipients(duty, Urgency.TODAY) == {1}
    assert recipients(duty, Urgency.LATE) == {1, 2}


def test_a_duty_that_nobody_owns_is_never_nobodys():
    assert recipients(a_duty(owners=[], then=[2]), Urgency.SOON) == {2}


def test_a_duty_is_on_the_managers_list_only_when_it_is_late():
    duty = a_duty(owners=[1], then=[2])
    assert duty.is_for(1, date(2026, 4, 1))
    assert not duty.is_for(2, TUESDAY)
    assert duty.is_for(2, date(2026, 4, 8))
    assert not duty.is_for(3, date(2026, 4, 8))
