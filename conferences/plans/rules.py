"""What law and practice say about plans and core groups. Pure: no database, no clock, no Django."""

from datetime import date

from cpc.core.kernel.dates import Calendar, in_words


def start_refusal(name: str, started_on: date, died_on: date | None) -> str:
    """Why no plan can start for this child on that day; nothing when it can. Census rule 8915."""
    if died_on and started_on > died_on:
        return f"{name} died on {in_words(died_on)}, so no plan can start on {in_words(started_on)}."
    return ""


def end_refusal(name: str, started_on: date, ended_on: date, died_on: date | None) -> str:
    """Why the plan cannot end on that day; nothing when it can. Census rules 8840, 8920 and 8925."""
    if ended_on <= started_on:
        return (
            f"{name}’s plan started on {in_words(started_on)}, so it cannot end on {in_words(ended_on)}: "
            "the end is at least a day after the start."
        )
    if died_on and ended_on > died_on:
        return f"{name} died on {in_words(died_on)}, so the plan cannot end after that day."
    return ""


def core_group_refusal(on: date, after: date, last_on: date, calendar: Calendar, today: date) -> str:
    """Why the core group cannot meet on that day; nothing when it can. ``last_on`` is the last day of its limit: once
    that has passed, a late meeting is better than none."""
    if on <= after:
        return f"The core group must meet after {in_words(after)}."
    if not calendar.is_working_day(on):
        return f"{in_words(on)} is not a working day. Choose a working day for the core group."
    if today <= last_on < on:
        return f"The core group must meet by {in_words(last_on)}: choose an earlier date."
    return ""


def review_refusal(on: date, after: date, last_on: date, calendar: Calendar) -> str:
    """Why the review conference cannot be on that day; nothing when it can."""
    if on <= after:
        return f"The review conference must be after {in_words(after)}."
    if not calendar.is_working_day(on):
        return f"{in_words(on)} is not a working day. Choose a working day for the review conference."
    if on > last_on:
        return f"The review conference must be by {in_words(last_on)}: choose an earlier date."
    return ""


def earlier_refusal(what: str, happened_on: date, started_on: date, on: date, died_on: date | None = None) -> str:
    """Why this cannot have happened on that day of a plan; nothing when it can. Census rule 8841 for a review."""
    if happened_on > on:
        return "The day must be today or in the past. What is still to come is booked, not entered here."
    if died_on and happened_on > died_on:
        return f"The child died on {in_words(died_on)}, before that day."
    if happened_on < started_on or (happened_on == started_on and what == "review"):
        later = "after" if what == "review" else "on or after"
        return f"The plan began on {in_words(started_on)}: enter a day {later} that."
    return ""
