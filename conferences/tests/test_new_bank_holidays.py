"""A day that becomes a bank holiday after a conference was booked for it."""

import pytest

from conferences.convening import deadlines
from conferences.convening.actions import booking as booking_actions
from conferences.convening.models import Conference
from conferences.tests.builders import HELD_ON, an_invited_conference, booking
from cpc.core.accounts.tests.builders import TODAY, a_user, viewer
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.actions import add_bank_holiday

pytestmark = pytest.mark.django_db


def to_explain():
    return [one for one in deadlines.duties() if one.kind == "explain_bank_holiday"]


def test_a_conference_that_is_booked_for_a_new_bank_holiday_is_a_duty_until_it_is_moved_or_explained():
    convened = an_invited_conference()
    conference, by = convened.conference, convened.by("administrator")
    due_on, sequence, told = conference.due_on, conference.sequence, Outgoing.objects.count()
    assert to_explain() == []
    add_bank_holiday(
        by=viewer(a_user("system_administrator"), TODAY), falls_on=HELD_ON, name="Coronation", reason="Proclaimed"
    )
    [duty] = to_explain()
    assert (duty.id, duty.owners, duty.day) == (conference.pk, frozenset({by.id}), conference.day_shown)
    assert duty.says.startswith("Choose another day than the new bank holiday, or say why not, for the initial")
    how = {"by": by, "conference": conference, "reason": "venue", "agreed_by": "Ann"}
    same = {**booking(convened.council), "room": conference.room, "chair": conference.chair}
    with pytest.raises(Invalid, match=r"is a bank holiday\. Say why it must be that day"):
        booking_actions.move(**how, **same)
    booking_actions.move(**how, **same, day_reason="The family asked for it.")
    conference = Conference.objects.get(pk=conference.pk)
    assert conference.day_reason == "The family asked for it." and to_explain() == []
    assert (conference.due_on, conference.sequence, Outgoing.objects.count()) == (due_on, sequence, told)
