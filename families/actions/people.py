"""The people of a family: added, corrected, taken out when they were added by mistake."""

from copy import copy

from django.db.models import ProtectedError, Q

from cpc.core.accounts.permissions import Permission, seen_by
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from families import rules
from families.actions.households import put_at_home
from families.actions.merge import found_as_now
from families.actions.stale import refuse_if_changed
from families.actions.ties import put_ties
from families.choices import Part, Sex
from families.models import (
    ContactDetails,
    Family,
    HouseholdMember,
    Membership,
    Partnership,
    Person,
    PossibleDuplicate,
    Relationship,
)
from families.queries.household import living_in
from families.queries.same_person import everyone_who_is, memberships_of
from families.queries.shut import as_open_families_wrote
from families.queries.shut_people import name_shown, people_shown, person_shown

FIELDS = (
    "first_name", "last_name", "known_as", "is_unknown", "born_on", "expected_on", "died_on", "sex", "pronouns",
    "ethnicity", "religion", "disabilities", "case_system_id", "upn", "no_upn", "nhs_number", "first_language",
    "interpreter_needed", "communication_needs", "access_needs",
)  # fmt: skip


def add_person(*, by, family, part, last_name="", in_household=True, ties=(), **details) -> Person:
    """The person is in the family, with what they are to its children (or its adults to them).

    ``details`` are the other fields of Person. An unborn child's sex is recorded as not known. Of somebody whom nobody
    knows (``is_unknown``) no name is needed, and they live in no household, whatever was left ticked.
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
        found_as_now(person, by.on)
        return person


def change_person(*, by, family, person, part=None, in_household=None, seen=None, **details) -> Person:
    """The person and their part in the family are as given, and what is not given is as it was.

    Raises Stale when somebody else has saved what was given here first. Of what a family that is closed to ``by`` has
    written, nothing is changed but what they say otherwise, and nothing is told.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk):
        membership = membership_of(family, person)
        person.refresh_from_db()
        known = person_shown(by, person, family)
        given = {field: details[field] for field in FIELDS if field in details}
        if "disabilities" in given:
            given["disabilities"] = sorted(given["disabilities"])
        around = {"part": part, "in_household": in_household}
        around = {name: value for name, value in around.items() if value is not None}
        refuse_if_changed(shown(known, membership), (*given, *around), seen, given | around)
        is_new = part not in (None, membership.part) or any(
            field in given and given[field] != getattr(known, field) for field in ("born_on", "expected_on")
        )
        now = copy(known)
        for field, value in given.items():
            setattr(now, field, value)
        if now.born_on and "expected_on" not in given:
            now.expected_on = None  # said by a family that was not told of the birth
        _check(now, part or membership.part, by.on, is_new=is_new)
        if now.case_system_id != known.case_system_id:
            _refuse_if_taken(by, now)
        if part not in (None, membership.part) and Part.CHILD in (membership.part, part):
            _refuse_if_tied(by, person)
        put(person, known, now)
        if part:
            membership.part = part
            membership.save()
        if in_household is not None:
            put_at_home(by, family, person, in_household, by.on)
        found_as_now(person, by.on)
        return person


def remove_person(*, by, family, person, reason) -> None:
    """The person, added by mistake, is in the family no more; raises Invalid when anything else names them."""
    if not reason.strip():
        raise Invalid("Say why this person should not be here", "reason")
    name = name_shown(by, person, family)
    with acting(by, Permission.RECORD_FAMILY, on=family, reason=reason.strip(), removed=name):
        if len(everyone_who_is(person)) > 1:
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


def put(person, known, now) -> None:
    """What ``now`` says otherwise than ``known``, which its writer was shown, is on the record. For use in an act."""
    written = {field: getattr(now, field) for field in FIELDS if getattr(now, field) != getattr(known, field)}
    unseen = {field: getattr(known, field) for field in written if getattr(person, field) == written[field]}
    if unseen:
        # A closed family wrote the same before. The history has to say that this one did too, so it goes by what was
        # known here.
        _set(person, unseen)
        person.save()
    _set(person, written)
    person.save()


def _set(person, values) -> None:
    for field, value in values.items():
        setattr(person, field, value)


