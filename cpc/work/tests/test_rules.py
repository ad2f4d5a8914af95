"""The order of a work list."""

from datetime import date

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.duties import Duty
from cpc.work.rules import LATE, LATER, SOON, TODAY, grouped

WEDNESDAY = date(2026, 3, 11)


def a_duty(due_on, says):
    return Duty("kind", 1, due_on, says, "/", 1, frozenset({1}))


def test_the_most_urgent_stands_first_and_empty_headings_are_left_out():
    duties = [
        a_duty(date(2026, 3, 19), "later"),
        a_duty(date(2026, 3, 18), "last of the five days"),
        a_duty(WEDNESDAY, "today"),
        a_duty(date(2026, 3, 9), "late by two days"),
        a_duty(date(2026, 3, 2), "late by a week"),
    ]
    found = [(heading, [duty.says for duty in under]) for heading, under in grouped(duties, WEDNESDAY, Calendar())]
    assert found == [
        (LATE, ["late by a week", "late by two days"]),
        (TODAY, ["today"]),
        (SOON, ["last of the five days"]),
        (LATER, ["later"]),
    ]
    assert grouped([], WEDNESDAY, Calendar()) == []
