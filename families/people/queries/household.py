"""Who is who in a family, how people are named, and the one order of children: eldest first, the unborn last.

Everything comes in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from cpc.core.accounts.permissions import Viewer
from cpc.core.kernel.phrases import listed
from families.cases.models import Family
from families.people.choices import PARENTS, AddressKind, Part
from families.people.models import Address, HouseholdMember, Membership, Partnership, Person, Relationship
from families.people.queries.adults import one_row_a_pair
from families.people.queries.merged_records import by_record
from families.people.rules.kin import (
    in_words,
    inverse_in_words,
    responsibility_in_words,
)
from families.people.rules.people import age_in_words
from families.people.rules.short_names import tell_apart

# Eldest first, unborn children last; then parents before everybody else.


@dataclass(frozen=True)
class Member:
    """A person in one family: their part, and what they are to the others there.

    ``ties`` are relationships between a child of the family and an adult; ``kin`` between two adults or two children.
    """

    person: Person
    part: str
    in_household: bool
    ties: tuple[Relationship, ...] = ()
    kin: tuple[Relationship, ...] = ()

    @property
    def part_label(self) -> str:
        """Child, Parent, …"""
        return Part(self.part).label

    @property
    def is_child(self) -> bool:
        """Whether this is a child of the family."""
        return self.part == Part.CHILD

    @property
    def name(self) -> str:
        """The full name; for a person not identified, their role: "Father of Rosa, not known"."""
        return called_in(self)

    def describe_relationships(self) -> list[str]:
        """One sentence for each thing that the adult is: "Mother of Rosa and Theo, with parental responsibility"."""
        groups: dict[tuple, list[str]] = {}
        for tie in self.ties:
            has, source = tie.parental_responsibility, tie.responsibility_source
            key = (tie.kind, responsibility_in_words(has, source, tie.child.is_unborn), tie.main_carer)
            groups.setdefault(key, []).append(tie.child.name_in_family)
        return [tie_in_words(*key, names) for key, names in groups.items()] or self.describe_kin()

    def describe_kin(self) -> list[str]:
        """What they are to the other adults, both ways: "Mother of Anna Marlow", "Daughter of Jean Marlow"."""
        said = []
        for tie in self.kin:
            if tie.adult_id == self.person.pk:
                said.append(in_words(tie.kind, tie.child.full_name))
            else:
                said.append(inverse_in_words(tie.kind, self.person.sex, tie.adult.full_name))
        return said


def tie_in_words(kind, responsible, carer, names) -> str:
    """What an adult is to some children: "Mother of Rosa and Theo, with parental responsibility, main carer".

    ``responsible``: the parental responsibility in words, or "".
    """
    more = ([responsible] if responsible else []) + (["main carer"] if carer else [])
    return ", ".join([in_words(kind, listed(names)), *more])


def called_in(member) -> str:
    """The full name of a member of a family; for a parent not identified, their role."""
    if not member.person.is_unknown or member.person.full_name != "Not known":
        return member.person.full_name
    ties = [tie for tie in member.ties if tie.kind in PARENTS] or list(member.ties)
    if not ties:
        return "Not known"
    names = [tie.child.name_in_family for tie in ties if tie.kind == ties[0].kind]
    return f"{in_words(ties[0].kind, listed(names))}, not known"


@dataclass(frozen=True)
class FamilyMembers:
    """Who is who in a family, on the viewer’s day. ``records``: each record of these people, merged ones too, and the
    id of the kept one."""

    family: Family
    members: tuple[Member, ...]
    relationships: tuple[Relationship, ...] = ()
    records: dict[int, int] = field(default_factory=dict, compare=False)
    viewer: object = field(default=None, compare=False)

    @cached_property
    def children(self) -> list[Member]:
        """The children, eldest first and unborn last."""
        return [member for member in self.members if member.is_child]

    @cached_property
    def adults(self) -> list[Member]:
        """The adults, parents first."""
        return [member for member in self.members if not member.is_child]

    @cached_property
    def adult_groups(self) -> list[tuple[str, list[Member]]]:
        """The adults under headings: parents and their partners, grandparents, everybody else."""
        near, grand = (Part.PARENT, Part.PARTNER), (Part.GRANDPARENT,)
        groups = [
            ("Parents and their partners", [member for member in self.adults if member.part in near]),
            ("Grandparents", [member for member in self.adults if member.part in grand]),
            ("Other adults", [member for member in self.adults if member.part not in near + grand]),
        ]
        return [(title, members) for title, members in groups if members]

    @cached_property
    def people(self) -> list[Person]:
        """Everybody."""
        return [member.person for member in self.members]

    @cached_property
    def partnerships(self) -> list[Partnership]:
        """Every couple among them, of now and of before (one query)."""
        people = {person.pk: person for person in self.people}
        kept = {record: pk for record, pk in self.records.items() if pk in people}
        found: dict[tuple, Partnership] = {}
        couples = Partnership.objects.filter(one__in=kept, other__in=kept).order_by("pk")
        for row in couples:
            row.one, row.other = people[kept[row.one_id]], people[kept[row.other_id]]
            found.setdefault((frozenset((row.one_id, row.other_id)), row.kind, row.from_on, row.to_on), row)
        return list(found.values())

    @cached_property
    def in_custody(self) -> set[int]:
        """The ids of those who live in a prison or other custody on the viewer’s day (one query)."""
        on = self.viewer.on
        addresses = Address.objects.filter(person__in=self.records, kind=AddressKind.CUSTODY)
        there = (one for one in addresses if not one.from_on or one.from_on <= on)
        return {self.records[one.person_id] for one in there if not one.to_on or one.to_on > on}

    def member(self, person_id) -> Member | None:
        """The member with this person's id."""
        return next((member for member in self.members if member.person.pk == person_id), None)


