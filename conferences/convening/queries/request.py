"""What the enquiry and request pages read."""

from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from conferences.convening.choices import ConferenceState, EnquiryOutcome
from conferences.convening.models import Conference, ConferenceChild, Dispute, Enquiry, EnquiryChild
from conferences.convening.queries.booking import limit_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.people.models import Involvement

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
        """Whether the outcome calls for a conference and none is requested."""
        wanted = [one for one in self.conferences if one.state not in (S.DECLINED, S.CANCELLED)]
        return self.enquiry.outcome == EnquiryOutcome.CONFERENCE and not wanted


def enquiries_of(family) -> list[EnquiryRow]:
    """The family's enquiries, latest first. Three queries."""
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
    return [enquiry_row(each, [row.child for row in each.rows], each.asked_for) for each in found]


def enquiry_row(enquiry, children=None, conferences=None) -> EnquiryRow:
    """One enquiry as pages show it."""
    if children is None:
        children = [row.child for row in enquiry.children.select_related("child").order_by("pk")]
    if conferences is None:
        conferences = list(enquiry.conferences.order_by("-pk"))
    return EnquiryRow(enquiry, children, due("icpc", enquiry.strategy_discussion.held_on), conferences)


def conferences_of_family(viewer: Viewer, family):
    """The family's conferences that the viewer may see, latest first."""
    return (
        few_seen_by(viewer, Conference).filter(family=family).select_related("chair").order_by("-requested_at", "-pk")
    )


def due_of(conference) -> Due:
    """The last day of the conference's limit, with its working. The column ``due_on`` is the binding date."""
    return due(limit_key(conference), conference.anchor_on)


def children_considered(conference, viewer: Viewer) -> list[ConferenceChild]:
    """The children considered, included ones first; a professional sees only those they work with."""
    rows = conference.children.select_related("child").order_by("-included", "child__born_on", "pk")
    if only_their_own(viewer):
        known = Involvement.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=viewer.on), professional=viewer.id, from_on__lte=viewer.on
        )
        rows = rows.filter(included=True, child__in=known.order_by().values("child"))
    return list(rows)


def disputes_of(conference, viewer: Viewer):
    """The disputes about the decision; a professional sees only their own."""
    found = (
        Dispute.objects.filter(conference=conference).select_related("raised_by", "answered_by").order_by("raised_at")
    )
    return found.filter(raised_by=viewer.id) if only_their_own(viewer) else found


def only_their_own(viewer: Viewer) -> bool:
    """Whether working with a child is the viewer's only access."""
    return viewer.roles == frozenset([Role.PROFESSIONAL])
