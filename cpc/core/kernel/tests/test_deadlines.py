"""When a limit is reached, in each unit and direction, and the sentences that explain it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpc.core.kernel.deadlines import (
    AFTER,
    AT_LEAST,
    BEFORE,
    CLEAR,
    DAYS,
    HOURS,
    INCLUSIVE,
    MONTHS,
    RIGHT,
    WEEKS,
    WORKING_DAYS,
    Limit,
    compute,
    loosens,
)
from cpc.core.kernel.tests.test_dates import CALENDAR

CONFERENCE = Limit(
    key="icpc",
    label="Initial conference",
    amount=15,
    unit=WORKING_DAYS,
    direction=AFTER,
    anchor="the strategy discussion",
    owner="team manager",
    source="National guidance",
    standing="national",
)
REVIEW = replace(CONFERENCE, label="First review", amount=3, unit=MONTHS, days=91, anchor="the initial conference")
NEXT_REVIEW = replace(REVIEW, label="Next review", amount=6, days=183, anchor="the previous review")
REPORT = replace(
    CONFERENCE,
    label="Reports",
    amount=2,
    direction=BEFORE,
    anchor="the conference",
    standing="default",
    source="Sussex",
)
MINIMUM = replace(REVIEW, label="Child in need plan", days=None, kind=AT_LEAST, standing="default")
days = some.dates(date(2024, 1, 1), date(2028, 12, 31))


def on(limit, start):
    return compute(limit, start, CALENDAR).on


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (date(2025, 11, 30), date(2026, 2, 27)),  # 28 February is a Saturday
        (date(2026, 1, 31), date(2026, 4, 30)),  # 89 days: months are the earlier
        (date(2026, 6, 1), date(2026, 8, 28)),  # 91 days end on a bank holiday Monday
        (date(2026, 3, 3), date(2026, 6, 2)),  # 3 June in months, 2 June in days
        (date(2025, 12, 5), date(2026, 3, 5)),
    ],
)
def test_a_first_review_is_due_on_the_earlier_of_three_months_and_91_days(start, answer):
    assert on(REVIEW, start) == answer


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        (date(2025, 11, 30), date(2026, 5, 29)),  # 30 May is a Saturday
        (date(2026, 3, 1), date(2026, 8, 28)),  # 1 September in months; 31 August in days, a bank holiday
        (date(2025, 8, 29), date(2026, 2, 27)),  # clamped to 28 February, a Saturday
    ],
)
def test_a_later_review_is_due_on_the_earlier_of_six_months_and_183_days(start, answer):
    assert on(NEXT_REVIEW, start) == answer


def test_a_review_shows_both_ways_of_counting():
    working = compute(REVIEW, date(2025, 11, 30), CALENDAR).working
    assert "Counted: 3 months after the start is Saturday 28 February 2026 (the last day of that month)." in working
    assert "Counted: 91 days after the start is Sunday 1 March 2026." in working
    assert "The earlier of the two is Saturday 28 February 2026." in working


def test_a_minimum_ends_on_the_working_day_after():
    due = compute(MINIMUM, date(2025, 11, 30), CALENDAR)
    assert due.on == date(2026, 3, 2)
    assert due.sentence == "the 3 months last at least until Monday 2 March 2026"


@pytest.mark.parametrize(
    ("unit", "amount", "start", "answer"),
    [
        (WORKING_DAYS, 2, date(2026, 3, 16), date(2026, 3, 12)),
        (DAYS, 2, date(2026, 3, 16), date(2026, 3, 13)),  # Saturday moves earlier
        (DAYS, 5, date(2026, 4, 8), date(2026, 4, 2)),  # Good Friday moves earlier
        (WEEKS, 2, date(2026, 4, 20), date(2026, 4, 2)),  # Easter Monday moves to before Easter
        (MONTHS, 3, date(2026, 7, 4), date(2026, 4, 2)),  # Saturday 4 April moves over Good Friday
        (HOURS, 48, date(2026, 3, 18), date(2026, 3, 13)),  # Monday is rounded down to the end of Friday
        (HOURS, 24, date(2026, 3, 18), date(2026, 3, 16)),
        (HOURS, 30, date(2026, 3, 18), date(2026, 3, 13)),  # Monday evening, so not all of Monday
    ],
)
def test_a_limit_that_counts_back_moves_earlier(unit, amount, start, answer):
    assert on(replace(REPORT, unit=unit, amount=amount), start) == answer


@pytest.mark.parametrize(
    ("unit", "amount", "start", "answer"),
    [
        (WEEKS, 6, date(2026, 3, 24), date(2026, 5, 5)),
        (WEEKS, 6, date(2026, 3, 23), date(2026, 5, 1)),  # 4 May is a bank holiday
        (DAYS, 28, date(2026, 3, 6), date(2026, 4, 2)),  # Good Friday
        (HOURS, 72, date(2026, 3, 11), date(2026, 3, 13)),  # Saturday
        (HOURS, 72, date(2026, 3, 10), date(2026, 3, 13)),
    ],
)
def test_weeks_days_and_hours_that_end_on_a_day_off_end_on_the_working_day_before(unit, amount, start, answer):
    assert on(replace(CONFERENCE, unit=unit, amount=amount), start) == answer


def test_clear_days_leave_out_both_ends_and_inclusive_days_count_the_first():
    assert on(replace(REPORT, counting=CLEAR), date(2026, 3, 20)) == date(2026, 3, 17)
    assert on(replace(REPORT, counting=CLEAR, unit=DAYS), date(2026, 3, 20)) == date(2026, 3, 17)
    assert on(replace(CONFERENCE, counting=INCLUSIVE, amount=10), date(2026, 3, 10)) == date(2026, 3, 23)
    assert on(replace(CONFERENCE, counting=INCLUSIVE, amount=1), date(2026, 3, 10)) == date(2026, 3, 10)
    assert on(replace(CONFERENCE, counting=INCLUSIVE, amount=10), date(2026, 3, 14)) == date(2026, 3, 27)
    assert on(replace(CONFERENCE, counting=INCLUSIVE, unit=WEEKS, amount=1), date(2026, 3, 10)) == date(2026, 3, 16)


def test_the_screen_says_the_last_day_of_the_15_working_days():
    due = compute(CONFERENCE, date(2026, 3, 10), CALENDAR)
    assert due.sentence == "the last day of the 15 working days is Tuesday 31 March 2026"
    one = compute(replace(CONFERENCE, amount=1), date(2026, 3, 13), CALENDAR)
    assert one.sentence == "the next working day is Monday 16 March 2026"
    before = compute(REPORT, date(2026, 3, 16), CALENDAR)
    assert before.sentence == "the last day, 2 working days before the conference, is Thursday 12 March 2026"


def test_the_working_names_rule_source_start_count_and_the_holidays_skipped():
    assert compute(CONFERENCE, date(2025, 12, 12), CALENDAR).working == [
        "Rule: Initial conference: within 15 working days of the strategy discussion.",
        "Source: National guidance (national).",
        "Start: Friday 12 December 2025 (the strategy discussion). That day does not count.",
        "Counted: 15 working days, from Monday 15 December 2025 to Wednesday 7 January 2026. "
        "Weekends and bank holidays are not counted.",
        "Bank holidays skipped: Thursday 25 December 2025 (Christmas Day); Friday 26 December 2025 (Boxing Day); "
        "Thursday 1 January 2026 (New Year’s Day).",
        "Due: Wednesday 7 January 2026.",
    ]


def test_the_working_says_when_the_start_is_not_a_working_day():
    working = compute(CONFERENCE, date(2026, 4, 3), CALENDAR).working
    assert working[2] == (
        "Start: Friday 3 April 2026 (Good Friday) is not a working day, so the first working day after it, "
        "Tuesday 7 April 2026, counts as the first."
    )
    assert working[4] == "Bank holidays skipped: Monday 6 April 2026 (Easter Monday)."


def test_a_default_is_never_called_national():
    default = compute(REPORT, date(2026, 3, 16), CALENDAR)
    assert "a default, to be set by the service" in default.working[1]
    assert "national" not in default.working[1].lower()


@given(days, some.sampled_from([CONFERENCE, REVIEW, NEXT_REVIEW, REPORT, MINIMUM]))
def test_every_limit_ends_on_a_working_day_and_on_its_own_side(start, limit):
    due = compute(limit, start, CALENDAR)
    assert CALENDAR.is_working_day(due.on)
    assert due.on < start if limit.direction == BEFORE else due.on > start
    assert due.working[-1].startswith("Due: ")


@given(days, days, some.sampled_from([CONFERENCE, REVIEW, NEXT_REVIEW, REPORT, MINIMUM]))
def test_a_later_event_never_has_an_earlier_limit(one, other, limit):
    first, last = sorted((one, other))
    assert on(limit, first) <= on(limit, last)


@given(days)
def test_a_review_is_never_later_than_either_way_of_counting(start):
    months = on(replace(REVIEW, days=None), start)
    assert on(REVIEW, start) <= min(months, start + timedelta(days=91))


STARTS = [date(2025, 1, 1) + timedelta(days=k) for k in range(730)]


@pytest.mark.parametrize(
    ("change", "looser"),
    [
        ({"amount": 15}, False),
        ({"amount": 14}, False),
        ({"amount": 16}, True),
        ({"unit": WEEKS, "amount": 2}, False),
        ({"unit": WEEKS, "amount": 3}, False),  # 15 working days, or fewer over a bank holiday
        ({"unit": DAYS, "amount": 22}, True),
        ({"unit": MONTHS, "amount": 1}, True),
        ({"counting": INCLUSIVE}, False),
        ({"counting": INCLUSIVE, "amount": 16}, True),  # from a Saturday nothing is included
    ],
)
def test_a_limit_is_looser_when_it_ever_ends_later(change, looser):
    assert bool(loosens(replace(CONFERENCE, **change), CONFERENCE, CALENDAR, STARTS)) == looser


def test_a_minimum_is_looser_when_shorter_and_a_notice_when_shorter():
    assert loosens(replace(MINIMUM, amount=2), MINIMUM, CALENDAR, STARTS)
    assert not loosens(replace(MINIMUM, amount=4), MINIMUM, CALENDAR, STARTS)
    assert loosens(replace(MINIMUM, unit=WEEKS, amount=8), MINIMUM, CALENDAR, STARTS)
    assert loosens(replace(REPORT, amount=1), REPORT, CALENDAR, STARTS)
    assert not loosens(replace(REPORT, amount=3), REPORT, CALENDAR, STARTS)


COMPLAINT = replace(CONFERENCE, label="Complaint", amount=28, unit=DAYS, kind=RIGHT, standing="default")
DISSENT = replace(COMPLAINT, label="Dissent", amount=72, unit=HOURS)
REPLY = replace(COMPLAINT, label="Answer", kind="at most")


@pytest.mark.parametrize(
    "limit, start, last",
    [
        (DISSENT, date(2026, 4, 2), date(2026, 4, 7)),  # the Thursday before Easter: Friday to Monday are days off
        (DISSENT, date(2026, 11, 26), date(2026, 11, 30)),  # a Thursday: over one weekend
        (DISSENT, date(2026, 11, 23), date(2026, 11, 26)),  # a Monday: no day off at its end
        (COMPLAINT, date(2026, 11, 27), date(2026, 12, 29)),  # Christmas, a Saturday, Sunday and the Monday instead
        (COMPLAINT, date(2025, 12, 4), date(2026, 1, 2)),  # New Year
        (replace(COMPLAINT, unit=WEEKS, amount=4), date(2026, 11, 27), date(2026, 12, 29)),
        (replace(COMPLAINT, unit=MONTHS, amount=1), date(2026, 11, 25), date(2026, 12, 29)),
        (REPLY, date(2026, 11, 27), date(2026, 12, 24)),  # a duty ends before them
    ],
)
def test_a_right_runs_on_over_days_off_and_a_duty_ends_before_them(limit, start, last):
    found = compute(limit, start, CALENDAR)
    assert found.on == last
    if last != found.ended_on:
        assert ("the right runs to the next working day" in " ".join(found.working)) == (limit.kind == RIGHT)


@given(days, some.integers(1, 120), some.sampled_from([HOURS, DAYS, WEEKS]))
def test_a_right_is_never_shorter_than_it_says_and_ends_on_a_working_day(start, amount, unit):
    right = compute(replace(COMPLAINT, amount=amount, unit=unit), start, CALENDAR)
    duty = compute(replace(REPLY, amount=amount, unit=unit), start, CALENDAR)
    assert duty.on <= right.ended_on <= right.on
    assert CALENDAR.is_working_day(right.on)
