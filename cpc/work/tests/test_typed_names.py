"""Every name that somebody types loses the characters that nobody sees, and those that turn a line round."""

import pytest

from conferences.convening.forms.booking import RoomForm
from conferences.meeting.forms.attendance import NewcomerForm
from cpc.core.accounts.forms import AgencyForm, TeamForm, UserForm
from cpc.core.policy.forms import BankHolidayForm, WordsForm
from cpc.core.web.fields import NameField
from families.people.forms.family import FamilyForm
from families.people.forms.households import HouseholdForm

NAMES = [
    *((form, "name") for form in (RoomForm, NewcomerForm, AgencyForm, TeamForm, BankHolidayForm, FamilyForm)),
    (HouseholdForm, "name"), (UserForm, "first_name"), (UserForm, "last_name"),
    (WordsForm, "authority_name"), (WordsForm, "service_name"), (WordsForm, "independent_advice"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "name"), NAMES, ids=[f"{form.__name__}-{name}" for form, name in NAMES])
def test_a_name_that_is_typed_anywhere_loses_what_nobody_sees(form, name):
    field = form.base_fields[name]
    assert isinstance(field, NameField)
    assert field.bound_data("Mill\u202e Road\u200b Surgery", None) == "Mill Road Surgery"
