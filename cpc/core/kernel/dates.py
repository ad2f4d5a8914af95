"""Working days, months, and dates in words. Arithmetic only: no limit, no law and no clock belong here."""

import calendar as month_lengths
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cpc.core.kernel.refusals import Invalid

DAY = timedelta(days=1)
SATURDAY = 5
_MONTHS = list(month_lengths.month_name)
_WEEKDAYS = list(month_lengths.day_name)


@dataclass(frozen=True)
class Calendar:
    """The days on which nobody counts: weekends, and the ``closed`` days (bank holidays).

    ``names`` says what a closed day is called. Bank holidays are known for the years from ``first`` to ``last``:
    asked about a day outside them, the calendar raises Invalid rather than answer as if there were none.
    """

    closed: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)
    first: date = date.min
    last: date = date.max

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is Monday to Friday and not a closed day."""
        self._known(day)
        return day.weekday() < SATURDAY and day not in self.closed

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day = self._beside(day, DAY)
        return day

    def previous_working_day(self, day: date) -> date:
        """``day`` itself when it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day = self._beside(day, -DAY)
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day`` (before it when ``n`` is negative); ``day`` itself is day 0.

        From a day that is not a working day, the first working day beyond it is day one. If ``n`` is 0, the answer
        is ``day``, or the first working day after it.
        """
        if n == 0:
            return self.next_working_day(day)
        step = DAY if n > 0 else -DAY
        self._known(day)
        for _ in range(abs(n)):
            day = self._beside(day, step)
            while not self.is_working_day(day):
                day = self._beside(day, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and including ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end - DAY, start - DAY)
        weeks, rest = divmod((end - start).days, 7)
        weekdays = weeks * 5 + sum((start + DAY * k).weekday() < SATURDAY for k in range(1, rest + 1))
        return weekdays - len(self.holidays_between(start, end))

    def holidays_between(self, start: date, end: date) -> list[date]:
        """The closed weekdays after ``start`` up to and including ``end``, in order."""
        self._known(start)
        self._known(end)
        return sorted(day for day in self.closed if start < day <= end and day.weekday() < SATURDAY)

    def called(self, day: date) -> str:
        """The closed day in words, with its name where it has one."""
        name = self.names.get(day)
        return f"{in_words(day)} ({name})" if name else in_words(day)

    def _known(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise Invalid(
                f"Enter a date between {self.first.year} and {self.last.year}: "
                f"the bank holidays of {day.year} are not known."
            )

    def _beside(self, day: date, step: timedelta) -> date:
        try:
            return day + step
        except OverflowError:
            raise Invalid(f"{in_words(day)} is too far away to count from.") from None


def add_months(day: date, n: int) -> date:
    """The same day of the month ``n`` calendar months on (back when negative), or that month's last day if shorter."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise Invalid(f"{in_words(day)} is too far away to count from.")
    return date(year, month + 1, min(day.day, month_lengths.monthrange(year, month + 1)[1]))


def in_words(day: date) -> str:
    """The day as people say it: Tuesday 31 March 2026."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month]} {day.year}"


def in_short(day: date) -> str:
    """The day where there is little room: 31 Mar 2026."""
    return f"{day.day} {_MONTHS[day.month][:3]} {day.year}"


def time_in_words(at: time | datetime) -> str:
    """The time as people say it: 2:30pm, 10am; midday and midnight by name."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


# No meeting with a family begins before or ends after: 12am typed for 12pm would be told to everybody as midnight.
FIRST_HOUR, LAST_HOUR = time(7), time(21)


def hour_refusal(starts: time, ends: time | None = None) -> str | None:
    """The sentence that says why no meeting is held at this hour, or None where one may be."""
    if FIRST_HOUR <= starts < LAST_HOUR and (ends is None or ends <= LAST_HOUR):
        return None
    span = time_in_words(starts) + (f" to {time_in_words(ends)}" if ends else "")
    return (
        f"{span[0].upper()}{span[1:]} is not an hour for a meeting. Enter a time from {time_in_words(FIRST_HOUR)} to "
        f"{time_in_words(LAST_HOUR)}. For the middle of the day, type 12pm or midday."
    )


_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_BRITISH = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)


def read_date(text: str) -> date:
    """The date written as 2026-03-31 or 31/03/2026; raises Invalid for anything else."""
    match = _ISO.fullmatch(text) or _BRITISH.fullmatch(text)
    try:
        if match:
            return date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        pass  # such as 31 February
    raise Invalid(f"“{text}” is not a date. Write it as 2026-03-31 or 31/03/2026.") from None


def age_on(born_on: date, on: date) -> int:
    """The age in whole years on a day; one born on 29 February is a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
