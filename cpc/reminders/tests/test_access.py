"""Reminders of who may see a family: access that ends, emergencies to review, conflicts to settle. They name nobody."""

from datetime import date, timedelta

import pytest
import time_machine

from cpc.core.accounts.choices import CoverKind
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, a_council, viewer
from cpc.core.documents.models import Outgoing
from cpc.reminders.actions import remind
from cpc.reminders.queries import duties, duties_of
from families.access.actions.conflicts import declare_own, settle
from families.access.actions.cover import give_cover
from families.access.actions.emergency import open_in_emergency, review_emergency
from families.tests.builders import a_family, declare_conflict, restrict

pytestmark = pytest.mark.django_db
ENDS = date(2027, 2, 26)  # a Friday; ten working days before it is the 12th, also a Friday
WHY = "A neighbour rang us late tonight"


def told(user):
    return Outgoing.objects.filter(purpose="reminder", recipient_id=user.pk).count()


def kinds(user, on=TODAY):
    return [duty.kind for duty in duties_of(viewer(user, on), duties())]


@pytest.mark.parametrize("day, reminded", [(date(2027, 2, 11), 0), (date(2027, 2, 12), 1), (date(2027, 2, 27), 0)])
def test_the_person_with_access_and_the_person_who_gave_it_are_told_ten_working_days_before_it_ends(day, reminded):
    with time_machine.travel(f"{day} 09:00+00:00"):
        council = a_council()
        family = a_family(council)
        restrict(family, to=[council.users.social_worker], until=ENDS, by=council.users.team_manager)
        remind(system(day))
        assert [told(council.users.social_worker), told(council.users.team_manager)] == [reminded, reminded]
        assert told(council.users.service_manager) == 0
        if reminded:
            remind(system(day + timedelta(days=3)))
            assert told(council.users.social_worker) == 1, "once for each urgency"
            words = Outgoing.objects.filter(purpose="reminder").first()
            assert not any(word in words.subject + words.body for word in ("Marlow", family.case_number, "restricted"))


@time_machine.travel(f"{TODAY} 09:00+00:00")
def test_an_emergency_is_on_the_managers_list_until_it_is_reviewed_even_of_a_family_closed_to_them():
    council = a_council()
    family = a_family(council)
    restrict(family, to=[council.users.social_worker])
    [opened] = open_in_emergency(by=viewer(council.users.other_worker), number=family.case_number, reason=WHY)
    manager = council.users.team_manager
    found = duties_of(viewer(manager), duties())
    assert [duty.kind for duty in found] == ["review_emergency"] and "Marlow" not in found[0].says
    assert kinds(council.users.other_manager) == kinds(council.users.other_worker) == []
    review_emergency(by=viewer(manager), opened=opened, outcome="justified", note="")
    assert kinds(manager) == []


@time_machine.travel(f"{TODAY} 09:00+00:00")
def test_an_emergency_goes_to_the_service_manager_where_the_manager_has_a_conflict():
    council = a_council()
    family = a_family(council)
    declare_conflict(council.users.team_manager, family)
    open_in_emergency(by=viewer(council.users.other_worker), number=family.case_number, reason=WHY)
    assert kinds(council.users.team_manager) == []
    assert kinds(council.users.service_manager) == ["review_emergency"]


@time_machine.travel(f"{TODAY} 09:00+00:00")
def test_what_somebody_declared_is_on_their_managers_list_until_it_is_settled():
    council = a_council()
    said = declare_own(by=viewer(council.users.social_worker), whom="The family next door", reason="Neighbours")
    assert kinds(council.users.team_manager) == ["settle_conflict"] and kinds(council.users.other_manager) == []
    settle(by=viewer(council.users.team_manager), said=said)
    assert kinds(council.users.team_manager) == []


@time_machine.travel(f"{TODAY} 09:00+00:00")
def test_a_manager_who_covers_has_the_other_managers_list():
    council = a_council()
    declare_own(by=viewer(council.users.social_worker), whom="The family next door", reason="Neighbours")
    assert kinds(council.users.other_manager) == []
    give_cover(
        by=viewer(council.users.team_manager), user=council.users.other_manager, team=council.team,
        kind=CoverKind.COVER, from_on=TODAY, until_on=TODAY, reason="On leave",
    )  # fmt: skip
    assert kinds(council.users.other_manager) == ["settle_conflict"]
