"""Records that may be one person’s and that nobody has looked at yet: for the managers who may see both."""

from collections import defaultdict

from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.duties import Asked, Duty, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import due
from families.people.models import Membership, PossibleDuplicate


@one_kind
def duties(_asked: Asked | None = None) -> list[Duty]:
    """One for each pair: the manager who runs the teams of both, or else the service managers. Two queries."""
    service = ids_holding(Role.SERVICE_MANAGER)
    pairs = list(
        PossibleDuplicate.objects.filter(settled_at__isnull=True).select_related("one", "other").order_by("pk")
    )
    pairs = [pair for pair in pairs if pair.one.stands_for_id != pair.other.stands_for_id]
    managers, families, kept_apart = defaultdict(set), {}, set()
    records = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    rows = Membership.objects.filter(person__in=records).select_related("family__team").order_by("-family_id")
    for row in rows:
        families[row.person_id] = row.family_id
        managers[row.person_id] |= ids(row.family.team.manager_id)
        if row.family.restricted:
            kept_apart.add(row.person_id)
    return [_of(pair, managers, families, service, kept_apart) for pair in pairs]


def _of(pair, managers, families, service, kept_apart) -> Duty:
    both = frozenset(managers[pair.one_id] & managers[pair.other_id])
    names = " and ".join(dict.fromkeys([pair.one.full_name, pair.other.full_name]))
    # A restricted family's name for somebody is not told to users who see them in another: the page says what it may.
    said = "" if kept_apart & {pair.one_id, pair.other_id} else f": {names}"
    return Duty(
        kind="likely_duplicate",
        id=pair.pk,
        due_on=due("duplicate_looked_at", pair.noticed_on).on,
        says=f"Check whether two records are the same person{said}",
        path=f"{reverse('families:duplicates')}#pair-{pair.pk}",
        family_id=families.get(pair.other_id, 0),
        owners=both or service,
        then=service if both else frozenset(),
        rule="duplicate_looked_at",
    )
