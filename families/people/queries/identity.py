"""All records of one human being, in every circle. A protection counts if any of these records has it.

Only the modules listed in ``cpc/tests/architecture/test_identity.py`` may use this. Pages show one record only.
"""

from collections import defaultdict

from django.db import connection

from families.people.models import Membership, Person
from families.people.queries.merged_records import records_of_each


def linked_records(ids) -> dict[int, frozenset[int]]:
    """For each of ``ids`` (or Persons) the ids of every record of that person in every circle, merged ones too.

    One query where none of them was merged or is linked.
    """
    ids = {getattr(one, "pk", one) for one in ids}
    found: dict[int, tuple[str, ...]] = {}
    asked_roots, asked_identities = set(ids), set()
    asking = ids, set()
    while any(asking):
        roots, identities = set(), set()
        for pk, root, identity in _roots_and_identities(*asking):
            found[pk] = _signs(root or pk, identity)
            roots.add(root or pk)
            identities |= {identity} - {None}
        roots, identities = roots - asked_roots, identities - asked_identities
        asked_roots |= roots
        asked_identities |= identities
        asking = roots, identities
    together = _together(found)
    return {pk: together.get(pk, frozenset({pk})) for pk in ids}


def linked_among(people) -> dict[int, frozenset[int]]:
    """The same for Persons who are every record of these people: no query."""
    return _together({one.pk: _signs(one.stands_for_id, one.identity_id) for one in people})


def _signs(root, identity) -> tuple[str, ...]:
    return (f"record {root}", *([f"identity {identity}"] if identity else []))


def _roots_and_identities(ids, identities) -> list[tuple[int, int | None, int | None]]:
    """(id, id of the kept record, identity) of these records, of those merged into them, and of those linked by these
    identities. In SQL: every page asks often.
    """
    asked = (
        f"SELECT id, merged_into_id, identity_id FROM {Person._meta.db_table} "
        "WHERE id = ANY(%(ids)s::bigint[]) OR merged_into_id = ANY(%(ids)s::bigint[]) "
        "OR identity_id = ANY(%(identities)s::bigint[])"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, {"ids": list(ids), "identities": list(identities)})
        return cursor.fetchall()


def _together(found) -> dict[int, frozenset[int]]:
    """Groups of records that share a kept record or an identity, directly or through others."""
    sharing = defaultdict(set)
    for pk, signs in found.items():
        for sign in signs:
            sharing[sign].add(pk)
    groups: dict[int, set[int]] = {}
    for pks in sharing.values():
        group = set(pks).union(*(groups.get(pk, ()) for pk in pks))
        for pk in group:
            groups[pk] = group
    return {pk: frozenset(group) for pk, group in groups.items()}


def by_identity(people) -> dict[int, int]:
    """For each record of these people (ids or Persons) in every circle, the id of that person among them."""
    return {record: person for person, records in linked_records(people).items() for record in records}


def linked_records_of_person(person) -> frozenset[int]:
    """The ids of every record of this person (a Person or an id), in every circle."""
    pk = getattr(person, "pk", person)
    return linked_records([pk])[pk]


def all_linked_records(people) -> set[int]:
    """The ids of every record, in every circle, of these people (ids or Persons)."""
    return {pk for ids in linked_records(people).values() for pk in ids}


def families_that_share(people) -> set[int]:
    """The families (ids) of these people (ids or Persons), under any record in any circle."""
    rows = Membership.objects.filter(person__in=all_linked_records(people))
    return set(rows.values_list("family", flat=True))


def record_in(family, person) -> Person | None:
    """The kept record of the person in this family's circle, or None."""
    same = Membership.objects.filter(person__in=linked_records_of_person(person))
    same = same.filter(family=family) if family.restricted else same.filter(family__restricted=False)
    row = same.select_related("person__merged_into").order_by("person_id").first()
    return row and row.stands_for


def circles_of(people) -> dict[int, int | None]:
    """The circle of each of these records (ids): the id of a restricted family, or None for the open families."""
    same = records_of_each(people)
    rows = Membership.objects.filter(family__restricted=True, person__in={pk for ids in same.values() for pk in ids})
    restricted = dict(rows.values_list("person", "family"))
    return {pk: next((restricted[one] for one in ids if one in restricted), None) for pk, ids in same.items()}
