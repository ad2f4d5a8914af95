"""What falls due about who holds a case: a family without a social worker, or with the manager until one is named."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Asked, Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from families.cases.models import DeclaredConflict, Family


def duties(asked: Asked | None = None) -> list[Duty]:
    """Everything about who holds a case, in no order. Three queries."""
    return [*with_their_manager(asked), *without_anybody(asked)]


@one_kind
def with_their_manager(asked: Asked | None = None) -> list[Duty]:
    """Families that came to the manager of their team because their social worker left: to be allocated, today. One
    query.
    """
    is_one = RoleHeld.objects.filter(user=OuterRef("social_worker"), role=Role.SOCIAL_WORKER)
    found = Family.objects.filter(~Exists(is_one), social_worker=F("team__manager")).defer("search_index")
    if asked:
        found = found.filter(social_worker__in=asked.whose)
    return [
        Duty(
            kind="name_social_worker",
            harm=Harm.SAFETY,
            id=family.pk,
            due_on=timezone.localdate(),
            says=f"Name a social worker: {family}",
            path=reverse("families:change", args=[family.pk]),
            family_id=family.pk,
            owners=ids(family.social_worker_id),
        )
        for family in found
    ]


@one_kind
def without_anybody(asked: Asked | None = None) -> list[Duty]:
    """Families that nobody holds, because their worker left and the manager may not see them, or they were imported so:
    for the manager of the team, then the service managers. The duty names no family: they may not be named for it.
    """
    service = ids_holding(Role.SERVICE_MANAGER)
    conflicts = DeclaredConflict.objects.live().filter(user=OuterRef("team__manager"), family=OuterRef("pk"))
    found = Family.objects.filter(social_worker=None).annotate(barred=Exists(conflicts))
    if asked and not service & asked.whose:
        found = found.filter(team__manager__in=asked.whose)
    return [_allocate(family, service) for family in found.select_related("team__manager").defer("search_index")]


def _allocate(family, service) -> Duty:
    manager = family.team.manager
    could = manager is not None and manager.is_active and not family.barred
    page = "change" if could and not family.restricted else "access"
    return Duty(
        kind="allocate_family",
        harm=Harm.SAFETY,
        id=family.pk,
        due_on=timezone.localdate(),
        says="Name a social worker for a family that has none",
        path=reverse(f"families:{page}", args=[family.pk]),
        family_id=family.pk,
        owners=ids(manager.pk) if could else service,
        then=service,
    )
