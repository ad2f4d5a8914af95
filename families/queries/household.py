"""Who is who in a family, and how people are named. Everything comes in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from cpc.core.kernel.phrases import listed
from families.choices import PARENTS, AddressKind, Part
from families.models import Address, Family, HouseholdMember, Membership, Partnership, Person, Relationship
from families.queries.same_person import by_record
from families.queries.shut import NOTHING_SHUT, Shut, as_open_families_wrote, closed_to, shut_parts_of
from families.queries.shut_people import people_shown, stands_elsewhere
from families.rules import age_in_words, in_words, inverse_in_words

# Eldest first, unborn children last; then parents before everybody else.
ELDEST_FIRST = (F("person__born_on").asc(nulls_last=True), F("person__expected_on").asc(nulls_last=True), "person_id")


@dataclass(frozen=True)
class Member:
    """A person in one family: their part, and what they are to the others there.

    ``ties`` stand between a child of the family and an adult; ``kin`` between two adults, or two children.
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
        """The full name; of somebody not known, whose parent they are: "Father of Rosa, not known"."""
        return called_in(self)

    def said_of_ties(self) -> list[str]:
        """One sentence for each thing that the adult is: "Mother of Rosa and Theo, with parental responsibility"."""
        groups: dict[tuple, list[str]] = {}
        for tie in self.ties:
            key = (tie.kind, tie.parental_responsibility, tie.main_carer)
            groups.setdefault(key, []).append(tie.child.first_name or tie.child.full_name)
        return [tie_in_words(*key, names) for key, names in groups.items()] or self.said_of_kin()

    def said_of_kin(self) -> list[str]:
        """What they are to the other adults, both ways: "Mother of Anna Marlow", "Daughter of Jean Marlow"."""
        said = []
        for tie in self.kin:
            if tie.adult_id == self.person.pk:
                said.append(in_words(tie.kind, tie.child.full_name))
            else:
                said.append(inverse_in_words(tie.kind, self.person.sex, tie.adult.full_name))
        return said


def tie_in_words(kind, responsible, carer, names) -> str:
    """What an adult is to some children: "Mother of Rosa and Theo, with parental responsibility, main carer"."""
    more = (["with parental responsibility"] if responsible else []) + (["main carer"] if carer else [])
    return ", ".join([in_words(kind, listed(names)), *more])


def called_in(member) -> str:
    """The full name of a member of a family; of a parent not known, whose parent they are."""
    if not member.person.is_unknown or member.person.full_name != "Not known":
        return member.person.full_name
    ties = [tie for tie in member.ties if tie.kind in PARENTS] or list(member.ties)
    if not ties:
        return "Not known"
    names = [tie.child.first_name or tie.child.full_name for tie in ties if tie.kind == ties[0].kind]
    return f"{in_words(ties[0].kind, listed(names))}, not known"


@dataclass(frozen=True)
class Household:
    """Who is who in a family, as far as one viewer is shown it. ``records``: each record of these people, merged ones
    too, and the id of the kept one; ``shut``: what they are in families that are closed to the viewer."""

    family: Family
    members: tuple[Member, ...]
    relationships: tuple[Relationship, ...] = ()
    records: dict[int, int] = field(default_factory=dict, compare=False)
    viewer: object = field(default=None, compare=False)
    shut: Shut = field(default=NOTHING_SHUT, compare=False)

    def shown(self, rows, *whose) -> list:
        """Those rows about these people that the viewer is shown, as they are shown them."""
        return as_open_families_wrote(self.viewer, rows, *whose, shut=self.shut)

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
        for row in self.shown(couples, "one_id", "other_id"):
            row.one, row.other = people[kept[row.one_id]], people[kept[row.other_id]]
            found.setdefault((frozenset((row.one_id, row.other_id)), row.kind, row.from_on, row.to_on), row)
        return list(found.values())

    @cached_property
    def in_custody(self) -> set[int]:
        """The ids of those whose address on the viewer’s day is a prison or other custody, as far as they may read it
        (one query)."""
        on = self.viewer.on
        addresses = Address.objects.filter(person__in=self.records)
        # What a closed family has made of an address since does not say what it was before.
        addresses = addresses if self.shut.parts else addresses.filter(kind=AddressKind.CUSTODY)
        there = (one for one in self.shown(addresses) if one.kind == AddressKind.CUSTODY)
        there = (one for one in there if not one.from_on or one.from_on <= on)
        return {self.records[one.person_id] for one in there if not one.to_on or one.to_on > on}

    def member(self, person_id) -> Member | None:
        """The member with this person's id."""
        return next((member for member in self.members if member.person.pk == person_id), None)


