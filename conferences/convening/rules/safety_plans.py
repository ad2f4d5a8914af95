"""The dates of an interim safety plan. Pure: no database, no clock, no Django."""

from datetime import date

from cpc.core.kernel.dates import in_words


def what_is_wrong_with_review_date(*, review_on: date, on: date, conference_by: date) -> str | None:
    """Why the plan cannot be reviewed on this day, or None. The plan covers the time until the conference."""
    if review_on < on:
        return "The day of the review must be today or in the future"
    if review_on > conference_by:
        return f"The plan must be reviewed by the last day for the conference, {in_words(conference_by)}"
    return None
