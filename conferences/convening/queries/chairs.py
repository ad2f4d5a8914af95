"""The chairs of the service: their posts, how much they have to chair, when they are away."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.convening.choices import ANSWERING, ConferenceState
from conferences.convening.models import Conference, PostHeld
from conferences.convening.queries.booking import chair_posts, everybody_who_chairs, why_out_of_post
from conferences.convening.queries.slots import booked_soon
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Viewer, seen_by


@dataclass(frozen=True)
class ServiceChair:
    """Somebody who chairs: their posts, conferences booked in the next four weeks, days away, and the conferences they
    still chair on a day on which they hold no post or are away.
    """

    user: User
    posts: list[PostHeld]
    booked: int
    away: list[TeamCover]
    outside_post: list[Conference]
    while_away: list[Conference]


def service_chairs(viewer: Viewer) -> list[ServiceChair]:
    """Everybody who chairs, by name. A fixed number of queries."""
    users = list(everybody_who_chairs().prefetch_related("posts_held"))
    booked, away, coming = booked_soon(), defaultdict(list), defaultdict(list)
    covers = TeamCover.objects.filter(absent__in=users, ended_on__isnull=True, until_on__gte=viewer.on)
    for cover in covers.select_related("user").order_by("from_on", "pk"):
        away[cover.absent_id].append(cover)
    rows = seen_by(viewer, Conference).filter(state=ConferenceState.BOOKED, chair__in=users)
    for one in rows.select_related("family").order_by("starts_at", "pk"):
        coming[one.chair_id].append(one)
    return [
        ServiceChair(
            user, chair_posts(user), booked[user.pk], away[user.pk],
            [one for one in coming[user.pk] if why_out_of_post(user, one.held_on)],
            [
                one for one in coming[user.pk]
                if any(leave.from_on <= one.held_on <= leave.until_on for leave in away[user.pk])
            ],
        )
        for user in users
    ]  # fmt: skip


def who_answers_disagreements(on) -> list[PostHeld]:
    """The posts of heads of service and directors that are not over, by post and name. One query."""
    found = PostHeld.objects.not_over(on).filter(post__in=ANSWERING).select_related("user")
    return list(found.order_by("-post", "user__last_name", "user__first_name", "pk"))
