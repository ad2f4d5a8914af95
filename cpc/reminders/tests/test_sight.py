"""Somebody who may no longer see the family is told of none of its work: not on the first page, not by e-mail."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse

from conferences.convening.actions import notify
from conferences.convening.models import Invitation
from conferences.tests.builders import an_invited_conference
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.models import Outgoing
from cpc.reminders.actions import remind
from cpc.reminders.models import Reminder
from cpc.reminders.queries import duties, duties_of
from families.tests.builders import declare_conflict, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    """Everybody is invited; the school and the social worker are asked for reports."""
    found = an_invited_conference()
    with setting_up():
        asked = Invitation.objects.filter(conference=found.conference, user__isnull=False)
        asked.update(report_asked=True, report_due_on=found.conference.held_on - timedelta(days=2))
    return found


def asked_of(user):
    return [duty.id for duty in duties_of(viewer(user), duties()) if duty.kind == "hand_in_report"]


@pytest.mark.parametrize(
    ("who", "barred"),
    [
        *product(["school", "social_worker"], ["conflict", "restricted"]),
        # The social worker of the family sees it without an invitation.
        *product(["school"], ["withdrawn", "ended"]),
    ],
)
def test_a_report_is_asked_of_nobody_who_may_not_see_the_conference_any_more(convened, client, who, barred):
    council, conference = convened.council, convened.conference
    user = getattr(council.professionals, who, None) or getattr(council.users, who)
    invitation = convened.invitation(user)
    assert asked_of(user) == [invitation.pk]
    if barred == "conflict":
        declare_conflict(user, convened.marlows.family)
    elif barred == "restricted":
        restrict(convened.marlows.family)
    elif barred == "withdrawn":
        notify.withdraw_invitation(by=convened.by("administrator"), invitation=invitation, reason="Moved school")
    else:
        with setting_up():
            Invitation.objects.filter(pk=invitation.pk).update(ends_on=TODAY - timedelta(days=1))
    assert asked_of(user) == []
    client.force_login(user)
    assert "Marlow" not in client.get(reverse("work:home")).content.decode()
    remind(system(on=conference.held_on))
    assert not Reminder.objects.filter(user=user).exists()
    assert not Outgoing.objects.filter(purpose="reminder", recipient_id=user.pk).exists()
