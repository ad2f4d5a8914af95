"""Who may chair, and when a booking is late. Pure: no database, no clock, no Django."""

from datetime import date

from cpc.core.kernel.dates import in_words


def why_not_independent(
    chair: int, *, social_worker=None, team_manager=None, recorded_discussion=(), asked=None, agreed=None
) -> str:
    """What the record shows of this person's part in the case, as the end of a sentence; nothing where none."""
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
    return ""


def why_late(starts_on: date, due_on: date) -> str:
    """The sentence where ``starts_on`` is beyond the last day; nothing where it is not."""
    return f"{in_words(starts_on)} is after the last day, {in_words(due_on)}." if starts_on > due_on else ""