class _Shown:
    """A person and their part in one family, as one page shows them."""

    def __init__(self, person, membership):
        self.__dict__.update({field: getattr(person, field) for field in FIELDS})
        self.disabilities = sorted(self.disabilities)
        self.part, self.in_household = membership.part, person.pk in living_in(membership.family)


def shown(person, membership) -> _Shown:
    """What the pages of a person show, to be marked with a stamp."""
    return _Shown(person, membership)


def _check(person, part, on, *, is_new) -> None:
    person.last_name, person.first_name = person.last_name.strip(), person.first_name.strip()
    is_child = part == Part.CHILD
    _check_name(person, is_child)
    wrong = rules.what_is_wrong_with_birth(
        is_child=is_child, born_on=person.born_on, expected_on=person.expected_on, on=on, is_new=is_new
    )
    if wrong:
        raise Invalid(wrong[1], wrong[0])
    if sentence := rules.what_is_wrong_with_death(born_on=person.born_on, died_on=person.died_on, on=on):
        raise Invalid(sentence, "died_on")
    if not person.first_name and not person.is_unborn and not person.is_unknown:
        raise Invalid("Enter the first name. If nobody knows it, write “Not known”", "first_name")
    if person.is_unborn:
        person.sex = Sex.UNKNOWN  # data rule 8750
    _check_numbers(person)
    if sentence := rules.what_is_wrong_with_disabilities(person.disabilities):
        raise Invalid(sentence, "disabilities")
    if person.interpreter_needed and person.first_language.strip().lower() in ("", "english"):
        raise Invalid("Enter the language that the interpreter must speak", "first_language")


def _check_name(person, is_child) -> None:
    if person.is_unknown and is_child:
        raise Invalid("A child cannot be somebody whom nobody knows. Give the name by which they are spoken of")
    if person.is_unknown and (person.first_name or person.last_name):
        raise Invalid("Clear the name, or say that it is known who this person is", "is_unknown")
    if not person.last_name and not person.is_unknown:
        raise Invalid("Enter the last name", "last_name")


def _check_numbers(person) -> None:
    person.nhs_number = rules.plain_nhs_number(person.nhs_number)
    if person.nhs_number and not rules.is_nhs_number(person.nhs_number):
        raise Invalid("Check the NHS number: it has 10 digits and this is not a real one", "nhs_number")
    person.upn = rules.plain_upn(person.upn)
    if person.upn and not rules.is_upn(person.upn):
        raise Invalid("Check the UPN: it is a letter and 12 more characters, and this is not a real one", "upn")
    if person.upn and person.no_upn:
        raise Invalid("Give the UPN, or the reason why there is none, not both", "no_upn")
    person.case_system_id = person.case_system_id.strip()
    if person.case_system_id and not rules.is_case_system_id(person.case_system_id):
        raise Invalid(
            "The number in the case system has up to 20 letters and digits, and nothing else", "case_system_id"
        )


def _refuse_if_taken(by, person) -> None:
    """Of a number that somebody else has, a person is told only where they may see whose it is.

    A refusal because of a child whom they may not see would say that there is such a child. So it is taken without a
    word, and the two records stand beside each other for those who may see both.
    """
    if not person.case_system_id:
        return
    seen = Person.objects if by.kind == "system" else seen_by(by, Person)
    others = seen.filter(case_system_id__iexact=person.case_system_id).exclude(pk=person.pk)
    others = people_shown(by, others.exclude(merged_into=person.pk) if person.pk else others)
    number = person.case_system_id.casefold()
    if taken := next((one for one in others if one.case_system_id.casefold() == number), None):
        families = Membership.objects.filter(person=taken, family__in=_families(by)).select_related("family")
        where = next((f" in the {row.family}" for row in families), "")
        raise Invalid(
            f"This number is already recorded for somebody{where}. Check it, or make the two records one",
            "case_system_id",
        )


def _families(by):
    return Family.objects.all() if by.kind == "system" else seen_by(by, Family)


def _refuse_if_tied(by, person) -> None:
    tied = Relationship.objects.live().filter(Q(child=person) | Q(adult=person))
    if as_open_families_wrote(by, tied, "child_id", "adult_id"):
        raise Invalid(
            "Others are recorded as relatives of this person as they are now. First clear who is who to them", "part"
        )
