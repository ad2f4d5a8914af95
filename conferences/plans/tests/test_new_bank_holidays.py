"""A day that becomes a bank holiday after a core group or a child in need meeting was booked for it."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.choices import Outcome
from conferences.plans.actions.child_in_need import book_need_meeting, move_need_meeting
from conferences.plans.actions.core_groups import move_core_group
from conferences.plans.deadlines import duties
from conferences.plans.models import CoreGroupMeeting
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close
from conferences.tests.meeting import at, decide
from cpc.core.accounts.tests.builders import TODAY, a_user, viewer
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.actions import add_bank_holiday

pytestmark = pytest.mark.django_db


def a_core_group():
    return a_closed_sitting(), CoreGroupMeeting.objects.get(), move_core_group


def a_need_meeting():
    sitting = a_review_sitting()
    decide(sitting, outcome=Outcome.CHILD_IN_NEED)
    close(sitting)
    by, family = sitting.council.by("social_worker"), sitting.marlows.family
    booked = book_need_meeting(by=by, family=family, starts_at=at(date(2026, 12, 2)), place="Alder Lane Primary School")
    return sitting, booked, move_need_meeting


@pytest.mark.parametrize(
    ("made", "kind", "page"),
    [
        (a_core_group, "explain_core_group_day", "plans:move_core_group"),
        (a_need_meeting, "explain_need_meeting_day", "plans:move_need_meeting"),
    ],
)
def test_a_meeting_that_is_booked_for_a_new_bank_holiday_is_a_duty_until_it_is_moved_or_explained(made, kind, page):
    sitting, meeting, move = made()
    day = meeting.starts_at.date()
    how = {"by": sitting.council.by("social_worker"), "meeting": meeting, "place": meeting.place}
    add_bank_holiday(by=viewer(a_user("system_administrator"), TODAY), falls_on=day, name="Coronation", reason="Told")
    [duty] = [one for one in duties() if one.kind == kind]
    owners = frozenset({sitting.council.users.social_worker.pk})
    assert (duty.id, duty.owners, duty.path) == (meeting.pk, owners, reverse(page, args=[meeting.pk]))
    with pytest.raises(Invalid, match=r"is a bank holiday\. Say why it must be that day"):
        move(**how, starts_at=meeting.starts_at)
    meeting.refresh_from_db()
    move(**how, starts_at=meeting.starts_at, day_reason="The family asked for it.")
    assert not [one for one in duties() if one.kind == kind]
