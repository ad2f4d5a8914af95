"""A family opened in an emergency, and a team covered for a time: what each opens, and what it does not."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.permissions import Permission as P
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, a_council, a_user, setting_up, viewer
from cpc.core.audit.models import Event, Look
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.access.actions import cover, emergency, restrictions
from families.access.queries.access import duty_managers, emergencies_to_review
from families.cases.choices import EmergencyOutcome
from families.cases.models import EmergencyAccess
from families.people.actions.family import record_family
from families.people.models import Membership, Person
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


class TestEmergencies:
    def test_it_opens_at_once_for_reading_until_the_end_of_the_next_working_day(self, council, family):
        restricted(council, family)
        user, monday = council.users.other_worker, date(2026, 11, 23)
        assert not sees(user, family)
        opened = emergency_of(user, family)
        assert opened.until_on == monday
        assert sees(user, family, monday) and not sees(user, family, monday + timedelta(days=1))
        by = viewer(user)
        may = {act for act in (P.READ_FAMILY, P.READ_CONTACT_DETAILS, P.RECORD_ENQUIRY, P.RECORD_FAMILY,
                               P.RECORD_CONTACT_DETAILS) if by.may(act, family)}  # fmt: skip
        assert may == {P.READ_FAMILY, P.READ_CONTACT_DETAILS, P.RECORD_ENQUIRY}

    def test_somebody_who_sees_the_family_anyway_still_writes_in_it(self, council, family):
        emergency_of(council.users.social_worker, family)
        assert viewer(council.users.social_worker).may(P.RECORD_FAMILY, family)

    @pytest.mark.parametrize("number", ["LA123456", "943 476 5919"])
    def test_it_is_found_by_a_childs_number(self, council, family, number):
        [opened] = emergency.open_in_emergency(by=viewer(council.users.other_worker), number=number, reason=WHY)
        assert opened.family == family

    def test_the_manager_is_told_by_a_message_that_names_nobody(self, council, family):
        emergency_of(council.users.other_worker, family)
        message = Outgoing.objects.get(key__startswith="emergency:")
        assert message.recipient_name == "Dele Okoro"
        assert not any(
            word in message.subject + message.body for word in ("Marlow", family.case_number, "Hale", "Rosa")
        )
        assert message in seen_by(viewer(council.users.team_manager), Outgoing)
        assert message not in seen_by(viewer(council.users.administrator), Outgoing)

    def test_a_wrong_number_and_a_conflict_get_the_same_answer_and_are_on_the_trail(self, council, family):
        user = council.users.other_worker
        declare_conflict(user, family)
        wrong = emergency.open_in_emergency(by=viewer(user), number="CN-99999", reason=WHY)
        assert wrong == [] and emergency_of(user, family) is None
        tried = Event.objects.filter(act=P.OPEN_IN_EMERGENCY.value, by_id=user.pk)
        assert [event.details["opened"] for event in tried] == [False, False]
        assert not EmergencyAccess.objects.exists() and not Outgoing.objects.exists()

    def test_numbers_cannot_be_guessed_and_right_ones_count_as_wrong_ones_do(self, council, family):
        user, more = council.users.other_worker, [a_family(council, name="Stone") for _ in range(2)]
        for number in range(3):
            assert emergency.open_in_emergency(by=viewer(user), number=f"CN-9999{number}", reason=WHY) == []
        assert all(emergency_of(user, one) for one in more)
        for _ in range(2):
            with pytest.raises(Invalid, match="The next one is taken at"):
                emergency_of(user, family)
        assert emergency_of(council.users.other_manager, family)

    @pytest.mark.parametrize(("agreed", "too_soon", "taken"), [(False, "09:09", "09:11"), (True, "09:01", "09:03")])
    def test_after_five_in_an_hour_warnings_and_plans_open_after_a_pause_with_an_alert_for_each(
        self, council, family, agreed, too_soon, taken
    ):
        user, more = council.users.other_worker, a_family(council, name="Stone")
        restricted(council, family)
        for number in range(5):
            assert emergency.open_in_emergency(by=viewer(user), number=f"CN-9999{number}", reason=WHY) == []
        alerts = Outgoing.objects.filter(key__startswith="emergency-series")
        assert alerts.count() == 1
        with time_machine.travel(f"{TODAY} {too_soon}+00:00"), pytest.raises(Invalid, match="duty manager"):
            emergency_of(user, family, agreed=agreed)
        assert alerts.count() == 2, "told at once that there were too many"
        with time_machine.travel(f"{TODAY} {taken}+00:00"):
            opened = emergency_of(user, family, agreed=agreed)
            assert opened.only_warnings and not sees(user, family)
            told = Outgoing.objects.filter(about_id=opened.pk, purpose="emergency")
            assert told.filter(key__startswith="emergency-agreed").exists() is agreed
            with pytest.raises(Invalid, match="The next one is taken at"):
                emergency_of(user, more, agreed=agreed)
        assert alerts.count() == 3, "and of the next"

    def test_after_five_in_an_hour_the_page_opens_warnings_and_says_what_to_do(self, council, family, client):
        user, manager = council.users.other_worker, duty_managers(viewer(council.users.other_worker)).first()
        for number in range(5):
            emergency.open_in_emergency(by=viewer(user), number=f"CN-9999{number}", reason=WHY)
        client.force_login(user)
        sent = {"number": family.case_number, "reason": WHY}
        said = client.post(reverse("families:emergency"), sent).content.decode()
        assert "The next one is taken at 9:11am, or sooner if you name the duty manager" in said
        with time_machine.travel(f"{TODAY} 09:03+00:00"):
            shown = client.post(reverse("families:emergency"), sent | {"agreed_by": manager.pk}, follow=True)
        assert shown.redirect_chain[0][0] == reverse("work:opened_without_agreement")
        assert "Rosa" in shown.content.decode() and "again in an hour" in shown.content.decode()

    def test_after_an_hour_numbers_are_taken_again_however_often_they_were_refused(self, council, family):
        user = council.users.other_worker
        for number in range(5):
            emergency.open_in_emergency(by=viewer(user), number=f"CN-9999{number}", reason=WHY)
        for _ in range(3):
            with pytest.raises(Invalid):
                emergency_of(user, family)
        with time_machine.travel(f"{TODAY} 10:10+00:00"):
            assert emergency_of(user, family)

    def test_a_restricted_family_opens_whole_only_with_the_duty_manager_who_agreed(self, council, family):
        restricted(council, family)
        user = council.users.other_worker
        opened = emergency_of(user, family, agreed=False)
        assert opened.only_warnings and not sees(user, family)
        opened = emergency_of(user, family)
        assert not opened.only_warnings and sees(user, family)
        named = Outgoing.objects.get(key=f"emergency-agreed:{opened.pk}:{opened.agreed_by_id}")
        assert "If you did not agree" in named.body

    def test_a_manager_with_a_conflict_agrees_to_nothing_there(self, council, family):
        restricted(council, family)
        user, manager = council.users.other_worker, council.users.service_manager
        assert manager in duty_managers(viewer(user))
        declare_conflict(manager, family)
        [opened] = emergency.open_in_emergency(
            by=viewer(user), number=family.case_number, reason=WHY, agreed_by=manager
        )
        assert opened.only_warnings and opened.agreed_by is None
        assert not Outgoing.objects.filter(key__startswith="emergency-agreed").exists()

    def test_where_nobody_agreed_the_service_managers_are_told_at_once_and_may_review(self, council, family):
        restricted(council, family)
        opened = emergency_of(council.users.other_worker, family, agreed=False)
        told = Outgoing.objects.filter(about_id=opened.pk, purpose="emergency")
        assert set(told.values_list("recipient_name", flat=True)) == {"Dele Okoro", "Ruth Vane"}
        assert all("ring" in message.body.lower() for message in told)
        assert opened in seen_by(viewer(council.users.service_manager), EmergencyAccess)

    def test_a_service_manager_with_a_conflict_is_not_told_of_it(self, council, family):
        restricted(council, family)
        declare_conflict(council.users.service_manager, family)
        opened = emergency_of(council.users.other_worker, family, agreed=False)
        assert Outgoing.objects.get(about_id=opened.pk).recipient_name == "Dele Okoro"
        assert opened not in seen_by(viewer(council.users.service_manager), EmergencyAccess)

    def test_the_fourth_number_of_a_day_needs_a_duty_manager_and_raises_an_alert_once(self, council, family):
        user, more = council.users.other_worker, [a_family(council, name="Stone") for _ in range(2)]
        emergency.open_in_emergency(by=viewer(user), number="CN-99999", reason=WHY)
        assert all(not emergency_of(user, one, agreed=False).only_warnings for one in more)
        series = Outgoing.objects.filter(key__startswith="emergency-series")
        assert not series.exists()
        assert emergency_of(user, family, agreed=False).only_warnings
        assert not emergency_of(user, family).only_warnings
        assert [one.recipient_name for one in series] == ["Ruth Vane"]

    def test_a_series_is_listed_for_the_service_manager_and_names_no_family(self, council, family, client):
        for number in range(3):
            emergency.open_in_emergency(by=viewer(council.users.other_worker), number=f"CN-999{number}", reason=WHY)
        emergency_of(council.users.other_worker, family)
        for user, said in ((council.users.service_manager, True), (council.users.team_manager, False)):
            client.force_login(user)
            shown = client.get("/families/emergency/opened/").content.decode()
            assert ("More numbers in a day" in shown) is said

    def test_nobody_agrees_to_their_own(self, council, family):
        manager = council.users.other_manager
        for claimed in (manager, council.users.social_worker, council.users.system_administrator):
            with pytest.raises(Invalid, match="Choose a team manager"):
                emergency.open_in_emergency(
                    by=viewer(manager), number=family.case_number, reason=WHY, agreed_by=claimed
                )

    def test_a_review_that_finds_it_not_justified_ends_it(self, council, family):
        user = council.users.other_worker
        opened, again = emergency_of(user, family), emergency_of(user, family)
        assert sees(user, family)
        by = viewer(council.users.team_manager)
        emergency.review_emergency(by=by, opened=opened, outcome=EmergencyOutcome.NOT_JUSTIFIED, note="Curious")
        assert not sees(user, family)
        again.refresh_from_db()
        assert again.ended_at and not again.outcome, "the other use is still to be reviewed"
        assert list(emergencies_to_review(by)) == [again, opened], "what nobody has reviewed comes first"
        assert emergency_of(user, family, agreed=False).only_warnings, "and it opens no more than that again"
        assert emergency_of(user, family) and sees(user, family), "unless a duty manager agrees"

    def test_a_review_that_finds_it_justified_leaves_it_open(self, council, family):
        opened = emergency_of(council.users.other_worker, family)
        emergency.review_emergency(
            by=viewer(council.users.team_manager), opened=opened, outcome=EmergencyOutcome.JUSTIFIED, note=""
        )
        assert sees(council.users.other_worker, family)

    def test_it_needs_a_reason_of_some_words(self, council, family):
        with pytest.raises(Invalid, match="5 words"):
            emergency_of(council.users.other_worker, family, reason="because 1 2 3 4")

    def test_how_many_words_the_reason_needs_is_said_before_it_is_typed(self, client, council):
        client.force_login(council.users.other_worker)
        assert "In 5 words or more" in client.get(reverse("families:emergency")).content.decode()

    def test_professionals_and_system_administrators_have_no_such_way(self, council, family):
        for user in (council.users.system_administrator, council.professionals.police):
            with pytest.raises(NotPermitted):
                emergency_of(user, family)

    def test_a_manager_who_is_not_the_user_reviews_it_once(self, council, family):
        opened = emergency_of(council.users.other_worker, family)
        for user in (council.users.other_worker, council.users.other_manager, council.users.chair):
            with pytest.raises(NotPermitted):
                emergency.review_emergency(by=viewer(user), opened=opened, outcome="justified", note="")
        manager = viewer(council.users.team_manager)
        with pytest.raises(Invalid, match="why it was not justified"):
            emergency.review_emergency(by=manager, opened=opened, outcome=EmergencyOutcome.NOT_JUSTIFIED, note="")
        emergency.review_emergency(by=manager, opened=opened, outcome=EmergencyOutcome.JUSTIFIED, note="Right to look")
        opened.refresh_from_db()
        assert (opened.reviewed_by, opened.outcome) == (council.users.team_manager, "justified")
        with pytest.raises(WrongState):
            emergency.review_emergency(by=manager, opened=opened, outcome="justified", note="")

    def test_a_managers_own_emergency_is_reviewed_by_the_service_manager(self, council, family):
        restrict(family, to=[council.users.social_worker])
        opened = emergency_of(council.users.team_manager, family)
        assert Outgoing.objects.get(key__startswith="emergency:").recipient_name == "Ruth Vane"
        with pytest.raises(NotPermitted):
            emergency.review_emergency(
                by=viewer(council.users.team_manager), opened=opened, outcome="justified", note=""
            )
        emergency.review_emergency(
            by=viewer(council.users.service_manager), opened=opened, outcome="justified", note=""
        )

    def test_what_is_looked_at_says_why(self, council, client):
        marlows = the_marlows(council)
        emergency_of(council.users.other_worker, marlows.family)
        client.force_login(council.users.other_worker)
        assert client.get(f"/families/{marlows.family.pk}/").status_code == 200
        assert {look.basis for look in Look.objects.filter(who_id=council.users.other_worker.pk)} == {
            f"Emergency: {WHY}"
        }
        assert client.get(f"/families/{marlows.family.pk}/change/").status_code == 404, "writing is not opened by it"


class TestCover:
    def test_it_opens_the_teams_families_from_day_to_day(self, council, family):
        other = council.users.other_worker
        give_cover(council, from_on=TODAY + timedelta(days=1))
        assert not sees(other, family)
        assert sees(other, family, TODAY + timedelta(days=1)) and sees(other, family, TODAY + timedelta(days=6))
        assert not sees(other, family, TODAY + timedelta(days=7))

    def test_it_opens_no_restricted_family_and_none_with_a_conflict(self, council, family):
        shut = a_family(council, name="Hart")
        restrict(shut, to=[council.users.social_worker])
        give_cover(council)
        declare_conflict(council.users.other_worker, family)
        assert not sees(council.users.other_worker, family) and not sees(council.users.other_worker, shut)

    def test_ending_it_works_at_once(self, council, family):
        given = give_cover(council)
        with pytest.raises(NotPermitted):
            cover.end_cover(by=viewer(council.users.other_manager), cover=given)
        cover.end_cover(by=viewer(council.users.team_manager), cover=given)
        assert not sees(council.users.other_worker, family)
        with pytest.raises(WrongState):
            cover.end_cover(by=viewer(council.users.team_manager), cover=given)

    @pytest.mark.parametrize(
        "changed, answer",
        [
            ({"until_on": TODAY + timedelta(days=28)}, "at the latest"),
            ({"until_on": TODAY - timedelta(days=1)}, "before the first"),
            ({"from_on": TODAY - timedelta(days=1)}, "today or in the future"),
            ({"reason": " "}, "Say why"),
        ],
    )
    def test_it_has_its_limits(self, council, changed, answer):
        with pytest.raises(Invalid, match=answer):
            give_cover(council, **changed)

    def test_nobody_gives_it_to_themselves_or_for_a_team_that_they_do_not_run(self, council):
        with pytest.raises(Invalid, match="Choose a team that you run"):
            give_cover(council, by=council.users.other_manager)
        with pytest.raises(Invalid, match="yourself"):
            give_cover(council, user=council.users.team_manager)
        with pytest.raises(Invalid, match="not a social worker"):
            give_cover(council, user=council.users.chair)
        with pytest.raises(NotPermitted):
            give_cover(council, by=council.users.social_worker)

    def test_a_manager_who_covers_runs_the_team_meanwhile_and_gives_it_to_nobody(self, council, family):
        give_cover(council, user=council.users.other_manager, kind=CoverKind.COVER)
        by = viewer(council.users.other_manager)
        assert council.team.pk in by.teams_run and by.stands_in_for == {council.users.team_manager.pk}
        with pytest.raises(Invalid, match="Choose a team that you run"):
            give_cover(council, by=council.users.other_manager)
        assert council.team.pk not in viewer(council.users.other_manager, TODAY + timedelta(days=7)).teams_run

    def test_the_person_covering_records_a_family_for_the_team(self, council):
        give_cover(council)
        made = record_family(
            by=viewer(council.users.other_worker), name="Hart", case_number="CN-1", team=council.team, opened_on=TODAY
        )
        assert sees(council.users.other_worker, made)


def test_who_covers_for_the_manager_names_themselves_no_longer_than_the_cover_lasts(council, family):
    """Else a week of cover would leave half a year with every restricted family of the team."""
    users, last = council.users, date(2026, 11, 27)
    cover.give_cover(
        by=viewer(users.team_manager), user=users.other_manager, team=council.team, kind=CoverKind.COVER,
        from_on=TODAY, until_on=last, reason="On leave",
    )  # fmt: skip
    restricted(council, family)
    covering = viewer(users.other_manager)
    given = {"by": covering, "access": the_access(family), "user": users.other_manager, "reason": "I cover"}
    with pytest.raises(Invalid) as refused:
        restrictions.name_for(**given, until_on=LATER)
    assert "27 November 2026" in refused.value.sentence
    restrictions.name_for(**given, until_on=last)
    assert sees(users.other_manager, family) and not sees(users.other_manager, family, date(2026, 11, 28))


def test_nor_by_restricting_a_family_themselves(council, family):
    users, last = council.users, date(2026, 11, 27)
    cover.give_cover(
        by=viewer(users.team_manager), user=users.other_manager, team=council.team, kind=CoverKind.COVER,
        from_on=TODAY, until_on=last, reason="On leave",
    )  # fmt: skip
    restricted(council, family, by=users.other_manager)
    assert sees(users.other_manager, family) and not sees(users.other_manager, family, date(2026, 11, 28))
    assert sees(users.team_manager, family, date(2026, 11, 28))


def test_nor_does_who_covers_name_others_for_longer_than_the_cover_lasts(council, family):
    users, last = council.users, date(2026, 11, 27)
    give_cover(council, user=users.other_manager, kind=CoverKind.COVER, until_on=last)
    restricted(council, family, users.chair, by=users.other_manager)
    assert sees(users.chair, family, last) and not sees(users.chair, family, date(2026, 11, 28))
    given = {"by": viewer(users.other_manager), "access": the_access(family), "reason": "Writes the minutes"}
    with pytest.raises(Invalid, match="27 November 2026"):
        restrictions.name_for(**given, user=users.administrator, until_on=LATER)
    restrictions.name_for(**given, user=users.administrator, until_on=last)
    restrictions.name_for(**given, user=users.social_worker, until_on=LATER)  # it is this person's work, cover or not
    assert not sees(users.administrator, family, date(2026, 11, 28))
    assert sees(users.social_worker, family, date(2026, 11, 28))


class TestAnEmergencyByAChildsNumber:
    @pytest.fixture
    def elsewhere(self, council, family):
        """Another family of the same child, of the other team, opened later."""
        found = a_family(council, name="Stone", worker=council.users.other_worker, opened_on=TODAY)
        with setting_up():
            Membership.objects.create(family=found, person=Person.objects.get(nhs_number="9434765919"), part="child")
        return found

    def by_number(self, user, number="9434765919"):
        agreed_by = duty_managers(viewer(user)).first()
        return emergency.open_in_emergency(by=viewer(user), number=number, reason=WHY, agreed_by=agreed_by)

    def test_each_closed_family_is_opened_and_its_manager_told(self, council, family, elsewhere):
        chair, users = council.users.chair, council.users
        restricted(council, family)
        restrict(elsewhere, to=[users.other_worker])
        assert not sees(chair, family) and not sees(chair, elsewhere)
        assert {one.family for one in self.by_number(chair)} == {family, elsewhere}
        assert sees(chair, family) and sees(chair, elsewhere)
        told = set(Outgoing.objects.filter(purpose="emergency").values_list("recipient_id", flat=True))
        assert told == {users.team_manager.pk, users.other_manager.pk}

    def test_the_older_family_is_opened_where_the_latest_is_open_already(self, council, family, elsewhere):
        restricted(council, family)
        assert sees(council.users.chair, elsewhere)
        assert [one.family for one in self.by_number(council.users.chair)] == [family]

    def test_never_one_with_a_conflict_and_the_others_all_the_same(self, council, family, elsewhere):
        restricted(council, family)
        restrict(elsewhere, to=[council.users.other_worker])
        declare_conflict(council.users.chair, elsewhere)
        assert [one.family for one in self.by_number(council.users.chair)] == [family]
        declare_conflict(council.users.administrator, family)
        declare_conflict(council.users.administrator, elsewhere)
        assert self.by_number(council.users.administrator) == []

    def test_a_case_number_opens_its_family_alone(self, council, family, elsewhere):
        restricted(council, family)
        restrict(elsewhere, to=[council.users.other_worker])
        assert emergency_of(council.users.chair, family).family == family
        assert not sees(council.users.chair, elsewhere)

    def test_out_of_hours_opens_what_its_page_does_not_show(self, council, family, elsewhere):
        restricted(council, family)
        night = a_user(Role.OUT_OF_HOURS)
        assert [one.family for one in self.by_number(night)] == [family]

    def test_the_page_says_what_is_open_and_leads_to_each(self, council, family, elsewhere, client):
        restricted(council, family)
        restrict(elsewhere, to=[council.users.other_worker])
        client.force_login(council.users.chair)
        given = {"number": "9434765919", "reason": WHY, "agreed_by": council.users.service_manager.pk}
        page = client.post("/families/emergency/", given, follow=True)
        shown = page.content.decode()
        assert "2 records of this child are open to you" in shown and "Open to you now" in shown
        assert all(f"/families/{one.pk}/" in shown for one in (family, elsewhere))


@pytest.mark.django_db(transaction=True)
def test_numbers_that_are_tried_at_the_same_moment_do_not_pass_the_limit():
    user = a_user(Role.CHAIR)

    def attempt(number):
        try:
            emergency.open_in_emergency(by=viewer(user), number=f"CN-999{number}", reason=WHY)
        except Invalid:
            return "refused"
        finally:
            connection.close()
        return "tried"

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(attempt, range(8))) == {"tried": 5, "refused": 3}
