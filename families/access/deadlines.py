"""What falls due about who may see a family: access that ends, emergencies to review, conflicts to settle.

These duties name no family: those who manage the access may not see what is behind it.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Asked, Duty, Harm, ids, may_concern
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import calendar, due, setting
from families.access.queries.circles import differences
from families.cases.models import AccessGrant, DeclaredConflict, EmergencyAccess, SaidConflict

# No calendar is known for ever: what ends further off than this needs no notice yet.
AHEAD = timedelta(days=60)


def duties(asked: Asked | None = None) -> list[Duty]:
    """Everything about access that is still to be done. Six queries at most, whatever there is."""
    service = ids_holding(Role.SERVICE_MANAGER)
    return [
        *access_ending(), *emergencies(service), *said_conflicts(service), *differing_records(service, asked),
        *covers_cut_short(service),
    ]  # fmt: skip


@one_kind
def covers_cut_short(service):
    """People who are away and who nobody covers for any more, because the person who did has left: for the manager
    of their team and the service managers, at once.
    """
    today = timezone.localdate()
    now = TeamCover.objects.filter(absent__isnull=False, from_on__lte=today, until_on__gte=today)
    covered = now.filter(absent=OuterRef("absent"), ended_on=None, user__is_active=True)
    cut = now.filter(~Exists(covered), ended_on__isnull=False, user__is_active=False, absent__is_active=True)
    for cover in cut.select_related("absent", "team", "user"):
        yield Duty(
            kind="name_cover",
            id=cover.pk,
            due_on=today,
            says=f"Name who covers for {cover.absent}, because {cover.user} has left",
            path=reverse("families:away"),
            family_id=0,
            owners=(ids(cover.team.manager_id) | service) - {cover.absent_id},
        )


@one_kind
def access_ending():
    """Access to a restricted family that ends soon. Its holder, its giver and the team's manager are told."""
    today, days, notice = timezone.localdate(), calendar(), setting("access_notice_days")
    live = AccessGrant.objects.filter(
        ended_on__isnull=True, family__restricted=True, until_on__gte=today, until_on__lte=today + AHEAD
    )
    for grant in live.select_related("family__team", "user"):
        if today < days.add_working_days(grant.until_on, -notice):
            continue
        yield Duty(
            kind="access_ends",
            id=grant.pk,
            due_on=grant.until_on,
            says=f"Access of {grant.user} to a restricted family ends: give it again, or hand over",
            path=reverse("families:access_ends", args=[grant.pk]),
            family_id=grant.family_id,
            owners=ids(grant.user_id, grant.granted_by_id, grant.family.team.manager_id),
            notice=notice,
        )


@one_kind
def emergencies(service):
    """Families opened in an emergency that nobody has reviewed: the team's manager, or the service managers."""
    waiting = EmergencyAccess.objects.filter(reviewed_at__isnull=True).select_related("family__team__manager", "user")
    barred = _barred() if waiting else set()
    for opened in waiting:
        manager = opened.family.team.manager
        could = manager and manager.is_active and (manager.pk, opened.family_id) not in barred
        yield Duty(
            kind="review_emergency",
            harm=Harm.SAFETY,
            id=opened.pk,
            due_on=due("emergency_review", timezone.localdate(opened.opened_at)).on,
            says=f"Review the record that {opened.user} opened in an emergency",
            path=reverse("families:review_emergency", args=[opened.pk]),
            family_id=opened.family_id,
            owners=ids(manager.pk) if could and manager.pk != opened.user_id else service - {opened.user_id},
            then=service - {opened.user_id},
            rule="emergency_review",
            notice=setting("access_notice_days"),
        )


@one_kind
def said_conflicts(service):
    """What people said of families that they know: their manager, or the service managers."""
    for said in SaidConflict.objects.filter(settled_at__isnull=True).select_related("user__team__manager"):
        manager = said.user.team.manager if said.user.team else None
        could = manager and manager.is_active and manager.pk != said.user_id
        yield Duty(
            kind="settle_conflict",
            harm=Harm.SAFETY,
            id=said.pk,
            due_on=due("conflict_settled", timezone.localdate(said.said_at)).on,
            says=f"{said.user} has said that they know a family: see that they cannot see it",
            path=reverse("families:settle_conflict", args=[said.pk]),
            family_id=0,
            owners=ids(manager.pk) if could else service - {said.user_id},
            then=service - {said.user_id},
            rule="conflict_settled",
        )


@one_kind
def differing_records(service, asked=None):
    """Restricted families that record something differently from the open ones: the service managers settle it."""
    if not may_concern(asked, service):
        return
    for family in sorted({one.family_id for one in differences()}):
        yield Duty(
            kind="settle_difference",
            harm=Harm.SAFETY,
            id=family,
            due_on=timezone.localdate(),
            says="Two records of one person differ in what must be safe: settle which is right. Until then nothing is "
            "sent to them, or nobody counts as responsible",
            path=reverse("families:access", args=[family]),
            family_id=family,
            owners=service,
        )


def _barred() -> set[tuple[int, int]]:
    return set(DeclaredConflict.objects.live().values_list("user_id", "family_id"))
