"""How far a due date is, in the words of a page. Pure: the calendar is given."""

from datetime import date


def how_far(due_on: date, today: date, done_on: date | None, soon: int, calendar) -> tuple[str, str]:
    """The words and the tone: late, soon, later or done. Ahead is counted in working days, lateness in days."""
    if done_on is not None:
        late = (done_on - due_on).days
        return (f"done, {_days(late)} late", "done") if late > 0 else ("done in time", "done")
    if due_on < today:
        return f"{_days((today - due_on).days)} late", "late"
    if due_on == today:
        return "due today", "soon"
    ahead = calendar.working_days_between(today, due_on)
    if (due_on - today).days == 1:
        return "due tomorrow", "soon"
    words = f"in {ahead} working {'day' if ahead == 1 else 'days'}" if ahead else f"in {_days((due_on - today).days)}"
    return words, "soon" if ahead <= soon else "later"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
