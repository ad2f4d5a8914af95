"""Who may not know what of a family: everything that is recorded, read at once, for the rule to answer from."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone

from cpc.core.accounts.choices import AgencyKind
from families.models import (
    Address,
    ContactDetails,
    HouseholdMember,
    Involvement,
    MustNotLearn,
    Partnership,
    Person,
    PersonName,
    ProtectedFrom,
    Protection,
    Relationship,
)
from families.queries.same_person import all_records_of, everyone_in
from families.queries.saying import said_of_must_not_learn, said_of_protection
from families.queries.shut import closed_to_papers, shut_parts, written_outside
from families.queries.shut_people import that_papers_may_say_of
from families.rules import knowing as rules
from families.rules.knowing import Kept
from families.rules.secrets import Bond, Number, Place, School, Secrets, Shield, Silence, Somebody

SCHOOLS = (AgencyKind.SCHOOL, AgencyKind.NURSERY)


@dataclass(frozen=True)
class Knowing:
    """What is recorded of one family, for as many readers as there are. ``same`` says which records are one person."""

    secrets: Secrets
    same: dict[int, int]

    def kept_from(self, reader: int | None, *, unnamed=frozenset()) -> Kept:
        """What this reader (a person's id; None for a professional) must not learn. Nothing more is asked."""
        kept = rules.kept_from(
            self.secrets, self.same.get(reader, reader), frozenset(self.same.get(pk, pk) for pk in unnamed)
        )
        return replace(
            kept,
            people=frozenset(pk for one in kept.people for pk in self._records(one)),
            homes=frozenset(pk for one in kept.homes for pk in self._records(one)),
            ties=frozenset(
                (one, other)
                for adult, child in kept.ties
                for one in self._records(adult)
                for other in self._records(child)
            ),
        )

    def _records(self, person) -> list[int]:
        return [person, *(pk for pk, kept in self.same.items() if kept == person and pk != person)]


def kept_from(family_id, reader: int | None, *, unnamed=frozenset()) -> Kept:
    """What ``reader`` of something about this family must not learn (a fixed number of queries)."""
    return secrets_of(family_id, people=[reader] if reader else ()).kept_from(reader, unnamed=unnamed)


def secrets_of(family_id, people=(), on: date | None = None) -> Knowing:
    """Everything recorded of the family that a reader may not know; ``people`` are readers from outside it."""
    on = on or timezone.localdate()
    shown = everyone_in(family_id) | all_records_of(people)
    silences = list(
        MustNotLearn.objects.live().filter(Q(reader__in=shown) | Q(about__in=shown))
        .select_related("reader", "about", "of_child")
    )  # fmt: skip
    told_of = {one.about_id for one in silences} | {one.of_child_id for one in silences if one.of_child_id}
    everyone = shown | all_records_of(told_of - shown)
    names = Prefetch("other_names", PersonName.objects.order_by("pk"))
    records = Person.objects.filter(pk__in=everyone).order_by("merged_into", "pk").prefetch_related(names)
    return _read(family_id, list(records), silences, on, shown)


def _read(family_id, records, silences, on, shown) -> Knowing:
    ids = [record.pk for record in records]
    same = {record.pk: record.stands_for_id for record in records}
    shut = shut_parts(closed_to_papers(family_id), same)
    called = {one.pk: one for one in that_papers_may_say_of(family_id, records, shut=shut)}
    told = _that_staff_are_told(silences, called, shut, "reader", "about", "of_child")
    return Knowing(
        Secrets(
            people=tuple(_people(records, same, shown, called)),
            places=tuple(
                Place(
                    same[row.person_id], tuple(row.lines.splitlines()), row.postcode, row.pk, row.kind, row.care_of,
                    now=row.to_on is None or row.to_on > on,
                )
                for row in Address.objects.filter(person__in=ids).order_by("pk")
            ),
            numbers=tuple(
                Number(same[row.person_id], row.phone, row.email)
                for row in ContactDetails.objects.filter(person__in=ids).order_by("pk")
            ),
            shields=tuple(_shields(ids, same, shown, called, shut)),
            silences=tuple(
                Silence(
                    same.get(one.reader_id, one.reader_id), same[one.about_id], one.what,
                    same[one.of_child_id] if one.of_child_id else None, tuple(one.words.splitlines()),
                    said_of_must_not_learn(told[one.pk])
                    if one.pk in told and {one.reader_id, one.about_id} <= shown
                    else "",
                )
                for one in silences
            ),
            schools=tuple(
                School(same[row.child_id], row.agency_id, row.agency.name, row.agency.phone, row.agency.email)
                for row in Involvement.objects.filter(child__in=ids, agency__kind__in=SCHOOLS)
                .select_related("agency").order_by("pk")
            ),
            bonds=tuple(_bonds(ids, same)),
            homes=tuple(_homes(ids, same, on)),
        ),
        same,
    )  # fmt: skip


def _that_staff_are_told(rows, called, shut, *names) -> dict:
    """By their ids, those of the entries of which staff are told that something is kept because of them: none that
    another, restricted family made, and as they were before such a one changed them. They name people as this one does.
    """
    found = {}
    for row in written_outside(list(rows), tuple(f"{name}_id" for name in names), shut):
        row = copy(row)
        for name in names:
            if (pk := getattr(row, f"{name}_id")) in called:
                setattr(row, name, called[pk])
        found[row.pk] = row
    return found


def _people(records, same, shown, called):
    """Everybody under all their names, and under that by which this family’s papers call them. Who is of another family
    is found all the same, and staff are not told whose."""
    theirs = defaultdict(list)
    for record in records:
        theirs[same[record.pk]].append(record)
    for pk, rows in theirs.items():
        kept = next((row for row in rows if row.pk == pk), rows[0])
        names = [
            (one.first_name, one.last_name)
            for row in (kept, *rows)
            for one in (row, called[row.pk], *row.other_names.all())
            if one.first_name or one.last_name
        ]
        also = [one.known_as for row in rows for one in (row, called[row.pk]) if one.known_as]
        label = called[kept.pk].full_name if shown & {row.pk for row in rows} else "somebody else"
        yield Somebody(pk, label, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(also)), kept.is_unborn)


