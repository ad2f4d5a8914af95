"""Everything that one person’s page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from cpc.core.accounts.choices import AgencyKind
from families.people.choices import PARENTS
from families.people.models import HouseholdMember, Involvement, Partnership, PersonName, Relationship
from families.people.queries.household import Member
from families.people.queries.merged_records import by_record, records_of_person
from families.people.rules.kin import (
    in_words,
    of_the_child,
    responsibility_in_words,
    sibling_in_words,
    siblings_of,
)


@dataclass(frozen=True)
class Said:
    """One relation in a sentence, with its dates and the row behind it (none where it follows from others)."""

    text: str
    row: object = None
    is_over: bool = False


@dataclass(frozen=True)
class PersonDetails:
    """One person: names, relations both ways, brothers and sisters, couples, homes, agencies."""

    member: Member
    names: list[PersonName]
    relations: list[Said]
    siblings: list[Said]
    partners: list[Said]
    stays: list[HouseholdMember]
    involvements: list[Involvement]
    is_in_custody: bool

    @property
    def has_past(self) -> bool:
        """Whether anything of their relations is over."""
        return any(said.is_over for said in (*self.relations, *self.partners))


def person_page(household, member) -> PersonDetails:
    """Everything known of one member of the family, but how they may be reached."""
    person = member.person
    records = records_of_person(person)
    stays = HouseholdMember.objects.filter(household__family=household.family, person__in=records)
    involved = Involvement.objects.filter(child__in=records).select_related("agency", "professional")
    names = PersonName.objects.filter(person__in=records)
    return PersonDetails(
        member,
        list(names.order_by(F("to_on").desc(nulls_first=True), "pk")),
        _relations(household, person),
        _siblings(household, person),
        _partners(household, person),
        list(stays.select_related("household").order_by(F("to_on").desc(nulls_first=True), "pk")),
        list(involved.order_by(F("to_on").desc(nulls_first=True), "agency__name", "pk")) if member.is_child else [],
        person.pk in household.in_custody,
    )


def parents_in(household) -> dict[int, frozenset[int]]:
    """The known mothers and fathers of everybody in the family. A parent not known is nobody’s shared parent."""
    found: dict[int, set[int]] = {}
    for tie in household.relationships:
        if tie.kind in PARENTS and not tie.adult.is_unknown:
            found.setdefault(tie.child_id, set()).add(tie.adult_id)
    return {child: frozenset(parents) for child, parents in found.items()}


def _relations(household, person) -> list[Said]:
    members = {member.person.pk: member for member in household.members}
    kept = by_record(members)
    mine = [pk for pk, root in kept.items() if root == person.pk]
    rows = Relationship.objects.filter(Q(child__in=mine, adult__in=kept) | Q(adult__in=mine, child__in=kept))
    said = []
    for row in sorted(rows.order_by("pk"), key=lambda row: row.to_on or date.max, reverse=True):
        row.child_id, row.adult_id = kept[row.child_id], kept[row.adult_id]
        if row.child_id == row.adult_id:
            continue
        other = members[row.child_id if row.adult_id == person.pk else row.adult_id]
        if row.adult_id == person.pk:
            text = in_words(row.kind, other.name)
        else:
            text = of_the_child(row.kind, person.name_in_family, other.name)
        child, has = members[row.child_id].person, row.parental_responsibility and not row.to_on
        responsible = responsibility_in_words(has, row.responsibility_source, child.is_unborn)
        more = [responsible] if responsible else []
        more += ["main carer"] if row.main_carer and not row.to_on else []
        said.append(Said(", ".join([text, *more]), row, row.to_on is not None))
    return said


def _siblings(household, person) -> list[Said]:
    people = {each.pk: each for each in household.people}
    found = siblings_of(person.pk, parents_in(household))
    names = {pk: each.name_in_family for pk, each in people.items()}
    return [
        Said(sibling_in_words(shared, person.sex, names[pk]))
        for pk, shared in sorted(found.items(), key=lambda row: list(people).index(row[0]))
    ]


def _partners(household, person) -> list[Said]:
    mine: list[Partnership] = [row for row in household.partnerships if person.pk in (row.one_id, row.other_id)]
    said = []
    for row in mine:
        other = row.other if row.one_id == person.pk else row.one
        word = "to" if row.kind == "married" else "from" if row.kind in ("separated", "divorced") else "with"
        said.append(Said(f"{row.get_kind_display()} {word} {other.full_name}", row, row.to_on is not None))
    return said


def has_health_visiting(child, on) -> bool:
    """Whether a health visiting service works with the child on that day."""
    known = Involvement.objects.filter(child__in=records_of_person(child), agency__kind=AgencyKind.HEALTH_VISITING)
    return known.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).exists()
