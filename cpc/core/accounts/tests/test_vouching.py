"""Accounts do not clear each other: who looks at one was looked at, and the first was vouched for outside."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction

from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.deadlines import duties
from cpc.core.accounts.models import AccountCheck, User
from cpc.core.accounts.tests.builders import a_council, a_user, last_event, setting_up, viewer
from cpc.core.accounts.tests.test_actions import a_person, change
from cpc.core.kernel.refusals import NotPermitted

pytestmark = pytest.mark.django_db
JO = "Jo Bright, director of children’s services"


def vouch(*given):
    said = io.StringIO()
    call_command("vouch_for_account", *given, stdout=said)
    return said.getvalue()


def a_manager(by, name):
    return a_person(by, email=f"{name.lower()}@example.org", first_name=name, roles=[Role.SERVICE_MANAGER])


def look_at(user, by):
    return actions.check_account(by=viewer(by), check=user.checks.get(), is_right=True)


@pytest.fixture
def by():
    """The administrator of a service that has no manager yet."""
    return viewer(a_user(Role.SYSTEM_ADMINISTRATOR, first_name="Lee", last_name="Stone"))


def test_two_invented_managers_do_not_clear_each_other():
    council = a_council()
    admin = council.by("system_administrator")
    one, other = a_manager(admin, "Una"), a_manager(admin, "Otto")
    for user, manager in ((one, other), (other, one)):
        with pytest.raises(NotPermitted):
            look_at(user, manager)
    assert [duty.owners for duty in duties()] == [{council.users.service_manager.pk}] * 2
    look_at(one, council.users.service_manager)
    look_at(other, one)
    assert duties() == []


def test_an_invented_administrator_agrees_to_no_second_account():
    council = a_council()
    admin = council.by("system_administrator")
    invented = a_person(admin, email="una@example.org", first_name="Una", roles=[Role.SYSTEM_ADMINISTRATOR])
    second = a_person(admin, email="b@example.org", first_name="Gwen", last_name="Ashby", why_second="She asks for it")
    check = second.checks.get(kind="second")
    with pytest.raises(NotPermitted):
        actions.check_account(by=viewer(invented), check=check, is_right=True)
    look_at(invented, council.users.service_manager)
    actions.check_account(by=viewer(invented), check=check, is_right=True)


def test_a_manager_whose_address_was_changed_looks_at_no_account_until_another_has_looked_at_theirs():
    council = a_council()
    admin, manager = council.by("system_administrator"), council.users.service_manager
    change(admin, manager, email="taken@example.org")
    new = a_person(admin)
    with pytest.raises(NotPermitted):
        look_at(new, manager)


def test_the_first_manager_is_vouched_for_outside_by_name_and_then_looks_at_the_others(by):
    first, chair = a_manager(by, "Ruth"), a_person(by)
    assert [(duty.kind, duty.owners) for duty in duties()] == [("vouch_for_account", {by.id})] * 2
    assert "Ruth Rowe (ruth@example.org): Conference service manager" in vouch()
    assert "vouched for by Jo Bright" in vouch("Ruth@example.org", JO)
    event = last_event()
    assert (event.by_name, event.details["vouched_by"]) == ("The system", JO)
    assert first.checks.get().vouched_by == JO
    [duty] = duties()
    assert (duty.says, duty.owners) == ("Check an account with wide rights: Nia Rowe", {first.pk})
    look_at(chair, first)


def test_where_a_manager_can_look_nobody_is_vouched_for(by):
    a_person(a_council().by("system_administrator"))
    with pytest.raises(CommandError, match="Ruth Vane can look at this account: it is on their work list"):
        vouch("new@example.org", JO)
    assert "No account waits" in vouch()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Say who vouches"),
        ("Jo Bright", "with their post"),
        ("rowe  RUTH, manager", "Ruth Rowe cannot vouch for this account"),
        ("Lee Stone, ICT", "Lee Stone cannot vouch for this account"),
    ],
)
def test_nobody_vouches_for_themselves_or_for_an_account_that_they_made(by, name, says):
    first = a_manager(by, "Ruth")
    with pytest.raises(CommandError, match=says):
        vouch("ruth@example.org", name)
    assert first.checks.get().decided_at is None


def test_an_account_that_waits_for_nothing_or_is_not_there_is_named(by):
    with pytest.raises(CommandError, match="waits for no check"):
        vouch(User.objects.get(pk=by.id).email, JO)
    with pytest.raises(CommandError, match="There is no account with the email address “x@"):
        vouch("x@example.org", JO)


def test_the_page_of_accounts_lists_those_to_be_vouched_for(by, client):
    first = a_manager(by, "Ruth")
    client.force_login(first.checks.get().asked_by)
    page = client.get("/people/").content.decode()
    assert "manage.py vouch_for_account" in page and "Ruth Rowe, ruth@example.org" in page
    vouch("ruth@example.org", JO)
    assert "vouch_for_account" not in client.get("/people/").content.decode()


def test_the_database_takes_no_decision_without_somebody_who_made_it(by):
    check = a_manager(by, "Ruth").checks.get()
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        AccountCheck.objects.filter(pk=check.pk).update(decided_at=check.asked_at, is_right=True)
