"""What a limit is, and how a date that follows from one is worked out and explained. It has no number of law."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from cpc.core.kernel.dates import DAY, Calendar, add_months, in_words
from cpc.core.kernel.refusals import Invalid

WORKING_DAYS, DAYS, WEEKS, MONTHS, HOURS = "working days", "days", "weeks", "months", "hours"
UNITS = (WORKING_DAYS, DAYS, WEEKS, MONTHS, HOURS)
AFTER, BEFORE = "after", "before"
# A duty is done within its limit, so ends before days off. A minimum, or somebody's right, runs on until after them.
AT_MOST, AT_LEAST, RIGHT = "at most", "at least", "right"
# How the ends are counted. Ordinary: the day of the event is day 0. Inclusive: it is day one. Clear: neither the
# day of the event nor the last day counts (only for limits that count back).
ORDINARY, INCLUSIVE, CLEAR = "ordinary", "inclusive", "clear"
COUNTINGS = (ORDINARY, INCLUSIVE, CLEAR)
NATIONAL, DEFAULT, PRESET, LOCAL = "national", "default", "preset", "local"
STANDINGS = {
    NATIONAL: "national",
    DEFAULT: "a default, to be set by the service",
    PRESET: "preset",
    LOCAL: "set by this service",
}


@dataclass(frozen=True)
class Limit:
    """How long something may take: an amount of a unit, after or before an event, its owner, and who says so."""

    key: str
    label: str
    amount: int
    unit: str
    direction: str
    anchor: str
    owner: str
    source: str
    standing: str
    kind: str = AT_MOST
    counting: str = ORDINARY
    days: int | None = None  # a second ceiling in calendar days (91, 183): the earlier of the two is the limit
    named: str = ""  # the preset that set it, where one did
    to_check: str = ""  # for those who keep the presets: what is not certain about the source
    shown_only: bool = False  # nothing in the software applies it yet: nobody is reminded

    @property
    def length(self) -> str:
        """The amount with its unit: 15 working days, 1 month."""
        unit = self.unit if self.amount != 1 else self.unit.removesuffix("s")
        return f"{self.amount} {unit}"

    @property
    def length_with_days(self) -> str:
        """The length, with the second ceiling in days where there is one."""
        return f"{self.length} (or {self.days} days, if earlier)" if self.days else self.length

    @property
    def rule(self) -> str:
        """The limit in one sentence without its full stop."""
        if self.direction == BEFORE:
            length = f"at least {self.length} before {self.anchor}"
        elif self.kind == AT_LEAST:
            length = f"at least {self.length} after {self.anchor}"
        else:
            length = f"within {self.length} of {self.anchor}"
        or_days = f", or within {self.days} days where that is earlier" if self.days else ""
        counted = {INCLUSIVE: ", that day counted as the first", CLEAR: ", clear days only"}.get(self.counting, "")
        return f"{self.label}: {length}{or_days}{counted}"

    @property
    def standing_in_words(self) -> str:
        """What the limit is: national, a named preset's, this service's own, or a default."""
        return f"{STANDINGS[self.standing]}: {self.named}" if self.named else STANDINGS[self.standing]


@dataclass(frozen=True)
class Due:
    """The day on which a limit is reached, and what it was counted from. The working is made only when it is asked."""

    on: date
    limit: Limit
    start: date
    ends: tuple[tuple[str, date], ...]  # each way of counting, and where it ends before moving off a non-working day
    calendar: Calendar = field(compare=False, repr=False)

    @property
    def ended_on(self) -> date:
        """Where the count itself ends, before any move to a working day."""
        return min(day for _, day in self.ends)

    @property
    def skipped(self) -> list[date]:
        """The bank holidays that were not counted (only working days skip any)."""
        if self.limit.unit != WORKING_DAYS:
            return []
        first, last = sorted((self.start, self.on))
        return [day for day in self.calendar.holidays_between(first, last) if day != self.start]

    @property
    def sentence(self) -> str:
        """The date as the screen says it: the last day of the 15 working days is Tuesday 31 March 2026."""
        limit, day = self.limit, in_words(self.on)
        if limit.kind == AT_LEAST:
            return f"the {limit.length} last at least until {day}"
        if limit.direction == BEFORE:
            return f"the last day, {limit.length} before {limit.anchor}, is {day}"
        if (limit.amount, limit.unit) == (1, WORKING_DAYS):
            return f"the next working day is {day}"
        if limit.days:
            return f"the last day of the {limit.length_with_days} is {day}"
        return f"the last day of the {limit.length} is {day}"

    @cached_property
    def working(self) -> list[str]:
        """Rule, source, start, what was counted and skipped, and the answer: one plain sentence each."""
        limit = self.limit
        return [
            f"Rule: {limit.rule}.",
            f"Source: {limit.source.rstrip('.')} ({limit.standing_in_words}).",
            self._start_sentence(),
            *self._count_sentences(),
            f"Due: {in_words(self.on)}.",
        ]

    def _start_sentence(self) -> str:
        start, limit = self.start, self.limit
        if limit.unit == WORKING_DAYS and not self.calendar.is_working_day(start):
            beyond = 1 if limit.direction == AFTER else -1
            first = self.calendar.add_working_days(start, beyond)
            return (
                f"Start: {self.calendar.called(start)} is not a working day, so the first working day "
                f"{limit.direction} it, {in_words(first)}, counts as the first."
            )
        counts = "counts as the first" if limit.counting == INCLUSIVE else "does not count"
        return f"Start: {in_words(start)} ({limit.anchor}). That day {counts}."

    def _count_sentences(self) -> list[str]:
        limit = self.limit
        if limit.unit == WORKING_DAYS:
            return self._working_days_counted()
        said = []
        for length, day in self.ends:
            in_months = limit.unit == MONTHS and limit.counting == ORDINARY and length == limit.length
            short = " (the last day of that month)" if in_months and day.day != self.start.day else ""
            said.append(f"Counted: {length} {limit.direction} the start is {in_words(day)}{short}.")
        if len(self.ends) > 1:
            said.append(f"The earlier of the two is {in_words(self.ended_on)}.")
        if limit.unit == HOURS and limit.direction == BEFORE:
            said.append("Hours are rounded down to the end of the working day before.")
        elif self.on != self.ended_on:
            reached = {
                AT_LEAST: "limit is reached on the working day after",
                RIGHT: "right runs to the next working day",
            }
            said.append(
                f"{self.calendar.called(self.ended_on)} is not a working day, so the "
                f"{reached.get(limit.kind, 'limit is reached on the working day before')}: {in_words(self.on)}."
            )
        return said

    def _working_days_counted(self) -> list[str]:
        limit, back = self.limit, self.limit.direction == BEFORE
        if limit.counting == INCLUSIVE and self.calendar.is_working_day(self.start):
            begins = self.start
        else:
            begins = self.calendar.add_working_days(self.start, -1 if back else 1)
        span = f"{'back ' if back else ''}from {in_words(begins)} to {in_words(self.on)}"
        if limit.counting == CLEAR:
            span = f"all of them between {in_words(self.on)} and {in_words(self.start)}"
        skipped = "; ".join(self.calendar.called(day) for day in self.skipped)
        return [
            f"Counted: {limit.length}, {span}. Weekends and bank holidays are not counted.",
            f"Bank holidays skipped: {skipped or 'none'}.",
        ]


def compute(limit: Limit, start: date, calendar: Calendar) -> Due:
    """The day on which ``limit``, counted from ``start``, is reached; raises Invalid outside the calendar's years.

    Working days land on a working day by themselves. Months, weeks and days that end on a non-working day move to the
    working day before; a minimum and a right move to the working day after. Hours are counted from the first moment of
    ``start``; counted back, they are rounded down to the end of the working day before.
    """
    if limit.unit == WORKING_DAYS:
        on = _working_days(limit, start, calendar)
        return Due(on, limit, start, ((limit.length, on),), calendar)
    if not calendar.first <= start <= calendar.last:
        calendar.is_working_day(start)  # raises, in the calendar's words
    ends = [(limit.length, _plain(limit, limit.amount, limit.unit, start))]
    if limit.days:
        ends.append((f"{limit.days} days", _plain(limit, limit.days, DAYS, start)))
    end = min(day for _, day in ends)
    if limit.unit == HOURS and limit.direction == BEFORE:
        end -= DAY
    on = calendar.previous_working_day(end) if limit.kind == AT_MOST else calendar.next_working_day(end)
    return Due(on, limit, start, tuple(ends), calendar)


def _working_days(limit: Limit, start: date, calendar: Calendar) -> date:
    sign = 1 if limit.direction == AFTER else -1
    if limit.counting == CLEAR:
        return calendar.add_working_days(start, sign * (limit.amount + 1))
    if limit.counting == INCLUSIVE and limit.amount and calendar.is_working_day(start):
        beyond = limit.amount - 1
        return calendar.add_working_days(start, sign * beyond) if beyond else start
    if limit.amount == 0:
        return calendar.next_working_day(start) if sign > 0 else calendar.previous_working_day(start)
    return calendar.add_working_days(start, sign * limit.amount)


def _plain(limit: Limit, amount: int, unit: str, start: date) -> date:
    sign = 1 if limit.direction == AFTER else -1
    correction = {ORDINARY: 0, INCLUSIVE: -1, CLEAR: 1}[limit.counting]
    try:
        if unit == MONTHS:
            return add_months(start, sign * amount) + DAY * sign * correction
        days = {DAYS: amount, WEEKS: amount * 7, HOURS: -(-amount // 24) if sign < 0 else amount // 24}[unit]
        return start + timedelta(days=sign * (days + correction))
    except OverflowError:
        raise Invalid(f"{in_words(start)} is too far away to count from.") from None


def loosens(proposed: Limit, national: Limit, calendar: Calendar, starts: list[date]) -> date | None:
    """The first of ``starts`` from which ``proposed`` ends later than ``national`` (a minimum: earlier), or None."""
    if (proposed.unit, proposed.counting, proposed.days) == (national.unit, national.counting, national.days):
        more_is_looser = (national.kind, national.direction) == (AT_MOST, AFTER)
        looser = proposed.amount > national.amount if more_is_looser else proposed.amount < national.amount
        return starts[0] if looser else None
    for start in starts:
        theirs, ours = compute(proposed, start, calendar).on, compute(national, start, calendar).on
        if theirs < ours if national.kind == AT_LEAST else theirs > ours:
            return start
    return None
