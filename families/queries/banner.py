"""Of which families a page is, and what must be known first of each: the warnings at the top of every page."""

from collections import defaultdict, deque
from functools import cache

from django.apps import apps

from cpc.core.accounts.permissions import Permission, seen_by
from families.models import Family, Membership, Person
from families.queries.standing import Entry, warnings_of_all


def warnings_for(viewer, records) -> list[tuple[Family, list[Entry]]]:
    """Each family with warnings, of those that ``records`` are about and whose warnings ``viewer`` may read.

    A fixed number of queries, however many records; none where the viewer may read no family's warnings.
    """
    if not records or not viewer.can(Permission.READ_PROTECTIONS):
        return []
    families = list(seen_by(viewer, Family).filter(pk__in=families_of(records)).order_by("pk"))
    found = warnings_of_all(families, viewer)
    return [(family, found[family.pk]) for family in families if found[family.pk]]


def families_of(records) -> set[int]:
    """The ids of the families that ``records`` are about; of a person alone, every family that they are in."""
    kinds = defaultdict(set)
    for record in records:
        kinds[_model_of(record)].add(record.about_id if _is_about_another(record) else record.pk)
    return _led_to(kinds, Family) or set(
        Membership.objects.filter(person__in=_led_to(kinds, Person)).values_list("family", flat=True)
    )


def _is_about_another(record) -> bool:
    # Letters and messages say only the kind and number of what they are about.
    return bool(getattr(record, "about_kind", ""))


def _model_of(record):
    found = apps.get_model(record.about_kind) if _is_about_another(record) else type(record)
    return found._meta.concrete_model


def _led_to(kinds, target) -> set[int]:
    ids = set()
    for model, pks in kinds.items():
        if path := path_to(model, target):
            ids |= set(model._base_manager.filter(pk__in=pks).order_by().values_list(path, flat=True))
    return ids - {None}


@cache
def path_to(model, target) -> str:
    """The shortest way along foreign keys from ``model`` to ``target``, as a look-up; empty where there is none."""
    waiting, met = deque([(model, "pk")]), {model}
    while waiting:
        here, path = waiting.popleft()
        if here is target:
            return path
        for one in here._meta.concrete_fields:
            there = one.related_model._meta.concrete_model if one.is_relation else None
            # Not by way of who wrote it or which team they are in: only by what it is about.
            if there is not None and there not in met and there._meta.app_label not in ("accounts", "auth"):
                met.add(there)
                waiting.append((there, one.name if path == "pk" else f"{path}__{one.name}"))
    return ""