def household(family, viewer: Viewer) -> FamilyMembers:
    """Who is who in the family today (four queries). Merged records appear as the record that was kept."""
    memberships = _members(family)
    people = {row.person_id: row.person for row in memberships}
    kept = by_record(people)
    is_child = {row.person_id: row.part == Part.CHILD for row in memberships}
    place = {pk: number for number, pk in enumerate(people)}
    ties: dict[int, list[Relationship]] = {pk: [] for pk in people}
    kin: dict[int, list[Relationship]] = {pk: [] for pk in people}
    rows = Relationship.objects.live().filter(child__in=kept, adult__in=kept).order_by("pk")
    relationships = sorted(
        one_row_a_pair(rows, people, kept),
        key=lambda tie: (place[tie.child_id], place[tie.adult_id]),
    )
    for tie in relationships:
        where = ties if is_child[tie.child_id] and not is_child[tie.adult_id] else kin
        where[tie.child_id].append(tie)
        where[tie.adult_id].append(tie)
    home = living_in(family)
    members = [
        Member(row.person, row.part, row.person_id in home, tuple(ties[row.person_id]), tuple(kin[row.person_id]))
        for row in memberships
    ]
    children = [member for member in members if member.is_child]
    tell_apart([member.person for member in children])
    adults = sorted((member for member in members if not member.is_child), key=_nearness)
    return FamilyMembers(family, (*children, *adults), tuple(relationships), kept, viewer)


def _members(family, **narrowed) -> list[Membership]:
    """The rows of the family with their person, the kept one of those that were merged, each once, eldest first."""
    rows = (
        Membership.objects.filter(family=family, **narrowed)
        .select_related("person", "person__merged_into")
        .order_by(F("person__merged_into").asc(nulls_first=True), *eldest_first("person"))
    )
    found: dict[int, Membership] = {}
    for row in rows:
        row.person = row.person.merged_into or row.person
        found.setdefault(row.person_id, row)
    return sorted(found.values(), key=lambda row: by_age(row.person))


def living_in(family) -> set[int]:
    """The ids of the people who live in the family’s main household now; of merged records, the kept one's too."""
    found = HouseholdMember.objects.filter(household__family=family, household__is_main=True, to_on__isnull=True)
    pairs = found.values_list("person_id", "person__merged_into")
    return {pk for pair in pairs for pk in pair if pk}


def _nearness(member) -> tuple:
    """Sort key: parents first; among them, those who care for most children, then those responsible for most."""
    parts = [Part.PARENT, Part.PARTNER]
    return (
        parts.index(member.part) if member.part in parts else len(parts),
        -sum(tie.main_carer for tie in member.ties),
        -sum(tie.parental_responsibility for tie in member.ties),
    )


def children_of(family) -> list[Person]:
    """The children of the family, eldest first and unborn last, in the household or not."""
    return tell_apart([row.person for row in _members(family, part=Part.CHILD)])


def ids_of_children(families) -> list[int]:
    """The ids of the children of these families (ids)."""
    found = Membership.objects.filter(family__in=families, part=Part.CHILD).order_by("person")
    return list(found.values_list("person", flat=True).distinct())


def born_in_words(person, on: date) -> str:
    """The date of birth and the age, or the date a baby is expected, as a page says it."""
    if person.born_on:
        age = "" if person.died_on else f", {age_in_words(person.born_on, on)}"
        return f"{_day(person.born_on)}{age}"
    return f"expected {_day(person.expected_on)}" if person.expected_on else "not known"


def called(person) -> str:
    """The person as a page names them: "Unborn Marlow, expected 3 February 2027", "Rosa Marlow, known as Rosie"."""
    if person.is_unborn:
        return f"{person.full_name}, expected {_day(person.expected_on)}"
    return f"{person.full_name}, known as {person.known_as}" if person.known_as else person.full_name


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def eldest_first(path: str = "") -> tuple:
    """What to order rows by, for the people at ``path`` of them: ``order_by(*eldest_first("child"))``."""
    prefix = f"{path}__" if path else ""
    dates = (F(f"{prefix}{name}").asc(nulls_last=True) for name in ("born_on", "expected_on"))
    return (*dates, f"{path}_id" if path else "pk")


def by_age(person) -> tuple:
    """The same order for people who are read already, as they are shown: ``sorted(people, key=by_age)``."""
    return (person.born_on or date.max, person.expected_on or date.max, person.pk)
