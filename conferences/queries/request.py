"""What the pages of the enquiry and of the request read."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from conferences.choices import ConferenceState, EnquiryOutcome
from conferences.models import Conference, ConferenceChild, Dispute, Enquiry, EnquiryChild
from conferences.queries.convene import limit_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import seen_by
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.models import Involvement
from families.queries import call_as_papers_may

S = ConferenceState


@dataclass(frozen=True)
class EnquiryRow:
    """An enquiry as the family's page shows it, with the last day for its conference."""

    enquiry: Enquiry
    children: list
    due: Due
    conferences: list = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        """Whether no outcome is recorded yet."""
        return not self.enquiry.outcome

    @property
    def needs_request(self) -> bool:
        """Whether the enquiry found that a conference is needed and none stands."""
        standing = [one for one in self.conferences if one.state not in (S.DECLINED, S.CANCELLED)]
        return self.enquiry.outcome == EnquiryOutcome.CONFERENCE and not standing


def enquiries_of(family) -> list[EnquiryRow]:
    """The family's enquiries, latest first, in three queries however many."""
    children = EnquiryChild.objects.select_related("child").order_by("pk")
    conferences = Conference.objects.order_by("-pk")
    found = (
        family.enquiries.select_related("strategy_discussion")
        .order_by("-strategy_discussion__held_on", "-pk")
        .prefetch_related(
            Prefetch("children", queryset=children, to_attr="rows"),
            Prefetch("conferences", queryset=conferences, to_attr="asked_for"),
        )
    )
    found = list(found)
    call_as_papers_may(family.pk, [(row, "child") for each in found for row in each.rows])
    return [enquiry_row(each, [row.child for row in each.rows], each.asked_for) for each in found]


def enquiry_row(enquiry, children=None, conferences=None) -> EnquiryRow:
    """One enquiry as pages show it."""
    if children is None:
        rows = list(enquiry.children.select_related("child").order_by("pk"))
        call_as_papers_may(enquiry.family_id, [(row, "child") for row in rows])
        children = [row.child for row in rows]
    if conferences is None:
        conferences = list(enquiry.conferences.order_by("-pk"))
    return EnquiryRow(enquiry, children, due("icpc", enquiry.strategy_discussion.held_on), conferences)


def conferences_of_family(viewer, family):
    """The family's conferences that the viewer may see, latest first."""
    return seen_by(viewer, Conference).filter(family=family).select_related("chair").order_by("-requested_at", "-pk")


def due_of(conference) -> Due:
    """The last day of the conference's limit, with its working; the plain column ``due_on`` is what binds."""
    return due(limit_key(conference), conference.anchor_on)


def children_considered(conference, viewer) -> list[ConferenceChild]:
    """Every child considered, included ones first; a professional sees only those with whom they work."""
    rows = conference.children.select_related("child").order_by("-included", "child__born_on", "pk")
    if only_their_own(viewer):
        known = Involvement.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=viewer.on), professional=viewer.id, from_on__lte=viewer.on
        )
        rows = rows.filter(included=True, child__in=known.order_by().values("child"))
    rows = list(rows)
    call_as_papers_may(conference.family_id, [(row, "child") for row in rows])
    return rows


def disputes_of(conference, viewer):
    """The disputes about the decision; a professional sees their own."""
    found = (
        Dispute.objects.filter(conference=conference).select_related("raised_by", "answered_by").order_by("raised_at")
    )
    return found.filter(raised_by=viewer.id) if only_their_own(viewer) else found


def only_their_own(viewer) -> bool:
    """Whether the viewer comes in by working with a child and by nothing else."""
    return viewer.roles == frozenset([Role.PROFESSIONAL])
