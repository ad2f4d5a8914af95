"""Requesting and booking: which dates and kinds are possible, who may chair, when a booking is late.

Pure: no database, no clock, no Django."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from cpc.core.kernel.dates import in_words


def what_is_wrong_with_kind(*, is_pre_birth: bool, any_unborn: bool, any_born: bool) -> str | None:
    """Why this kind of conference does not fit the children included, or None."""
    if is_pre_birth and not any_unborn:
        return "A pre-birth conference needs an unborn child. Include one, or choose another kind"
    if not is_pre_birth and any_unborn and not any_born:
        return "Every child included is unborn. Choose a pre-birth conference"
    return None


def why_not_independent(
    chair: int,
    *,
    social_worker: int | None = None,
    team_manager: int | None = None,
    recorded_discussion: Collection[int | None] = (),
    asked: int | None = None,
    agreed: int | None = None,
    decided: Collection[int | None] = (),
    enquired: Collection[int | None] = (),
    of_same_team: bool = False,
    was_social_worker: bool = False,
    was_invited: bool = False,
    wrote_safety_plan: Collection[int | None] = (),
    worked_for_team: bool = False,
    supervised: bool = False,
    also: Iterable[str] = (),
) -> str:
    """What the record shows of this person's part in the case, as the end of a sentence; "" if nothing.

    ``also``: what other records show of it, in the same form, "" for those that show nothing.
    """
    if chair == social_worker:
        return "is the family’s social worker"
    if chair == team_manager:
        return "manages the team that works with the family"
    if chair in recorded_discussion:
        return "recorded the strategy discussion"
    if chair == asked:
        return "asked for this conference"
    if chair == agreed:
        return "agreed that this conference is needed"
    if chair in decided:
        return "asked for or decided on another request, or another date, for this family"
    if chair in enquired:
        return "took part in the section 47 enquiry"
    if of_same_team:
        return "belongs to the team that works with the family"
    if was_social_worker:
        return "was the family’s social worker before"
    if chair in wrote_safety_plan:
        return "wrote or reviewed the interim safety plan"
    if was_invited:
        return "was invited to a conference about this family in another role"
    if worked_for_team:
        return "has managed or covered for the team that works with the family"
    if supervised:
        return "managed the team while it worked with the family"
    return next(filter(None, also), "")


def overlap(one: Sequence[tuple[datetime, datetime | None]], other: Sequence[tuple[datetime, datetime | None]]) -> bool:
    """Whether a time of the one and a time of the other overlap, each with its begin and its end (None: still so)."""
    return any(
        (until is None or begins <= until) and (ends is None or since <= ends)
        for since, until in one
        for begins, ends in other
    )


def why_not_in_post(name: str, posts: Sequence[tuple[str, date, date | None]], day: date) -> str:
    """Why somebody cannot chair on that day by their posts, each with its first and last day; "" if they can, or if no
    post is recorded.
    """
    if not posts or any(begins <= day and (ends is None or day <= ends) for _, begins, ends in posts):
        return ""
    over = [(ends, called) for called, _, ends in posts if ends is not None and ends < day]
    if over:
        ends, called = max(over)
        return f"{name}’s post as {called.lower()} ends on {in_words(ends)}. Choose another chair."
    begins, called = min((begins, called) for called, begins, _ in posts)
    return f"{name}’s post as {called.lower()} begins on {in_words(begins)}. Choose another chair."


def why_late(starts_on: date, due_on: date) -> str:
    """A sentence if ``starts_on`` is after the last day; otherwise ""."""
    return f"{in_words(starts_on)} is after the last day, {in_words(due_on)}." if starts_on > due_on else ""
