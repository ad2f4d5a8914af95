"""Who acts for the chair of a conference, and which conferences nobody can chair or write up."""

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from conferences.convening.choices import TAKES_PLACE
from conferences.convening.models import ActingChair, Conference
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries.booking import chairs, is_away, why_may_not_chair
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld, TeamCover


def acting_chair_of(conference, on) -> ActingChair | None:
    """Who acts for the chair of the conference on that day, if anybody does."""
    named = conference.acting_chairs.filter(ended_at__isnull=True, user__is_active=True)
    named = named.select_related("user", "named_by").first()
    return named if named and (named.until_on is None or named.until_on >= on) else None


def runs_it(conference):
    """The user who runs the conference on its day: who acts for the chair then, or the chair. Who covers for the chair
    runs it only if they could be named to act for them.
    """
    day = conference.held_on
    if not day:
        return conference.chair
    if acts := acting_chair_of(conference, day):
        return acts.user
    away = TeamCover.objects.live_on(day).filter(absent=conference.chair_id, user__is_active=True)
    covers = away.select_related("user").order_by("pk")
    able = (cover.user for cover in covers if not why_may_not_act(conference, cover.user, timezone.localdate()))
    return next(able, conference.chair)


def why_not_chaired_yet(conference) -> str:
    """Why this conference can neither be opened nor be invited to, because of its chair; "" if it can."""
    chair = runs_it(conference)
    if conference.chair_independent is None:
        return (
            f"{chair} has not yet declared whether they are independent of this family, the case and its "
            "line management. Only the chair can declare it, on the page of the conference."
        )
    if not conference.chair_independent and not conference.chair_agreed_at:
        return (
            f"{chair} has declared that they are not independent, and the conference service manager has "
            "not yet approved them as chair. Wait for the answer, or choose another chair."
        )
    return ""


def acting_id(conference="pk", day=None):
    """The id of the user who acts for the chair of a conference today, as a sub-query; ``conference`` is its path. Or
    who acts on another ``day``, which may be an expression.
    """
    live = ActingChair.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day or timezone.localdate()),
        conference=OuterRef(conference), ended_at__isnull=True,
        user__is_active=True,
    )  # fmt: skip
    return Subquery(live.values("user")[:1])


def with_who_runs(conferences):
    """The conferences, each with its ``day`` and ``runs``: the id of the user who acts for the chair on that day, or of
    the chair.
    """
    found = conferences.annotate(day=TruncDate("starts_at"))
    return found.annotate(runs=Coalesce(acting_id(day=OuterRef("day")), F("chair_id"), output_field=BigIntegerField()))


def who_can_act(conference):
    """The chairs without a conflict with the family, but its own chair."""
    return chairs(conference).exclude(pk=conference.chair_id)


def why_may_not_act(conference, user, on) -> str:
    """Why this person cannot act for the chair of the conference; "" if they can."""
    if refusal := why_may_not_chair(conference, user, on, day=max(on, conference.held_on or on)):
        return refusal
    known = why_chair_knows(conference, user.pk)
    return f"{user} {known}. Choose somebody who has not worked on the case." if known else ""


def is_free(conference, user) -> bool:
    """Whether the user is not away, and chairs no other conference at the time of this one."""
    if is_away(user, conference.held_on):
        return False
    others = Conference.objects.filter(chair=user, state__in=TAKES_PLACE).exclude(pk=conference.pk)
    return not others.filter(starts_at__lt=conference.ends_at, ends_at__gt=conference.starts_at).exists()


def without_a_chair():
    """Conferences that are booked, in progress or held, with a chair who cannot act any more (the account is closed,
    or they do not chair now) and nobody who acts for them.
    """
    holds = RoleHeld.objects.filter(user=OuterRef("chair"), role=Role.CHAIR, user__is_active=True)
    found = Conference.objects.filter(~Exists(holds), state__in=TAKES_PLACE, chair__isnull=False)
    return found.annotate(acting_id=acting_id()).filter(acting_id__isnull=True)
