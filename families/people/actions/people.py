"""Adds people to a family, corrects them, records births, and removes people who were added by mistake.

All open families share one record of a person. A restricted family holds its own record, linked with the other."""

from collections.abc import Callable
from copy import copy

from django.db.models import ProtectedError, Q

from cpc.core.accounts.permissions import Permission, can_see, few_seen_by
from cpc.core.audit.door import acting
from cpc.core.audit.versions import versions
from cpc.core.kernel.characters import without_invisible
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.cases.models import Family
from families.people.actions.circles import (
    extend_conflicts,
    hold_pending_in_other_circles,
    link_records,
    record_death_in_every_circle,
)
from families.people.actions.concurrency import refuse_if_changed
from families.people.actions.households import put_at_home
from families.people.actions.relationships import other_of, put_ties, record_responsibility_at_birth, ties_between
from families.people.actions.same_names import store_additions_in
from families.people.actions.search_index import reindex_search
from families.people.choices import Part, Sex
from families.people.models import (
    ContactDetails,
    HouseholdMember,
    Involvement,
    Membership,
    Partnership,
    Person,
    PossibleDuplicate,
    Relationship,
)
from families.people.queries.household import living_in
from families.people.queries.identity import linked_records_of_person, record_in
from families.people.queries.merged_records import memberships_of, records_of_person
from families.people.rules.people import (
    is_case_system_id,
    is_nhs_number,
    is_upn,
    plain_nhs_number,
    plain_upn,
    what_is_wrong_with_being_born,
    what_is_wrong_with_birth,
    what_is_wrong_with_death,
    what_is_wrong_with_disabilities,
)

FIELDS = (
    "first_name", "last_name", "known_as", "is_unknown", "born_on", "expected_on", "died_on", "sex", "pronouns",
    "ethnicity", "religion", "disabilities", "authority_order", "case_system_id", "upn", "no_upn", "nhs_number",
    "first_language", "interpreter_needed", "communication_needs", "access_needs",
)  # fmt: skip


def add_person(*, by, family, part, last_name="", in_household=True, ties=(), **details) -> Person:
    """Add a person to the family, with their relationships to its children (a child: to its adults).

    ``details`` are the other fields of Person. An unborn child's sex is recorded as not known. A person who is not
    identified (``is_unknown``) needs no name, and is put in no household even with ``in_household``.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, part=str(part)):
        person = Person(last_name=last_name, **details)
        _check(person, part, by.on, is_new=True)
        _refuse_if_taken(by, person)
        person.save()
        Membership.objects.create(family=family, person=person, part=part)
        if in_household and not person.is_unknown:
            put_at_home(by, family, person, True, None)
        put_ties(family, person, part, ties)
        reindex_search(person, by.on)
        return person


def change_person(*, by, family, person, part=None, in_household=None, seen=None, **details) -> Person:
    """Change the given fields of the person and of their part in the family. Other fields stay.

    Raises Stale if somebody else saved the same fields first. A death is recorded in every circle.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = membership_of(family, person)
        person.refresh_from_db()
        given = {field: details[field] for field in FIELDS if field in details}
        if "disabilities" in given:
            given["disabilities"] = sorted(given["disabilities"])
        around = {"part": part, "in_household": in_household}
        around = {name: value for name, value in around.items() if value is not None}
        now = shown(person, membership)
        refuse_if_changed(now, (*given, *around), seen, given | around, now=now.version)
        is_new = part not in (None, membership.part) or any(
            field in given and given[field] != getattr(person, field) for field in ("born_on", "expected_on")
        )
        before = copy(person)
        for field, value in given.items():
            setattr(person, field, value)
        if person.born_on and "expected_on" not in given:
            person.expected_on = None  # the birth was told by a death
        _check(person, part or membership.part, by.on, is_new=is_new)
        if person.case_system_id != before.case_system_id:
            _refuse_if_taken(by, person)
        if part not in (None, membership.part) and Part.CHILD in (membership.part, part):
            _refuse_if_tied(person)
        person.save()
        if person.died_on != before.died_on:
            record_death_in_every_circle(person)
        if part:
            membership.part = part
            membership.save()
        if in_household is not None:
            put_at_home(by, family, person, in_household, by.on)
        reindex_search(person, by.on)
        return person


