"""What falls due about who holds a case: a family that is with the manager until a social worker is named."""

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import RoleHeld
from cpc.core.kernel.duties import Asked, Duty, ids
from families.cases.models import Family


def duties(asked: Asked | None = None) -> list[Duty]:
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
            id=family.pk,
            due_on=timezone.localdate(),
            says=f"Name a social worker: {family}",
            path=reverse("families:change", args=[family.pk]),
            family_id=family.pk,
            owners=ids(family.social_worker_id),
        )
        for family in found
    ]
