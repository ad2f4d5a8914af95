"""What the conferences before this one decided for its children."""

from conferences.convening.choices import ConferenceKind, ConferenceState, Outcome
from conferences.meeting.models import Decision


def last_decisions(conference, children) -> dict[int, Decision]:
    """The last decision for each of these children (ids) at a conference that was held before this one. One query."""
    found = Decision.objects.filter(
        conference_child__child__in=children, conference_child__included=True,
        conference_child__conference__state=ConferenceState.HELD,
        conference_child__conference__starts_at__lt=conference.starts_at,
    ).exclude(outcome=Outcome.NOT_DECIDED)  # fmt: skip
    found = found.select_related("conference_child__conference").order_by("conference_child__conference__starts_at")
    return {one.conference_child.child_id: one for one in found}


def is_first_review(conference, children) -> bool:
    """Whether this is the first review of the plan of any of these children (ids): of a plan that was decided here."""
    if not conference.is_review:
        return False
    before = last_decisions(conference, children).values()
    return any(one.conference_child.conference.kind != ConferenceKind.REVIEW for one in before)
