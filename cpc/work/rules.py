"""How a work list is ordered and grouped. Pure."""

from datetime import date

from cpc.core.kernel.dates import Calendar

LATE, TODAY, SOON, LATER = "Late", "Today", "In the next 5 working days", "Later"


def grouped(duties, on: date, calendar: Calendar) -> list[tuple[str, list]]:
    """``duties`` under the headings of urgency, most urgent first; empty headings are left out."""
    soon_ends_on = calendar.add_working_days(on, 5)
    groups = {LATE: [], TODAY: [], SOON: [], LATER: []}
    for duty in sorted(duties, key=lambda duty: (duty.due_on, duty.says)):
        groups[_heading(duty.due_on, on, soon_ends_on)].append(duty)
    return [(heading, found) for heading, found in groups.items() if found]


def _heading(due_on, on, soon_ends_on) -> str:
    if due_on < on:
        return LATE
    if due_on == on:
        return TODAY
    return SOON if due_on <= soon_ends_on else LATER