def household(family, viewer) -> Household:
    """Who is who in the family, by what stands now, as the viewer is shown it (four queries, more where somebody stands
    in a family that is closed to them). Merged records stand under the one that was kept."""
    memberships, shut = _members(family, viewer)
    people = {row.person_id: row.person for row in memberships}
    kept = by_record(people)
    is_child = {row.person_id: row.part == Part.CHILD for row in memberships}
    place = {pk: number for number, pk in enumerate(people)}
    ties: dict[int, list[Relationship]] = {pk: [] for pk in people}
    kin: dict[int, list[Relationship]] = {pk: [] for pk in people}
    relationships = sorted(
        _united(_ties_shown(viewer, kept, shut), people, kept),
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
    adults = sorted((member for member in members if not member.is_child), key=_nearness)
    return Household(family, (*children, *adults), tuple(relationships), kept, viewer, shut)


def _members(family, viewer, **narrowed) -> tuple[list[Membership], Shut]:
    """The rows of the family with their person, the kept one of those that were merged, each once, as the viewer is
    shown them, eldest first; and what they are in families that are closed to the viewer.

    A row read so is for showing: the person on it may not be the one in the database.
    """
    rows = list(
        Membership.objects.filter(family=family, **narrowed)
        .select_related("person", "person__merged_into")
        .annotate(stands_elsewhere=stands_elsewhere(viewer, but=family.pk))
        .order_by(F("person__merged_into").asc(nulls_first=True), *ELDEST_FIRST)
    )
    found: dict[int, Membership] = {}
    for row in rows:
        row.person = row.person.merged_into or row.person
        found.setdefault(row.person_id, row)
    shut = NOTHING_SHUT
    if any(row.stands_elsewhere for row in rows):
        shut = shut_parts_of(closed_to(viewer, but=family.pk), found)
        people = people_shown(viewer, [row.person for row in found.values()], shut=shut)
        for row, person in zip(found.values(), people, strict=True):
            row.person = person
    return sorted(found.values(), key=lambda row: _eldest_first(row.person)), shut


def _ties_shown(viewer, kept, shut) -> list[Relationship]:
    """What stands between these people as the viewer is shown it: what only a closed family has ended stands."""
    rows = Relationship.objects.filter(child__in=kept, adult__in=kept).order_by("pk")
    rows = as_open_families_wrote(viewer, rows if shut.parts else rows.live(), "child_id", "adult_id", shut=shut)
    return [row for row in rows if row.to_on is None]


def _eldest_first(person) -> tuple:
    return (person.born_on or date.max, person.expected_on or date.max, person.pk)


def _united(rows, people, kept) -> list[Relationship]:
    """The ties between the people for whom the records stand; one that was recorded under both is one."""
    found: dict[tuple, Relationship] = {}
    for tie in rows:
        child, adult = kept[tie.child_id], kept[tie.adult_id]
        first = found.get((child, adult, tie.kind))
        if child == adult:
            continue
        if first is None:
            tie.child, tie.adult = people[child], people[adult]  # reading a name asks nothing more
            found[child, adult, tie.kind] = tie
        else:
            first.parental_responsibility |= tie.parental_responsibility
            first.main_carer |= tie.main_carer
    return list(found.values())


def living_in(family) -> set[int]:
    """The ids of the people who live in the family’s main household now; of merged records, the kept one's too."""
    found = HouseholdMember.objects.filter(household__family=family, household__is_main=True, to_on__isnull=True)
    pairs = found.values_list("person_id", "person__merged_into")
    return {pk for pair in pairs for pk in pair if pk}


def _nearness(member) -> tuple:
    """Parents first; among them, whoever cares for most of the children and has responsibility for most."""
    parts = [Part.PARENT, Part.PARTNER]
    return (
        parts.index(member.part) if member.part in parts else len(parts),
        -sum(tie.main_carer for tie in member.ties),
        -sum(tie.parental_responsibility for tie in member.ties),
    )


def children_of(family, viewer) -> list[Person]:
    """The children of the family as the viewer is shown them, eldest first and unborn last, in the household or not."""
    return [row.person for row in _members(family, viewer, part=Part.CHILD)[0]]


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
