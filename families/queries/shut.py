"""What stands on the record of somebody whom the viewer may see, and is no business of theirs.

Somebody may stand in two families, under one record or under two that were merged. Where one of the families is closed
to the viewer (restricted, or a conflict), the other shows what was written in it and nothing that the closed one wrote.
Only for what is shown: what is kept from a reader, and by which way a letter goes, follows everything.
"""

from collections import defaultdict
from copy import copy

from django.apps import apps
from django.db.models import Q

from cpc.core.accounts.permissions import seen_by
from cpc.core.audit.models import Event
from cpc.core.audit.queries import acts_that_made
from families.models import Family, Membership
from families.permissions import not_barred
from families.queries.same_person import everyone_who_are

OF_A_FAMILY = Family._meta.label_lower
OF_ONE = ("person_id",)


def shut_records(viewer, kept: dict[int, int]) -> frozenset[int]:
    """Those of the records (ids, each with the one that was kept) of which nothing is shown: they stand in a family
    that is restricted or in conflict for the viewer, and in none that the viewer sees.

    Two queries, none where nobody was merged.
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


def as_open_families_wrote(viewer, rows, *whose) -> list:
    """The rows as they were last written in a family that is not closed to the viewer; without those that were not.

    ``whose`` are the fields with the id of whom a row is about (``person_id``). A row of which an older version is
    shown says so in ``is_older_version``. One query where nobody among them stands in a closed family, five where
    somebody does.
    """
    rows = list(rows)
    if viewer.kind == "system":
        return rows
    return _written_outside(rows, whose or OF_ONE, ~not_barred(viewer, "family_id"))


def as_they_stand(viewer, rows, *whose) -> list:
    """Those of the rows that the viewer is shown as they stand today: what they may change."""
    return [row for row in as_open_families_wrote(viewer, rows, *whose) if not is_older_version(row)]


def is_older_version(row) -> bool:
    """Whether the row is shown as it was before a closed family corrected it."""
    return getattr(row, "is_older_version", False)


def as_others_wrote(family, rows, *whose) -> list:
    """The rows as they were last written in any family but this one: what others go on to show once it is closed."""
    return _written_outside(list(rows), whose or OF_ONE, Q(family=family.pk))


def that_papers_may_say(family_id, rows, *whose) -> list:
    """Those of the rows that may be printed in what leaves about this family, whoever prints it: no other family that
    is restricted wrote them, nor changed them since."""
    rows = _written_outside(list(rows), whose or OF_ONE, Q(family__restricted=True) & ~Q(family=family_id))
    return [row for row in rows if not is_older_version(row)]


def _written_outside(rows, whose, closed: Q) -> list:
    """The rows as they were last written outside the families of the memberships that ``closed`` means."""
    of = {row.pk: {getattr(row, one) for one in whose} - {None} for row in rows}
    about = set().union(*of.values())
    everyone = everyone_who_are(about) if about else {}
    among = {pk for ids in everyone.values() for pk in ids}
    closed = list(Membership.objects.filter(closed, person__in=among)) if among else []
    if not closed:
        return rows
    standing = defaultdict(set)  # the memberships of each person in closed families
    for membership in closed:
        for pk in everyone:
            if membership.person_id in everyone[pk]:
                standing[pk].add(membership)
    shut = {pk: set().union(*(standing.get(one, ()) for one in people)) for pk, people in of.items()}
    doubtful = [row for row in rows if shut[row.pk]]
    written = _versions(doubtful)
    began = acts_that_made(Membership, [one.pk for one in closed])
    acts = _acts({*began.values(), *(one.pgh_context_id for versions in written.values() for one in versions)})
    shown = []
    for row in rows:
        if not shut[row.pk]:
            shown.append(row)
        elif version := _latest_open(written[row.pk], shut[row.pk], acts, began):
            shown.append(_as_of(row, version, is_latest=version is written[row.pk][0]))
    return shown


def _versions(rows) -> dict[int, list]:
    """Every version of each of the rows (of one model), the latest first."""
    found = defaultdict(list)
    if rows:
        model = type(rows[0])
        history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        for version in history.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).order_by("-pgh_id"):
            found[version.pgh_obj_id].append(version)
    return found


def _acts(ids) -> dict:
    """By its id, the family (id) in which each of the acts was done, where it was done in one, and when."""
    rows = Event.objects.filter(pk__in=ids).values_list("pk", "about_kind", "about_id", "at")
    return {pk: (about if kind == OF_A_FAMILY else None, at) for pk, kind, about, at in rows}


def _latest_open(versions, memberships, acts, began):
    """The latest version that no closed family wrote. One that was written in no family at all (brought in from
    another system) counts where it is older than their standing in a closed one."""
    shut = {one.family_id for one in memberships}
    since = [acts[began[one.pk]][1] if began.get(one.pk) in acts else None for one in memberships]
    for version in versions:
        family, at = acts.get(version.pgh_context_id, (None, None))
        if family is not None and family not in shut:
            return version
        if family is None and at and all(day and at < day for day in since):
            return version
    return None


def _as_of(row, version, *, is_latest):
    row = copy(row)
    if not is_latest:
        for field in row._meta.concrete_fields:
            setattr(row, field.attname, getattr(version, field.attname))
    row.is_older_version = not is_latest
    return row
