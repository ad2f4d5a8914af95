"""The review that closing requests, booked and held like any other conference."""

from datetime import timedelta

import pytest

from conferences.convening.actions import booking
from conferences.convening.choices import Attendance, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, Room
from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import decide
from conferences.meeting.queries.board import included, invited
from conferences.plans.actions.close import close_conference
from conferences.plans.choices import EndReason, PlanState
from conferences.plans.models import ProtectionPlan
from conferences.plans.tests.closing import a_closed_sitting, reasons_for_gaps
from conferences.tests.builders import declare
from conferences.tests.meeting import at
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer

pytestmark = pytest.mark.django_db


def test_the_review_is_booked_like_any_conference_and_ends_the_plans():
    first = a_closed_sitting()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    day, users = TODAY + timedelta(weeks=10), first.council.users
    with setting_up():
        room = Room.objects.create(name="Room for reviews")
    booking.book(
        by=first.council.by("administrator"), conference=review, starts_at=at(day), ends_at=at(day, 11),
        chair=users.chair, room=room,
    )  # fmt: skip
    review.refresh_from_db()
    assert review.state == ConferenceState.BOOKED
    chair = viewer(users.chair, day)
    declare(chair, review)
    attendance.open_conference(by=chair, conference=review, at=at(day), uninvited="They were all told by telephone.")
    people = invited(review)
    assert people, "booking proposes whom to invite"
    attendance.mark_attendance(
        by=chair, conference=review, marks=[attendance.AttendanceMark(each.pk, Attendance.PRESENT) for each in people]
    )
    attendance.confirm_quorum(by=chair, conference=review, quorate=True, reason="All who know the children are here")
    decide(by=chair, conference=review, children=included(review), outcome="no_plan", reasons="They are safe.")
    ended = {row.child_id: EndReason.SAFE for row in included(review)}
    reasons = reasons_for_gaps(review)
    close_conference(by=chair, conference=review, at=at(day, 11), end_reasons=ended, gap_reasons=reasons)
    assert not ProtectionPlan.objects.filter(state=PlanState.OPEN).exists()
    assert set(ProtectionPlan.objects.values_list("ended_on", flat=True)) == {day}
    assert not Conference.objects.filter(previous=review).exists()
