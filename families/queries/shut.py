"""What stands on the record of somebody whom the viewer may see, and is no business of theirs.

Somebody may stand in two families, under one record or under two that were merged. Where one of the families is closed
to the viewer (restricted, or a conflict), the other shows what was written in it and nothing that the closed one wrote.
Only for what is shown: what is kept from a reader, and by which way a letter goes, follows everything.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Shut:
    """The parts that some people have, under any of their records, in families that are closed.

    ``of``: each of their records and one id for all the records of that person; ``parts`` by that id.
    """

    of: dict[int, int]
    parts: dict[int, frozenset[Membership]]

    def of_any(self, ids) -> frozenset[Membership]:
        """The parts in closed families of any of these people (ids of records)."""
        return frozenset().union(*(self.parts.get(self.of.get(pk), ()) for pk in ids))


NOTHING_SHUT = Shut({}, {})


def closed_to(viewer, *, but=None) -> Q | None:
    """The memberships in families that are restricted or in conflict for the viewer; ``but`` is the family (its id)
    on whose page they are already. None for the system, to which nothing is closed."""
    return None if viewer.kind == "system" else ~not_barred(viewer, "family_id") & ~Q(family=but)


def shut_parts(closed: Q | None, of: dict[int, int]) -> Shut:
    """What those with the records ``of`` are in the families that ``closed`` means. At most one query."""
    if closed is None or not of:
        return NOTHING_SHUT
    found = defaultdict(set)
    for membership in Membership.objects.filter(closed, person__in=of):
        found[of[membership.person_id]].add(membership)
    return Shut(of, {pk: frozenset(rows) for pk, rows in found.items()})


def shut_parts_of(closed: Q | None, ids) -> Shut:
    """What these people (ids of records) are in the families that ``closed`` means. At most two queries, or three."""
    ids = set(ids) - {None}
    if closed is None or not ids:
        return NOTHING_SHUT
    return shut_parts(closed, {pk: min(same) for same in everyone_who_are(ids).values() for pk in same})


def as_open_families_wrote(viewer, rows, *whose, shut=None) -> list:
    """The rows as they were last written in a family that is not closed to the viewer; without those that were not.

    ``whose`` are the fields with the id of whom a row is about (``person_id``); ``shut`` says what they are in closed
    families, where it was asked already. A row of which an older version is shown says so in ``is_older_version``. One
    query where nobody among them stands in a closed family, five where somebody does.
    """
    rows, whose = list(rows), whose or OF_ONE
    if shut is None:
        shut = shut_parts_of(closed_to(viewer), _about(rows, whose))
    return written_outside(rows, whose, shut)


def as_they_stand(viewer, rows, *whose) -> list:
    """Those of the rows that the viewer is shown as they stand today: what they may change."""
    return [row for row in as_open_families_wrote(viewer, rows, *whose) if not is_older_version(row)]


def is_older_version(row) -> bool:
    """Whether the row is shown as it was before a closed family corrected it."""
    return getattr(row, "is_older_version", False)


def as_others_wrote(family, rows, *whose) -> list:
    """The rows as they were last written in any family but this one: what others go on to show once it is closed."""
    rows, whose = list(rows), whose or OF_ONE
    return written_outside(rows, whose, shut_parts_of(Q(family=family.pk), _about(rows, whose)))


def closed_to_papers(family_id) -> Q:
    """The memberships in restricted families of which the papers of this one say nothing, whoever prints them."""
    return Q(family__restricted=True) & ~Q(family=family_id)


def that_papers_may_say(family_id, rows, *whose, shut=None) -> list:
    """Those of the rows that may be printed in what leaves about this family, whoever prints it: no other family that
    is restricted wrote them, nor changed them since. ``shut``: what ``closed_to_papers`` found, where it was asked."""
    rows, whose = list(rows), whose or OF_ONE
    if shut is None:
        shut = shut_parts_of(closed_to_papers(family_id), _about(rows, whose))
    rows = written_outside(rows, whose, shut)
    return [row for row in rows if not is_older_version(row)]


def ties_that_papers_may_say(family_id, ties) -> list:
    """Those of the live relationships of which what leaves about this family may say something, and who gets what may
    follow: that which both the record and the last family to write it that is not another, restricted one say."""
    ties, whose = list(ties), ("child_id", "adult_id")
    shut = shut_parts_of(closed_to_papers(family_id), _about(ties, whose))
    openly = {tie.pk: tie for tie in written_outside(ties, whose, shut)}
    told = []
    for tie in ties:
        said = openly.get(tie.pk)
        if said is not None and (said.kind, said.to_on) == (tie.kind, tie.to_on):
            tie.parental_responsibility &= said.parental_responsibility
            tie.main_carer &= said.main_carer
            told.append(tie)
    return told


def _about(rows, whose) -> set[int]:
    return {getattr(row, one) for row in rows for one in whose}


def written_outside(rows, whose, shut: Shut) -> list:
    """The rows as they were last written outside the closed families, without those that were not."""
    standing = {row.pk: shut.of_any(getattr(row, one) for one in whose) for row in rows} if shut.parts else {}
    closed = frozenset().union(*standing.values())
    if not closed:
        return rows
    written = versions_of([row for row in rows if standing[row.pk]])
    began = acts_that_made(Membership, [one.pk for one in closed])
    acts = acts_of({*began.values(), *(one.pgh_context_id for versions in written.values() for one in versions)})
    shown = []
    for row in rows:
        wrote = Wrote(standing[row.pk], acts, began)
        if not standing[row.pk]:
            shown.append(row)
        elif version := next(filter(wrote.openly, written[row.pk]), None):
            shown.append(_as_of(row, version, is_latest=version is written[row.pk][0]))
    return shown


def versions_of(rows) -> dict[int, list]:
    """Every version of each of the rows (of one model), the latest first."""
    found = defaultdict(list)
    if rows:
        model = type(rows[0])
        history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        for version in history.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).order_by("-pgh_id"):
            found[version.pgh_obj_id].append(version)
    return found


def acts_of(ids) -> dict:
    """By its id, the family (id) in which each of the acts was done, where it was done in one, and when."""
    rows = Event.objects.filter(pk__in=ids).values_list("pk", "about_kind", "about_id", "at")
    return {pk: (about if kind == OF_A_FAMILY else None, at) for pk, kind, about, at in rows}


class Wrote:
    """Who wrote the versions of a row about somebody with these ``parts`` in closed families."""

    def __init__(self, parts, acts, began):
        self.acts = acts
        self.families = {one.family_id for one in parts}
        self.since = [acts[began[one.pk]][1] if began.get(one.pk) in acts else None for one in parts]

    def openly(self, version) -> bool:
        """Whether no closed family wrote it. What was written in no family at all (brought in from another system)
        counts where it is older than their standing in a closed one."""
        family, at = self.acts.get(version.pgh_context_id, (None, None))
        if family is not None:
            return family not in self.families
        return at is not None and all(day and at < day for day in self.since)


def _as_of(row, version, *, is_latest):
    row = copy(row)
    if not is_latest:
        for field in row._meta.concrete_fields:
            setattr(row, field.attname, getattr(version, field.attname))
    row.is_older_version = not is_latest
    return row
