"""The review that closing asks for, booked through the same door as any other conference, and held."""

from datetime import timedelta

import pytest

from conferences.actions import convene, meet
from conferences.actions.decide import decide
from conferences.choices import Attendance, ConferenceKind, ConferenceState
from conferences.models import Conference, Room
from conferences.plans.actions.close import close_conference
from conferences.plans.choices import PlanState
from conferences.plans.models import ProtectionPlan
from conferences.plans.tests.closing import a_closed_sitting
from conferences.queries.meet import included, invited
from conferences.tests.meeting import at
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer

pytestmark = pytest.mark.django_db


def test_the_review_is_booked_like_any_conference_and_ends_the_plans():
    first = a_closed_sitting()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    day, users = TODAY + timedelta(weeks=10), first.council.users
    with setting_up():
        room = Room.objects.create(name="Room for reviews")
    convene.book(
        by=first.council.by("administrator"), conference=review, starts_at=at(day), ends_at=at(day, 11),
        chair=users.chair, chair_knows_case=False, room=room,
    )  # fmt: skip
    review.refresh_from_db()
    assert review.state == ConferenceState.BOOKED
    chair = viewer(users.chair, day)
    meet.open_conference(by=chair, conference=review, at=at(day))
    people = invited(review)
    assert people, "booking proposes whom to invite"
    meet.mark_attendance(by=chair, conference=review, marks=[meet.Mark(each.pk, Attendance.PRESENT) for each in people])
    meet.confirm_quorum(by=chair, conference=review, quorate=True, reason="All who know the children are here")
    decide(by=chair, conference=review, children=included(review), outcome="no_plan", reasons="They are safe.")
    close_conference(by=chair, conference=review, at=at(day, 11))
    assert not ProtectionPlan.objects.filter(state=PlanState.OPEN).exists()
    assert set(ProtectionPlan.objects.values_list("ended_on", flat=True)) == {day}
    assert not Conference.objects.filter(previous=review).exists()
