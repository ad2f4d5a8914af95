"""What a role or an account opened ends with it, and does not come back when the role or the account does."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.actions.feeds import make_feed
from conferences.convening.permissions import acting_chairs
from conferences.tests.builders import a_booked_conference
from cpc.core.accounts import actions
from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.holdings import what_is_held
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.permissions import can_see
from cpc.core.accounts.tests.builders import PASSWORD, TODAY, a_user, setting_up, viewer
from families.access.actions.emergency import open_in_emergency
from families.tests.builders import restrict

pytestmark = pytest.mark.django_db
UNTIL = TODAY + timedelta(days=14)


@pytest.fixture
def convened():
    with time_machine.travel(f"{TODAY} 09:00+00:00", tick=True):
        yield a_booked_conference()


def a_diary_link(convened, client):
    address = reverse("conferences:diary_file", args=[make_feed(by=convened.by("chair"))])
    return convened.council.users.chair, lambda: client.get(address).status_code == 200


def acting_for_a_chair(convened, client):
    other = convened.council.users.other_chair
    name_acting_chair(by=convened.by("service_manager"), conference=convened.conference, user=other, reason="Ill.")
    return other, lambda: acting_chairs(viewer(other)).exists()


def a_cover(convened, client, *roles):
    council = convened.council
    user = a_user(*(roles or [Role.SOCIAL_WORKER]), team=council.other_team)
    with setting_up():
        TeamCover.objects.create(
            user=user, team=council.team, kind=CoverKind.COVER, from_on=TODAY, until_on=UNTIL, reason="Leave.",
            granted_by=council.users.team_manager,
        )  # fmt: skip
    return user, lambda: council.team.pk in viewer(user).covers


def a_cover_as_manager(convened, client):
    user, _ = a_cover(convened, client, Role.TEAM_MANAGER)
    return user, lambda: convened.council.team.pk in viewer(user).teams_run


def standing_in(convened, client):
    council = convened.council
    user = a_user(Role.SOCIAL_WORKER, team=council.team)
    with setting_up():
        TeamCover.objects.create(
            user=user, team=council.team, absent=council.users.social_worker, kind=CoverKind.COVER, from_on=TODAY,
            until_on=UNTIL, reason="Leave.", granted_by=council.users.team_manager,
        )  # fmt: skip
    return user, lambda: council.users.social_worker.pk in viewer(user).stands_in_for


def a_named_access(convened, client):
    user, family = convened.council.users.other_worker, convened.marlows.family
    restrict(family, to=[user])
    return user, lambda: can_see(viewer(user), family)


def an_emergency(convened, client):
    user, family = convened.council.users.other_worker, convened.marlows.family
    open_in_emergency(by=viewer(user), number=family.case_number, reason="The child is at the station alone tonight.")
    return user, lambda: can_see(viewer(user), family)


OPENED = [
    a_diary_link, acting_for_a_chair, a_cover, a_cover_as_manager, standing_in, a_named_access, an_emergency,
]  # fmt: skip


def change(convened, user, roles, *, is_active=True):
    """Change the roles of the account, or close it, with everything handed over to the manager."""
    user = User.objects.get(pk=user.pk)
    return actions.change_user(
        by=convened.by("system_administrator"), user=user, email=user.email, first_name=user.first_name,
        last_name=user.last_name, roles=roles, is_active=is_active, team=user.team, agency=user.agency,
        to={one.kind.key: None for one in what_is_held(user, TODAY) if one.kind.is_chosen},
    )  # fmt: skip


def roles_of(user):
    return list(user.roles_held.values_list("role", flat=True))


@pytest.mark.parametrize("opened", OPENED, ids=lambda one: one.__name__)
def test_what_a_role_opened_does_not_come_back_with_the_role(opened, convened, client):
    user, is_open = opened(convened, client)
    roles = roles_of(user)
    assert is_open()
    change(convened, user, [Role.SYSTEM_ADMINISTRATOR])
    assert not is_open()
    change(convened, user, roles)
    assert not is_open()


@pytest.mark.parametrize("opened", OPENED, ids=lambda one: one.__name__)
def test_what_an_account_opened_does_not_come_back_when_it_is_opened_again(opened, convened, client):
    user, is_open = opened(convened, client)
    roles = roles_of(user)
    assert is_open()
    change(convened, user, roles, is_active=False)
    assert not is_open()
    change(convened, user, roles)
    assert not is_open()


def test_a_manager_who_stays_a_social_worker_runs_no_covered_team_when_the_role_is_given_back(convened, client):
    user, _ = a_cover(convened, client, Role.SOCIAL_WORKER, Role.TEAM_MANAGER)
    assert convened.council.team.pk in viewer(user).teams_run
    change(convened, user, [Role.SOCIAL_WORKER])
    change(convened, user, [Role.SOCIAL_WORKER, Role.TEAM_MANAGER])
    assert convened.council.team.pk not in viewer(user).teams_run


def test_a_role_more_ends_nothing(convened, client):
    user, is_open = a_diary_link(convened, client)
    change(convened, user, [Role.CHAIR, Role.SERVICE_MANAGER])
    assert is_open()


def test_an_account_that_is_opened_again_has_neither_its_password_nor_its_sessions(convened, client, mailoutbox):
    user = a_user(Role.SOCIAL_WORKER, team=convened.council.team, password=PASSWORD)
    client.force_login(user)
    home = reverse("work:home")
    assert client.get(home).status_code == 200
    change(convened, user, [Role.SOCIAL_WORKER], is_active=False)
    assert client.get(home).status_code == 302
    change(convened, user, [Role.SOCIAL_WORKER])
    assert client.get(home).status_code == 302
    assert not User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_who_has_their_account_again_is_sent_a_link_to_set_another_password(convened, client, mailoutbox):
    user = convened.council.users.other_worker
    change(convened, user, roles_of(user), is_active=False)
    client.force_login(convened.council.users.system_administrator)
    given = {
        "email": user.email, "first_name": user.first_name, "last_name": user.last_name, "roles": roles_of(user),
        "team": user.team_id, "is_active": "yes",
    }  # fmt: skip
    page = client.post(reverse("accounts:user", args=[user.pk]), given, follow=True).content.decode()
    assert "A link to set a password has been sent" in page
    assert [message.to for message in mailoutbox] == [[user.email]]
