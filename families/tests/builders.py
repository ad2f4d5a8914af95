"""Families for tests, made by the real actions. No real person is in them."""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta

from cpc.core.accounts.tests.builders import TODAY, Council, a_council, setting_up, viewer
from cpc.core.audit.tests.remembering import remembered
from families.cases.models import AccessGrant, DeclaredConflict, Family
from families.people.actions.circles import create_restricted_records
from families.people.actions.contact import record_address, record_contact
from families.people.actions.family import record_family
from families.people.actions.involvement import record_involvement
from families.people.actions.people import add_person
from families.people.actions.relationships import NewRelationship
from families.people.choices import Detail, Part, ProtectionSource, RelationshipKind, SafeContact
from families.people.models import MustNotLearn, MustNotMeet, Person, Protection
from families.protections.actions.no_contact import record_must_not_meet

K = RelationshipKind
_numbers = itertools.count(1)
OPENED_ON = date(2026, 11, 2)


def a_family(council=None, *, name="Marlow", worker=None, team=None, on=TODAY, opened_on=OPENED_ON) -> Family:
    """A family with nobody in it yet, held by the council's worker (or ``worker`` and their team)."""
    council = council or a_council()
    worker = worker or council.users.social_worker
    return record_family(
        by=viewer(worker, on), name=name, case_number=f"CN-{next(_numbers):05}", team=team or worker.team,
        social_worker=worker, opened_on=opened_on,
    )  # fmt: skip


def a_child(family, first_name="Rosa", *, born_on=date(2018, 5, 14), last_name="", by=None, **details) -> Person:
    """A child of the family, living in its household."""
    by = by or viewer(family.social_worker)
    if "expected_on" in details:
        born_on = None
    return add_person(
        by=by, family=family, part=Part.CHILD, first_name=first_name, last_name=last_name or family.name,
        born_on=born_on, **details,
    )  # fmt: skip


def an_adult(family, first_name, last_name="", *, part=Part.PARENT, ties=(), by=None, **details) -> Person:
    """An adult of the family. ``ties``: (child, kind, parental responsibility, main carer)."""
    by = by or viewer(family.social_worker)
    return add_person(
        by=by, family=family, part=part, first_name=first_name, last_name=last_name or family.name,
        ties=[NewRelationship(*tie) for tie in ties], **details,
    )  # fmt: skip


@dataclass
class Marlows:
    """The family of the journey: two children of two fathers, one unborn, their mother and grandmother."""

    council: Council
    family: Family
    rosa: Person
    theo: Person
    unborn: Person
    mother: Person
    rosas_father: Person
    theos_father: Person
    grandmother: Person
    worker: object = field(repr=False)

    @property
    def children(self):
        return [self.rosa, self.theo, self.unborn]


@remembered
def the_marlows(council=None, *, name="Marlow", worker=None, on=TODAY, opened_on=OPENED_ON) -> Marlows:
    """The Marlows: Rosa (8), Theo (2), unborn; Anna; Dan is Rosa's father, Lewis Theo's and the unborn's; Jean.

    Dan lives at a protected address and must not meet Lewis. Anna's safe contact is post, Dan's by hand; Lewis's is
    not known yet.
    """
    council = council or a_council()
    worker = worker or council.users.social_worker
    by = viewer(worker, on)
    family = a_family(council, name=name, worker=worker, on=on, opened_on=opened_on)
    rosa = a_child(family, "Rosa", born_on=date(2018, 5, 14), sex="F", by=by)
    theo = a_child(family, "Theo", born_on=date(2024, 2, 9), sex="M", by=by)
    unborn = a_child(family, "", expected_on=date(2027, 2, 3), by=by)
    mother = an_adult(
        family, "Anna", born_on=date(1994, 7, 1), by=by,
        ties=[(child, K.MOTHER, True, True) for child in (rosa, theo, unborn)],
    )  # fmt: skip
    rosas_father = an_adult(
        family, "Dan", "Pryce", in_household=False, by=by, born_on=date(1992, 1, 20), ties=[(rosa, K.FATHER, True)]
    )
    theos_father = an_adult(
        family, "Lewis", "Hart", by=by, born_on=date(1990, 9, 30),
        ties=[(theo, K.FATHER, True, True), (unborn, K.FATHER), (rosa, K.STEPFATHER)],
    )  # fmt: skip
    grandmother = an_adult(
        family, "Jean", part=Part.GRANDPARENT, in_household=False, by=by,
        ties=[(child, K.GRANDMOTHER) for child in (rosa, theo, unborn)],
    )  # fmt: skip
    record_address(
        by=by, family=family, person=mother, lines="14 Alder Lane\nNorthwick", postcode="ZZ1 1AA",
        also_for=[rosa, theo, theos_father],
    )  # fmt: skip
    record_address(
        by=by, family=family, person=rosas_father, lines="Flat 3, 9 Quarry Street\nEastwick", postcode="ZZ9 4QP",
        is_protected=True,
    )  # fmt: skip
    record_address(by=by, family=family, person=grandmother, lines="2 Mill Close\nNorthwick", postcode="ZZ1 2BB")
    record_contact(by=by, family=family, person=mother, safe_contact=SafeContact.POST, phone="07700 900111")
    record_contact(
        by=by, family=family, person=rosas_father, safe_contact=SafeContact.HAND, hand_by=worker, phone="07700 900222"
    )
    record_must_not_meet(
        by=by, family=family, one=rosas_father, other=theos_father, source=ProtectionSource.BAIL,
        reason="Dan is a witness against Lewis.",
    )  # fmt: skip
    known = {"school": [rosa], "gp": [rosa, theo], "health_visiting": [theo], "midwifery": [unborn]}
    for agency, children in known.items():
        record_involvement(
            by=by, family=family, children=children, agency=getattr(council.agencies, agency),
            professional=getattr(council.professionals, agency), from_on=opened_on,
        )  # fmt: skip
    return Marlows(council, family, rosa, theo, unborn, mother, rosas_father, theos_father, grandmother, worker)


def restrict(family, *, to=(), until=date(2027, 3, 31), by=None):
    """Only the users in ``to`` may see the family, which holds its own record of people who are in an open one too."""
    with setting_up():
        if not family.restricted:
            family.restricted = True
            family.save()
            create_restricted_records(family)
        for user in to:
            AccessGrant.objects.create(
                user=user,
                family=family,
                from_on=until - timedelta(days=180),
                until_on=until,
                granted_by=by or user,
                reason="Works with the family",
            )


def declare_conflict(user, family):
    """The user must not see the family."""
    with setting_up():
        DeclaredConflict.objects.create(user=user, family=family, reason="A neighbour")


def protect(address, **details):
    """The address is kept from everyone outside the case (or as ``details`` say)."""
    given = {"source": ProtectionSource.JUDGEMENT, "reason": "She fled from there"} | details
    with setting_up():
        return Protection.objects.create(person=address.person, detail=Detail.ADDRESS, address=address, **given)


def end_entries(on=TODAY):
    """Nothing is protected or withheld in any family any more, and nobody must not meet anybody."""
    with setting_up():
        for model in (Protection, MustNotLearn, MustNotMeet):
            model.objects.update(ended_on=on, end_reason="No longer needed")
