"""Two people of one name are told apart wherever staff are chosen."""

from copy import deepcopy

import pytest

from conferences.convening.forms.booking import BookForm
from conferences.convening.forms.invitations import ProfessionalForm
from conferences.convening.queries.booking import chairs
from cpc.core.accounts.choices import AgencyKind, Role
from cpc.core.accounts.forms import TeamForm
from cpc.core.accounts.models import User
from cpc.core.accounts.staff_names import StaffChoice, told_apart
from cpc.core.accounts.tests.builders import a_council, a_team, a_user, an_agency

pytestmark = pytest.mark.django_db


def a_namesake(*roles, **fields):
    return a_user(*roles, first_name="Gwen", last_name="Ashby", **fields)


def labels(field):
    return [str(label) for value, label in field.choices if value]


def test_one_of_a_name_is_called_by_it_and_two_by_their_team():
    one, other, third = a_namesake(team=a_team("North")), a_namesake(team=a_team("South")), a_user(last_name="Lund")
    called = told_apart([one, other, third], str)
    assert called == {one.pk: "Gwen Ashby (North)", other.pk: "Gwen Ashby (South)", third.pk: "Sam Lund"}


def test_two_of_a_name_in_one_team_are_told_apart_by_the_address_with_which_they_sign_in():
    team = a_team("North")
    one, other = a_namesake(team=team, email="gwen@example.org"), a_namesake(team=team, email="g.ashby@example.org")
    assert list(told_apart([one, other]).values()) == [
        "Gwen Ashby (North), gwen@example.org", "Gwen Ashby (North), g.ashby@example.org",
    ]  # fmt: skip


def test_capitals_do_not_make_another_name():
    one, other = a_namesake(team=a_team("North")), a_user(first_name="GWEN", last_name="ASHBY", team=a_team("South"))
    assert set(told_apart([one, other], str).values()) == {"Gwen Ashby (North)", "GWEN ASHBY (South)"}


def test_a_list_takes_one_query_more_than_its_people(django_assert_num_queries):
    for number in range(4):
        a_namesake(team=a_team(f"Team {number}"))
    field = StaffChoice(queryset=User.objects.filter(first_name="Gwen"))
    with django_assert_num_queries(2):
        assert len(set(labels(field))) == 4


def test_two_chairs_of_one_name_are_told_apart_where_a_conference_is_booked_and_a_team_gets_its_manager():
    council = a_council()
    a_namesake(Role.CHAIR, team=council.service, email="second@example.org")
    a_namesake(Role.TEAM_MANAGER, team=council.team)
    a_namesake(Role.TEAM_MANAGER, team=council.other_team)
    form = BookForm()
    form.fields["chair"].queryset = chairs()
    found = labels(form.fields["chair"])
    assert "Gwen Ashby (Conference service), second@example.org" in found and "Kofi Lund" in found
    assert len(found) == len(set(found))
    managers = labels(TeamForm().fields["manager"])
    assert {"Gwen Ashby (North team)", "Gwen Ashby (South team)", "Dele Okoro"} <= set(managers)


def test_two_professionals_of_one_name_and_job_are_told_apart_where_they_are_invited():
    school = an_agency(AgencyKind.SCHOOL, "Mill School")
    for email in ("one@example.org", "two@example.org"):
        a_namesake(Role.PROFESSIONAL, agency=school, job_title="Teacher", email=email)
    field = deepcopy(ProfessionalForm.base_fields["user"])
    field.queryset = User.objects.filter(agency=school).order_by("pk")
    assert labels(field) == ["Gwen Ashby (Mill School), one@example.org", "Gwen Ashby (Mill School), two@example.org"]
