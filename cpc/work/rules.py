"""How a work list is ordered and grouped. Pure."""

from collections.abc import Iterable
from datetime import date

from cpc.core.kernel.dates import Calendar
from cpc.core.kernel.duties import Duty

LATE, TODAY, SOON, LATER = "Late", "Today", "In the next 5 working days", "Later"


def grouped(duties: Iterable[Duty], on: date, calendar: Calendar) -> list[tuple[str, list[Duty]]]:
    """``duties`` under the headings of urgency, most urgent first; empty headings are left out."""
    soon_ends_on = calendar.add_working_days(on, 5)
    groups: dict[str, list[Duty]] = {LATE: [], TODAY: [], SOON: [], LATER: []}
    for duty in sorted(duties, key=lambda duty: (duty.due_on, duty.says)):
        groups[_heading(duty.due_on, on, soon_ends_on)].append(duty)
    return [(heading, found) for heading, found in groups.items() if found]


def by_task(duties: Iterable[Duty]) -> list[tuple[str, list[Duty]]]:
    """``duties`` under what is to be done, without the name of the family or people; the longest late first."""
    groups: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=lambda duty: (duty.due_on, duty.says)):
        groups.setdefault(duty.says.rpartition(": ")[0] or duty.says, []).append(duty)
    return list(groups.items())


def _heading(due_on: date, on: date, soon_ends_on: date) -> str:
    if due_on < on:
        return LATE
    if due_on == on:
        return TODAY
    return SOON if due_on <= soon_ends_on else LATER
