"""Only what counts counts: which conferences are an initial conference or a review, for each child."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening import deadlines
from conferences.convening.actions import booking
from conferences.convening.choices import CancelReason, ConferenceKind, ConferenceState, Outcome
from conferences.convening.models import Conference, ConferenceChild
from conferences.convening.queries.booking import limit_key, limit_of
from conferences.convening.queries.counting import children_that_count
from conferences.meeting.actions.attendance import AttendanceMark, confirm_quorum, mark_attendance
from conferences.meeting.queries.board import missing, quorum_of, quorum_when_decided
from conferences.plans.actions.correcting import correct_decision
from conferences.plans.actions.earlier import enter_earlier
from conferences.plans.actions.reviews import ask_for_missing_review
from conferences.plans.choices import EarlierKind
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries import family_plan
from conferences.plans.queries.reviews import last_review_on, review_to_come
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close, write_outline
from conferences.tests.builders import an_agreed_conference
from conferences.tests.enquiries import a_plan
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, at, decide, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.policy.queries import due

pytestmark = pytest.mark.django_db


def test_an_adjourned_review_counts_for_no_date_and_is_held_again_under_the_limit_of_the_first_review():
    review = a_review_sitting()
    before = set(ProtectionPlan.objects.values_list("review_due_on", flat=True))
    decide(review, outcome=Outcome.NOT_DECIDED, not_decided_reason="adjourned")
    close(review)
    plans = list(ProtectionPlan.objects.all())
    assert {plan.review_due_on for plan in plans} == before
    assert {last_review_on(plan) for plan in plans} == {None}
    ((_, shown),) = family_plan(review.marlows.family).reviews
    assert shown.limit.key == "first_review"
    assert {shown.on} == before
    again = review_to_come(review.marlows.family)
    assert again.previous == review.conference


def test_the_limit_of_a_review_that_is_held_again_stays_the_first_ones():
    first = a_closed_sitting(TODAY - timedelta(weeks=8))
    waiting = review_to_come(first.marlows.family)
    again = Conference(
        kind=ConferenceKind.REVIEW, previous=Conference(kind=ConferenceKind.REVIEW, anchor_on=waiting.anchor_on),
        anchor_on=waiting.anchor_on, due_on=waiting.due_on,
    )  # fmt: skip
    assert limit_key(waiting) == limit_key(again) == "first_review"
    assert limit_of(again).on == waiting.due_on
    again.previous.anchor_on = waiting.anchor_on - timedelta(days=90)
    assert limit_key(again) == "next_review"


def test_a_conference_that_decided_nothing_is_due_again_within_the_limit_for_that():
    review = a_review_sitting()
    with setting_up():
        Conference.objects.filter(pk=review.conference.pk).update(due_on=TODAY + timedelta(days=60))
    review.conference.refresh_from_db()
    decide(review, outcome=Outcome.NOT_DECIDED, not_decided_reason="adjourned")
    close(review)
    again, limit = review_to_come(review.marlows.family), due("inquorate_rehold", review.conference.held_on)
    assert again.due_on == limit.on < review.conference.due_on
    assert limit_of(again).working == limit.working and limit_key(again) == "inquorate_rehold"
    booking.cancel(
        by=review.council.by("administrator"),
        conference=again,
        reason=CancelReason.CHAIR_ILL,
        agreed_by="Ann",
    )
    assert review_to_come(review.marlows.family).due_on == limit.on


def test_of_one_review_only_the_children_who_were_decided_about_count():
    review = a_review_sitting()
    decide(review, ["rosa"])
    decide(review, ["theo", "unborn"], Outcome.NOT_DECIDED, not_decided_reason="adjourned")
    write_outline(review, ["rosa"])
    close(review, core_group_at=None)
    counted = children_that_count().filter(conference=review.conference)
    assert [row.child for row in counted] == [review.marlows.rosa]
    days = {plan.child: last_review_on(plan) for plan in ProtectionPlan.objects.select_related("child")}
    assert days == {review.marlows.rosa: TODAY, review.marlows.theo: None, review.marlows.unborn: None}


def test_a_missing_review_is_asked_for_after_the_last_conference_that_decided():
    review = a_review_sitting()
    first = Conference.objects.get(kind=ConferenceKind.INITIAL)
    decide(review, outcome=Outcome.NOT_DECIDED, not_decided_reason="adjourned")
    close(review)
    with setting_up():
        Conference.objects.filter(previous=review.conference).update(
            state=ConferenceState.DECLINED, declined_by=review.conference.chair, declined_at=at(TODAY, 12),
            decline_reason="A mistake.",
        )  # fmt: skip
    made = ask_for_missing_review(by=review.council.by("administrator"), family=review.marlows.family)
    assert (made.previous, made.anchor_on) == (first, first.held_on)


def test_an_inquorate_conference_that_decided_nothing_is_in_no_figure(client):
    sitting = mark(an_open_sitting(), absent=["school", "gp", "health_visiting", "midwifery", "police"])
    confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False)
    decide(sitting, outcome=Outcome.NOT_DECIDED)
    close(sitting)
    client.force_login(sitting.council.users.service_manager)
    with time_machine.travel(at(TODAY + timedelta(days=10)), tick=True):
        assert "100%" not in client.get(reverse("work:performance")).content.decode()


def test_a_review_entered_later_than_the_last_one_moves_the_date_and_an_earlier_one_does_not():
    review = a_review_sitting()
    decide(review)
    write_outline(review)
    close(review, core_group_at=None)
    plan = ProtectionPlan.objects.get(child=review.marlows.rosa)
    moved = plan.review_due_on - timedelta(days=7)
    with setting_up():  # by an act that said why
        ProtectionPlan.objects.filter(pk=plan.pk).update(review_due_on=moved)
    by = review.council.by("social_worker", TODAY + timedelta(days=5))
    for days, moves in ((-20, False), (3, True)):
        enter_earlier(
            by=by, family=review.marlows.family, children=[review.marlows.rosa], kind=EarlierKind.REVIEW,
            happened_on=TODAY + timedelta(days=days),
        )  # fmt: skip
        plan.refresh_from_db()
        assert (plan.review_due_on != moved) is moves


def leave(sitting, names, minute, come=None):
    """Mark everybody as present; those named left at that minute past ten."""
    marks = [
        AttendanceMark(each.pk, "present", come, at(TODAY, 10, minute) if name in names else None)
        for name, each in sitting.invitations.items()
    ]
    mark_attendance(by=sitting.chair, conference=sitting.conference, marks=marks)
    sitting.conference.refresh_from_db()


OTHERS = ("school", "gp", "health_visiting", "midwifery", "police")


def test_who_has_left_does_not_count_and_the_chair_is_asked_again():
    with time_machine.travel(at(TODAY, 10, 50), tick=False):
        sitting = a_quorate_sitting()
        leave(sitting, OTHERS, 55)
        assert quorum_of(sitting.conference).is_quorate
        assert sitting.conference.quorate is True
        leave(sitting, OTHERS, 40)
        assert not quorum_of(sitting.conference).is_quorate
        assert sitting.conference.quorate is None
        assert quorum_of(sitting.conference, at=at(TODAY, 10, 30)).is_quorate


def test_who_has_not_come_yet_does_not_count():
    with time_machine.travel(at(TODAY, 10, 5), tick=False):
        sitting = a_quorate_sitting()
        leave(sitting, (), 0, come=at(TODAY, 10, 20))
        assert not quorum_of(sitting.conference).is_quorate


def test_a_decision_made_while_enough_were_there_is_valid_after_they_left_and_a_later_one_is_not():
    with time_machine.travel(at(TODAY, 10, 30), tick=False):
        sitting = a_quorate_sitting()
        decide(sitting, ["rosa"])
    with time_machine.travel(at(TODAY, 10, 50), tick=False):
        leave(sitting, OTHERS, 40)
        decide(sitting, ["theo", "unborn"])
        confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False)
        lacking = [each.sentence for each in missing(sitting.conference)]
    assert len(lacking) == 2
    assert not any("Rosa" in sentence for sentence in lacking)
    rows = ConferenceChild.objects.select_related("decision", "child").filter(conference=sitting.conference)
    quorums = {row.child.pk: quorum_when_decided(sitting.conference, row.decision).is_quorate for row in rows}
    assert quorums == {sitting.marlows.rosa.pk: True, sitting.marlows.theo.pk: False, sitting.marlows.unborn.pk: False}


# The interim safety plan covers the time until a conference has decided about each child.

UNDECIDED = {"outcome": Outcome.NOT_DECIDED, "not_decided_reason": "adjourned"}


@pytest.fixture
def convened():
    return an_agreed_conference()


def conference_of(convened, on=TODAY, **how):
    """A quorate initial conference of the enquiry, which is held in place of the one that waits."""
    found = a_quorate_sitting(on, marlows=convened.marlows, **how)
    with setting_up():
        Conference.objects.filter(pk=found.conference.pk).update(enquiry=convened.conference.enquiry)
    found.conference.refresh_from_db()
    return found


def a_safety_plan(convened):
    return a_plan(convened.by("social_worker"), convened.conference.enquiry, convened.marlows)


def duties_of(kind):
    return [duty.id for duty in deadlines.duties() if duty.kind == kind]


def test_the_safety_plan_ends_with_the_conference_that_has_decided_about_each_child(convened):
    plan = a_safety_plan(convened)
    adjourned = conference_of(convened)
    decide(adjourned, **UNDECIDED)
    close(adjourned)
    plan.refresh_from_db()
    assert plan.ended_at is None and duties_of("review_safety_plan") == [plan.pk]
    second = conference_of(convened, TODAY + timedelta(days=3))
    decide(second, ["rosa"], Outcome.NO_PLAN)
    decide(second, ["theo", "unborn"], **UNDECIDED)
    close(second)
    assert duties_of("review_safety_plan") == [plan.pk]
    third = conference_of(convened, TODAY + timedelta(days=5), children=("theo", "unborn"))
    decide(third, outcome=Outcome.NO_PLAN)
    close(third)
    plan.refresh_from_db()
    assert plan.ended_with == third.conference and duties_of("review_safety_plan") == []


def test_a_safety_plan_is_to_be_written_until_each_child_is_decided_about(convened):
    enquiry = convened.conference.enquiry
    for day, outcome in ((0, UNDECIDED), (3, {"outcome": Outcome.NO_PLAN})):
        assert duties_of("write_safety_plan") == [enquiry.pk]
        sitting = conference_of(convened, TODAY + timedelta(days=day))
        decide(sitting, **outcome)
        close(sitting)
    assert duties_of("write_safety_plan") == []


def test_correcting_a_decision_ends_the_safety_plan_or_puts_it_in_force_again(convened):
    plan = a_safety_plan(convened)
    sitting = conference_of(convened, children=("rosa",))
    decide(sitting, outcome=Outcome.NO_PLAN)
    close(sitting)
    for outcome, is_over in ((UNDECIDED, False), ({"outcome": Outcome.NO_PLAN}, True)):
        words = {"reasons": "Typed wrongly.", "interim_plan": "As before", "new_date_on": TODAY + timedelta(days=7)}
        with setting_up():
            correct_decision(
                by=sitting.chair, conference=sitting.conference, row=sitting.rows["rosa"], **words | outcome
            )
        plan.refresh_from_db()
        assert bool(plan.ended_at) == is_over == (duties_of("review_safety_plan") == [])


@pytest.mark.parametrize("is_decided", [False, True])
def test_only_the_page_of_a_conference_that_decided_says_whether_it_was_in_time(client, is_decided):
    sitting = a_quorate_sitting()
    decide(sitting, **{"outcome": Outcome.NO_PLAN} if is_decided else UNDECIDED)
    close(sitting)
    client.force_login(sitting.council.users.chair)
    shown = client.get(reverse("conferences:conference", args=[sitting.conference.pk])).content.decode()
    assert ("Nothing was decided, so it does not count" in shown) is not is_decided
    assert ("in time" in shown) is is_decided