def remove_person(*, by, family, person, reason) -> None:
    """Remove a person who was added to the family by mistake. Raises Invalid if anything else names them."""
    if not reason.strip():
        raise Invalid("Say why you are removing this person", "reason")
    name = person.full_name
    with acting(by, Permission.RECORD_FAMILY, on=family, reason=reason.strip(), removed=name):
        if len(records_of_person(person)) > 1:
            raise Invalid(
                f"{name} stands for two records that were merged. Ask a manager to undo the merge first, "
                "then take out the one that should not be here",
                "reason",
            )
        try:
            Membership.objects.filter(family=family, person=person).delete()
            HouseholdMember.objects.filter(household__family=family, person=person).delete()
            if not person.memberships.exists():
                Relationship.objects.filter(Q(child=person) | Q(adult=person)).delete()
                Partnership.objects.filter(Q(one=person) | Q(other=person)).delete()
                person.other_names.all().delete()
                PossibleDuplicate.objects.filter(Q(one=person) | Q(other=person)).delete()
                person.addresses.all().delete()
                person.involvements.all().delete()
                ContactDetails.objects.filter(person=person).delete()
                person.delete()
            store_additions_in(family, *([person] if person.pk else ()))
        except ProtectedError:
            raise Invalid(
                f"{name} is named in an enquiry, conference, document or protection, so cannot be taken "
                "out. Change their details instead, or record that they do not live in the household.",
                "reason",
            ) from None


def membership_of(family, person) -> Membership:
    """The person's part in the family, locked; raises Invalid when they are no longer in it. For use inside an act."""
    membership = memberships_of(family, person).select_for_update(of=("self",)).first()
    if membership is None:
        raise Invalid("This person is no longer in the family. Go back to the family to see who is")
    return membership


class _Shown:
    """The values of a person and of their part in one family that a page shows."""

    def __init__(self, person, membership):
        self.__dict__.update({field: getattr(person, field) for field in FIELDS})
        self.disabilities = sorted(self.disabilities)
        self.part, self.in_household = membership.part, person.pk in living_in(membership.family)
        self.version = f"{versions(person, membership)}-{self.in_household}"


def shown(person, membership) -> _Shown:
    """The values that the pages of a person show, and their version."""
    return _Shown(person, membership)


def _check(person, part, on, *, is_new) -> None:
    for name in ("first_name", "last_name", "known_as"):
        setattr(person, name, without_invisible(getattr(person, name)))
    is_child = part == Part.CHILD
    _check_name(person, is_child)
    wrong = what_is_wrong_with_birth(
        is_child=is_child, born_on=person.born_on, expected_on=person.expected_on, on=on, is_new=is_new
    )
    if wrong:
        raise Invalid(wrong[1], wrong[0])
    if sentence := what_is_wrong_with_death(born_on=person.born_on, died_on=person.died_on, on=on):
        raise Invalid(sentence, "died_on")
    if not person.first_name and not person.is_unborn and not person.is_unknown:
        raise Invalid("Enter the first name, or their only name. If nobody knows it, write “Not known”", "first_name")
    if person.is_unborn:
        person.sex = Sex.UNKNOWN  # data rule 8750
    _check_numbers(person)
    if sentence := what_is_wrong_with_disabilities(person.disabilities):
        raise Invalid(sentence, "disabilities")
    if person.interpreter_needed and person.first_language.strip().lower() in ("", "english"):
        raise Invalid("Enter the language that the interpreter must speak", "first_language")


def _check_name(person, is_child) -> None:
    if person.is_unknown and is_child:
        raise Invalid("A child cannot be a person who is not identified. Give the name they are known by")
    if person.is_unknown and (person.first_name or person.last_name):
        raise Invalid("Clear the name, or say that it is known who this person is", "is_unknown")
    has_one_name = person.first_name and not person.is_unborn
    if not person.last_name and not person.is_unknown and not has_one_name:
        raise Invalid("Enter the last name", "last_name")


def _check_numbers(person) -> None:
    person.nhs_number = plain_nhs_number(person.nhs_number)
    if person.nhs_number and not is_nhs_number(person.nhs_number):
        raise Invalid("Check the NHS number: it has 10 digits and this is not a real one", "nhs_number")
    person.upn = plain_upn(person.upn)
    if person.upn and not is_upn(person.upn):
        raise Invalid("Check the UPN: it is a letter and 12 more characters, and this is not a real one", "upn")
    if person.upn and person.no_upn:
        raise Invalid("Give the UPN, or the reason why there is none, not both", "no_upn")
    person.case_system_id = person.case_system_id.strip()
    if person.case_system_id and not is_case_system_id(person.case_system_id):
        raise Invalid(
            "The number in the case system has up to 20 letters and digits, and nothing else", "case_system_id"
        )


def _refuse_if_taken(by, person) -> None:
    """Refuse a number that somebody else already has, if the user may see that person.

    A refusal because of a child they may not see would reveal that child. Then the number is accepted silently, and
    users who may see both records find two with one number.
    """
    if not person.case_system_id:
        return
    seen = Person.objects if by.kind == "system" else few_seen_by(by, Person)
    others = seen.filter(case_system_id__iexact=person.case_system_id)
    if taken := others.exclude(pk__in=linked_records_of_person(person) if person.pk else ()).first():
        families = Membership.objects.filter(person=taken, family__in=_families(by)).select_related("family")
        where = next((f" in the {row.family}" for row in families), "")
        raise Invalid(
            f"This number is already recorded for somebody{where}. Check it, or make the two records one",
            "case_system_id",
        )


def _families(by):
    return Family.objects.all() if by.kind == "system" else few_seen_by(by, Family)


