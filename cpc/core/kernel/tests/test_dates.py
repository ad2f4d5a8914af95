"""Working days and months, against dates counted by hand, and against what must hold for every date."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cpc.core.kernel.dates import Calendar, add_months, hour_refusal, in_words, read_date, time_in_words
from cpc.core.kernel.refusals import Invalid

# England and Wales around the dates of the tables below, from gov.uk's list.
BANK_HOLIDAYS = {
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year’s Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
}
CALENDAR = Calendar(frozenset(BANK_HOLIDAYS), BANK_HOLIDAYS)
days = some.dates(date(2024, 1, 1), date(2028, 12, 31))
working_days = days.filter(CALENDAR.is_working_day)


@pytest.mark.parametrize(
    ("start", "n", "answer"),
    [
        (date(2026, 3, 10), 15, date(2026, 3, 31)),
        (date(2025, 12, 12), 15, date(2026, 1, 7)),  # 25 and 26 December and 1 January
        (date(2026, 3, 27), 15, date(2026, 4, 21)),  # Good Friday and Easter Monday
        (date(2026, 3, 14), 1, date(2026, 3, 16)),  # from a Saturday, Monday is day one
        (date(2026, 3, 15), 15, date(2026, 4, 7)),  # from a Sunday, over Easter
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # from Good Friday, the Tuesday is day one
        (date(2026, 3, 16), -2, date(2026, 3, 12)),  # two before a Monday is a Thursday
        (date(2026, 4, 7), -2, date(2026, 4, 1)),  # the Tuesday after Easter: Thursday and Wednesday
        (date(2026, 3, 14), -1, date(2026, 3, 13)),  # back from a Saturday, Friday is day one
        (date(2026, 3, 10), 0, date(2026, 3, 10)),
        (date(2026, 3, 14), 0, date(2026, 3, 16)),
    ],
)
def test_working_days_are_counted_as_by_hand(start, n, answer):
    assert CALENDAR.add_working_days(start, n) == answer


@given(days, some.integers(1, 60))
def test_the_answer_is_a_working_day_with_just_as_many_working_days_on_the_way(start, n):
    end = CALENDAR.add_working_days(start, n)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end) == n
    assert sum(CALENDAR.is_working_day(start + timedelta(days=k)) for k in range(1, (end - start).days + 1)) == n


@given(days, days, some.integers(-60, 60))
def test_a_later_start_never_ends_earlier(one, other, n):
    first, last = sorted((one, other))
    assert CALENDAR.add_working_days(first, n) <= CALENDAR.add_working_days(last, n)


@given(working_days, some.integers(-60, 60))
def test_counting_back_from_a_working_day_undoes_counting_on(start, n):
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, n), -n) == start


@given(days, some.integers(1, 60))
def test_a_bank_holiday_more_never_makes_a_count_shorter(start, n):
    assert Calendar().add_working_days(start, n) <= CALENDAR.add_working_days(start, n)


@given(days, days)
def test_working_days_between_turns_its_sign_with_its_ends(one, other):
    first, last = sorted((one, other))
    counted = sum(CALENDAR.is_working_day(first + timedelta(days=k)) for k in range(1, (last - first).days + 1))
    assert CALENDAR.working_days_between(first, last) == counted
    if CALENDAR.is_working_day(first) and CALENDAR.is_working_day(last):
        assert CALENDAR.working_days_between(last, first) == -counted


@given(days)
def test_the_nearest_working_days_are_on_either_side(day):
    before, after = CALENDAR.previous_working_day(day), CALENDAR.next_working_day(day)
    assert before <= day <= after
    assert CALENDAR.is_working_day(before) and CALENDAR.is_working_day(after)
    assert (before == after) == CALENDAR.is_working_day(day)


def test_only_weekdays_count_as_holidays_between_and_the_first_day_does_not():
    closed = Calendar(frozenset({date(2026, 8, 29), date(2026, 8, 31)}))  # a Saturday and a Monday
    assert closed.holidays_between(date(2026, 8, 28), date(2026, 8, 31)) == [date(2026, 8, 31)]
    assert closed.holidays_between(date(2026, 8, 31), date(2026, 9, 7)) == []


@pytest.mark.parametrize(
    ("start", "months", "answer"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2025, 11, 30), 6, date(2026, 5, 30)),  # never chained: 3 + 3 would give 28 May
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -2, date(2025, 11, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months_clamped_to_the_end(start, months, answer):
    assert add_months(start, months) == answer


@given(days, some.integers(-24, 24))
def test_months_keep_the_day_or_end_the_month(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(days)
def test_three_months_are_89_to_92_days_and_six_are_181_to_184(start):
    assert 89 <= (add_months(start, 3) - start).days <= 92
    assert 181 <= (add_months(start, 6) - start).days <= 184


def test_a_calendar_refuses_years_whose_bank_holidays_it_does_not_know():
    known = Calendar(frozenset(BANK_HOLIDAYS), first=date(2025, 1, 1), last=date(2026, 12, 31))
    with pytest.raises(Invalid, match="between 2025 and 2026"):
        known.add_working_days(date(2026, 12, 30), 2)
    with pytest.raises(Invalid, match="bank holidays of 2024"):
        known.is_working_day(date(2024, 12, 31))


def test_the_ends_of_time_are_refused_in_a_sentence():
    for reach in (
        lambda: add_months(date(9999, 12, 1), 1),
        lambda: Calendar().add_working_days(date(9999, 12, 31), 1),
        lambda: Calendar().add_working_days(date(1, 1, 1), -1),
    ):
        with pytest.raises(Invalid, match="too far away"):
            reach()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(14, 30), "2:30pm"),
        (time(10), "10am"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
    ],
)
def test_a_time_is_said_in_words(at, said):
    assert time_in_words(at) == said


def test_dates_are_read_in_both_ways_and_said_in_words():
    assert read_date("2026-03-31") == read_date("31/03/2026") == read_date("31/3/2026") == date(2026, 3, 31)
    assert in_words(date(2026, 3, 31)) == "Tuesday 31 March 2026"


@pytest.mark.parametrize("text", ["", "2026-02-30", "31/02/2026", "20260331", "2026-W14-2", "tomorrow", "٢٠٢٦-٠٣-٣١"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Invalid, match="is not a date"):
        read_date(text)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (time(0), time(1)),  # 12am to 1am
        (time(0, 30), time(13)),
        (time(3), time(15)),
        (time(6, 59), time(8)),
        (time(20), time(23)),
        (time(21), None),
        (time(23, 30), time(23, 45)),
    ],
)
def test_no_meeting_is_held_at_night(starts, ends):
    assert "not an hour for a meeting" in hour_refusal(starts, ends)


EARLY_AND_LATE = [(time(7), None), (time(12), time(13)), (time(9, 30), time(21)), (time(20, 59), time(21))]


@pytest.mark.parametrize(("starts", "ends"), EARLY_AND_LATE)
def test_a_meeting_may_be_early_or_in_the_evening(starts, ends):
    assert hour_refusal(starts, ends) is None


def test_midnight_says_how_to_type_the_middle_of_the_day():
    assert hour_refusal(time(0), time(1)).startswith("Midnight to 1am is not") and "type 12pm" in hour_refusal(time(0))
