"""What enquiries and conferences add to a child's timeline, as far as the viewer may see them."""

from django.utils import timezone

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.models import Conference, ConferenceChild, Enquiry, EnquiryChild, StrategyDiscussion
from conferences.meeting.models import Decision
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by
from families.overview.queries.timeline import ENQUIRY, Happened, entered, tells_of

S = ConferenceState


@tells_of
def what_happened(viewer: Viewer, family, ids) -> list[Happened]:
    """The strategy discussions, enquiries and conferences about the child, with the decisions. Eight queries."""
    if not viewer.can(Permission.READ_CONFERENCE):
        return []
    return [*_enquiries(viewer, ids), *_conferences(viewer, ids)]


def _enquiries(viewer: Viewer, ids):
    mine = EnquiryChild.objects.filter(child__in=ids).order_by().values("enquiry")
    rows = list(few_seen_by(viewer, Enquiry).filter(pk__in=mine).select_related("strategy_discussion"))
    outcomes = EnquiryChild.objects.filter(enquiry__in=rows, child__in=ids).exclude(outcome="")
    outcome_of = {one.enquiry_id: one.get_outcome_display() for one in outcomes}
    discussed = entered(StrategyDiscussion, [row.strategy_discussion_id for row in rows], "held_on")
    concluded = entered(Enquiry, [row.pk for row in rows], "outcome_on")
    for row in rows:
        url = f"conferences:enquiry {row.pk}"
        yield Happened(
            row.strategy_discussion.held_on, "Strategy discussion", ENQUIRY, url=url,
            until=row.outcome_on if row.signed_off_at else None,
            entered_at=discussed.get((row.strategy_discussion_id, "held_on")),
        )  # fmt: skip
        if row.signed_off_at:
            yield Happened(
                row.outcome_on, "Section 47 enquiry concluded", ENQUIRY, outcome_of.get(row.pk, ""), url,
                entered_at=concluded.get((row.pk, "outcome_on")),
            )  # fmt: skip


def _conferences(viewer: Viewer, ids):
    mine = ConferenceChild.objects.filter(child__in=ids, included=True).order_by().values("conference")
    rows = list(few_seen_by(viewer, Conference).filter(pk__in=mine))
    decided = {
        each.conference_child.conference_id: each
        for each in Decision.objects.filter(
            conference_child__conference__in=rows, conference_child__child__in=ids
        ).select_related("conference_child")
    }
    for row in rows:
        kind = row.get_kind_display()
        asked = row.state in (S.REQUESTED, S.DECLINED)
        url = f"conferences:{'request' if asked else 'conference'} {row.pk}"
        yield Happened(timezone.localdate(row.requested_at), f"{kind} asked for", ENQUIRY, url=url)
        if row.state == S.DECLINED:
            yield Happened(timezone.localdate(row.declined_at), f"{kind} declined", ENQUIRY, row.decline_reason, url)
        if row.state == S.CANCELLED:
            yield Happened(
                timezone.localdate(row.cancelled_at), f"{kind} cancelled", ENQUIRY, row.get_cancel_reason_display(), url
            )
        if row.state == S.HELD:
            decision = decided.get(row.pk)
            yield Happened(row.held_on, f"{kind} held", ENQUIRY, _said(decision), url, entered_at=row.closed_at)


def _said(decision) -> str:
    if decision is None:
        return ""
    said = Outcome(decision.outcome).label
    return f"Decided: {said[0].lower()}{said[1:]}" + (
        f" ({decision.get_category_display()})" if decision.category else ""
    )
