"""A review is never lost: while a plan is open there is a review to come, or somebody has the duty to ask for one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import booking
from conferences.convening.choices import CancelReason, ConferenceKind, ConferenceState
from conferences.convening.models import Conference
from conferences.plans.choices import EndReason, PlanState
from conferences.plans.deadlines import duties
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.reviews import review_to_come
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import at
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import WrongState

pytestmark = pytest.mark.django_db


def cancel(sitting, review, on=TODAY, reason=CancelReason.CHAIR_ILL):
    """Cancel the review as the administrator."""
    booking.cancel(by=sitting.council.by("administrator", on), conference=review, reason=reason, agreed_by="Ann")


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
