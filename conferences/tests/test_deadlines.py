"""A list that a second person must look through is on the work list of whoever looks, until they have."""

from datetime import timedelta

import pytest

from conferences.actions import invite
from conferences.deadlines import lists_to_check
from conferences.tests.builders import a_booked_conference, looked_through
from cpc.core.accounts.tests.builders import setting_up
from families.models import MustNotLearn, Protection

pytestmark = pytest.mark.django_db


def asked(convened):
    return [duty for duty in lists_to_check() if duty.id == convened.conference.pk]


def test_the_social_worker_is_asked_to_look_and_the_manager_when_it_is_late():
    convened = a_booked_conference()
    [duty] = asked(convened)
    users = convened.council.users
    assert duty.owners == {users.social_worker.pk} and duty.then == {users.team_manager.pk}
    assert not duty.is_for(users.team_manager.pk, duty.due_on)
    assert duty.is_for(users.team_manager.pk, duty.due_on + timedelta(days=1))


def test_a_look_by_another_ends_it_and_one_by_the_sender_does_not():
    convened = a_booked_conference()
    looked_through(convened, "administrator")
    assert asked(convened)
    looked_through(convened, "chair")
    assert not asked(convened)


def test_a_change_of_the_list_asks_again():
    convened = looked_through(a_booked_conference(), "chair")
    row = convened.conference.invitations.filter(person__isnull=False).order_by("pk").last()
    invite.remove_invitee(by=convened.by("administrator"), invitation=row, reason="Ill")
    assert asked(convened)


def test_nobody_is_asked_where_nothing_is_kept():
    convened = a_booked_conference()
    with setting_up():
        Protection.objects.update(ended_on=convened.conference.held_on, end_reason="Over")
    assert not MustNotLearn.objects.exists() and not asked(convened)
