"""Core groups: booked, moved, held, written up; and what the database refuses."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse

from conferences.convening.choices.enquiries import ActionState
from conferences.plans.actions.core_groups import (
    book_core_group,
    import_core_groups,
    move_core_group,
    record_core_group,
)
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember, PlanAction, ProtectionPlan
from conferences.plans.queries.core_groups import core_group_limit
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import at
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.people.models import MustNotMeet
from families.tests.builders import a_family

pytestmark = pytest.mark.django_db
HELD_ON = date(2026, 11, 27)


@pytest.fixture
def sitting():
    return a_closed_sitting()


@pytest.fixture
def meeting(sitting):
    return CoreGroupMeeting.objects.get()


def worker(sitting, on=HELD_ON):
    return sitting.council.by("social_worker", on)


def record(sitting, meeting, **how):
    usual = {"held_on": HELD_ON, "present": "Anna Marlow\nPriya Nandra"}
    return record_core_group(by=worker(sitting), meeting=meeting, **(usual | how))


def test_the_first_core_group_is_written_up_and_the_next_booked_within_its_limit(sitting, meeting):
    action = PlanAction.objects.get()
    record(
        sitting, meeting, actions={action.pk: (ActionState.DONE, "Every day")}, new_concerns="None",
        next_at=at(date(2027, 1, 6)), next_place="School",
    )  # fmt: skip
    meeting.refresh_from_db()
    action.refresh_from_db()
    assert (meeting.state, meeting.held_on, meeting.recorded_by_id) == (
        MeetingState.HELD, HELD_ON, sitting.council.users.social_worker.pk,
    )  # fmt: skip
    assert (action.state, action.progress) == (ActionState.DONE, "Every day")
    outcomes = CoreGroupMeeting.objects.get(state=MeetingState.PLANNED)
    assert (outcomes.due_on, outcomes.is_first) == (date(2027, 1, 8), False)
    event = Event.objects.filter(part_of__isnull=True).latest("at")  # messages to its members are part of it
    assert (event.act, event.about_id) == ("arrange a core group", sitting.marlows.family.pk)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"held_on": HELD_ON + timedelta(days=3)}, "must be today or in the past"),
        ({"held_on": TODAY - timedelta(days=1)}, "The plan started on Friday 20 November 2026"),
        ({"present": " "}, "Say who attended."),
        ({"next_at": at(date(2027, 1, 11)), "next_place": "School"}, "must meet by Friday 8 January 2027"),
        ({"next_at": at(date(2026, 12, 28)), "next_place": "School"}, "is a bank holiday. Say why"),
        ({"next_at": at(date(2027, 1, 6)), "next_place": ""}, "Enter where the core group will meet."),
        ({"actions": {999999: ("done", "")}}, "The plan has changed"),
    ],
)
def test_a_core_group_that_cannot_be_is_refused_and_nothing_changes(sitting, meeting, how, sentence):
    with pytest.raises(Invalid, match=sentence):
        record(sitting, meeting, **how)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_an_action_that_was_marked_is_to_be_done_again_before_it_is_marked_again(sitting, meeting, client):
    action, next_at = PlanAction.objects.get(), at(date(2027, 1, 6))
    done = {action.pk: (ActionState.DONE, "Every day")}
    record(sitting, meeting, actions=done, next_at=next_at, next_place="School")
    following = CoreGroupMeeting.objects.get(state=MeetingState.PLANNED)
    with pytest.raises(WrongState, match="What is possible now: mark it as to be done"):
        record(sitting, following, actions={action.pk: (ActionState.DONE, "Not every day")})
    with time_machine.travel(at(HELD_ON), tick=False):
        client.force_login(sitting.council.users.social_worker)
        page = reverse("plans:record_core_group", args=[following.pk])
        form = client.get(page).context["form"]
        assert form[f"again_{action.pk}"].label == f"{action.action} (done)" and f"state_{action.pk}" not in form.fields
        day = {"held_on_day": HELD_ON.day, "held_on_month": HELD_ON.month, "held_on_year": HELD_ON.year}
        client.post(page, day | {"others": "All", f"again_{action.pk}": "on"})
    action.refresh_from_db()
    assert (action.state, action.progress) == (ActionState.TO_DO, "Every day")


def test_an_action_not_done_needs_a_reason(sitting, meeting):
    action = PlanAction.objects.get()
    with pytest.raises(Invalid, match="Say why this was not done"):
        record(sitting, meeting, actions={action.pk: (ActionState.NOT_DONE, "")})


@pytest.mark.parametrize("name", ["other_worker", "chair", "administrator", "school"])
def test_only_the_familys_own_social_workers_arrange_it(sitting, meeting, name):
    by = sitting.council.by(name, HELD_ON)
    with pytest.raises(NotPermitted):
        record_core_group(by=by, meeting=meeting, held_on=HELD_ON, present="x")
    with pytest.raises(NotPermitted):
        book_core_group(by=by, family=sitting.marlows.family, starts_at=at(HELD_ON), place="School")


def test_one_core_group_is_booked_at_a_time_and_only_while_a_plan_is_open(sitting, meeting):
    how = {"by": worker(sitting), "family": sitting.marlows.family, "place": "School"}
    how["starts_at"] = at(date(2026, 12, 3))
    with pytest.raises(Invalid, match="already booked"):
        book_core_group(**how)
    record(sitting, meeting)
    assert book_core_group(**how).due_on == date(2027, 1, 8)
    with setting_up():
        ProtectionPlan.objects.update(state="ended", ended_on=HELD_ON, end_reason="safe")
    with pytest.raises(Invalid, match="No child in this family has an open plan"):
        book_core_group(**how)


def test_a_member_does_not_meet_somebody_who_comes_to_the_same_building_for_another_core_group(sitting, meeting):
    other_family, lewis = a_family(sitting.council, name="Hart"), sitting.marlows.theos_father
    with setting_up():
        MustNotMeet.objects.create(
            one=sitting.marlows.mother, other=lewis, protects="one", source="injunction", reason="He hit her."
        )
        CoreGroupMember.objects.create(
            family=other_family, person=lewis, name=lewis.full_name, part="stepfather", from_on=TODAY
        )
        CoreGroupMeeting.objects.create(
            family=other_family, due_on=HELD_ON, starts_at=at(date(2026, 11, 26), 11), state=MeetingState.PLANNED,
            place="Room 2, Town Hall", booked_by=sitting.council.users.social_worker,
        )  # fmt: skip
    by, town_hall = worker(sitting, TODAY), "Town Hall"
    with pytest.raises(Invalid, match="Anna Marlow must not come at this time"):
        move_core_group(by=by, meeting=meeting, starts_at=at(date(2026, 11, 26), 10), place=town_hall)
    move_core_group(by=by, meeting=meeting, starts_at=at(date(2026, 11, 26), 14), place=town_hall)
    move_core_group(by=by, meeting=meeting, starts_at=at(date(2026, 11, 26), 10), place="Alder Lane Primary School")


def test_an_imported_booking_is_accepted_after_its_limit_but_never_beside_another_booking(sitting, meeting):
    by, family, late = worker(sitting), sitting.marlows.family, at(date(2027, 6, 1))
    with acting(by, Permission.ARRANGE_CORE_GROUP, about=family):
        assert import_core_groups(by=by, booked={family.pk: (late, "School ")}) == 0
        record(sitting, meeting)
        assert import_core_groups(by=by, booked={family.pk: (late, "School "), 0: (late, "Nowhere")}) == 1
    brought = CoreGroupMeeting.objects.get(state=MeetingState.PLANNED)
    assert (brought.starts_at, brought.place, brought.booked_by_id) == (late, "School", by.id)
    assert (brought.due_on, brought.is_first) == (date(2027, 1, 8), False)


def test_a_booked_core_group_moves_within_its_limit_and_a_held_one_does_not(sitting, meeting):
    move_core_group(by=worker(sitting), meeting=meeting, starts_at=at(date(2026, 12, 4)), place="Town hall")
    with pytest.raises(Invalid, match="must meet by Friday 4 December 2026"):
        move_core_group(by=worker(sitting), meeting=meeting, starts_at=at(date(2026, 12, 7)), place="Town hall")
    record(sitting, meeting)
    with pytest.raises(WrongState):
        move_core_group(by=worker(sitting), meeting=meeting, starts_at=at(date(2026, 12, 3)), place="x")


def test_once_its_limit_has_passed_a_late_core_group_is_booked_and_still_says_by_when_it_was_due(sitting, meeting):
    record(sitting, meeting)
    family, after = sitting.marlows.family, date(2027, 1, 11)  # the limit was Friday 8 January 2027
    with pytest.raises(Invalid, match="must meet by Friday 8 January 2027"):
        book_core_group(by=worker(sitting), family=family, starts_at=at(after), place="School")
    late = book_core_group(by=worker(sitting, after), family=family, starts_at=at(date(2027, 1, 13)), place="School")
    assert late.due_on == date(2027, 1, 8)


def test_a_core_group_under_a_plan_that_ended_long_ago_sets_no_limit_to_the_next(sitting, meeting):
    record(sitting, meeting)
    with setting_up():
        ProtectionPlan.objects.update(started_on=date(2027, 3, 1))
    limit = core_group_limit(sitting.marlows.family.pk, date(2027, 5, 3), opens=False)
    assert limit.start == date(2027, 5, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "ended"},
        {"state": "ended", "ended_on": TODAY, "end_reason": "safe"},
        {"state": "ended", "ended_on": HELD_ON},
        {"ended_on": HELD_ON},
    ],
)
def test_the_database_itself_refuses_a_plan_that_ends_without_a_later_day_and_a_reason(sitting, wrong):
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        ProtectionPlan.objects.update(**wrong)


def test_the_database_itself_refuses_a_second_open_plan(sitting):
    plan = ProtectionPlan.objects.first()
    plan.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        plan.save(force_insert=True)


def panel(family, viewer: Viewer):
    return Template("{% load plan_panels %}{% plan_panel family viewer %}").render(
        Context({"family": family, "viewer": viewer})
    )


def test_the_panel_shows_plans_to_the_familys_workers_and_nothing_to_others(sitting):
    assert "Rosa Marlow" in panel(sitting.marlows.family, worker(sitting))
    assert panel(sitting.marlows.family, sitting.council.by("other_worker")).strip() == ""
    assert panel(sitting.marlows.family, sitting.council.by("school")).strip() == ""


def test_the_person_recording_it_reads_who_was_promised_to_be_told_what_it_decides(client, sitting, meeting):
    marlows, members = sitting.marlows, CoreGroupMember.objects.filter(family=sitting.marlows.family)
    names = {marlows.mother.full_name, marlows.rosas_father.full_name, marlows.theos_father.full_name}
    outside = names - {one.person.full_name for one in members if one.person_id}
    assert outside and names - outside, "somebody is in it and somebody is not"
    client.force_login(sitting.council.users.social_worker)
    text = client.get(reverse("plans:record_core_group", args=[meeting.pk])).content.decode()
    told = " ".join(text.partition("Not in the core group: ")[2].partition(". Their letters")[0].split())
    assert set(told.split(", ")) == outside
