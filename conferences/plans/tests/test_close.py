"""What closing a conference makes."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import ConferenceKind, ConferenceState, Outcome
from conferences.convening.models import Conference
from conferences.plans.choices import EndReason, PlanState
from conferences.plans.models import ChildInNeedPlan, CoreGroupMeeting, CoreGroupMember, ProtectionPlan
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close, write_outline
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, at, decide, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db


def test_closing_opens_a_plan_for_each_child_who_needs_one_from_the_day_of_the_conference():
    sitting = a_quorate_sitting()
    decide(sitting, ["rosa"], category="EMO")
    decide(sitting, ["theo"], Outcome.CHILD_IN_NEED, consent_by="Anna Marlow and Lewis Hart")
    decide(sitting, ["unborn"], Outcome.NO_PLAN)
    write_outline(sitting, ["rosa"])
    close(sitting)
    plan = ProtectionPlan.objects.get()
    assert (plan.child, plan.category, plan.initial_category) == (sitting.marlows.rosa, "EMO", "EMO")
    assert (plan.started_on, plan.state) == (TODAY, PlanState.OPEN)
    assert plan.first_core_group_due_on == date(2026, 12, 4)  # 10 working days
    assert plan.review_due_on == date(2027, 2, 19)  # 91 days; three months would be the 20th, a Saturday
    need = ChildInNeedPlan.objects.get()
    assert (need.child, need.consent_by) == (sitting.marlows.theo, "Anna Marlow and Lewis Hart")
    assert need.minimum_until_on is None
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.HELD
    assert sitting.conference.closed_by == sitting.conference.chair


def test_closing_plans_the_core_group_and_asks_for_the_review():
    sitting = a_closed_sitting()
    meeting = CoreGroupMeeting.objects.get()
    assert (meeting.is_first, meeting.due_on, meeting.starts_at) == (True, date(2026, 12, 4), at(date(2026, 11, 27)))
    assert set(CoreGroupMember.objects.values_list("name", flat=True)) == {"Anna Marlow", "Priya Nandra"}
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    assert (review.state, review.previous) == (ConferenceState.AGREED, sitting.conference)
    assert (review.anchor_on, review.due_on) == (TODAY, date(2027, 2, 19))
    assert review.children.filter(included=True).count() == 3


def test_closing_is_written_in_the_trail_before_the_plans():
    sitting = a_closed_sitting()
    outer, inner = Event.objects.filter(on_id=sitting.conference.pk, act="hold a conference").order_by("-at")[:2][::-1]
    assert inner.part_of == outer.id
    assert outer.by_id == sitting.conference.chair_id


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"lead_social_worker": None}, "Choose the lead social worker."),
        ({"members": []}, "Choose the members of the core group."),
        ({"core_group_at": None}, "Enter the date and time of the first core group."),
        ({"core_group_at": at(date(2026, 12, 7))}, "The core group must meet by Friday 4 December 2026"),
        ({"core_group_at": at(date(2026, 11, 28))}, "Saturday 28 November 2026 is not a working day."),
        ({"core_group_at": at(TODAY)}, "The core group must meet after Friday 20 November 2026."),
        ({"core_group_place": ""}, "Enter where the core group will meet."),
        ({"review_on": date(2027, 2, 22)}, "The review conference must be by Friday 19 February 2027"),
    ],
)
def test_closing_refuses_a_plan_with_something_missing_and_changes_nothing(given, sentence):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    with pytest.raises(Invalid, match=sentence):
        close(sitting, **given)
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.OPEN
    assert not ProtectionPlan.objects.exists()


def test_closing_refuses_a_child_without_an_action_of_their_own():
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting, ["rosa", "theo"])
    with pytest.raises(Invalid, match="The outline plan has no action for Unborn Marlow"):
        close(sitting)


def test_another_chair_cannot_close_it():
    sitting = a_quorate_sitting()
    decide(sitting, outcome=Outcome.NO_PLAN)
    from conferences.plans.actions.close import close_conference

    with pytest.raises(NotPermitted):
        close_conference(by=sitting.council.by("other_chair"), conference=sitting.conference)


def test_it_cannot_be_closed_twice():
    sitting = a_closed_sitting()
    with pytest.raises(WrongState, match="is held"):
        close(sitting)


def test_a_conference_that_decided_nothing_waits_to_be_booked_again_under_the_same_limit():
    sitting = mark(an_open_sitting(), absent=["school", "gp", "health_visiting", "midwifery", "police"])
    from conferences.meeting.actions.attendance import confirm_quorum

    confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False)
    decide(sitting, outcome=Outcome.NOT_DECIDED)
    close(sitting)
    again = Conference.objects.get(previous=sitting.conference)
    assert (again.kind, again.state) == (ConferenceKind.INITIAL, ConferenceState.AGREED)
    assert (again.anchor_on, again.due_on) == (sitting.conference.anchor_on, sitting.conference.due_on)
    assert "Friday 27 November 2026" in again.request_reason
    assert not ProtectionPlan.objects.exists()


def test_a_review_continues_the_plan_with_its_category_and_the_next_review_within_six_months():
    review = a_review_sitting()
    decide(review, category="EMO")
    write_outline(review)
    close(review, core_group_at=None)
    plans = ProtectionPlan.objects.filter(state=PlanState.OPEN)
    assert {(plan.initial_category, plan.category) for plan in plans} == {("NEG", "EMO")}
    assert {plan.review_due_on for plan in plans} == {date(2027, 5, 20)}
    assert {plan.started_on for plan in plans} == {TODAY - timedelta(weeks=8)}
    assert Conference.objects.get(previous=review.conference).due_on == date(2027, 5, 20)


def test_a_review_ends_the_plan_on_its_own_day_with_a_child_in_need_plan_of_the_minimum_length():
    review = a_review_sitting()
    decide(review, outcome=Outcome.CHILD_IN_NEED)
    close(review, end_reasons={row.child_id: EndReason.SAFE for row in review.children})
    plan = ProtectionPlan.objects.get(child=review.marlows.rosa)
    assert (plan.state, plan.ended_on, plan.end_reason) == (PlanState.ENDED, TODAY, EndReason.SAFE)
    assert plan.ended_by_conference == review.conference
    assert {need.minimum_until_on for need in ChildInNeedPlan.objects.all()} == {date(2027, 2, 22)}
    assert not CoreGroupMember.objects.filter(to_on__isnull=True).exists()


def test_a_plan_cannot_end_on_the_day_it_started():
    first = a_closed_sitting()
    review = a_quorate_sitting(kind=ConferenceKind.REVIEW, marlows=first.marlows, on=TODAY + timedelta(days=3))
    with setting_up():
        ProtectionPlan.objects.update(started_on=TODAY + timedelta(days=3))
    decide(review, outcome=Outcome.NO_PLAN)
    with pytest.raises(Invalid, match="the end is at least a day after the start"):
        close(review)


def test_of_two_people_who_must_not_meet_the_chair_is_asked_how_the_other_hears(client):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    client.force_login(sitting.conference.chair)
    page = client.get(reverse("plans:close", args=[sitting.conference.pk])).content.decode()
    assert "How will Dan Pryce hear what the core group decides?" in page


def test_a_core_group_that_was_booked_for_a_day_before_the_conference_is_not_said_to_follow_it(client):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    client.force_login(sitting.conference.chair)
    chair, family = sitting.conference.chair, sitting.conference.family
    for days, is_said in ((-3, False), (3, True)):
        starts_at = sitting.conference.starts_at + timedelta(days=days)
        with setting_up():
            CoreGroupMeeting.objects.update_or_create(
                family=family, defaults={"due_on": TODAY, "starts_at": starts_at, "place": "School", "booked_by": chair}
            )
        page = client.get(reverse("plans:close", args=[sitting.conference.pk])).content.decode()
        assert ("One is booked for" in page) == is_said


def test_no_answer_is_chosen_in_advance_on_any_page_from_opening_to_closing(client):
    review = a_review_sitting()
    decide(review)
    with setting_up():
        Conference.objects.filter(pk=review.conference.pk).update(quorate=None)
    client.force_login(review.conference.chair)
    assert chosen(client, "conferences:meet_quorum", review) == []
    with setting_up():
        Conference.objects.filter(pk=review.conference.pk).update(quorate=True)
    assert chosen(client, "conferences:meet_decide", review) == []
    assert chosen(client, "plans:close", review) == []
    page = client.get(reverse("plans:close", args=[review.conference.pk])).content.decode()
    assert page.count(": in the core group now") == 2 and page.count(", who leads the plan now") == 1


def test_the_page_says_who_was_invited_only_about_a_child_with_a_plan_that_ends_and_ticks_nobody(client):
    review = a_review_sitting()
    decide(review, ["rosa"], Outcome.NO_PLAN)
    decide(review, ["theo", "unborn"])
    client.force_login(review.conference.chair)
    page = client.get(reverse("plans:close", args=[review.conference.pk])).content.decode()
    only = re.findall(r"([A-Z]\w+ \w+) \([^()]*\): invited only about Rosa, and that plan ends", page)
    assert sorted(only) == ["Dan Pryce", "Sam School"] and chosen(client, "plans:close", review) == []


def chosen(client, page, sitting) -> list[str]:
    """What is ticked or selected on the page before anybody has answered it."""
    found = client.get(reverse(page, args=[sitting.conference.pk])).content.decode()
    return re.findall(r"<input[^>]* checked[^>]*>|<option value=\"[^\"]+\"[^>]* selected[^>]*>", found)
