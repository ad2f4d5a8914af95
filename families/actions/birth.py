"""A child who was expected is born. They are the same person: what was planned for them stays theirs."""

from copy import copy

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families import rules
from families.actions.merge import found_as_now
from families.actions.people import membership_of, put
from families.choices import Sex
from families.models import Person
from families.queries.shut_people import person_shown


def record_birth(*, by, family, child, born_on, first_name, last_name, sex, nhs_number="", died_on=None) -> Person:
    """The child was born on that day, and has this name. With ``died_on`` they have died, or were stillborn that day.

    Everything that was recorded of the unborn child is theirs: relatives, agencies, plan, decisions, invitations.
    """
    with acting(by, Permission.RECORD_FAMILY, on=family, reason="The birth of a child", child=child.pk):
        membership_of(family, child)
        child.refresh_from_db()
        known = person_shown(by, child, family)
        if not known.is_unborn:
            raise WrongState("Somebody has already recorded this birth. Go back to see what they saved.")
        wrong = rules.what_is_wrong_with_being_born(
            born_on=born_on, expected_on=known.expected_on, died_on=died_on, on=by.on
        )
        if wrong:
            raise Invalid(wrong[1], wrong[0])
        now = copy(known)
        now.first_name, now.last_name = first_name.strip(), last_name.strip()
        if not now.last_name:
            raise Invalid("Enter the last name", "last_name")
        if not now.first_name:
            raise Invalid("Enter the first name. If the baby has no name yet, write “Baby”", "first_name")
        now.nhs_number = rules.plain_nhs_number(nhs_number) or known.nhs_number
        if now.nhs_number and not rules.is_nhs_number(now.nhs_number):
            raise Invalid("Check the NHS number: it has 10 digits and this is not a real one", "nhs_number")
        now.born_on, now.died_on, now.expected_on = born_on, died_on, None
        now.sex = sex or Sex.UNKNOWN
        put(child, known, now)
        found_as_now(child, by.on)
        return child
