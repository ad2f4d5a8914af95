"""Which reminder is due on a day, and who gets it. Pure."""

from datetime import date

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.duties import Duty
from cpc.reminders.choices import Urgency


def urgency(duty: Duty, on: date, calendar: Calendar, days_before: int) -> Urgency | None:
    """How urgent a duty is on the day ``on``; None while it is further off.

    Compared, never "exactly two days ago", so a missed night is caught up: only what is true by then is sent.
    """
    due_on = duty.due_on
    if duty.misses_statutory_date(on):
        return Urgency.MISSED
    if on > due_on:
        return Urgency.LATE
    if on == due_on:
        return Urgency.TODAY
    return Urgency.SOON if on >= calendar.add_working_days(due_on, -days_before) else None


def recipients(duty: Duty, reached: Urgency) -> frozenset[int]:
    """Who is told at that urgency: the owners, and once it is late also those behind them (``then``).

    Where nobody owns a duty, those behind are told from the start, so that it is never nobody's.
    """
    return duty.owners | duty.then if reached in (Urgency.LATE, Urgency.MISSED) or not duty.owners else duty.owners
