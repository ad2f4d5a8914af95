"""Records relationships and couples, and what each adult is to each child."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Invalid, Stale, WrongState
from families.people.actions.concurrency import refuse_if_changed
from families.people.choices import PARENTS, Part, PartnershipKind, RelationshipKind
from families.people.models import Partnership, Person, Relationship
from families.people.queries.merged_records import memberships_of, parts_in, records_of_person
from families.people.rules.kin import (
    OLDER,
    is_own_ancestor,
    responsibility_in_words,
    what_is_wrong_with_relationship,
    what_is_wrong_with_responsibility,
)

TIED = ("kind", "parental_responsibility", "responsibility_source", "main_carer", "from_on")
SAID = ("kind", "parental_responsibility", "responsibility_source", "main_carer")
COUPLED = ("kind", "from_on", "to_on")


def record_relationship(
    *, by, family, adult, child, kind, parental_responsibility=False, responsibility_source="", main_carer=False,
    from_on=None,
) -> Relationship:  # fmt: skip
    """Record that ``adult`` is ``kind`` to ``child``, who may be grown up. One row serves both directions."""
    with acting(by, Permission.RECORD_FAMILY, on=family, adult=adult.pk, child=child.pk):
        if Relationship.objects.live().filter(adult=adult, child=child).exists():
            raise Invalid(
                f"What {adult.full_name} is to {child.full_name} is already recorded. Change that, or end it first",
                "other",
            )
        row = Relationship(adult=adult, child=child)
        _set_fields(by, family, row, kind, parental_responsibility, responsibility_source, main_carer, from_on)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # somebody recorded the same in the same moment
            raise Invalid("What they are to each other has just been recorded by somebody else", "other") from None
        return row


def change_relationship(
    *, by, family, relationship, kind, parental_responsibility=False, responsibility_source="", main_carer=False,
    from_on=None, seen=None,
) -> Relationship:  # fmt: skip
    """Change the relationship. Raises Stale if somebody else saved first, WrongState if it has ended."""
    with acting(by, Permission.RECORD_FAMILY, on=family, relationship=relationship.pk):
        row = _live_relationship(relationship)
        given = {
            "kind": kind, "parental_responsibility": parental_responsibility,
            "responsibility_source": responsibility_source, "main_carer": main_carer, "from_on": from_on,
        }  # fmt: skip
        refuse_if_changed(row, TIED, seen, given)
        _set_fields(by, family, row, kind, parental_responsibility, responsibility_source, main_carer, from_on)
        row.save()
        return row


def end_relationship(*, by, family, relationship, to_on) -> Relationship:
    """End the relationship on ``to_on``. It stays on the record, without responsibility or care."""
    with acting(by, Permission.RECORD_FAMILY, on=family, relationship=relationship.pk):
        row = _live_relationship(relationship)
        _parts_of(family, row.adult, row.child)
        if to_on is None:
            raise Invalid("Enter the day on which it ended", "to_on")
        if to_on > by.on:
            raise Invalid("The day must be today or in the past", "to_on")
        if row.from_on and to_on < row.from_on:
            raise Invalid("It cannot end before it began", "to_on")
        row.to_on = to_on
        row.save()
        return row


def remove_relationship(*, by, family, relationship, reason) -> None:
    """Delete a relationship recorded by mistake. The history keeps it."""
    with acting(by, Permission.RECORD_FAMILY, on=family, reason=reason.strip(), relationship=relationship.pk):
        _parts_of(family, relationship.adult, relationship.child)
        if not reason.strip():
            raise Invalid("Say what the mistake was", "reason")
        Relationship.objects.filter(pk=relationship.pk).delete()


def record_partnership(*, by, family, one, other, kind, from_on=None) -> Partnership:
    """Record that the two adults are or were a couple."""
    with acting(by, Permission.RECORD_FAMILY, on=family, one=one.pk, other=other.pk):
        if one.pk == other.pk:
            raise Invalid("Choose two different people", "other")
        parts = _parts_of(family, one, other)
        if Part.CHILD in parts.values():
            raise Invalid("A couple is two adults. Choose somebody who is not a child of the family", "other")
        both = Q(one=one, other=other) | Q(one=other, other=one)
        if Partnership.objects.filter(both, to_on=None).exists():
            raise Invalid("They are already recorded as a couple. Change that", "other")
        between = Q(adult=one, child=other) | Q(adult=other, child=one)
        if Relationship.objects.live().filter(between, kind__in=OLDER).exists():
            raise Invalid("One of them is recorded as a parent or grandparent of the other", "other")
        _check_couple(by, kind, from_on, None)
        return Partnership.objects.create(one=one, other=other, kind=kind, from_on=from_on)


def change_partnership(*, by, family, partnership, kind, from_on=None, to_on=None, seen=None) -> Partnership:
    """Change the couple; ``to_on`` ends it. Raises Stale if somebody else saved first."""
    with acting(by, Permission.RECORD_FAMILY, on=family, partnership=partnership.pk):
        _parts_of(family, partnership.one, partnership.other)
        partnership.refresh_from_db()
        refuse_if_changed(partnership, COUPLED, seen, {"kind": kind, "from_on": from_on, "to_on": to_on})
        _check_couple(by, kind, from_on, to_on)
        partnership.kind, partnership.from_on, partnership.to_on = kind, from_on, to_on
        partnership.save()
        return partnership


def _live_relationship(relationship) -> Relationship:
    row = Relationship.objects.select_for_update(of=("self",)).select_related("adult", "child").get(pk=relationship.pk)
    if row.to_on:
        raise WrongState("Somebody has already recorded that this is over.")
    return row


def _set_fields(by, family, row, kind, responsible, source, carer, from_on) -> None:
    if row.adult.pk == row.child.pk:
        raise Invalid("Choose two different people", "other")
    parts = _parts_of(family, row.adult, row.child)
    if kind not in RelationshipKind.values:
        raise Invalid("Choose what they are", "kind")
    wrong = what_is_wrong_with_relationship(
        kind=kind, adult_born_on=row.adult.born_on, child_born_on=row.child.born_on or row.child.expected_on
    )
    if wrong:
        raise Invalid(wrong, "kind")
    if kind in PARENTS and is_own_ancestor(row.child.pk, row.adult.pk, _parents(row)):
        raise Invalid("That would make somebody their own ancestor. Check which way round they are related", "kind")
    if (responsible or carer) and parts[row.child.pk] != Part.CHILD:
        raise Invalid("Parental responsibility and care are recorded for a child of the family only", "more")
    if wrong := what_is_wrong_with_responsibility(has=responsible, source=source, kind=kind):
        raise Invalid(wrong, "responsibility")
    if from_on and from_on > by.on:
        raise Invalid("The day must be today or in the past", "from_on")
    row.kind, row.from_on = kind, from_on
    row.parental_responsibility, row.responsibility_source, row.main_carer = responsible, source, carer


def _parents(row) -> dict[int, frozenset[int]]:
    """The parents of the adult and of all their ancestors. One query a generation."""
    found: dict[int, set[int]] = {}
    asked, asking = set(), {row.adult_id}
    while asking:
        rows = Relationship.objects.live().filter(child__in=asking, kind__in=PARENTS).exclude(pk=row.pk)
        asked |= asking
        asking = set()
        for child, adult in rows.values_list("child", "adult"):
            found.setdefault(child, set()).add(adult)
            asking |= {adult} - asked
    return {child: frozenset(parents) for child, parents in found.items()}


def _parts_of(family, *people) -> dict[int, str]:
    """The part of each of ``people``; raises Invalid when somebody is not in the family."""
    parts = parts_in(family)
    for person in people:
        if person.pk not in parts:
            raise Invalid("Somebody chosen is not in this family. Reload the page to see who is", "other")
    return {person.pk: parts[person.pk] for person in people}


def _check_couple(by, kind, from_on, to_on) -> None:
    if kind not in PartnershipKind.values:
        raise Invalid("Choose what they are to each other", "kind")
    for field, day in (("from_on", from_on), ("to_on", to_on)):
        if day and day > by.on:
            raise Invalid("The day must be today or in the past", field)
    if from_on and to_on and to_on < from_on:
        raise Invalid("It cannot end before it began", "to_on")


@dataclass(frozen=True)
class NewRelationship:
    """One relationship to record: what the adult is to the child. ``person`` is the other of the two."""

    person: Person
    kind: str
    parental_responsibility: bool = False
    main_carer: bool = False
    responsibility_source: str = ""


def record_ties(*, by, family, person, ties, seen=None) -> None:
    """Replace the relationships between ``person`` and this family's children (for a child: adults) by ``ties``."""
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = memberships_of(family, person).first()
        if membership is None:
            raise Invalid("This person is no longer in the family. Go back to the family to see who is")
        ties = list(ties)
        existing = ties_between(family, person, membership.part)
        if seen is not None and seen != versions(*existing):
            raise Stale(
                "Who is who was changed since you opened this page. Nothing is lost: "
                "what was saved is shown beside what you chose.",
                mine="\n".join(_line(tie.person, tie) for tie in ties),
                theirs="\n".join(_line(_other(row, records_of_person(person)), row) for row in existing),
            )
        put_ties(family, person, membership.part, ties, existing)


