"""Who may see a family: restricted, named, in conflict, and why. Each with its refusals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import can_see, seen_by
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.audit.models import Event, Look
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.access.actions import conflicts, restrictions
from families.access.queries import access as queries
from families.cases.models import AccessGrant, DeclaredConflict, Family, SaidConflict
from families.cases.rules import basis_in_words, last_day_of_access, what_is_wrong_with_reason
from families.people.actions.family import record_family
from families.people.models import Person
from families.tests.builders import a_child, a_family, declare_conflict, restrict, the_marlows
from families.tests.builders_access import LATER, WHY, emergency_of, give_cover, restricted, sees, the_access

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    with time_machine.travel(f"{TODAY} 09:00+00:00", tick=True):
        yield a_council()


@pytest.fixture
def family(council):
    found = a_family(council)
    a_child(found, case_system_id="LA123456", nhs_number="9434765919")
    return found


class TestRestricting:
    def test_only_the_named_see_a_restricted_family(self, council, family):
        users = council.users
        colleague = a_user(Role.SOCIAL_WORKER, team=council.team)
        assert sees(colleague, family) and sees(users.chair, family) and sees(users.service_manager, family)
        restricted(council, family)
        family.refresh_from_db()
        assert (family.restricted, family.restricted_kind) == (True, "staff")
        assert sees(users.social_worker, family) and sees(users.team_manager, family)
        assert not any(sees(user, family) for user in (colleague, users.chair, users.service_manager))
        event = Event.objects.filter(about_kind="cases.family", about_id=family.pk).latest("at")
        assert (event.act, event.reason) == (P.RESTRICT_FAMILY.value, "A relative")

    def test_the_person_who_restricts_is_named_too(self, council, family):
        restricted(council, family, by=council.users.service_manager)
        assert sees(council.users.service_manager, family)

    def test_its_social_worker_and_manager_must_be_named(self, council, family):
        users = council.users
        with pytest.raises(Invalid, match="Priya Nandra, its social worker and Dele Okoro, the team’s manager"):
            restrictions.restrict_family(
                by=viewer(users.team_manager), access=the_access(family), kind="staff", reason="x", named=[users.chair],
                until_on=LATER,
            )  # fmt: skip
        assert not Family.objects.get(pk=family.pk).restricted

    def test_somebody_with_a_conflict_cannot_be_named(self, council, family):
        declare_conflict(council.users.chair, family)
        with pytest.raises(Invalid, match="Gwen Ashby cannot be named"):
            restricted(council, family, council.users.chair)

    @pytest.mark.parametrize("until, answer", [(date(2027, 5, 20), ""), (date(2027, 5, 21), "six months from now")])
    def test_six_calendar_months_are_the_most(self, council, family, until, answer):
        if answer:
            with pytest.raises(Invalid, match=answer):
                restricted(council, family, until=until)
        else:
            assert restricted(council, family, until=until)

    def test_a_social_worker_and_another_teams_manager_restrict_nothing(self, council, family):
        for name in ("social_worker", "other_manager", "chair"):
            with pytest.raises(NotPermitted):
                restricted(council, family, by=getattr(council.users, name))

    def test_access_ends_with_its_last_day(self, council, family):
        restricted(council, family, until=LATER)
        assert sees(council.users.social_worker, family, LATER)
        assert not sees(council.users.social_worker, family, LATER + timedelta(days=1))

    def test_the_manager_arranges_who_is_named_when_nobody_is_any_more(self, council, family):
        restricted(council, family, until=LATER)
        after = LATER + timedelta(days=1)
        manager = viewer(council.users.team_manager, after)
        assert not can_see(manager, family) and can_see(manager, the_access(family))
        assert not can_see(viewer(council.users.other_manager, after), the_access(family))
        restrictions.name_for(
            by=manager, access=the_access(family), user=council.users.social_worker, until_on=after, reason="Goes on"
        )
        assert sees(council.users.social_worker, family, after)

    def test_somebody_of_another_team_sees_it_once_named_and_not_when_it_is_lifted(self, council, family):
        restricted(council, family)
        other, manager = council.users.other_worker, viewer(council.users.team_manager)
        assert not sees(other, family)
        restrictions.name_for(
            by=manager, access=the_access(family), user=other, until_on=LATER, reason="Knows a sibling"
        )
        assert sees(other, family)
        restrictions.lift_restriction(by=manager, access=the_access(family), reason="She left the service")
        assert not sees(other, family) and sees(council.users.chair, family)
        assert not AccessGrant.objects.filter(family=family, ended_on=None).exists()

    def test_taking_access_back_works_at_once(self, council, family):
        chair = council.users.chair
        restricted(council, family, chair)
        manager, grant = viewer(council.users.team_manager), AccessGrant.objects.get(family=family, user=chair)
        restrictions.end_access(by=manager, access=the_access(family), grant=grant, reason="Moved")
        assert not sees(chair, family)
        with pytest.raises(WrongState):
            restrictions.end_access(by=manager, access=the_access(family), grant=grant, reason="x")

    def test_nobody_who_works_with_the_family_is_locked_out_of_it(self, council, family):
        restricted(council, family)
        users, manager = council.users, viewer(council.users.team_manager)
        named = AccessGrant.objects.filter(family=family)
        for user, said in ((users.social_worker, "is its social worker"), (users.team_manager, "runs its team")):
            with pytest.raises(Invalid, match=said):
                restrictions.end_access(
                    by=manager, access=the_access(family), grant=named.get(user=user), reason="Moved"
                )
            assert sees(user, family)
        with setting_up():
            Family.objects.filter(pk=family.pk).update(social_worker=users.other_worker)
        restrictions.end_access(
            by=manager, access=the_access(family), grant=named.get(user=users.social_worker), reason="Handed over"
        )
        assert not sees(users.social_worker, family)

    def test_the_last_access_of_all_is_never_taken_back(self, council, family):
        chair = council.users.chair
        restrict(family, to=[chair])
        with pytest.raises(Invalid, match="Nobody else is named"):
            restrictions.end_access(
                by=viewer(council.users.team_manager), access=the_access(family), reason="x",
                grant=AccessGrant.objects.get(family=family),
            )  # fmt: skip

    def test_naming_somebody_again_leaves_one_live_access(self, council, family):
        restricted(council, family)
        restrictions.name_for(
            by=viewer(council.users.team_manager), access=the_access(family), user=council.users.social_worker,
            until_on=LATER + timedelta(days=9), reason="Longer",
        )  # fmt: skip
        live = AccessGrant.objects.filter(family=family, user=council.users.social_worker, ended_on=None)
        assert [grant.until_on for grant in live] == [LATER + timedelta(days=9)]


class TestConflicts:
    def test_what_one_declares_closes_the_family_at_once_and_is_with_the_manager(self, council, family):
        users = council.users
        said = conflicts.declare_own(
            by=viewer(users.social_worker), whom=family.case_number.lower(), reason="My sister"
        )
        assert not sees(users.social_worker, family)
        assert said in seen_by(viewer(users.team_manager), SaidConflict)
        assert said not in seen_by(viewer(users.other_manager), SaidConflict)

    def test_a_number_that_nobody_has_is_taken_just_the_same(self, council, family):
        by = viewer(council.users.other_worker)
        there = conflicts.declare_own(by=by, whom=family.case_number, reason="x")
        not_there = conflicts.declare_own(by=by, whom="CN-99999", reason="x")
        told = [(one.user_id, one.reason, one.settled_at) for one in (there, not_there)]
        assert told[0] == told[1]
        assert DeclaredConflict.objects.count() == 1

    def test_a_manager_settles_a_name_by_the_number(self, council, family):
        users = council.users
        said = conflicts.declare_own(by=viewer(users.social_worker), whom="The Marlows", reason="Neighbours")
        assert sees(users.social_worker, family)
        with pytest.raises(NotPermitted):
            conflicts.settle(by=viewer(users.other_manager), said=said, number=family.case_number)
        conflicts.settle(by=viewer(users.team_manager), said=said, number=family.case_number)
        assert not sees(users.social_worker, family)
        with pytest.raises(WrongState):
            conflicts.settle(by=viewer(users.team_manager), said=said)

    def test_the_person_settling_it_reads_what_was_closed_and_a_number_of_nothing_asks_to_be_checked(
        self, client, council, family
    ):
        users = council.users
        client.force_login(users.team_manager)
        for number, answer in (
            (family.case_number, f"does not see the {family} from now on"), ("ZZ9", "Check the number"),
            ("", "Nothing more was closed"),
        ):  # fmt: skip
            said = conflicts.declare_own(by=viewer(users.social_worker), whom="The Marlows", reason="Neighbours")
            address = reverse("families:settle_conflict", args=[said.pk])
            assert answer in client.post(address, {"number": number}, follow=True).content.decode()

    def test_a_system_administrator_declares_for_somebody_and_learns_of_no_family(self, council, family):
        by = viewer(council.users.system_administrator)
        conflicts.declare_for(by=by, user=council.users.chair, whom="LA123456", reason="Her nephew")
        assert not sees(council.users.chair, family)
        assert not seen_by(by, Family).exists()

    def test_a_conflict_bars_every_road(self, council, family):
        user = council.users.service_manager
        restricted(council, family, by=user)
        declare_conflict(user, family)
        assert emergency_of(user, family) is None
        assert not sees(user, family) and not can_see(viewer(user), the_access(family))

    def test_it_ends_with_a_reason_and_not_by_oneself(self, council, family):
        declare_conflict(council.users.social_worker, family)
        declare_conflict(council.users.chair, family)
        of_worker, of_chair = (
            DeclaredConflict.objects.get(user=user) for user in (council.users.social_worker, council.users.chair)
        )
        for name in ("social_worker", "chair", "other_manager"):
            with pytest.raises(NotPermitted):
                conflicts.end_conflict(by=viewer(getattr(council.users, name)), conflict=of_worker, reason="x")
        conflicts.end_conflict(by=viewer(council.users.team_manager), conflict=of_worker, reason="They moved away")
        assert sees(council.users.social_worker, family) and not sees(council.users.chair, family)
        with pytest.raises(Invalid):
            conflicts.end_conflict(by=viewer(council.users.service_manager), conflict=of_chair, reason=" ")


class TestWhy:
    def test_the_basis_is_found_by_itself(self, council, family):
        users = council.users
        colleague = a_user(Role.SOCIAL_WORKER, team=council.team)
        give_cover(council)
        found = {
            name: queries.basis_of(viewer(user), family)
            for name, user in {**vars(users), "colleague": colleague}.items()
        }
        assert found["social_worker"] == "Own case" and found["team_manager"] == "Runs the team"
        assert found["colleague"] == "Own team’s case" and found["other_worker"] == "Duty or cover for the team"
        assert found["chair"] == "Conference service" and found["other_manager"] == ""
        restricted(council, family, users.chair)
        assert queries.basis_of(viewer(users.chair), family) == "Conference service, named for this restricted family"

    def test_an_emergency_is_said_only_where_nothing_else_lets_them_in(self):
        no = dict.fromkeys(("own", "runs", "team", "cover", "service", "named", "restricted"), False)
        assert basis_in_words(**no, emergency=WHY) == f"Emergency: {WHY}"
        assert basis_in_words(**no | {"team": True}, emergency=WHY) == "Own team’s case"
        assert basis_in_words(**no | {"team": True, "restricted": True}, emergency=WHY) == f"Emergency: {WHY}"
        assert basis_in_words(**no, emergency="") == ""

    def test_a_look_never_names_the_family(self, council, client):
        marlows = the_marlows(council)
        client.force_login(council.users.social_worker)
        client.get(f"/families/{marlows.family.pk}/")
        assert {look.basis for look in Look.objects.all()} == {"Own case"}


class TestNothingBetrays:
    def test_a_number_in_use_is_refused_in_the_same_words_for_every_owner(self, council, family):
        hidden = a_family(council, name="Hart", worker=council.users.other_worker)
        restrict(hidden, to=[council.users.other_worker])
        by, said = viewer(council.users.social_worker), []
        for taken in (family, hidden):
            with pytest.raises(Invalid) as refused:
                record_family(by=by, name="New", case_number=taken.case_number, team=council.team, opened_on=TODAY)
            said.append(refused.value.sentence)
        assert said[0] == said[1] and "in use" not in said[0]

    def test_the_page_of_access_says_nothing_that_the_family_holds(self, council, client):
        marlows = the_marlows(council, name="Quillow")
        restrict(marlows.family, to=[council.users.social_worker])
        client.force_login(council.users.team_manager)
        page = client.get(f"/families/{marlows.family.pk}/access/").content.decode()
        assert marlows.family.case_number in page and "Priya Nandra" in page
        assert not any(word in page for word in ("Quillow", "Rosa", "Theo", "Anna", "Alder Lane"))
        assert client.get(f"/families/{marlows.family.pk}/").status_code == 404

    def test_a_viewer_without_emergencies_is_the_same_but_for_them(self, council, family):
        emergency_of(council.users.other_worker, family)
        by = viewer(council.users.other_worker)
        assert by.without_emergencies() == replace(by, in_emergency=False)
        assert can_see(by, family) and not can_see(by.without_emergencies(), family)
        assert seen_by(by, Person).exists() and not seen_by(by.without_emergencies(), Person).exists()


def test_six_months_end_on_the_last_day_of_a_shorter_month():
    assert last_day_of_access(date(2026, 8, 31)) == date(2027, 2, 28)


def test_numbers_are_no_words_of_a_reason():
    assert what_is_wrong_with_reason("a 1 2 3 4 5") and not what_is_wrong_with_reason("he may hurt her tonight")