def _refuse_if_tied(person) -> None:
    if Relationship.objects.live().filter(Q(child=person) | Q(adult=person)).exists():
        raise Invalid(
            "Others are recorded as relatives of this person as they are now. First clear who is who to them", "part"
        )


_after_birth: list[Callable[..., None]] = []


def follows_a_birth(do):
    """Register ``do(by, child)``, which is called in the act that records a birth."""
    if do not in _after_birth:
        _after_birth.append(do)
    return do


def record_birth(
    *, by, family, child, born_on, first_name, last_name, sex, nhs_number="", died_on=None, responsible=None,
    health_visiting=None,
) -> Person:  # fmt: skip
    """Record the birth and the name. With ``died_on`` the child has died, or was stillborn on that day.

    ``responsible``: by the id of an adult, whether they have parental responsibility now, and its source. What is
    recorded of other adults stays, and begins with the birth. ``health_visiting`` is the agency that knows the child
    from now on.

    Relatives, agencies, plan, decisions and invitations of the unborn child stay with the child.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, reason="The birth of a child", child=child.pk):
        membership_of(family, child)
        child.refresh_from_db()
        if not child.is_unborn:
            raise WrongState("Somebody has already recorded this birth. Go back to see what they saved.")
        wrong = what_is_wrong_with_being_born(born_on=born_on, expected_on=child.expected_on, died_on=died_on, on=by.on)
        if wrong:
            raise Invalid(wrong[1], wrong[0])
        child.first_name, child.last_name = without_invisible(first_name), without_invisible(last_name)
        if not child.first_name:
            raise Invalid("Enter the first name. If the baby has no name yet, write “Baby”", "first_name")
        child.nhs_number = plain_nhs_number(nhs_number) or child.nhs_number
        if child.nhs_number and not is_nhs_number(child.nhs_number):
            raise Invalid("Check the NHS number: it has 10 digits and this is not a real one", "nhs_number")
        child.born_on, child.died_on, child.expected_on = born_on, died_on, None
        child.sex = sex or Sex.UNKNOWN
        child.save()
        for adult, responsibility in (responsible or {}).items():
            record_responsibility_at_birth(child, adult, responsibility)
        hold_pending_in_other_circles(family, child)
        if died_on:
            record_death_in_every_circle(child)
        elif health_visiting:
            Involvement.objects.create(child=child, agency=health_visiting, from_on=by.on)
        reindex_search(child, by.on)
        for do in _after_birth:
            do(by, child)
        return child


# Fields that are filled if the record has no value yet. Existing values are never changed.
FILLED = (
    "known_as", "died_on", "pronouns", "ethnicity", "religion", "case_system_id", "upn", "nhs_number",
    "communication_needs", "access_needs",
)  # fmt: skip
# Identifying fields. The user who adds a person to another circle has seen and so confirms them.
WHO = ("first_name", "last_name", "is_unknown", "born_on", "expected_on", "sex")


def add_known_person(*, by, family, person, part, in_household=True, ties=(), details=None) -> Person:
    """Add a person who is already recorded to this family, with their relationships (``ties``).

    ``details`` fill fields that their record lacks and change no existing value. If this family's circle has no record
    of them yet, one is created from ``details`` and linked with the other.
    """
    details = details or {}
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk, part=str(part)):
        known = Person.objects.select_for_update(no_key=True).get(pk=person.merged_into_id or person.pk)
        if not can_see(by, known):
            raise NotPermitted("You cannot do this. Search for the person again.")
        here = record_in(family, known)
        if here is not None and memberships_of(family, here).exists():
            raise Invalid(f"{known.full_name} is already in this family. Nothing was added")
        person = here or Person(**{name: details.get(name) or getattr(known, name) for name in WHO})
        _fill(person, details)
        wrong = what_is_wrong_with_birth(
            is_child=part == Part.CHILD, born_on=person.born_on, expected_on=person.expected_on, on=by.on, is_new=True
        )
        if wrong:
            raise Invalid(wrong[1])
        person.save()
        Membership.objects.create(family=family, person=person, part=part)
        if here is None:
            link_records(known, person)
            person.refresh_from_db()
        extend_conflicts([person])
        if in_household:
            put_at_home(by, family, person, True, None)
        said = {other_of(row, person).pk for row in ties_between(family, person, part)}
        put_ties(family, person, part, [tie for tie in ties if tie.person.pk not in said])
        reindex_search(person, by.on)
        return person


def _fill(person, details) -> None:
    for field in FILLED:
        value = details.get(field)
        if value and not getattr(person, field) and not (field == "nhs_number" and not _is_number(value)):
            setattr(person, field, plain_nhs_number(value) if field == "nhs_number" else value)
    if not person.born_on and not person.expected_on:
        person.born_on = details.get("born_on")
        if not person.born_on:
            person.expected_on = details.get("expected_on")


def _is_number(value) -> bool:
    return is_nhs_number(plain_nhs_number(value))
