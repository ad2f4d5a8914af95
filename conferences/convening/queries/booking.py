"""What booking reads: the limit, who may chair, and the rooms."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from conferences.convening.choices import CHAIRING, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, PostHeld, Room
from conferences.convening.rules.booking import why_not_in_post
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Viewer, can_see, seen_by, viewer_of
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due, review_key
from families.cases.models import DeclaredConflict


def chairs_to_agree(viewer: Viewer):
    """The booked conferences with a chair who is not independent, and who waits for an answer; the first one first."""
    seen = seen_by(viewer, Conference).filter(waits_for_agreement())
    return seen.select_related("family", "chair").order_by("starts_at", "pk")


def waits_for_agreement() -> Q:
    """The booked conferences with a chair who declared that they are not independent, and nobody has agreed yet."""
    return Q(state=ConferenceState.BOOKED, chair_independent=False, chair_agreed_at__isnull=True)


def limit_key(conference) -> str:
    """The key of the limit for holding the conference."""
    if limit := _limit_for_holding_again(conference):
        return limit.limit.key
    return _usual_key(conference)


def _limit_for_holding_again(conference) -> Due | None:
    """The limit after a conference that decided nothing, where it set the last day of this one."""
    before = conference.previous
    if before is None or before.held_on is None or before.anchor_on != conference.anchor_on:
        return None
    limit = due("inquorate_rehold", before.held_on)
    return limit if limit.on == conference.due_on else None


def _usual_key(conference) -> str:
    if conference.is_review:
        before = conference.previous
        if before is None or not before.is_review:
            return review_key(first=True)
        # A review that is held again keeps its limit: the first of them may follow a review that decided nothing.
        again = before.anchor_on == conference.anchor_on
        first = again and due(review_key(first=True), conference.anchor_on).on == conference.due_on
        return review_key(first=first)
    return "transfer_in_conference" if conference.kind == ConferenceKind.TRANSFER_IN else "icpc"


def limit_of(conference) -> Due | None:
    """The limit that set ``due_on``, with its working; None if the date was set in another way."""
    if limit := _limit_for_holding_again(conference):
        return limit
    found = due(_usual_key(conference), conference.anchor_on)
    return found if found.on == conference.due_on else _limit_after_birth(conference)


def _limit_after_birth(conference) -> Due | None:
    if not conference.is_review:
        return None
    born = conference.children.filter(included=True, child__born_on__isnull=False).values_list("child__born_on")
    limits = [due("afterbirth_review", day) for (day,) in born]
    return next((limit for limit in limits if limit.on == conference.due_on), None)


def births(children, on) -> list[tuple]:
    """For each of the children who is unborn, the last day for a conference before the birth, and whether it has passed
    by ``on``.
    """
    last_days = [(child, due("prebirth_conference", child.expected_on)) for child in children if child.is_unborn]
    return [(child, last_day, last_day.on < on) for child, last_day in last_days]


def chairs(conference=None):
    """The people who chair conferences, by name, but nobody with ended posts alone; for a conference, those without
    a conflict with its family.
    """
    posts = PostHeld.objects.chairing().filter(user=OuterRef("pk"))
    found = everybody_who_chairs().filter(~Exists(posts) | Exists(posts.not_over(timezone.localdate())))
    if conference is not None:
        barred = DeclaredConflict.objects.live().filter(family=conference.family_id)
        found = found.exclude(pk__in=barred.values("user"))
    return found


def everybody_who_chairs():
    """Everybody with the role of chair, by name, also those with ended posts."""
    found = User.objects.filter(is_active=True, roles_held__role=Role.CHAIR)
    return found.order_by("last_name", "first_name", "pk")


def who_may_hold_a_post():
    """Everybody with the role of chair or of conference service manager, by name."""
    found = User.objects.filter(is_active=True, roles_held__role__in=(Role.CHAIR, Role.SERVICE_MANAGER))
    return found.order_by("last_name", "first_name", "pk").distinct()


def chair_posts(user) -> list[PostHeld]:
    """The posts in which the user chairs. Reads the posts fetched before (``posts_held``)."""
    return [post for post in user.posts_held.all() if post.post in CHAIRING]


def rooms():
    """The rooms that can be booked, by name."""
    return Room.objects.filter(is_active=True).order_by("name")


def why_may_not_chair(conference, chair, on, day: date | None = None) -> str:
    """Why this person cannot chair this conference, even with an approval; "" if they can. With ``day`` they must also
    hold a post on that day.
    """
    viewer = viewer_of(chair, on)
    if not viewer.holds(Role.CHAIR):
        return f"{chair} does not chair conferences. Choose somebody who does."
    if DeclaredConflict.objects.live().filter(user=chair, family=conference.family_id).exists():
        return f"{chair} has declared a conflict of interest with this family. Choose another chair."
    if not can_see(viewer, conference):
        return f"{chair} is not named for this restricted family. Choose another chair, or have them named first."
    return why_out_of_post(chair, day) if day else ""


def why_out_of_post(chair, day: date) -> str:
    """Why this person cannot chair on that day by their posts; "" if they can, or if no post is recorded."""
    posts = [(post.get_post_display(), post.from_on, post.until_on) for post in chair_posts(chair)]
    return why_not_in_post(str(chair), posts, day)


def is_away(user, day: date) -> bool:
    """Whether the user is away on that day, whether or not somebody covers for them."""
    return TeamCover.objects.live_on(day).filter(absent=user).exists()
