"""What readers must not learn about a family: reads, in a fixed number of queries, what ``rules.knowing`` needs."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone

from cpc.core.accounts.choices import AgencyKind
from families.people.models import (
    Address,
    ContactDetails,
    HouseholdMember,
    Involvement,
    MustNotLearn,
    MustNotMeet,
    Partnership,
    Person,
    PersonName,
    ProtectedFrom,
    Protection,
    Relationship,
)
from families.people.queries.identity import all_linked_records, linked_among
from families.people.queries.merged_records import all_records_of, records_in_family
from families.protections.queries.entries import describe_must_not_learn, describe_protection
from families.protections.rules import withheld as withheld_rules
from families.protections.rules.records import (
    AddressRow,
    ContactNumbers,
    FamilyRecord,
    PersonNames,
    ProtectedDetail,
    Relation,
    School,
    WithheldFact,
)
from families.protections.rules.withheld import Withheld

SCHOOLS = (AgencyKind.SCHOOL, AgencyKind.NURSERY)


@dataclass(frozen=True)
class WithholdingRules:
    """The record of one family, read once for any number of readers.

    ``main_record``: for each record, the id of the one that represents the same person in this circle.
    """

    record: FamilyRecord
    main_record: dict[int, int]

    def withheld_from(self, reader: int | None, *, unnamed=frozenset()) -> Withheld:
        """What this reader must not learn (a person's id; None for a professional). No further query."""
        withheld = withheld_rules.withheld_from(
            self.record,
            self.main_record.get(reader, reader),
            frozenset(self.main_record.get(pk, pk) for pk in unnamed),
        )
        return replace(
            withheld,
            people=frozenset(pk for one in withheld.people for pk in self._records(one)),
            homes=frozenset(pk for one in withheld.homes for pk in self._records(one)),
            speakers=frozenset(pk for one in withheld.speakers for pk in self._records(one)),
            paternities=frozenset(
                (one, other)
                for father, child in withheld.paternities
                for one in self._records(father)
                for other in self._records(child)
            ),
        )

    def protected_speakers(self) -> frozenset[int]:
        """Everybody with own words that are held from somebody of the family, by each of their records. No query."""
        readers = {self.main_record.get(one.id, one.id) for one in self.record.people}
        return frozenset(pk for reader in readers for pk in self.withheld_from(reader).speakers)

    def _records(self, person) -> list[int]:
        return [person, *(pk for pk, main in self.main_record.items() if main == person and pk != person)]


def withheld_from(family_id, reader: int | None, *, unnamed=frozenset()) -> Withheld:
    """What ``reader`` must not learn from anything about this family (a fixed number of queries)."""
    return withholding_rules_for(family_id, people=[reader] if reader else ()).withheld_from(reader, unnamed=unnamed)


def withholding_rules_for(family_id, people=(), on: date | None = None) -> WithholdingRules:
    """Everything about the family's people that readers may have to be kept from, in every circle.

    ``people`` are readers who are not in the family. A fixed number of queries.
    """
    on = on or timezone.localdate()
    ours = records_in_family(family_id) | all_records_of(people)
    linked = all_linked_records(ours)
    facts = list(
        MustNotLearn.objects.live().filter(Q(reader__in=linked) | Q(about__in=linked))
        .select_related("reader", "about", "of_child")
    )  # fmt: skip
    subjects = {one.about_id for one in facts} | {one.of_child_id for one in facts if one.of_child_id}
    everyone = linked | all_linked_records(subjects - linked)
    names = Prefetch("other_names", PersonName.objects.order_by("pk"))
    records = Person.objects.filter(pk__in=everyone).order_by("merged_into", "pk").prefetch_related(names)
    return _read(list(records), facts, on, ours)


def _read(records, facts, on, ours) -> WithholdingRules:
    """``ours`` are the records of this circle. Staff are not told the reasons for what another circle withholds."""
    ids = [record.pk for record in records]
    main = _main_records(records, ours)
    return WithholdingRules(
        FamilyRecord(
            people=tuple(_people(records, main, ours)),
            addresses=tuple(_addresses(records, main, on)),
            contact_numbers=tuple(
                ContactNumbers(main[row.person_id], row.phone, row.email)
                for row in ContactDetails.objects.filter(person__in=ids).order_by("pk")
            ),
            protected_details=tuple(_protected_details(ids, main, ours)),
            withheld_facts=tuple(
                WithheldFact(
                    main.get(one.reader_id, one.reader_id), main[one.about_id], one.what,
                    main[one.of_child_id] if one.of_child_id else None, tuple(one.words.splitlines()),
                    describe_must_not_learn(one) if {one.reader_id, one.about_id} <= ours else "",
                )
                for one in facts
            ),
            schools=tuple(
                School(main[row.child_id], row.agency_id, row.agency.name, row.agency.phone, row.agency.email)
                for row in Involvement.objects.filter(child__in=ids, agency__kind__in=SCHOOLS)
                .select_related("agency").order_by("pk")
            ),
            relations=tuple(_relations(ids, main)),
            households=tuple(_households(ids, main, on)),
            kept_apart=tuple(_kept_apart(ids, main)),
        ),
        main,
    )  # fmt: skip


def _main_records(records, ours) -> dict[int, int]:
    """For each record, the one that represents that person: the kept record of this circle if it holds one."""
    kept = {record.pk: record.stands_for_id for record in records}
    return {
        pk: min((kept[one] for one in same if one in ours), default=min(kept[one] for one in same))
        for pk, same in linked_among(records).items()
    }


def _people(records, main, ours):
    """Everybody with all their names. People of other families are called "somebody else", so staff learn no name."""
    by_person = defaultdict(list)
    for record in records:
        by_person[main[record.pk]].append(record)
    for pk, rows in by_person.items():
        first = next((row for row in rows if row.pk == pk), rows[0])
        rows = [first, *(row for row in rows if row is not first)]
        names = [
            (one.first_name, one.last_name)
            for row in rows
            for one in (row, *row.other_names.all())
            if one.first_name or one.last_name
        ]
        also = [row.known_as for row in rows if row.known_as]
        label = first.full_name if first.pk in ours else "somebody else"
        yield PersonNames(pk, label, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(also)), first.is_unborn)