def _shields(ids, same, shown, called, shut):
    readers = Prefetch("kept_from", ProtectedFrom.objects.select_related("person"))
    found = Protection.objects.live().filter(person__in=ids).select_related("person")
    found = list(found.order_by("pk").prefetch_related(readers))
    told = _that_staff_are_told(found, called, shut, "person")
    for row in told.values():
        # Somebody of another family may be named in it: staff are not told of them.
        named = [one for one in row.kept_from.all() if one.person_id in shown]
        row._prefetched_objects_cache = {"kept_from": named}
    for row in found:
        yield Shield(
            same[row.person_id], row.detail, row.address_id, row.from_everyone,
            frozenset(same.get(one.person_id, one.person_id) for one in row.kept_from.all()),
            said_of_protection(told[row.pk]) if row.pk in told else "",
        )  # fmt: skip


def _bonds(ids, same):
    """What people are and were to each other: an ended relationship tells as much as one that lasts."""
    among = Q(child__in=ids) | Q(adult__in=ids)
    for row in Relationship.objects.filter(among).order_by("pk"):
        yield Bond(same.get(row.adult_id, row.adult_id), same.get(row.child_id, row.child_id), row.kind)
    for row in Partnership.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("pk"):
        yield Bond(same.get(row.one_id, row.one_id), same.get(row.other_id, row.other_id), row.kind)


def _homes(ids, same, on):
    homes = defaultdict(set)
    lives_there = Q(to_on__isnull=True) | Q(to_on__gt=on)
    for row in HouseholdMember.objects.filter(lives_there, person__in=ids).order_by("pk"):
        homes[row.household_id].add(same[row.person_id])
    return (frozenset(people) for people in homes.values())
