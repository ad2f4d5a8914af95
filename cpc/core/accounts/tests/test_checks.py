"""One person has one account, or two administrators agree to a second; wide rights are looked at by a manager."""

import pytest

from cpc.core.accounts import actions
from cpc.core.accounts.choices import Role
from cpc.core.accounts.deadlines import duties
from cpc.core.accounts.models import AccountCheck, User
from cpc.core.accounts.rules import folded_name, is_same_person
from cpc.core.accounts.tests.builders import a_council, a_user, viewer
from cpc.core.accounts.tests.test_actions import a_person, change
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

WHY = "He is a chair on Mondays"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lee", "Stone"), ("LEE", " stone ")),
        (("Siân", "O’Neill"), ("Sian", "Oneill")),
        (("Anna-Maria", "Kowalska"), ("Anna Maria", "Kowalska")),
        (("小明", "李"), ("李", "小明")),
        (("Łukasz", "Żak"), ("Łukasz", "Zak")),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one, other):
    assert folded_name(*one) == folded_name(*other)


@pytest.mark.parametrize("email", ["L.Stone@example.org", "lstone+chair@example.org", "l-stone@EXAMPLE.org"])
def test_so_is_a_mailbox(email):
    assert is_same_person(("A", "B", "lstone@example.org"), ("C", "D", email))


@pytest.mark.parametrize("other", [("Lee", "Stones"), ("Leo", "Stone"), ("Lee", "Stone Jones")])
def test_another_name_is_another_person(other):
    assert not is_same_person(("Lee", "Stone", "a@example.org"), (*other, "b@example.org"))


@pytest.fixture
def council():
    return a_council()


@pytest.fixture
def by(council):
    return council.by("system_administrator")


@pytest.fixture
def second(council):
    return a_user(Role.SYSTEM_ADMINISTRATOR, first_name="Ada", last_name="Second")


def a_second_account(by, **changed):
    """Of the administrator themselves, with every role that sees families."""
    given = {"first_name": "LEE", "last_name": "Stone", "email": "other@example.org", "why_second": WHY} | changed
    return a_person(by, roles=[Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER], **given)


def its_check(user, kind="second"):
    return AccountCheck.objects.get(user=user, kind=kind)


@pytest.mark.django_db
class TestASecondAccount:
    def test_is_refused_without_a_reason_and_names_the_first(self, by):
        with pytest.raises(Invalid) as refused:
            a_second_account(by, why_second=" ")
        assert refused.value.field == "why_second" and "Lee Stone already has an account" in refused.value.sentence
        assert not User.objects.filter(email="other@example.org").exists()

    def test_stays_closed_until_another_administrator_agrees(self, council, by, second):
        user = a_second_account(by)
        assert not user.is_active
        check = its_check(user)
        for nobody in (by, council.by("service_manager"), council.by("chair")):
            with pytest.raises(NotPermitted):
                actions.check_account(by=nobody, check=check, is_right=True)
        with pytest.raises(Invalid, match="must agree"):
            change(by, user, is_active=True, why_second=WHY)
        with pytest.raises(Invalid, match="must agree"):
            change(viewer(second), user, is_active=True, why_second=WHY)
        actions.check_account(by=viewer(second), check=check, is_right=True)
        user.refresh_from_db()
        assert user.is_active
        with pytest.raises(WrongState):
            actions.check_account(by=viewer(second), check=check, is_right=False)

    def test_is_on_the_list_of_every_other_administrator(self, by, second):
        a_second_account(by)
        owners = {duty.says: duty.owners for duty in duties()}
        assert owners["Agree to a second account: LEE Stone"] == {second.pk}

    def test_that_is_not_agreed_stays_closed_and_cannot_be_opened_by_the_first_alone(self, by, second):
        user = a_second_account(by)
        actions.check_account(by=viewer(second), check=its_check(user), is_right=False)
        assert not User.objects.get(pk=user.pk).is_active
        change(by, user, is_active=True, why_second=WHY)
        assert not User.objects.get(pk=user.pk).is_active, "it waits for another administrator again"

    def test_is_not_made_by_a_change_of_name_or_address_either(self, council, by, second):
        a_user(Role.CHAIR, email="ninian@example.org")
        for changed in ({"first_name": "Lee", "last_name": "Stone"}, {"email": "nini.an+x@example.org"}):
            user = a_user(Role.CHAIR)
            with pytest.raises(Invalid) as refused:
                change(by, user, **changed)
            assert refused.value.field == "why_second"

    def test_nor_by_opening_an_old_one_again(self, by):
        old = a_user(Role.CHAIR, first_name="Lee", last_name="Stone", is_active=False)
        with pytest.raises(Invalid) as refused:
            change(by, old, is_active=True)
        assert refused.value.field == "why_second"

    def test_an_ordinary_change_asks_nothing(self, council, by):
        change(by, council.users.chair, job_title="Chair")
        assert not AccountCheck.objects.exists()


