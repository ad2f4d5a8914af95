"""What any two people of a family are to each other: one relationship at a time, and couples. Dated, and ended."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families import rules
from families.actions.stale import refuse_if_changed
from families.actions.ties import alone
from families.choices import PARENTS, Part, PartnershipKind, RelationshipKind
from families.models import Partnership, Relationship
from families.queries.same_person import parts_in
from families.queries.shut import as_open_families_wrote
from families.queries.shut_people import name_shown

TIED = ("kind", "parental_responsibility", "main_carer", "from_on")
COUPLED = ("kind", "from_on", "to_on")


def record_relationship(
    *, by, family, adult, child, kind, parental_responsibility=False, main_carer=False, from_on=None
) -> Relationship:
    """``adult`` is ``kind`` to ``child``, who may be grown up; the inverse is read from the same row."""
    with acting(by, Permission.RECORD_FAMILY, on=family, adult=adult.pk, child=child.pk):
        if _shown_ties(by, adult=adult, child=child):
            whose, whom = (name_shown(by, one, family) for one in (adult, child))
            raise Invalid(
                f"What {whose} is to {whom} is already recorded. Change that, or end it first",
                "other",
            )
        row = Relationship(adult=adult, child=child)
        _put(by, family, row, kind, parental_responsibility, main_carer, from_on)
        try:
            with transaction.atomic():
                alone(row)
                row.save()
        except IntegrityError:  # somebody recorded the same in the same moment
            raise Invalid("What they are to each other has just been recorded by somebody else", "other") from None
        return row


def change_relationship(
    *, by, family, relationship, kind, parental_responsibility=False, main_carer=False, from_on=None, seen=None
) -> Relationship:
    """The relationship is as given; raises Stale when somebody else saved first, WrongState when it has ended."""
    with acting(by, Permission.RECORD_FAMILY, on=family, relationship=relationship.pk):
        row = _standing(relationship)
        given = {
            "kind": kind, "parental_responsibility": parental_responsibility, "main_carer": main_carer,
            "from_on": from_on,
        }  # fmt: skip
        refuse_if_changed(row, TIED, seen, given)
        _put(by, family, row, kind, parental_responsibility, main_carer, from_on)
        row.save()
        return row


def end_relationship(*, by, family, relationship, to_on) -> Relationship:
    """The relationship is over from ``to_on``: it stays on the record, and carries no responsibility and no care."""
    with acting(by, Permission.RECORD_FAMILY, on=family, relationship=relationship.pk):
        row = _standing(relationship)
        _refuse_strangers(family, row.adult, row.child)
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
    """The relationship, recorded by mistake, stands only in the history of the record."""
    with acting(by, Permission.RECORD_FAMILY, on=family, reason=reason.strip(), relationship=relationship.pk):
        _refuse_strangers(family, relationship.adult, relationship.child)
        if not reason.strip():
            raise Invalid("Say what the mistake was", "reason")
        Relationship.objects.filter(pk=relationship.pk).delete()


def record_partnership(*, by, family, one, other, kind, from_on=None) -> Partnership:
    """The two adults are a couple, or were."""
    with acting(by, Permission.RECORD_FAMILY, on=family, one=one.pk, other=other.pk):
        if one.pk == other.pk:
            raise Invalid("Choose two different people", "other")
        parts = _refuse_strangers(family, one, other)
        if Part.CHILD in parts.values():
            raise Invalid("A couple is two adults. Choose somebody who is not a child of the family", "other")
        both = Q(one=one, other=other) | Q(one=other, other=one)
        couples = as_open_families_wrote(by, Partnership.objects.filter(both), "one_id", "other_id")
        if any(couple.to_on is None for couple in couples):
            raise Invalid("They are already recorded as a couple. Change that", "other")
        ties = [*_shown_ties(by, adult=one, child=other), *_shown_ties(by, adult=other, child=one)]
        if any(tie.kind in rules.kin.OLDER for tie in ties):
            raise Invalid("One of them is recorded as a parent or grandparent of the other", "other")
        _check_couple(by, kind, from_on, None)
        return Partnership.objects.create(one=one, other=other, kind=kind, from_on=from_on)


def change_partnership(*, by, family, partnership, kind, from_on=None, to_on=None, seen=None) -> Partnership:
    """The couple is as given; with ``to_on`` they are a couple no more. Raises Stale when somebody else saved first."""
    with acting(by, Permission.RECORD_FAMILY, on=family, partnership=partnership.pk):
        _refuse_strangers(family, partnership.one, partnership.other)
        partnership.refresh_from_db()
        refuse_if_changed(partnership, COUPLED, seen, {"kind": kind, "from_on": from_on, "to_on": to_on})
        _check_couple(by, kind, from_on, to_on)
        partnership.kind, partnership.from_on, partnership.to_on = kind, from_on, to_on
        partnership.save()
        return partnership


def _shown_ties(by, **between) -> list[Relationship]:
    """What stands between two records as ``by`` is shown it."""
    rows = as_open_families_wrote(by, Relationship.objects.filter(**between), "child_id", "adult_id")
    return [row for row in rows if row.to_on is None]


def _standing(relationship) -> Relationship:
    row = Relationship.objects.select_for_update(of=("self",)).select_related("adult", "child").get(pk=relationship.pk)
    if row.to_on:
        raise WrongState("Somebody has already recorded that this is over.")
    return row


def _put(by, family, row, kind, responsible, carer, from_on) -> None:
    if row.adult.pk == row.child.pk:
        raise Invalid("Choose two different people", "other")
    parts = _refuse_strangers(family, row.adult, row.child)
    if kind not in RelationshipKind.values:
        raise Invalid("Choose what they are", "kind")
    wrong = rules.what_is_wrong_with_relationship(
        kind=kind, adult_born_on=row.adult.born_on, child_born_on=row.child.born_on or row.child.expected_on
    )
    if wrong:
        raise Invalid(wrong, "kind")
    if kind in PARENTS and rules.is_own_ancestor(row.child.pk, row.adult.pk, _parents(row)):
        raise Invalid("That would make somebody their own ancestor. Check which way round they are related", "kind")
    if (responsible or carer) and parts[row.child.pk] != Part.CHILD:
        raise Invalid("Parental responsibility and care are recorded for a child of the family only", "more")
    if from_on and from_on > by.on:
        raise Invalid("The day must be today or in the past", "from_on")
    row.kind, row.from_on = kind, from_on
    row.parental_responsibility, row.main_carer = responsible, carer


def _parents(row) -> dict[int, frozenset[int]]:
    """The parents of everybody above the adult, generation by generation."""
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


def _refuse_strangers(family, *people) -> dict[int, str]:
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
