"""The families that a page is about, and the warnings about each for the top of the page."""

from collections import defaultdict

from django.apps import apps

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, Viewer, few_seen_by
from families.cases.models import Family
from families.people.circles import path_to
from families.people.models import Membership, Person, WarningMarker
from families.protections.queries.entries import WARNING, DescribedEntry, describe_entry, warnings_of_families


def families_about(viewer: Viewer, records) -> list[Family]:
    """The families that ``records`` are about and that ``viewer`` may see, in order of number.

    A fixed number of queries, however many records; none where the viewer may read no family's warnings.
    """
    if not records or not viewer.can(Permission.READ_PROTECTIONS):
        return []
    return list(few_seen_by(viewer, Family).filter(pk__in=families_of(records)).order_by("pk"))


def warnings_for(viewer: Viewer, families: list[Family]) -> list[tuple[Family, list[DescribedEntry]]]:
    """Each family that the viewer's page is about (``families_about``) and that has warnings, with those warnings. An
    invited professional sees no family, and reads the warnings that are meant for professionals too.
    """
    if viewer.found and viewer.holds(Role.PROFESSIONAL):
        return _for_professionals(viewer.found)
    found = warnings_of_families(families) if families else {}
    return [(family, found[family.pk]) for family in families if found[family.pk]]


def _for_professionals(records) -> list[tuple[Family, list[DescribedEntry]]]:
    live = WarningMarker.objects.live().filter(family__in=families_of(records), warns_professionals=True)
    found = defaultdict(list)
    for record in live.select_related("family", "person", "agreed_by").order_by("family", "pk"):
        found[record.family].append(describe_entry(WARNING, record))
    return list(found.items())


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
