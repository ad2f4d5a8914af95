"""A review is never lost: while a plan is open there is a review to come, or somebody has the duty to ask for one."""

import random
from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import booking
from conferences.convening.choices import Attendance, CancelReason, ConferenceKind, ConferenceState, Outcome
from conferences.convening.models import Conference, Room
from conferences.meeting.actions import attendance
from conferences.meeting.actions.decisions import decide
from conferences.meeting.queries.board import included, invited
from conferences.plans.actions.close import close_conference
from conferences.plans.actions.ending import end_without_conference
from conferences.plans.choices import EndReason, PlanState
from conferences.plans.deadlines import duties
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.reviews import plans_without_review, review_to_come
from conferences.plans.tests.closing import PLAN_TEXTS, a_closed_sitting, reasons_for_gaps
from conferences.tests.builders import declare
from conferences.tests.meeting import at
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import WrongState
from cpc.core.policy.queries import calendar

pytestmark = pytest.mark.django_db


def cancel(sitting, review, on=TODAY, reason=CancelReason.CHAIR_ILL):
    """Cancel the review as the administrator."""
    booking.cancel(by=sitting.council.by("administrator", on), conference=review, reason=reason)


def test_cancelling_a_review_asks_for_another_with_the_same_children_and_last_day():
    sitting = a_closed_sitting()
    review = review_to_come(sitting.marlows.family)
    cancel(sitting, review)
    again = review_to_come(sitting.marlows.family)
    assert again.pk != review.pk
    assert (again.state, again.kind) == (ConferenceState.AGREED, ConferenceKind.REVIEW)
    assert (again.anchor_on, again.due_on, again.previous_id) == (review.anchor_on, review.due_on, review.previous_id)
    assert set(again.children.values_list("child", flat=True)) == {child.pk for child in sitting.marlows.children}
    assert again.request_reason == "The review was cancelled: the chair is unavailable."


def test_cancelling_a_review_of_plans_that_have_all_ended_asks_for_none():
    sitting = a_closed_sitting()
    with setting_up():
        ProtectionPlan.objects.update(
            state=PlanState.ENDED, end_reason=EndReason.SAFE, ended_on=TODAY + timedelta(days=1)
        )
    cancel(sitting, review_to_come(sitting.marlows.family))
    assert review_to_come(sitting.marlows.family) is None


def test_cancelling_an_initial_conference_asks_for_no_review():
    sitting = a_closed_sitting()
    with setting_up():
        first = Conference.objects.create(
            family=sitting.marlows.family, kind=ConferenceKind.INITIAL, state=ConferenceState.AGREED, anchor_on=TODAY,
            due_on=TODAY, requested_by=sitting.council.users.social_worker, requested_at=at(TODAY),
        )  # fmt: skip
    before = Conference.objects.count()
    cancel(sitting, first)
    assert Conference.objects.count() == before


def test_a_plan_without_a_review_to_come_is_a_duty_of_the_administrators_and_one_press_asks_for_it(client):
    sitting = a_closed_sitting()
    with setting_up():  # as after an import
        Conference.objects.filter(kind=ConferenceKind.REVIEW).update(
            state=ConferenceState.CANCELLED, cancelled_by=sitting.council.users.administrator, cancelled_at=at(TODAY),
            cancel_reason="other",
        )  # fmt: skip
    (duty,) = [each for each in duties() if each.kind == "ask_for_review"]
    assert duty.owners == {sitting.council.users.administrator.pk}
    assert duty.due_on == min(ProtectionPlan.objects.values_list("review_due_on", flat=True))
    ask = reverse("plans:ask_for_review", args=[sitting.marlows.family.pk])
    page = reverse("plans:family", args=[sitting.marlows.family.pk])
    client.force_login(sitting.council.users.social_worker)
    shown = client.get(page).content.decode()
    assert "No review conference is planned for" in shown
    assert ask not in shown
    assert client.post(ask).status_code == 403
    client.force_login(sitting.council.users.administrator)
    assert ask in client.get(page).content.decode()
    client.post(ask)
    review = review_to_come(sitting.marlows.family)
    assert (review.due_on, review.previous) == (duty.due_on, sitting.conference)
    assert not [each for each in duties() if each.kind == "ask_for_review"]
    with pytest.raises(WrongState):
        from conferences.plans.actions.reviews import ask_for_missing_review

        ask_for_missing_review(by=sitting.council.by("administrator"), family=sitting.marlows.family)


