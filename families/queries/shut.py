"""Records that stand for somebody whom the viewer may see, and that only a family closed to them holds."""

from cpc.core.accounts.permissions import seen_by
from families.models import Family, Membership
from families.permissions import not_barred


def shut_records(viewer, kept: dict[int, int]) -> frozenset[int]:
    """Those of the records (ids, each with the one that was kept) of which nothing is shown: they stand in a family
    that is restricted or in conflict for the viewer, and in none that the viewer sees.

    Two records of one person were merged; what only the closed family wrote of them is no business of the other's.
    Only for what is shown: what is kept from a reader, and by which way a letter goes, follows every record. Two
    queries, none where nobody was merged.
    """
    if all(pk == root for pk, root in kept.items()):
        return frozenset()
    seen = seen_by(viewer, Family).order_by().values("pk")
    rows = Membership.objects.filter(person__in=kept)
    closed = set(rows.filter(~not_barred(viewer, "family_id")).values_list("person", flat=True))
    return frozenset(closed.difference(rows.filter(family__in=seen).values_list("person", flat=True)) if closed else ())


def open_records(viewer, ids) -> frozenset[int]:
    """Those of all the records of one person (ids) of which the viewer is shown what they say."""
    ids = frozenset(ids)
    return ids - shut_records(viewer, dict.fromkeys(ids, min(ids)))


def is_elsewhere_closed(viewer, ids) -> bool:
    """Whether the person with these records stands in a family that is restricted or in conflict for the viewer."""
    return Membership.objects.filter(~not_barred(viewer, "family_id"), person__in=ids).exists()
