"""What an administrator does about accounts: the state after, the trail, and what is refused."""

import pytest
from allauth.mfa.models import Authenticator

from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import RoleHeld, RoleRequirement, Team, User
from cpc.core.accounts.tests.builders import a_council, a_user, last_event
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def by(council):
    return council.by("system_administrator")


def a_person(by, **changed):
    given = {"email": "New@Example.org", "first_name": "Nia", "last_name": "Rowe", "roles": [Role.CHAIR]}
    return actions.add_user(by=by, **given | changed)


def change(by, user, **changed):
    given = {
        "email": user.email, "first_name": user.first_name, "last_name": user.last_name, "team": user.team,
        "agency": user.agency, "is_active": True, "roles": list(user.roles_held.values_list("role", flat=True)),
    }  # fmt: skip
    return actions.change_user(by=by, user=user, **given | changed)


def test_add_user_keeps_the_account_its_roles_and_who_made_it(by):
    user = a_person(by)
    assert (user.email, user.has_usable_password()) == ("new@example.org", False)
    assert [held.role for held in user.roles_held.all()] == [Role.CHAIR]
    event = last_event()
    assert (event.act, event.by_id, event.details["roles"]) == ("manage accounts", by.id, ["chair"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"roles": []}, "roles"),
        ({"roles": [Role.SOCIAL_WORKER]}, "team"),
        ({"roles": [Role.PROFESSIONAL]}, "agency"),
        ({"roles": [Role.PROFESSIONAL, Role.CHAIR]}, "roles"),
    ],
)
def test_add_user_refuses_what_cannot_be_and_keeps_nothing(by, changed, field):
    with pytest.raises(Invalid) as refused:
        a_person(by, **changed)
    assert refused.value.field == field
    assert not User.objects.filter(first_name="Nia").exists()


def test_one_account_an_address_whatever_its_capitals(by):
    a_person(by)
    with pytest.raises(Invalid) as refused:
        a_person(by, email="NEW@example.ORG")
    assert refused.value.field == "email"


@pytest.mark.parametrize("who", ["service_manager", "administrator", "team_manager", "social_worker", "school"])
def test_nobody_but_a_system_administrator_manages_accounts(council, who):
    with pytest.raises(NotPermitted):
        a_person(council.by(who))


def test_a_closed_account_can_do_nothing_from_that_moment(council, by):
    change(by, council.users.chair, is_active=False)
    assert not council.by("chair").roles


def test_an_account_is_not_given_to_another_person(council, by):
    user = council.users.chair
    with pytest.raises(Invalid, match="An account belongs to one person"):
        change(by, user, email="li.moss@example.org", first_name="Li", last_name="Moss")
    assert User.objects.get(pk=user.pk).email == user.email


@pytest.mark.parametrize(
    ("changed", "ends"),
    [
        ({"email": "another@example.org"}, True),
        ({"first_name": "Li", "last_name": "Moss"}, True),
        ({"is_active": False}, True),
        ({"last_name": "Moss"}, False),
        ({"phone": "01632 960000", "job_title": "Chair"}, False),
    ],
)
def test_another_address_or_another_name_ends_the_password_and_the_second_factor(council, by, changed, ends):
    user = council.users.administrator
    user.set_password("a long sentence that nobody guesses")
    user.save(update_fields=["password"])
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    session = user.get_session_auth_hash()
    user = change(by, user, **changed)
    stored = User.objects.get(pk=user.pk)
    assert (not stored.has_usable_password(), session != stored.get_session_auth_hash()) == (ends, ends)
    assert Authenticator.objects.filter(user=user).exists() is not ends
    assert user.must_set_password is (ends and stored.is_active)


def test_roles_are_given_and_taken_away(council, by):
    change(by, council.users.chair, roles=[Role.ADMINISTRATOR])
    assert council.by("chair").roles == {Role.ADMINISTRATOR}


def test_nobody_closes_their_own_account_or_gives_themselves_a_role(council, by):
    myself = council.users.system_administrator
    with pytest.raises(Invalid):
        change(by, myself, is_active=False)
    with pytest.raises(Invalid, match="your own roles"):
        change(by, myself, roles=[Role.SYSTEM_ADMINISTRATOR, Role.SOCIAL_WORKER], team=council.team)
    assert council.by("system_administrator").roles == {Role.SYSTEM_ADMINISTRATOR}


def test_somebody_is_always_left_to_manage_accounts(council, by):
    other = a_user(Role.SYSTEM_ADMINISTRATOR)
    change(by, other, roles=[Role.CHAIR])
    assert RoleHeld.objects.filter(role=Role.SYSTEM_ADMINISTRATOR).count() == 1


def test_who_runs_a_team_stays_its_manager_until_another_is_named(council, by):
    with pytest.raises(Invalid, match="teams they manage"):
        change(by, council.users.team_manager, roles=[Role.SOCIAL_WORKER])
    actions.record_team(by=by, team=council.team, name="North team", kind=TeamKind.SOCIAL_WORK, manager=None)
    change(by, council.users.team_manager, roles=[Role.SOCIAL_WORKER])


def test_the_second_of_two_administrators_is_told(council, by):
    user = council.users.chair
    seen = user.version
    change(by, user, last_name="Ash", seen=seen)
    with pytest.raises(Stale) as refused:
        change(by, user, last_name="Ashbee", seen=seen)
    assert "Ashbee" in refused.value.mine
    assert "Gwen Ash" in refused.value.theirs


def test_a_team_is_run_by_somebody_who_can(council, by):
    with pytest.raises(Invalid) as refused:
        actions.record_team(by=by, name="East team", kind=TeamKind.SOCIAL_WORK, manager=council.users.chair)
    assert refused.value.field == "manager"
    assert not Team.objects.filter(name="East team").exists()


def test_a_second_factor_is_asked_of_the_roles_named_and_of_no_other(by):
    actions.require_second_factor(by=by, roles=[Role.CHAIR, Role.ADMINISTRATOR])
    actions.require_second_factor(by=by, roles=[Role.CHAIR])
    assert list(RoleRequirement.objects.filter(second_factor=True).values_list("role", flat=True)) == [Role.CHAIR]
