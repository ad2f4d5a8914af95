"""The chairs of the service: their posts, how much they have to chair, when they are away."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from conferences.convening.choices import ANSWERING, ConferenceState
from conferences.convening.models import ActingChair, Conference, PostHeld
from conferences.convening.queries.acting import runs_it, why_may_not_act, with_who_runs
from conferences.convening.queries.booking import chair_posts, everybody_who_chairs, why_out_of_post
from conferences.convening.queries.slots import booked_soon
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import Viewer, seen_by


@dataclass(frozen=True)
class ServiceChair:
    """Somebody who chairs: their posts, conferences booked in the next four weeks, days away, and the conferences they
    still chair, or act as chair of, on a day on which they hold no post or are away.
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
    rows = with_who_runs(seen_by(viewer, Conference).filter(state=ConferenceState.BOOKED)).filter(
        runs__in=[one.pk for one in users]
    )
    for one in rows.select_related("family").order_by("starts_at", "pk"):
        coming[one.runs].append(one)
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


@dataclass(frozen=True)
class WhileAway:
    """A conference in the absence of its chair, and what happens to it, in a sentence or two."""

    conference: Conference
    what_happens: str


def conferences_while_away(viewer: Viewer, *, absent, from_on, until_on, user=None) -> list[WhileAway]:
    """The booked conferences on these days that ``absent`` chairs, or acts in for another chair, and what happens to
    each if ``user`` (or nobody) covers for them. A few queries for each of them.
    """
    acts = ActingChair.objects.filter(user=absent, ended_at__isnull=True).values("conference")
    found = seen_by(viewer, Conference).filter(Q(chair=absent) | Q(pk__in=acts), state=ConferenceState.BOOKED)
    found = found.filter(starts_at__date__gte=from_on, starts_at__date__lte=until_on)
    found = found.select_related("family", "chair", "administrator").order_by("starts_at", "pk")
    return [WhileAway(one, _what_happens(viewer, one, absent, user)) for one in found]


def _what_happens(viewer: Viewer, conference, absent, user) -> str:
    runs = runs_it(conference)
    if runs != absent:
        return f"{runs} runs it. Nothing changes."
    who = conference.administrator or "An administrator"
    asked = f"{who} is asked to choose another chair or another day."
    if conference.chair != absent:
        return f"{absent} acts for {conference.chair}. {asked} The conference service manager can name somebody else."
    refused = why_may_not_act(conference, user, viewer.on) if user else ""
    if user and not refused:
        return f"{user} runs it."
    return f"{refused} {asked}".strip()


def who_answers_disagreements(on) -> list[PostHeld]:
    """The posts of heads of service and directors that are not over, by post and name. One query."""
    found = PostHeld.objects.not_over(on).filter(post__in=ANSWERING).select_related("user")
    return list(found.order_by("-post", "user__last_name", "user__first_name", "pk"))
