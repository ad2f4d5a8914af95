"""A child in need plan has a lead, meetings, a review and an end, and never runs beside a protection plan."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import ConferenceKind, Outcome
from conferences.convening.models import Invitation
from conferences.plans.actions.child_in_need import (
    book_need_meeting,
    end_child_in_need,
    move_need_meeting,
    record_need_meeting,
)
from conferences.plans.choices import MeetingState, NeedEnd
from conferences.plans.deadlines import duties
from conferences.plans.models import (
    ChildInNeedMeeting,
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    ProtectionPlan,
)
from conferences.plans.tests.closing import a_review_sitting, close, write_outline
from conferences.separation.queries.presences import presences_of
from conferences.tests.meeting import a_quorate_sitting, at, decide
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import MustNotMeet
from families.tests.builders import a_family

pytestmark = pytest.mark.django_db

FIRST_BY = date(2026, 12, 4)  # 10 working days
MET = date(2026, 12, 2)


@pytest.fixture
def sitting():
    """A review that ended the protection plans of all three children with child in need plans."""
    review = a_review_sitting()
    decide(review, outcome=Outcome.CHILD_IN_NEED)
    close(review)
    return review


def worker(sitting, on=MET):
    """The social worker on that day."""
    return sitting.council.by("social_worker", on)


def end(sitting, child, reason=NeedEnd.MET, **how):
    """End the plan of a child on the second of December, as its social worker."""
    plan = ChildInNeedPlan.objects.get(child=child)
    how = {"note": "All is well at home and at school", "ended_on": MET} | how
    return end_child_in_need(by=how.pop("by", worker(sitting)), plan=plan, reason=reason, **how)


def kinds(sitting) -> dict:
    """The last day of each duty of the social worker about children in need."""
    mine = [each for each in duties() if sitting.council.users.social_worker.pk in each.owners]
    return {each.kind: each.due_on for each in mine if "need" in each.kind}


def meeting(sitting, **how):
    """A meeting booked for the second of December."""
    usual = {"starts_at": at(MET), "place": "Alder Lane Primary School"}
    return book_need_meeting(by=worker(sitting, TODAY), family=sitting.marlows.family, **usual | how)


def test_it_begins_with_a_lead_a_minimum_and_last_days_for_its_first_meeting_and_its_review(sitting):
    plan = ChildInNeedPlan.objects.get(child=sitting.marlows.rosa)
    assert plan.lead_social_worker == sitting.council.users.social_worker
    assert plan.minimum_until_on == date(2027, 2, 22)
    assert kinds(sitting) == {"book_need_meeting": FIRST_BY, "review_need": date(2027, 2, 19)}


def test_its_meetings_are_booked_within_the_limit_held_and_followed_by_the_next(sitting):
    with pytest.raises(Invalid, match="The meeting must be by Friday 4 December 2026") as refused:
        meeting(sitting, starts_at=at(date(2026, 12, 7)))
    assert refused.value.field == "starts_on"
    booked = meeting(sitting)
    assert booked.due_on == FIRST_BY
    assert kinds(sitting) == {"hold_need_meeting": MET, "review_need": date(2027, 2, 19)}
    with pytest.raises(Invalid, match="A meeting is already booked"):
        meeting(sitting)
    move_need_meeting(by=worker(sitting, TODAY), meeting=booked, starts_at=at(date(2026, 12, 1)), place="School")
    record_need_meeting(
        by=worker(sitting), meeting=booked, held_on=date(2026, 12, 1), present="Anna Marlow", progress="Better",
        next_at=at(date(2026, 12, 22)), next_place="School", next_is_review=True,
    )  # fmt: skip
    following = ChildInNeedMeeting.objects.get(state=MeetingState.PLANNED)
    assert following.is_review
    assert kinds(sitting) == {"hold_need_meeting": date(2026, 12, 22)}


def test_two_who_must_not_meet_are_not_at_one_meeting_nor_beside_another_meeting_of_theirs(sitting):
    mother, lewis = sitting.marlows.mother, sitting.marlows.theos_father
    with setting_up():
        MustNotMeet.objects.create(one=mother, other=lewis, protects="one", source="injunction", reason="He hit her.")
    with pytest.raises(Invalid, match="must be kept separate, so they cannot both come to this meeting") as refused:
        meeting(sitting, people=[mother, lewis])
    assert refused.value.field == "people"
    booked = meeting(sitting, people=[mother], place="Town Hall")
    assert {one.person for one in presences_of([mother.pk, lewis.pk], at(TODAY))} == {mother.pk}
    other_family = a_family(sitting.council, name="Hart")
    with setting_up():
        CoreGroupMember.objects.create(
            family=other_family, person=lewis, name=lewis.full_name, part="stepfather", from_on=TODAY
        )
        CoreGroupMeeting.objects.create(
            family=other_family, due_on=MET, starts_at=at(date(2026, 12, 3), 11), place="Room 2, Town Hall",
            booked_by=sitting.council.users.social_worker,
        )  # fmt: skip
    move = {"by": worker(sitting, TODAY), "meeting": booked, "place": "Town Hall"}
    with pytest.raises(Invalid, match="Anna Marlow must not come at this time"):
        move_need_meeting(**move, starts_at=at(date(2026, 12, 3), 10), people=[mother])
    move_need_meeting(**move, starts_at=at(date(2026, 12, 3), 10), people=[])
    assert not booked.people.exists()


def test_a_review_counts_from_the_last_review(sitting):
    booked = meeting(sitting, is_review=True)
    record_need_meeting(by=worker(sitting), meeting=booked, held_on=MET, present="Anna Marlow")
    assert kinds(sitting) == {"book_need_meeting": date(2026, 12, 30), "review_need": date(2027, 3, 2)}


def test_before_its_minimum_it_ends_only_with_a_reason_in_words(sitting):
    with pytest.raises(Invalid, match="until at least Monday 22 February 2027") as refused:
        end(sitting, sitting.marlows.rosa, note=" ")
    assert refused.value.field == "note"
    end(sitting, sitting.marlows.rosa)
    with pytest.raises(WrongState):
        end(sitting, sitting.marlows.rosa)
    plan = ChildInNeedPlan.objects.get(child=sitting.marlows.rosa)
    assert (plan.ended_on, plan.end_reason, plan.ended_by) == (MET, NeedEnd.MET, sitting.council.users.social_worker)


@pytest.mark.parametrize(
    ("reason", "given", "sentence"),
    [
        ("", {}, "Choose why the plan ends"),
        (NeedEnd.PROTECTION, {}, "Choose why the plan ends"),
        (NeedEnd.MET, {"ended_on": None}, "Enter the day"),
        (NeedEnd.MET, {"ended_on": MET + timedelta(days=1)}, "today or in the past"),
        (NeedEnd.MET, {"ended_on": TODAY - timedelta(days=1)}, "not before Friday 20 November 2026"),
        (NeedEnd.DIED, {}, "Record Rosa Marlow’s death"),
        (NeedEnd.EIGHTEEN, {}, "is not 18 yet"),
    ],
)
def test_an_end_that_cannot_be_is_refused_in_a_sentence(sitting, reason, given, sentence):
    with pytest.raises(Invalid, match=sentence):
        end(sitting, sitting.marlows.rosa, reason, **given)
    assert ChildInNeedPlan.objects.filter(ended_on__isnull=True).count() == 3


def test_the_access_of_other_agencies_and_the_booked_meeting_end_with_the_last_plan(sitting):
    meeting(sitting)
    theirs = Invitation.objects.filter(conference=sitting.conference, user__isnull=False)
    for child in (sitting.marlows.rosa, sitting.marlows.theo):
        end(sitting, child)
    assert theirs.filter(ends_on__isnull=True).exists()
    assert ChildInNeedMeeting.objects.get().state == MeetingState.PLANNED
    end(sitting, sitting.marlows.unborn)
    assert not theirs.filter(ends_on__isnull=True).exists()
    assert ChildInNeedMeeting.objects.get().state == MeetingState.CANCELLED
    assert kinds(sitting) == {}


def test_a_death_is_a_duty_of_the_lead_and_ends_the_plan_on_its_day(sitting):
    with setting_up():
        sitting.marlows.rosa.died_on = TODAY
        sitting.marlows.rosa.save()
    assert kinds(sitting)["end_child_in_need"] == TODAY
    end(sitting, sitting.marlows.rosa, NeedEnd.DIED, note="", ended_on=None)
    assert ChildInNeedPlan.objects.get(child=sitting.marlows.rosa).ended_on == TODAY
    assert "end_child_in_need" not in kinds(sitting)


def test_a_protection_plan_that_opens_ends_it_on_that_day_so_they_never_run_side_by_side(sitting):
    again = a_quorate_sitting(
        TODAY + timedelta(days=10), marlows=sitting.marlows, children=("rosa",), kind=ConferenceKind.INITIAL
    )
    decide(again)
    write_outline(again)
    close(again)
    plan = ChildInNeedPlan.objects.get(child=sitting.marlows.rosa)
    protection = ProtectionPlan.objects.get(child=sitting.marlows.rosa, state="open")
    assert (plan.ended_on, plan.end_reason) == (protection.started_on, NeedEnd.PROTECTION)
    assert ChildInNeedPlan.objects.filter(ended_on__isnull=True).count() == 2


def test_a_second_conference_lets_the_open_plan_go_on_with_its_new_consent(sitting):
    again = a_quorate_sitting(
        TODAY + timedelta(days=10), marlows=sitting.marlows, children=("rosa",), kind=ConferenceKind.INITIAL
    )
    decide(again, outcome=Outcome.CHILD_IN_NEED, consent_by="Dan Pryce")
    close(again)
    plan = ChildInNeedPlan.objects.get(child=sitting.marlows.rosa)
    assert (plan.consent_by, plan.started_on, plan.ended_on) == ("Dan Pryce", TODAY, None)


@pytest.mark.parametrize("who", ["chair", "administrator", "other_worker", "service_manager"])
def test_only_the_familys_social_worker_and_manager_run_it(sitting, who):
    with pytest.raises(NotPermitted):
        end(sitting, sitting.marlows.rosa, by=sitting.council.by(who, MET))
    end(sitting, sitting.marlows.rosa, by=sitting.council.by("team_manager", MET))


def test_the_manager_names_another_lead_of_the_team_with_a_reason(client, sitting):
    plan, users = ChildInNeedPlan.objects.get(child=sitting.marlows.theo), sitting.council.users
    new = a_user(Role.SOCIAL_WORKER, team=sitting.marlows.family.team, first_name="Bea", last_name="Lowe")
    there = reverse("plans:need_lead", args=[plan.pk])
    client.force_login(users.social_worker)
    assert client.get(there).status_code == 403
    client.force_login(users.team_manager)
    assert there in client.get(reverse("plans:family", args=[sitting.marlows.family.pk])).content.decode()
    assert "already leads this plan" in client.post(
        there, {"lead": users.social_worker.pk, "reason": "Leave"}
    ).content.decode()  # fmt: skip
    assert client.post(there, {"lead": new.pk, "reason": "Priya is on leave"}).status_code == 302
    plan.refresh_from_db()
    assert plan.lead_social_worker == new
    assert Event.objects.filter(act=Permission.NAME_NEED_LEAD.value, reason="Priya is on leave").exists()


def test_its_pages_book_record_and_end(client, sitting):
    family = sitting.marlows.family
    client.force_login(sitting.council.users.social_worker)
    page = reverse("plans:family", args=[family.pk])
    book = reverse("plans:book_need_meeting", args=[family.pk])
    assert book in client.get(page).content.decode()
    assert client.get(book).status_code == 200
    given = {"starts_on": "2026-12-02", "starts_time": "10am", "place": "School", "is_review": "on"}
    given["people"] = [sitting.marlows.mother.pk]
    assert client.post(book, given).status_code == 302
    booked = ChildInNeedMeeting.objects.get()
    assert booked.is_review
    for name in ("move_need_meeting", "record_need_meeting"):
        assert reverse(f"plans:{name}", args=[booked.pk]) in client.get(page).content.decode()
        assert client.get(reverse(f"plans:{name}", args=[booked.pk])).status_code == 200
    moved = {"starts_on": "2026-12-03", "starts_time": "11am", "place": "School"}
    assert client.post(reverse("plans:move_need_meeting", args=[booked.pk]), moved).status_code == 302
    with setting_up():
        ChildInNeedMeeting.objects.update(starts_at=at(TODAY))
    written = {"held_on": "2026-11-20", "present": "Anna Marlow", "progress": "Better"}
    assert client.post(reverse("plans:record_need_meeting", args=[booked.pk]), written).status_code == 302
    shown = client.get(page).content.decode()
    assert "Better" in shown
    plan = ChildInNeedPlan.objects.get(child=sitting.marlows.theo)
    there = reverse("plans:end_need", args=[plan.pk])
    assert "Say why it is ending before then" in client.post(
        there, {"reason": "met", "ended_on": "2026-11-20"}
    ).content.decode()  # fmt: skip
    client.post(there, {"reason": "met", "ended_on": "2026-11-20", "note": "All is well"})
    plan.refresh_from_db()
    assert plan.end_reason == NeedEnd.MET
