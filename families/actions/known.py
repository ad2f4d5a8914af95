"""Somebody who is already on the record is in one more family: the same person, not a second record."""

from copy import copy

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families import rules
from families.actions.households import put_at_home
from families.actions.merge import found_as_now
from families.actions.people import put
from families.actions.ties import other_of, put_ties, ties_between
from families.choices import Part
from families.models import Membership, Person
from families.queries.same_person import memberships_of
from families.queries.shut_people import person_shown

# What is added to the record where it has nothing yet. Where it says something else, the record stays.
FILLED = (
    "known_as", "died_on", "pronouns", "ethnicity", "religion", "case_system_id", "upn", "nhs_number",
    "communication_needs", "access_needs",
)  # fmt: skip


def add_known_person(*, by, family, person, part, in_household=True, ties=(), details=None) -> Person:
    """The person, who is already on the record, is in this family too, with what they are to its people.

    What was typed in ``details`` fills what their record lacks, and changes nothing that it says.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, person=person.pk, part=str(part)):
        person = Person.objects.select_for_update(no_key=True).get(pk=person.merged_into_id or person.pk)
        if not can_see(by, person):
            raise NotPermitted("You cannot do this. Search for the person again.")
        if memberships_of(family, person).exists():
            raise Invalid(f"{person.full_name} is already in this family. Nothing was added")
        known = person_shown(by, person, family)
        now = copy(known)
        _fill(now, details or {})
        wrong = rules.what_is_wrong_with_birth(
            is_child=part == Part.CHILD, born_on=now.born_on, expected_on=now.expected_on, on=by.on, is_new=True
        )
        if wrong:
            raise Invalid(wrong[1])
        put(person, known, now)
        Membership.objects.create(family=family, person=person, part=part)
        if in_household:
            put_at_home(by, family, person, True, None)
        said = {other_of(row, person).pk for row in ties_between(by, family, person, part)}
        put_ties(family, person, part, [tie for tie in ties if tie.person.pk not in said])
        found_as_now(person, by.on)
        return person


def _fill(person, details) -> None:
    for field in FILLED:
        value = details.get(field)
        if value and not getattr(person, field) and not (field == "nhs_number" and not _is_number(value)):
            setattr(person, field, rules.plain_nhs_number(value) if field == "nhs_number" else value)
    if not person.born_on and not person.expected_on:
        person.born_on = details.get("born_on")
        if not person.born_on:
            person.expected_on = details.get("expected_on")


def _is_number(value) -> bool:
    return rules.is_nhs_number(rules.plain_nhs_number(value))
