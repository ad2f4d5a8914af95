"""Opening, running, deciding in and closing a conference: state, audit trail, refusal."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.choices import MOVED, Attendance, ConferenceState, Outcome
from conferences.convening.models import Conference
from conferences.meeting.actions import attendance, decisions
from conferences.meeting.actions.decisions import GivenView, record_child_views
from conferences.meeting.models import AgencyView, Decision
from conferences.tests.meeting import a_booked_sitting, a_quorate_sitting, all_told, an_open_sitting, at, decide, mark
from cpc.core.accounts.tests.builders import TODAY, last_event, setting_up, viewer
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted

pytestmark = pytest.mark.django_db
FAMILY = "conference_moved_family"


# --- Opening


def test_the_chair_opens_it_on_its_day():
    sitting = a_booked_sitting()
    attendance.open_conference(by=sitting.chair, conference=sitting.conference)
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.OPEN
    assert sitting.conference.opened_by == sitting.conference.chair
    assert (last_event().by_id, last_event().on_id) == (sitting.conference.chair_id, sitting.conference.pk)


@pytest.mark.parametrize("name", ["other_chair", "administrator", "social_worker", "service_manager"])
def test_nobody_but_its_own_chair_opens_it(name):
    sitting = a_booked_sitting()
    with pytest.raises(NotPermitted):
        attendance.open_conference(by=sitting.council.by(name), conference=sitting.conference)
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.BOOKED


def on_day(sitting, day):
    return viewer(sitting.conference.chair, day)


def test_on_another_day_the_chair_must_say_on_which_it_is_held():
    sitting = a_booked_sitting()
    monday = TODAY + timedelta(days=3)
    with pytest.raises(Invalid, match="is booked for Friday 20 November 2026 and today is Monday 23 November 2026"):
        attendance.open_conference(by=on_day(sitting, monday), conference=sitting.conference)
    with pytest.raises(Invalid, match="Say why it is held today and not on Friday 20 November 2026"):
        attendance.open_conference(by=on_day(sitting, monday), conference=sitting.conference, held="today")
    attendance.open_conference(
        by=on_day(sitting, monday), conference=sitting.conference, held="today", reason="Snow.", at=at(monday, 14)
    )
    sitting.conference.refresh_from_db()
    assert sitting.conference.held_on == monday
    assert sitting.conference.held_reason.endswith("held on Monday 23 November 2026. The reason: Snow.")
    assert sitting.conference.ends_at - sitting.conference.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize("days", [1, 2])
def test_no_conference_is_held_on_a_saturday_or_sunday(days):
    sitting = a_booked_sitting()
    day = TODAY + timedelta(days=days)
    with pytest.raises(Invalid, match="No conference is held on a Saturday or Sunday"):
        attendance.open_conference(
            by=on_day(sitting, day), conference=sitting.conference, held="today", reason="Snow.", at=at(day, 14)
        )


def test_no_conference_is_held_on_a_weekend_even_if_it_was_booked_for_it():
    sitting = a_booked_sitting(TODAY + timedelta(days=1))
    with pytest.raises(Invalid, match="No conference is held on a Saturday or Sunday"):
        attendance.open_conference(by=sitting.chair, conference=sitting.conference)


def test_a_conference_on_a_bank_holiday_needs_a_reason_that_the_record_gives():
    sitting = a_booked_sitting(date(2026, 12, 25))
    with pytest.raises(Invalid, match=r"Christmas Day.* is a bank holiday\. Say why it is held today"):
        attendance.open_conference(by=sitting.chair, conference=sitting.conference)
    reason = "The children come home tomorrow."
    attendance.open_conference(by=sitting.chair, conference=sitting.conference, reason=reason)
    assert "Christmas Day" in sitting.conference.held_reason and sitting.conference.held_reason.endswith(reason)


def test_another_day_than_the_booked_one_tells_everyone_invited():
    sitting = a_booked_sitting()
    all_told(sitting)
    monday = TODAY + timedelta(days=3)
    with time_machine.travel(at(monday, 14), tick=True):
        attendance.open_conference(
            by=on_day(sitting, monday), conference=sitting.conference, held="today", reason="Snow.", at=at(monday, 14)
        )
        told = Outgoing.objects.filter(purpose=MOVED, about_id=sitting.conference.pk)
        assert {one.recipient_id for one in told if one.recipient_kind == "person"} == {
            sitting.marlows.mother.pk, sitting.marlows.rosas_father.pk, sitting.marlows.theos_father.pk,
        }  # fmt: skip
        users = {each.user_id for each in sitting.invitations.values() if each.user_id}
        assert {one.recipient_id for one in told if one.recipient_kind == "user"} == users
        letter = told.get(
            recipient_kind="person", recipient_id=sitting.marlows.mother.pk, document__kind=FAMILY
        ).document
        assert "It has been moved to today" in flowing_text(rebuild(letter.kind, letter.values))


def test_writing_up_and_the_booked_day_tell_nobody():
    sitting = an_open_sitting()
    assert not Outgoing.objects.filter(purpose=MOVED, about_id=sitting.conference.pk).exists()


@pytest.mark.parametrize("declared", [None, False])
def test_no_conference_is_opened_before_its_chair_declared_or_was_agreed(declared):
    sitting = a_booked_sitting()
    with setting_up():
        sitting.conference.chair_independent = declared
        if declared is None:
            sitting.conference.chair_declared_at = None
        sitting.conference.save()
    said = "has not yet declared" if declared is None else "has not yet approved"
    with pytest.raises(Invalid, match=said):
        attendance.open_conference(by=sitting.chair, conference=sitting.conference)
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.BOOKED


def test_it_is_not_written_up_before_it_was_held():
    sitting = a_booked_sitting()
    thursday = TODAY - timedelta(days=1)
    with pytest.raises(Invalid, match="has not come yet"):
        attendance.open_conference(by=on_day(sitting, thursday), conference=sitting.conference, held="written_up")


def test_it_is_written_up_afterwards_under_its_own_day():
    sitting = a_booked_sitting()
    saturday = on_day(sitting, TODAY + timedelta(days=1))
    attendance.open_conference(by=saturday, conference=sitting.conference, held="written_up")
    assert sitting.conference.held_on == TODAY


def test_a_conference_to_which_nobody_was_invited_is_opened_only_with_a_reason_that_the_record_gives():
    sitting = a_booked_sitting()
    with setting_up():
        sitting.conference.invitations.update(sent_at=None, sent_by=None)
    with pytest.raises(Invalid, match="Nobody was sent an invitation") as refused:
        attendance.open_conference(by=sitting.chair, conference=sitting.conference)
    assert refused.value.field == "uninvited"
    why = "The parents came with the police."
    attendance.open_conference(by=sitting.chair, conference=sitting.conference, uninvited=why)
    sitting.conference.refresh_from_db()
    assert sitting.conference.held_reason.endswith(why)


def test_a_conference_opened_by_mistake_is_put_back_with_a_reason_and_nobody_is_marked_as_here():
    sitting = mark(an_open_sitting())
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    attendance.add_newcomer(by=sitting.chair, conference=sitting.conference, name="Ola Reed", role="school_nurse")
    with pytest.raises(Invalid, match="Say why"):
        attendance.put_back(by=sitting.chair, conference=sitting.conference, reason=" ")
    with pytest.raises(NotPermitted):
        attendance.put_back(by=sitting.council.by("administrator"), conference=sitting.conference, reason="A mistake")
    attendance.put_back(by=sitting.chair, conference=sitting.conference, reason="A mistake")
    assert last_event().reason == "A mistake"
    found = Conference.objects.get(pk=sitting.conference.pk)
    assert (found.state, found.opened_at, found.quorate) == (ConferenceState.BOOKED, None, None)
    here = found.invitations.filter(withdrawn_at__isnull=True)
    assert {one.attendance for one in here} == {Attendance.UNKNOWN} and not here.filter(name="Ola Reed").exists()
    attendance.open_conference(by=sitting.chair, conference=found)


def test_a_conference_in_which_something_was_decided_is_not_put_back():
    sitting = a_quorate_sitting()
    decide(sitting)
    with pytest.raises(Invalid, match="A decision was recorded"):
        attendance.put_back(by=sitting.chair, conference=sitting.conference, reason="A mistake")


# --- Who is here, and the quorum


def test_a_quorum_is_computed_and_confirmed():
    sitting = mark(an_open_sitting())
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    sitting.conference.refresh_from_db()
    assert (sitting.conference.quorate, sitting.conference.quorum_reason) == (True, "")


def test_an_answer_that_differs_from_the_computed_quorum_needs_a_reason():
    sitting = mark(an_open_sitting(), absent=["school", "gp", "midwifery", "police"])
    with pytest.raises(Invalid, match="is not quorate"):
        attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    attendance.confirm_quorum(
        by=sitting.chair, conference=sitting.conference, quorate=False, reason="Delay would harm them"
    )
    assert last_event().reason == "Delay would harm them"


def test_the_quorum_is_not_confirmed_before_anybody_is_marked():
    sitting = an_open_sitting()
    with pytest.raises(Invalid, match="Mark the attendance first"):
        attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)


def test_a_change_of_attendance_that_changes_the_quorum_clears_the_confirmation():
    sitting = a_quorate_sitting()
    mark(sitting, absent=["gp"])
    sitting.conference.refresh_from_db()
    assert sitting.conference.quorate is True
    mark(sitting, absent=["school", "gp", "midwifery", "police"])
    sitting.conference.refresh_from_db()
    assert sitting.conference.quorate is None


def test_times_must_follow_each_other_and_exclusion_needs_a_reason():
    sitting = an_open_sitting()
    mother = sitting.invitations["mother"].pk
    late = attendance.AttendanceMark(mother, Attendance.PRESENT, came_at=at(TODAY, 11), left_at=at(TODAY, 10))
    with pytest.raises(Invalid, match="cannot have left before coming"):
        attendance.mark_attendance(by=sitting.chair, conference=sitting.conference, marks=[late])
    with pytest.raises(Invalid, match="Say why Anna Marlow is excluded"):
        attendance.mark_attendance(
            by=sitting.chair,
            conference=sitting.conference,
            marks=[attendance.AttendanceMark(mother, Attendance.EXCLUDED)],
        )


def test_somebody_who_came_uninvited_counts_for_the_children_they_know():
    sitting = mark(an_open_sitting(), absent=["school", "gp", "midwifery", "police"])
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False)
    came = attendance.add_newcomer(
        by=sitting.chair, conference=sitting.conference, name="Ola Reed", role="school_nurse",
        agency=sitting.council.agencies.school, children=[sitting.marlows.rosa],
    )  # fmt: skip
    assert (came.attendance, came.is_expected, came.sent_at) == (Attendance.PRESENT, False, None)
    sitting.conference.refresh_from_db()
    assert sitting.conference.quorate is None
    for wrong in ({"name": " "}, {"role": "parent"}):
        with pytest.raises(Invalid):
            attendance.add_newcomer(
                by=sitting.chair, conference=sitting.conference, **({"name": "A", "role": "gp"} | wrong)
            )


# --- Views


def views(sitting, child, *given, **how):
    return record_child_views(by=sitting.chair, conference_child=sitting.rows[child], views=given, **how)


def test_an_agency_has_a_view_only_on_the_children_it_knows():
    sitting = an_open_sitting()
    school = sitting.invitations["school"].pk
    views(sitting, "rosa", GivenView(school, "plan", "Hungry", score=3), participation="PN6")
    kept = AgencyView.objects.get()
    assert (kept.view, kept.reason, kept.conference_child.participation) == ("plan", "Hungry", "PN6")
    with pytest.raises(Invalid, match="Only people who know this child"):
        views(sitting, "theo", GivenView(school, "plan", "Hungry"))


def test_the_social_worker_and_their_manager_give_one_view():
    sitting = mark(an_open_sitting(), absent=[])
    manager = attendance.add_newcomer(
        by=sitting.chair, conference=sitting.conference, name="Tess Ward", role="team_manager", agency=None,
        children=[sitting.marlows.rosa],
    )  # fmt: skip
    views(sitting, "rosa", GivenView(sitting.invitations["social_worker"].pk, "plan", "Hungry"), participation="PN6")
    with pytest.raises(Invalid, match="has already given the view of Children’s social care"):
        views(sitting, "rosa", GivenView(manager.pk, "no_plan", "Fed"))
    assert AgencyView.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"view": "plan"}, "Give the reason of"),
        ({"reason": "Hungry"}, "Choose the view of"),
        ({"view": "unsure", "dissents": True}, "Give the reason why"),
        ({"score": 11}, "The scale goes from 0 to 10."),
        ({"view": "vote"}, "Choose one of the views."),
    ],
)
def test_a_view_that_cannot_be_is_refused(given, sentence):
    sitting = an_open_sitting()
    with pytest.raises(Invalid, match=sentence):
        views(sitting, "rosa", GivenView(sitting.invitations["school"].pk, **given))
    assert not AgencyView.objects.exists()


# --- Decisions


def test_the_same_decision_for_all_still_writes_a_row_for_each_child():
    sitting = a_quorate_sitting()
    decide(sitting, category="EMO")
    assert Decision.objects.filter(category="EMO", decided_by=sitting.conference.chair).count() == 3
    assert last_event().details["outcome"] == "protection_plan"
    decide(sitting, ["theo"], Outcome.NO_PLAN)
    assert Decision.objects.count() == 3
    assert Decision.objects.get(conference_child=sitting.rows["theo"]).category == ""


@pytest.mark.parametrize(
    ("outcome", "words", "field"),
    [
        (Outcome.PROTECTION_PLAN, {"category": ""}, "category"),
        (Outcome.PROTECTION_PLAN, {"reasons": " "}, "reasons"),
        (Outcome.CHILD_IN_NEED, {"consent_by": ""}, "consent_by"),
        (Outcome.CHILD_IN_NEED, {"consent_by": "Anna Marlowe"}, "consent_by"),
        (Outcome.CHILD_IN_NEED, {"consent_by": "Anna Marlow and their aunt"}, "consent_by"),
        (Outcome.NOT_DECIDED, {"interim_plan": ""}, "interim_plan"),
        (Outcome.NOT_DECIDED, {"not_decided_reason": ""}, "not_decided_reason"),
        (Outcome.NOT_DECIDED, {"new_date_on": None}, "new_date_on"),
        (Outcome.NOT_DECIDED, {"new_date_on": TODAY}, "new_date_on"),
        (Outcome.NOT_DECIDED, {"new_date_on": date(2026, 12, 19)}, "new_date_on"),
        (Outcome.NOT_DECIDED, {"new_date_on": date(2026, 12, 25)}, "new_date_reason"),
        ("nonsense", {}, "outcome"),
    ],
)
def test_a_decision_without_what_it_needs_is_refused_at_its_field(outcome, words, field):
    sitting = a_quorate_sitting()
    with pytest.raises(Invalid) as refused:
        decide(sitting, outcome=outcome, **words)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_an_inquorate_conference_decides_no_plan_unless_it_goes_ahead_for_a_reason():
    sitting = mark(an_open_sitting(), absent=["school", "gp", "midwifery", "police"])
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False)
    with pytest.raises(Invalid, match="not quorate"):
        decide(sitting)
    decide(sitting, outcome=Outcome.NOT_DECIDED)
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=False, reason="Delay would harm")
    decide(sitting)


def test_when_the_chair_falls_ill_in_the_meeting_the_person_named_decides_and_the_meeting_goes_on():
    sitting = a_quorate_sitting()
    other = viewer(sitting.council.users.other_chair, sitting.conference.held_on)
    given = {"conference": sitting.conference, "children": sitting.children, "outcome": "no_plan", "reasons": "Safe"}
    name_acting_chair(
        by=sitting.council.by("service_manager"), conference=sitting.conference, user=sitting.council.users.other_chair,
        reason="Taken ill at 10:40",
    )  # fmt: skip
    decisions.decide(by=other, **given)  # until then they are refused: see below
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.OPEN and sitting.conference.quorate
    assert set(Decision.objects.values_list("decided_by", flat=True)) == {other.id}
    attendance.close(by=other, conference=sitting.conference)
    assert Conference.objects.get(pk=sitting.conference.pk).state == ConferenceState.HELD


def test_another_chair_decides_nothing():
    sitting = a_quorate_sitting()
    with pytest.raises(NotPermitted):
        decisions.decide(
            by=sitting.council.by("other_chair"), conference=sitting.conference, children=sitting.children,
            outcome="no_plan", reasons="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": ""},
        {"reasons": ""},
        {"outcome": "child_in_need", "category": ""},
        {"outcome": "not_decided", "category": "", "not_decided_reason": "adjourned"},
        {"outcome": "no_plan"},
    ],
)
def test_the_database_itself_refuses_a_decision_without_what_it_needs(wrong):
    sitting = a_quorate_sitting()
    decide(sitting, ["rosa"])
    with pytest.raises(IntegrityError), transaction.atomic(), setting_up():
        Decision.objects.update(**wrong)


# --- Closing


def test_it_cannot_be_closed_while_anything_is_missing():
    sitting = an_open_sitting()
    with pytest.raises(Invalid) as refused:
        attendance.close(by=sitting.chair, conference=sitting.conference)
    for words in ("Mark the attendance.", "Confirm whether", "No decision has been recorded for Rosa Marlow."):
        assert words in refused.value.sentence
    mark(sitting)
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    decide(sitting, ["rosa", "theo"], Outcome.NO_PLAN)
    with pytest.raises(Invalid, match="No decision has been recorded for Unborn Marlow"):
        attendance.close(by=sitting.chair, conference=sitting.conference)
    decide(sitting, ["unborn"], Outcome.NO_PLAN)
    attendance.close(by=sitting.chair, conference=sitting.conference)
    sitting.conference.refresh_from_db()
    assert sitting.conference.state == ConferenceState.HELD
