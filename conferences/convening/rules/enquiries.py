"""Strategy discussions and enquiries: who is asked, what may be decided, which discussions belong together.

Pure: no database, no clock, no Django."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from cpc.core.kernel.dates import age_on, in_words

ALWAYS_ASKED = ("social_care", "police", "health")
EDUCATION = "education"


def agencies_to_ask(born_on: Iterable[date | None], on: date, education_age: int) -> tuple[str, ...]:
    """The agencies that a discussion about children with these dates of birth must ask; None is an unborn child."""
    of_age = any(born and age_on(born, on) >= education_age for born in born_on)
    return (*ALWAYS_ASKED, EDUCATION) if of_age else ALWAYS_ASKED


def what_is_wrong_with_strategy_date(*, held_on: date, opened_on: date, on: date) -> str | None:
    """Why the strategy discussion cannot have been on this day, or None (data rule 2889: not before the referral)."""
    if held_on > on:
        return "The strategy discussion must be today or in the past"
    if held_on < opened_on:
        return f"The strategy discussion cannot be before the case was opened, {in_words(opened_on)}"
    return None


def what_is_wrong_with_outcome_date(*, outcome_on: date, held_on: date, on: date) -> str | None:
    """Why the enquiry cannot have ended on this day, or None."""
    if outcome_on > on:
        return "The day of the outcome must be today or in the past"
    if outcome_on < held_on:
        return f"The outcome cannot be before the strategy discussion, {in_words(held_on)}"
    return None


def what_is_wrong_with_new_date(*, to_on: date, now: date, outcome_on: date | None) -> str | None:
    """Why a discussion that started an enquiry cannot get this date, or None."""
    if to_on == now:
        return f"{in_words(to_on)} is the date that is recorded"
    if outcome_on and to_on > outcome_on:
        return f"The strategy discussion cannot be after the enquiry’s outcome, {in_words(outcome_on)}"
    return None


def linked(start: int, continues: Mapping[int, int | None]) -> Collection[int]:
    """The discussions that belong with ``start``: those it follows, directly or not, and all that follow any of them.

    ``continues`` says for each discussion which one it follows.
    """
    found, waiting = {start}, [start]
    while waiting:
        now = waiting.pop()
        near = {one for one, earlier in continues.items() if earlier == now} | {continues.get(now)}
        new = {one for one in near if one is not None} - found
        found |= new
        waiting += new
    return found
