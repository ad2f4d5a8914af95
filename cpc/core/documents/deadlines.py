"""What falls due about messages that went to a wrong reader."""

from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.documents.models import DataIncident
from cpc.core.kernel.duties import Duty, Harm


def duties() -> list[Duty]:
    """The data protection incidents that are not settled, for every conference service manager. Due the same day. Three
    queries, one where there are none.
    """
    waiting = list(DataIncident.objects.filter(settled_at__isnull=True))
    if not waiting:
        return []
    managers = ids_holding(Role.SERVICE_MANAGER) or ids_holding(Role.SYSTEM_ADMINISTRATOR)
    return [
        Duty(
            kind="settle_incident",
            harm=Harm.SAFETY,
            id=one.pk,
            due_on=timezone.localdate(one.taken_back_at),
            says="Settle a data protection incident: something was taken back",
            path=reverse("documents:incidents"),
            family_id=0,
            owners=managers,
        )
        for one in waiting
    ]
