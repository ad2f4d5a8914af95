"""What booking reads: the limit, who may chair, which rooms there are."""

from conferences import rules
from conferences.choices import ConferenceKind, ConferenceState
from conferences.models import ChairApproval, Conference, Room, StrategyDiscussion
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import can_see, seen_by, viewer_of
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due
from families.models import DeclaredConflict


def chairs_to_agree(viewer):
    """The requests that a person who knows the case may chair, still without an answer, oldest first."""
    seen = seen_by(viewer, Conference).filter(state__in=[ConferenceState.AGREED, ConferenceState.BOOKED])
    waiting = ChairApproval.objects.filter(agreed_at__isnull=True, conference__in=seen.order_by().values("pk"))
    return waiting.select_related("conference__family", "chair", "asked_by").order_by("asked_at", "pk")


def approval_for(conference, chair) -> ChairApproval | None:
    """The request that this person chair this conference, answered or not."""
    return ChairApproval.objects.filter(conference=conference, chair=chair).first()


def latest_approval(conference) -> ChairApproval | None:
    """The last request about a chair of this conference, with the chair."""
    return conference.chair_approvals.select_related("chair", "agreed_by").order_by("-asked_at").first()


def limit_key(conference) -> str:
    """The key of the limit by which this conference is to be held."""
    if conference.is_review:
        first = conference.previous is None or not conference.previous.is_review
        return "first_review" if first else "next_review"
    return "transfer_in_conference" if conference.kind == ConferenceKind.TRANSFER_IN else "icpc"


def limit_of(conference) -> Due | None:
    """The limit on which ``due_on`` stands, with its working; nothing where the date was set otherwise."""
    found = due(limit_key(conference), conference.anchor_on)
    return found if found.on == conference.due_on else None


def chairs(conference=None):
    """The people who chair conferences, by name; of a conference, without whoever has a conflict with its family."""
    found = User.objects.filter(is_active=True, roles_held__role=Role.CHAIR)
    if conference is not None:
        barred = DeclaredConflict.objects.live().filter(family=conference.family_id)
        found = found.exclude(pk__in=barred.values("user"))
    return found.order_by("last_name", "first_name", "pk")


def rooms():
    """The rooms that can be booked, by name."""
    return Room.objects.filter(is_active=True).order_by("name")


def why_chair_knows(conference, chair) -> str:
    """What the record shows of this person's part in the case, as the end of a sentence; nothing where none."""
    family = conference.family
    recorded = StrategyDiscussion.objects.filter(family=family).values_list("recorded_by_id", flat=True)
    return rules.why_not_independent(
        chair.pk,
        social_worker=family.social_worker_id,
        team_manager=family.team.manager_id,
        recorded_discussion=set(recorded),
        # Closing a conference asks for the next one in its chair's name: that is chairing, not knowing the case.
        asked=None if conference.previous_id else conference.requested_by_id,
        agreed=None if conference.previous_id else conference.agreed_by_id,
    )


def why_may_not_chair(conference, chair, on) -> str:
    """Why this person cannot chair at all, whatever anyone agrees; nothing when they can."""
    viewer = viewer_of(chair, on)
    if not viewer.holds(Role.CHAIR):
        return f"{chair} does not chair conferences. Choose somebody who does."
    if DeclaredConflict.objects.live().filter(user=chair, family=conference.family_id).exists():
        return f"{chair} has declared a conflict of interest with this family. Choose another chair."
    if not can_see(viewer, conference):
        return f"{chair} is not named for this restricted family. Choose another chair, or have them named first."
    return ""
