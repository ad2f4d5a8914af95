"""Merged records of one person. ``records`` are ids of Person rows; the kept record is the one not merged."""

from django.db import connection
from django.db.models import F

from families.people.models import Membership, Person


def same_person(ids) -> dict[int, int]:
    """The id of the kept record for each of ``ids`` (or Persons): itself where it was not merged. One query."""
    ids = {getattr(one, "pk", one) for one in ids}
    merged = Person.objects.filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into")
    return {pk: pk for pk in ids} | dict(merged)


def records_of_each(ids) -> dict[int, frozenset[int]]:
    """For each of ``ids`` (or Persons) the ids of every record of that person. One query; two if one was merged."""
    ids = {getattr(one, "pk", one) for one in ids}
    rows = dict(_roots(ids))
    kept = {pk: rows.get(pk) or pk for pk in ids}
    if elsewhere := set(kept.values()) - ids:
        rows |= _roots(elsewhere)
    found: dict[int, set[int]] = {root: {root} for root in kept.values()}
    for pk, root in rows.items():
        if root in found:
            found[root].add(pk)
    return {pk: frozenset(found[root]) for pk, root in kept.items()}


def by_record(people) -> dict[int, int]:
    """For each record of these people (ids or Persons), the id of that person among them. One query, or two."""
    return {record: person for person, records in records_of_each(people).items() for record in records}


def _roots(ids) -> list[tuple[int, int | None]]:
    """(id, id of the kept record) of these records and of those merged into them. In SQL: every page asks often."""
    if not ids:
        return []
    asked = (
        f"SELECT id, merged_into_id FROM {Person._meta.db_table} "
        "WHERE id = ANY(%(ids)s::bigint[]) OR merged_into_id = ANY(%(ids)s::bigint[])"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"ids": list(ids)})
        return cursor.fetchall()


def all_records_of(people) -> set[int]:
    """The ids of every record of these people (ids or Persons), kept and merged."""
    return {pk for ids in records_of_each(people).values() for pk in ids}


def records_of_person(person) -> frozenset[int]:
    """The ids of every record of this person (a Person or an id), kept and merged."""
    pk = getattr(person, "pk", person)
    return records_of_each([pk])[pk]


def records_in_family(family) -> frozenset[int]:
    """The ids of all records of the people in the family, merged ones too."""
    ids = Membership.objects.filter(family=family).values_list("person", flat=True)
    return frozenset().union(*records_of_each(ids).values())


def memberships_of(family, person):
    """The memberships of this person in the family, under any of their records; the kept record's first."""
    pk = getattr(person, "pk", person)
    rows = Membership.objects.filter(family=family, person__in=records_of_person(pk))
    return rows.order_by(F("person__merged_into").asc(nulls_first=True), "pk")


def kept_records(people) -> list[Person]:
    """The kept record for each of ``people`` (Persons), each once, in their order. One query, none if none merged."""
    people = list(people)
    wanted = {person.merged_into_id for person in people if person.merged_into_id}
    kept = Person.objects.in_bulk(wanted) if wanted else {}
    found = {}
    for person in people:
        root = kept.get(person.merged_into_id, person)
        found.setdefault(root.pk, root)
    return list(found.values())


def parts_in(family) -> dict[int, str]:
    """For every record of anybody in the family, their part in it. The kept record's part wins if they differ."""
    rows = Membership.objects.filter(family=family).order_by(F("person__merged_into").desc(nulls_last=True), "-pk")
    parts = dict(rows.values_list("person", "part"))
    everyone = records_of_each(parts)
    return {pk: part for one, part in parts.items() for pk in everyone[one]}  # the kept record's comes last