def ties_between(family, person, part) -> list[Relationship]:
    """The live relationships between ``person`` and this family's children (for a child: its adults)."""
    mine, parts = records_of_person(person), parts_in(family)
    children = [pk for pk, each in parts.items() if each == Part.CHILD]
    adults = [pk for pk, each in parts.items() if each != Part.CHILD]
    if part == Part.CHILD:
        found = Relationship.objects.live().filter(child__in=mine, adult__in=adults)
    else:
        found = Relationship.objects.live().filter(adult__in=mine, child__in=children)
    return list(found.select_related("child__merged_into", "adult__merged_into").order_by("pk"))


def put_ties(family, person, part, ties, existing=()) -> None:
    """Save ``ties`` in place of the ``existing`` rows. Call inside ``acting()``."""
    is_child = part == Part.CHILD
    parts, mine = parts_in(family), records_of_person(person)
    rows: dict[int, list[Relationship]] = {}  # of merged records one line of the page may be two rows
    for row in existing:
        rows.setdefault(_other(row, mine).pk, []).append(row)
    for tie in ties:
        if tie.kind not in RelationshipKind.values:
            raise Invalid(f"Choose what the adult is to {tie.person.full_name}")
        has, source = tie.parental_responsibility, tie.responsibility_source
        if wrong := what_is_wrong_with_responsibility(has=has, source=source, kind=tie.kind):
            raise Invalid(wrong, f"tie_{tie.person.pk}_pr")
        if tie.person.pk not in parts or (parts[tie.person.pk] == Part.CHILD) == is_child:
            raise Invalid(f"{tie.person.full_name} cannot be chosen here. Reload the page to see who is in the family")
        new = Relationship(child=person if is_child else tie.person, adult=tie.person if is_child else person)
        for row in rows.pop(tie.person.pk, [new]):
            if row.pk and all(getattr(tie, name) == getattr(row, name) for name in SAID):
                continue
            for name in SAID:
                setattr(row, name, getattr(tie, name))
            row.save()
    for row in (row for found in rows.values() for row in found):
        row.delete()


def record_responsibility_at_birth(child, adult_id, responsibility) -> None:
    """Save whether this adult has parental responsibility for the child who is born, and where it comes from.
    ``responsibility``: (has it, source). Call inside ``acting()``.
    """
    has, source = responsibility
    rows = Relationship.objects.live().filter(child__in=records_of_person(child), adult=adult_id)
    for row in rows:
        if wrong := what_is_wrong_with_responsibility(has=has, source=source, kind=row.kind):
            raise Invalid(wrong, f"pr_{adult_id}")
        row.parental_responsibility, row.responsibility_source = has, source
        row.save()


def other_of(row, person) -> Person:
    """The other person of the row, as the kept record."""
    return _other(row, records_of_person(person))


def _other(row, mine) -> Person:
    other = row.adult if row.child_id in mine else row.child
    return other.merged_into or other


def _line(other, tie) -> str:
    said = [f"{other.full_name}: {RelationshipKind(tie.kind).label}"]
    has, source = tie.parental_responsibility, tie.responsibility_source
    said += [responsibility_in_words(has, source, False)] if has else []
    said += ["main carer"] if tie.main_carer else []
    return ", ".join(said)
