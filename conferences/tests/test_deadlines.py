"""A list that needs a second check is on the work list of those who may check it, until they have."""

from datetime import timedelta

import pytest

from conferences.convening.actions import invitations
from conferences.convening.deadlines import lists_to_check
from conferences.tests.builders import a_booked_conference, second_checked
from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.people.models import MustNotLearn, Protection
from families.tests.builders import end_entries

pytestmark = pytest.mark.django_db


def asked(convened):
    return [duty for duty in lists_to_check(ids_holding(Role.SERVICE_MANAGER)) if duty.id == convened.conference.pk]


def test_the_social_worker_is_asked_to_check_and_the_manager_when_it_is_late():
    convened = a_booked_conference()
    [duty] = asked(convened)
    users = convened.council.users
    assert duty.owners == {users.social_worker.pk} and duty.then == {users.team_manager.pk}
    assert not duty.is_for(users.team_manager.pk, duty.due_on)
    assert duty.is_for(users.team_manager.pk, duty.due_on + timedelta(days=1))


def test_a_check_by_another_person_ends_it_and_one_by_the_sender_does_not():
    convened = a_booked_conference()
    second_checked(convened, "administrator")
    assert asked(convened)
    second_checked(convened, "chair")
    assert not asked(convened)


def test_a_change_of_the_list_asks_again():
    convened = second_checked(a_booked_conference(), "chair")
    row = convened.conference.invitations.filter(person__isnull=False).order_by("pk").last()
    invitations.remove_invitee(by=convened.by("administrator"), invitation=row, reason="Ill")
    assert asked(convened)


def test_nobody_is_asked_to_check_where_nothing_is_protected():
    convened = a_booked_conference()
    end_entries()
    assert not asked(convened)


def test_two_people_who_must_not_meet_are_reason_enough():
    convened = a_booked_conference()
    with setting_up():
        Protection.objects.update(ended_on=TODAY, end_reason="Past")
    assert not MustNotLearn.objects.exists() and asked(convened)