@pytest.mark.django_db
class TestWideRights:
    @pytest.mark.parametrize(
        "role",
        [Role.CHAIR, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.OUT_OF_HOURS, Role.SYSTEM_ADMINISTRATOR],
    )
    def test_a_new_account_with_them_is_on_the_service_managers_list(self, council, by, role):
        user = a_person(by, roles=[role], team=council.team)
        [duty] = duties()
        assert duty.owners == {council.users.service_manager.pk}
        assert duty.says == "Check an account with wide rights: Nia Rowe"
        assert its_check(user, "wide").what == "A new account"

    def test_narrow_rights_are_not_reported(self, council, by):
        a_person(by, roles=[Role.SOCIAL_WORKER], team=council.team)
        assert duties() == []

    def test_more_roles_another_address_and_opening_again_are_reported(self, council, by):
        worker = council.users.social_worker
        change(by, worker, roles=[Role.SOCIAL_WORKER, Role.CHAIR])
        change(by, council.users.chair, email="mine@example.org")
        change(by, council.users.team_manager, email="dele@example.org")
        closed = a_user(Role.CHAIR, is_active=False)
        change(by, closed, is_active=True)
        said = {check.user_id: check.what for check in AccountCheck.objects.filter(kind="wide")}
        assert said == {
            worker.pk: "More roles", council.users.chair.pk: "Another email address", closed.pk: "Open again",
            council.users.team_manager.pk: "Another email address",
        }  # fmt: skip

    def test_what_is_done_to_an_account_that_waits_is_shown_and_who_did_it_does_not_look_at_it(self, council, by):
        user = a_person(by)
        change(by, user, email="mine@example.org")
        assert its_check(user, "wide").what == "A new account, another email address"
        both = a_user(Role.SYSTEM_ADMINISTRATOR, Role.SERVICE_MANAGER)
        change(viewer(both), user, email="other@example.org")
        assert user.checks.count() == 2
        for check in user.checks.all():
            with pytest.raises(NotPermitted):
                actions.check_account(by=viewer(both), check=check, is_right=True)
            actions.check_account(by=council.by("service_manager"), check=check, is_right=True)
        assert duties() == []

    def test_the_service_manager_looks_and_what_is_wrong_is_closed_at_once(self, council, by, client):
        good, bad = a_person(by), a_person(by, email="bad@example.org", first_name="Bad")
        client.force_login(council.users.service_manager)
        page = client.get(f"/people/checks/{its_check(good, 'wide').pk}/").content.decode()
        assert "Nia Rowe" in page and "Conference chair" in page and "Lee Stone" in page
        for user, answer in ((good, "yes"), (bad, "no")):
            client.post(f"/people/checks/{its_check(user, 'wide').pk}/", {"is_right": answer})
        assert (User.objects.get(pk=good.pk).is_active, User.objects.get(pk=bad.pk).is_active) == (True, False)
        assert duties() == []
        client.force_login(council.users.system_administrator)
        assert client.get(f"/people/checks/{its_check(good, 'wide').pk}/").status_code == 404

    def test_nobody_looks_at_their_own(self, council, by):
        manager = council.users.service_manager
        change(by, manager, email="ruth@example.org")
        with pytest.raises(NotPermitted):
            actions.check_account(by=viewer(manager), check=its_check(manager, "wide"), is_right=True)