class Months:
    """Random months of one family: its reviews are booked, cancelled, adjourned and held, its plans end."""

    def __init__(self, sitting, seed):
        self.sitting, self.chance, self.day = sitting, random.Random(seed), sitting.conference.held_on
        with setting_up():
            self.room = Room.objects.create(name="The room of reviews")

    def go_on(self):
        """Some days pass, and one thing that is possible happens."""
        self.day = calendar().next_working_day(self.day + timedelta(days=self.chance.randint(3, 20)))
        reviews = Conference.objects.filter(kind=ConferenceKind.REVIEW)
        waiting = list(reviews.filter(state=ConferenceState.AGREED).order_by("pk"))
        booked = list(reviews.filter(state=ConferenceState.BOOKED).order_by("pk"))
        acts = [self.end] if self.chance.random() < 0.3 else []
        acts += [self.book, self.cancel] * bool(waiting) + [self.hold, self.hold, self.cancel] * bool(booked)
        if acts:
            self.chance.choice(acts)(self.chance.choice(booked or waiting or [None]))

    def book(self, review):
        """Book the review for a day soon."""
        if review.state == ConferenceState.BOOKED:
            return
        booking.book(
            by=self.sitting.council.by("administrator", self.day), conference=review, starts_at=at(self.day),
            ends_at=at(self.day, 11), chair=self.sitting.council.users.chair, room=self.room,
            lateness_reason="other", lateness_note="Chance", lateness_agreed_by="Ruth Vane",
        )  # fmt: skip
        declare(viewer(self.sitting.council.users.chair, self.day), review)

    def cancel(self, review):
        """Cancel the review."""
        cancel(self.sitting, review, self.day)

    def end(self, _review):
        """End the plan of somebody who left the country."""
        plan = self.chance.choice(list(ProtectionPlan.objects.filter(state=PlanState.OPEN).order_by("pk")) or [None])
        if plan is not None:
            end_without_conference(
                by=self.sitting.council.by("team_manager", self.day), plan=plan, reason=EndReason.LEFT_UK,
                left_on=self.day, known_how="Told", consulted="All",
            )  # fmt: skip

    def hold(self, review):
        """Hold the review: for each child the plan goes on, ends, or nothing is decided."""
        chair = viewer(self.sitting.council.users.chair, self.day)
        attendance.open_conference(
            by=chair, conference=review, at=at(self.day), held="" if review.held_on == self.day else "today",
            reason="Chance",
        )  # fmt: skip
        here = [attendance.AttendanceMark(each.pk, Attendance.PRESENT) for each in invited(review)]
        attendance.mark_attendance(by=chair, conference=review, marks=here)
        attendance.confirm_quorum(by=chair, conference=review, quorate=True, reason="Enough are here")
        for row in included(review):
            self._decide(chair, review, row)
        member = invited(review)[0]
        close_conference(
            by=chair, conference=review, at=at(self.day, 11), gap_reasons=reasons_for_gaps(review), members=[member],
            lead_social_worker=self.sitting.council.users.social_worker, aim="Safe", contingency="Advice",
            end_reasons={row.child_id: EndReason.SAFE for row in included(review)}, **PLAN_TEXTS,
        )  # fmt: skip

    def _decide(self, chair, review, row):
        outcome = self.chance.choice([Outcome.PROTECTION_PLAN, Outcome.NOT_DECIDED, Outcome.NO_PLAN])
        words = {
            Outcome.PROTECTION_PLAN: {"category": "NEG"},
            Outcome.NO_PLAN: {},
            Outcome.NOT_DECIDED: {
                "not_decided_reason": "adjourned", "interim_plan": "As before",
                "new_date_on": calendar().next_working_day(self.day + timedelta(days=7)),
            },
        }[outcome]  # fmt: skip
        decide(by=chair, conference=review, children=[row], outcome=outcome, reasons="Chance", **words)


@pytest.mark.parametrize("seed", range(6))
def test_in_random_months_every_open_plan_has_a_review_to_come_with_a_last_day_and_an_owner(seed):
    months = Months(a_closed_sitting(), seed)
    for _ in range(8):
        months.go_on()
        assert not list(plans_without_review())
        for plan in ProtectionPlan.objects.filter(state=PlanState.OPEN):
            coming = Conference.objects.filter(
                kind=ConferenceKind.REVIEW, children__child=plan.child_id, children__included=True,
                state__in=[ConferenceState.AGREED, ConferenceState.BOOKED],
            )  # fmt: skip
            assert coming.count() == 1
            assert coming.get().due_on <= plan.review_due_on
