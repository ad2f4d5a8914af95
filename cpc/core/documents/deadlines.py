"""What falls due about messages that went to a wrong reader."""

from django.urls import reverse
from django.utils import timezone

from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import few_seen_by, viewer_of
from cpc.core.accounts.queries import ids_holding
from cpc.core.documents.models import DataIncident, Outgoing
from cpc.core.kernel.duties import Duty, Harm


def duties() -> list[Duty]:
    """The data protection incidents that are not settled, for those who may settle them. Due the same day. One query
    where there are none.
    """
    waiting = list(DataIncident.objects.filter(settled_at__isnull=True))
    owners = _who_settles({one.outgoing_id for one in waiting})
    return [
        Duty(
            kind="settle_incident",
            harm=Harm.SAFETY,
            id=one.pk,
            due_on=timezone.localdate(one.taken_back_at),
            says="Settle a data protection incident: something was taken back",
            path=reverse("documents:incidents"),
            family_id=0,
            owners=owners[one.outgoing_id],
        )
        for one in waiting
    ]


def _who_settles(messages) -> dict[int, frozenset[int]]:
    """The service managers who may see each message (its id); where none of them may, the team managers who may. Where
    nobody may, every service manager: to have somebody named for the family is theirs.
    """
    found = {}
    for role in (Role.SERVICE_MANAGER, Role.TEAM_MANAGER):
        if left := messages - found.keys():
            found |= _who_sees(left, ids_holding(role))
    return {message: found.get(message) or ids_holding(Role.SERVICE_MANAGER) for message in messages}


def _who_sees(messages, users) -> dict[int, frozenset[int]]:
    seen: dict[int, frozenset[int]] = {}
    for user in User.objects.filter(pk__in=users):
        by = viewer_of(user, timezone.localdate()).without_emergencies()
        for message in few_seen_by(by, Outgoing).filter(pk__in=messages).values_list("pk", flat=True):
            seen[message] = seen.get(message, frozenset()) | {user.pk}
    return seen
