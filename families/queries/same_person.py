"""Records that were merged stand for one person: readers follow them to the record that was kept."""

from django.db.models import F, Q

from families.models import Membership, Person


def same_person(ids) -> dict[int, int]:
    """The id of the kept record for each of ``ids`` (or Persons): itself where it was not merged. One query."""
    ids = {getattr(one, "pk", one) for one in ids}
    merged = Person.objects.filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into")
    return {pk: pk for pk in ids} | dict(merged)


def everyone_who_are(ids) -> dict[int, frozenset[int]]:
    """For each of ``ids`` (or Persons) the ids of every record of that person. One query; two if one was merged."""
    ids = {getattr(one, "pk", one) for one in ids}
    rows = dict(_roots(Q(pk__in=ids) | Q(merged_into__in=ids)))
    kept = {pk: rows.get(pk) or pk for pk in ids}
    if elsewhere := set(kept.values()) - ids:
        rows |= _roots(Q(merged_into__in=elsewhere))
    found: dict[int, set[int]] = {root: {root} for root in kept.values()}
    for pk, root in rows.items():
        if root in found:
            found[root].add(pk)
    return {pk: frozenset(found[root]) for pk, root in kept.items()}


def by_record(people) -> dict[int, int]:
    """Each record of these people (ids or Persons) and the id of the one among them whose it is. One query, or two."""
    return {record: person for person, records in everyone_who_are(people).items() for record in records}


def _roots(which):
    return Person.objects.filter(which).order_by().values_list("pk", "merged_into")


def all_records_of(people) -> set[int]:
    """The ids of every record of these people (ids or Persons), kept and merged."""
    return {pk for ids in everyone_who_are(people).values() for pk in ids}


def everyone_who_is(person) -> frozenset[int]:
    """The ids of every record of this person (a Person or an id), kept and merged."""
    pk = getattr(person, "pk", person)
    return everyone_who_are([pk])[pk]


def everyone_in(family) -> frozenset[int]:
    """The ids of every record that stands for anybody of the family."""
    ids = Membership.objects.filter(family=family).values_list("person", flat=True)
    return frozenset().union(*everyone_who_are(ids).values())


def memberships_of(family, person):
    """The rows that make this person one of the family, under whichever record; the kept record's first."""
    pk = getattr(person, "pk", person)
    rows = Membership.objects.filter(family=family, person__in=everyone_who_is(pk))
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
    """The part in the family of every record that stands for anybody in it; the kept record's where they differ."""
    rows = Membership.objects.filter(family=family).order_by(F("person__merged_into").desc(nulls_last=True), "-pk")
    parts = dict(rows.values_list("person", "part"))
    everyone = everyone_who_are(parts)
    return {pk: part for one, part in parts.items() for pk in everyone[one]}  # the kept record's comes last
