"""What each adult is to each child: the kind, parental responsibility, and who mainly cares for that child."""

from dataclasses import dataclass

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale
from families.choices import Part, RelationshipKind
from families.models import Person, Relationship
from families.queries.same_person import everyone_who_is, memberships_of, parts_in
from families.queries.shut import as_open_families_wrote
from families.rules import stamp


@dataclass(frozen=True)
class Tie:
    """One line: what the adult is to the child. ``person`` is the other of the two."""

    person: Person
    kind: str
    parental_responsibility: bool = False
    main_carer: bool = False


def record_ties(*, by, family, person, ties, seen=None) -> None:
    """The ties between ``person`` and this family's children (or adults, for a child) are exactly those given."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = memberships_of(family, person).first()
        if membership is None:
            raise Invalid("This person is no longer in the family. Go back to the family to see who is")
        ties = list(ties)
        standing = ties_between(by, family, person, membership.part)
        if seen is not None and seen != ties_stamp(standing):
            raise Stale(
                "Somebody else changed who is who while you were filling this in. Nothing is lost: "
                "what they saved is shown beside what you chose.",
                mine="\n".join(_line(tie.person, tie) for tie in ties),
                theirs="\n".join(_line(_other(row, everyone_who_is(person)), row) for row in standing),
            )
        put_ties(family, person, membership.part, ties, standing)


def ties_between(viewer, family, person, part) -> list[Relationship]:
    """What stands between ``person`` and this family's children (or its adults, for a child), as the viewer is shown
    it."""
    mine, parts = everyone_who_is(person), parts_in(family)
    children = [pk for pk, each in parts.items() if each == Part.CHILD]
    adults = [pk for pk, each in parts.items() if each != Part.CHILD]
    if part == Part.CHILD:
        found = Relationship.objects.filter(child__in=mine, adult__in=adults)
    else:
        found = Relationship.objects.filter(adult__in=mine, child__in=children)
    found = found.select_related("child__merged_into", "adult__merged_into").order_by("pk")
    return [row for row in as_open_families_wrote(viewer, found, "child_id", "adult_id") if row.to_on is None]


def ties_stamp(standing) -> str:
    """The mark that a page carries of the ties that it showed."""
    return stamp(
        (row.child_id, row.adult_id, row.kind, row.parental_responsibility, row.main_carer) for row in standing
    )


def put_ties(family, person, part, ties, standing=()) -> None:
    """The rows are as ``ties`` say; ``standing`` are those of them that their writer was shown. For use inside an act.

    What only a closed family has said of the same two gives way to it.
    """
    is_child = part == Part.CHILD
    parts, mine = parts_in(family), everyone_who_is(person)
    rows: dict[int, list[Relationship]] = {}  # of merged records one line of the page may be two rows
    for row in standing:
        rows.setdefault(_other(row, mine).pk, []).append(row)
    for tie in ties:
        if tie.kind not in RelationshipKind.values:
            raise Invalid(f"Choose what the adult is to {tie.person.full_name}")
        if tie.person.pk not in parts or (parts[tie.person.pk] == Part.CHILD) == is_child:
            raise Invalid(f"{tie.person.full_name} cannot be chosen here. Reload the page to see who is in the family")
        new = Relationship(child=person if is_child else tie.person, adult=tie.person if is_child else person)
        for row in rows.pop(tie.person.pk, [new]):
            said = (tie.kind, tie.parental_responsibility, tie.main_carer)
            if row.pk and said == (row.kind, row.parental_responsibility, row.main_carer):
                continue
            row.kind, row.parental_responsibility, row.main_carer = said
            alone(row)
            row.save()
    for row in (row for found in rows.values() for row in found):
        row.delete()


def alone(row) -> None:
    """No other row stands between these two. For use inside an act, before it is saved: what it says is all that is
    said, whatever a family that its writer must not know of has said."""
    Relationship.objects.live().filter(child=row.child_id, adult=row.adult_id).exclude(pk=row.pk).delete()


def other_of(row, person) -> Person:
    """The other of the two, under the record that was kept."""
    return _other(row, everyone_who_is(person))


def _other(row, mine) -> Person:
    other = row.adult if row.child_id in mine else row.child
    return other.merged_into or other


def _line(other, tie) -> str:
    said = [f"{other.full_name}: {RelationshipKind(tie.kind).label}"]
    said += ["parental responsibility"] if tie.parental_responsibility else []
    said += ["main carer"] if tie.main_carer else []
    return ", ".join(said)
