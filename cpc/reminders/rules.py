"""Which reminder is due on a day, and who gets it. Pure."""

from datetime import date

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.duties import Duty
from cpc.reminders.choices import Stage


def stage(duty: Duty, on: date, calendar: Calendar, days_before: int) -> Stage | None:
    """The stage that a duty has reached on the day ``on``; none while it is further off.

    Compared, never "exactly two days ago", so a missed night is caught up: only the stage reached by then is sent.
    """
    due_on = duty.due_on
    if duty.misses_statutory_date(on):
        return Stage.MISSED
    if on > due_on:
        return Stage.LATE
    if on == due_on:
        return Stage.TODAY
    return Stage.SOON if on >= calendar.add_working_days(due_on, -days_before) else None


def recipients(duty: Duty, reached: Stage) -> frozenset[int]:
    """Who is told at that stage: the owners, and once it is late also those behind them (``then``).

    Where nobody owns a duty, those behind are told from the start, so that it is never nobody's.
    """
    return duty.owners | duty.then if reached in (Stage.LATE, Stage.MISSED) or not duty.owners else duty.owners