def _addresses(records, main, on):
    """``agreed``: every circle that says where the person lives now records this house. A circle that says nothing of
    it does not count, as with parental responsibility (decision 19).
    """
    says = defaultdict(set)  # for each person, the kept record of each circle that has an address of today
    kept = {record.pk: record.stands_for_id for record in records}
    rows = list(Address.objects.filter(person__in=kept).order_by("pk"))
    recorded_by = defaultdict(set)
    for row in rows:
        recorded_by[main[row.person_id], row.house_key].add(kept[row.person_id])
        if row.to_on is None or row.to_on > on:
            says[main[row.person_id]].add(kept[row.person_id])
    for row in rows:
        person = main[row.person_id]
        yield AddressRow(
            person, tuple(row.lines.splitlines()), row.postcode, row.pk, row.kind, row.care_of,
            now=row.to_on is None or row.to_on > on, agreed=says[person] <= recorded_by[person, row.house_key],
        )  # fmt: skip


def _protected_details(ids, main, ours):
    readers = Prefetch("withheld_from", ProtectedFrom.objects.select_related("person"))
    found = Protection.objects.live().filter(person__in=ids).select_related("person")
    for row in found.order_by("pk").prefetch_related(readers):
        named = list(row.withheld_from.all())
        readers = frozenset(main.get(one.person_id, one.person_id) for one in named)
        # The entry may name a reader from another family: the reason that staff read leaves them out.
        row._prefetched_objects_cache = {"withheld_from": [one for one in named if one.person_id in ours]}
        why = describe_protection(row) if row.person_id in ours else ""
        yield ProtectedDetail(main[row.person_id], row.detail, row.address_id, row.from_everyone, readers, why)


def _relations(ids, main):
    """Present and ended relationships and couples: an ended one reveals just as much."""
    among = Q(child__in=ids) | Q(adult__in=ids)
    for row in Relationship.objects.filter(among).order_by("pk"):
        yield Relation(main.get(row.adult_id, row.adult_id), main.get(row.child_id, row.child_id), row.kind)
    for row in Partnership.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("pk"):
        yield Relation(main.get(row.one_id, row.one_id), main.get(row.other_id, row.other_id), row.kind)


def _kept_apart(ids, main):
    """(who is protected, the other) of those who must not meet, by an entry of any circle."""
    for row in MustNotMeet.objects.live().filter(one__in=ids, other__in=ids).order_by("pk"):
        for protected, other in ((row.one_id, row.other_id), (row.other_id, row.one_id)):
            if protected in row.protected_people:
                yield main[protected], main[other]


def _households(ids, main, on):
    households = defaultdict(set)
    lives_there = Q(to_on__isnull=True) | Q(to_on__gt=on)
    for row in HouseholdMember.objects.filter(lives_there, person__in=ids).order_by("pk"):
        households[row.household_id].add(main[row.person_id])
    return (frozenset(people) for people in households.values())
