"""What the request pages read."""

from django.db.models import Q

from conferences.convening.models import Conference, ConferenceChild, Dispute
from conferences.convening.queries.booking import limit_key
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Viewer, few_seen_by
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.people.models import Involvement


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
