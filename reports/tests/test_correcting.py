"""What the chair corrects after a conference, and what follows from it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import Attendance, ConferenceKind, ConferenceState, Outcome
from conferences.convening.models import Conference
from conferences.meeting.actions.attendance import MAY_COME_UNINVITED, AttendanceMark, confirm_quorum
from conferences.meeting.models import Decision
from conferences.plans.choices import PlanState
from conferences.plans.models import ChildInNeedPlan, ClosingGap, Correction, ProtectionPlan
from conferences.plans.queries.gaps import priorities
from conferences.plans.tests.closing import (
    TYPED_PLAN,
    a_review_sitting,
    close,
    closing,
    reasons_for_gaps,
    write_outline,
)
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, decide, mark
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_user
from cpc.core.audit.models import Event
from cpc.core.documents.actions import hold_blocked_letters, retry
from cpc.core.documents.choices import DocumentState, OutgoingState
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.core.policy.queries import due, review_due
from families.people.choices import WhoIsProtected
from families.protections.actions.no_contact import record_must_not_meet
from reports.outgoing.actions import correcting
from reports.outgoing.actions.drafting import draft_record, edit_paragraph
from reports.outgoing.actions.releasing import release
from reports.outgoing.models import Copy, Paragraph
from reports.tests.builders import (
    CHILDREN,
    a_drafted_record,
    a_held_sitting,
    an_approved_record,
    approve_record,
    copy_for,
    looked_at,
)
from reports.tests.test_letters import letter

pytestmark = pytest.mark.django_db
NO_PLAN = {"outcome": Outcome.NO_PLAN, "reasons": "Theo is safe with his father."}
IN_NEED = {"outcome": Outcome.CHILD_IN_NEED, "reasons": "Theo needs support.", "consent_by": "Anna Marlow"}


def correct(sitting, child="theo", *, by=None, reason="The wrong box was ticked.", **given):
    return correcting.correct_decision(
        by=by or sitting.chair, conference=sitting.conference, row=sitting.rows[child], reason=reason, **given
    )


def plan_of(person):
    return ProtectionPlan.objects.filter(child=person).first()


def released(sitting, record, *who, kind="decision_letter"):
    """The released copies of these readers."""
    for one in who:
        release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy_for(sitting, record, one, kind)))
    return [copy_for(sitting, record, one, kind) for one in who]


def test_a_correction_leaves_nobody_who_comes_first_out_of_the_core_group_without_a_reason():
    sitting = a_held_sitting(children=CHILDREN)
    correct(sitting, "rosa", outcome=Outcome.NO_PLAN, reasons="Rosa is safe.")
    plan = {"outcome": Outcome.PROTECTION_PLAN, "category": "NEG", "reasons": "Rosa was cold.", "threshold": "Cold."}
    plan |= {"lead_social_worker": sitting.marlows.worker, "category_reason": "Neglect.", **TYPED_PLAN}
    plan["members"] = [sitting.invitations[name] for name in ("rosas_father", "social_worker")]
    (left_out,) = [one.gap for one in priorities(sitting.conference)]
    with pytest.raises(Invalid, match="Lewis Hart has priority for the core group"):
        correct(sitting, "rosa", **plan)
    correct(sitting, "rosa", **plan, gap_reasons={left_out.key: "He asked not to come."})
    assert ClosingGap.objects.get(key=left_out.key).reason == "He asked not to come."


def test_a_wrong_category_is_corrected_in_the_plan_and_only_the_letters_that_say_it_are_sent_again():
    sitting, record = an_approved_record()
    mother, school = released(sitting, record, "mother", "school")  # the school knows Rosa alone
    given = {"outcome": Outcome.PROTECTION_PLAN, "category": "PHY", "reasons": "Theo was cold and hungry."}

    def act():
        return correct(sitting, **given)

    shown = correcting.preview(by=sitting.chair, conference=sitting.conference, correct=act)
    assert plan_of(sitting.marlows.theo).category == "NEG" and not Correction.objects.exists()
    assert [one.name for one in shown.readers] == [mother.invitation.name]
    assert {what for what, *_ in shown.changes} == {"Decision for Theo", "Child protection plan of Theo"}
    act()
    plan = plan_of(sitting.marlows.theo)
    assert (plan.initial_category, plan.category) == ("PHY", "PHY")
    assert plan_of(sitting.marlows.rosa).category == "NEG"
    correction = Correction.objects.get()
    assert correction.changes == shown.changes and correction.reason == "The wrong box was ticked."
    approve_record(by=sitting.chair, record=record)
    before, unchanged = mother.document, school.document
    (mother,) = released(sitting, record, "mother")
    before.refresh_from_db()
    assert before.state == DocumentState.SUPERSEDED and mother.document.supersedes == before
    assert copy_for(sitting, record, "school", "decision_letter").document == unchanged


def test_a_plan_that_was_never_decided_is_removed_with_all_that_followed_and_nobody_elses():
    sitting, record = an_approved_record()
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    correct(sitting, **NO_PLAN)
    assert plan_of(sitting.marlows.theo) is None and plan_of(sitting.marlows.rosa).state == PlanState.OPEN
    assert not review.children.get(child=sitting.marlows.theo).included
    assert review.children.get(child=sitting.marlows.rosa).included
    record.refresh_from_db()
    assert record.letters_approved_at is None and record.state == "draft"
    drafted = Paragraph.objects.filter(record=record, part="decision", child=sitting.marlows.theo)
    assert "Theo is safe with his father." in {one.text for one in drafted}


def test_both_plans_corrected_away_leave_no_review_no_core_group_and_no_lasting_access():
    sitting, _ = a_drafted_record()
    correct(sitting, "rosa", **NO_PLAN)
    correct(sitting, "theo", **NO_PLAN)
    assert Conference.objects.get(kind=ConferenceKind.REVIEW).state == ConferenceState.CANCELLED
    assert not sitting.marlows.family.core_group_members.filter(to_on=None).exists()
    sitting.invitations["school"].refresh_from_db()
    assert sitting.invitations["school"].ends_on is not None


def test_no_plan_becomes_a_plan_with_its_dates_its_core_group_and_its_review():
    sitting, _ = a_drafted_record()
    right = plan_of(sitting.marlows.theo)
    correct(sitting, **NO_PLAN)
    texts = {"aim": "Theo is warm.", "contingency": "Legal advice.", **TYPED_PLAN}
    plan_words = {"outcome": Outcome.PROTECTION_PLAN, "category": "NEG", "reasons": "Theo was cold."}
    with pytest.raises(Invalid, match="lead social worker"):
        correct(sitting, **plan_words)
    correct(
        sitting, **plan_words, **texts, lead_social_worker=sitting.marlows.worker,
        members=[sitting.invitations[name] for name in ("mother", "social_worker")],
    )  # fmt: skip
    plan = plan_of(sitting.marlows.theo)
    dates = ("started_on", "first_core_group_due_on", "review_due_on")
    assert [getattr(plan, name) for name in dates] == [getattr(right, name) for name in dates]
    assert plan.core_group.count() == 2
    assert Conference.objects.get(kind=ConferenceKind.REVIEW).children.get(child=sitting.marlows.theo).included


def test_a_consent_that_was_entered_wrongly_is_corrected_where_it_counts():
    sitting, _ = a_drafted_record()
    correct(sitting, **IN_NEED)
    assert plan_of(sitting.marlows.theo) is None
    correct(sitting, **IN_NEED | {"consent_by": "Lewis Hart"})
    need = ChildInNeedPlan.objects.get(child=sitting.marlows.theo)
    assert need.consent_by == "Lewis Hart" and need.started_on == sitting.conference.held_on


def test_a_plan_that_a_review_ended_wrongly_goes_on_with_its_core_group_and_a_new_review():
    sitting = a_review_sitting()
    decide(sitting, ["rosa", "unborn"])
    decide(sitting, ["theo"], outcome=Outcome.NO_PLAN)
    close(sitting, core_group_at=None)
    draft_record(by=sitting.chair, conference=sitting.conference)
    theo = plan_of(sitting.marlows.theo)
    assert theo.state == PlanState.ENDED
    texts = {name: closing(sitting)[name] for name in ("aim", "contingency", *TYPED_PLAN)}
    correct(
        sitting, outcome=Outcome.PROTECTION_PLAN, category="EMO", reasons="He is not safe.", **texts,
        lead_social_worker=sitting.marlows.worker, members=[sitting.invitations["mother"]],
    )  # fmt: skip
    theo.refresh_from_db()
    assert (theo.state, theo.ended_on, theo.end_reason, theo.category) == ("open", None, "", "EMO")
    assert theo.review_due_on == plan_of(sitting.marlows.rosa).review_due_on
    to_come = Conference.objects.get(kind=ConferenceKind.REVIEW, state=ConferenceState.AGREED)
    assert to_come.children.get(child=sitting.marlows.theo).included


def test_a_decision_that_a_later_conference_built_upon_can_only_change_in_its_details():
    later = a_review_sitting()
    decide(later)
    close(later, core_group_at=None)
    first = Conference.objects.get(kind=ConferenceKind.INITIAL, state=ConferenceState.HELD)
    row = first.children.get(child=later.marlows.theo)
    words = {"by": later.chair, "conference": first, "row": row, "reason": "A slip."}
    with pytest.raises(WrongState, match="Correct the decision of that conference"):
        correcting.correct_decision(**words, **NO_PLAN)
    plan = {"outcome": Outcome.PROTECTION_PLAN, "category": "SAB", "reasons": "As was said."}
    correcting.correct_decision(**words, **plan)
    theo = plan_of(later.marlows.theo)
    assert (theo.initial_category, theo.category) == ("SAB", "NEG")


def test_attendance_is_corrected_and_the_record_says_who_was_there():
    sitting, record = an_approved_record()
    absent = [AttendanceMark(sitting.invitations[name].pk, Attendance.ABSENT) for name in ("school", "gp")]

    def act(**how):
        return correcting.correct_attendance(
            by=sitting.chair, conference=sitting.conference, marks=absent, reason="Two names were mixed up.", **how
        )

    act()
    sitting.invitations["school"].refresh_from_db()
    assert sitting.invitations["school"].attendance == Attendance.ABSENT
    record.refresh_from_db()
    assert record.state == "draft" and "Attendance" in str(Correction.objects.get().changes)
    absent += [AttendanceMark(sitting.invitations[name].pk, Attendance.ABSENT) for name in ("police", "social_worker")]
    absent += [AttendanceMark(sitting.invitations["health_visiting"].pk, Attendance.ABSENT)]
    with pytest.raises(Invalid, match="not quorate"):
        act()
    act(quorum_reason="The decisions could not wait.")
    said = Paragraph.objects.get(record=record, part="quorum").text
    assert "The decisions could not wait." in said


def test_somebody_who_was_marked_as_excluded_by_mistake_gets_their_copy():
    sitting = mark(an_open_sitting(children=CHILDREN), excluded=("rosas_father",))
    confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    decide(sitting)
    write_outline(sitting)
    close(sitting)
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    assert copy_for(sitting, record, "rosas_father").withheld_reason
    here = AttendanceMark(sitting.invitations["rosas_father"].pk, Attendance.PRESENT)
    correcting.correct_attendance(
        by=sitting.chair, conference=sitting.conference, marks=[here], reason="He took part by phone."
    )
    copy = copy_for(sitting, record, "rosas_father")
    assert copy.withheld_reason == ""
    assert {one.child_id for one in copy.children.all()} == {sitting.marlows.rosa.pk}


def test_a_correction_needs_the_chair_a_reason_and_a_difference_and_is_on_the_trail():
    sitting, _ = a_drafted_record()
    same = {"outcome": Outcome.PROTECTION_PLAN, "category": "NEG", "reasons": "Theo was cold and hungry."}
    with pytest.raises(Invalid, match="nothing to correct"):
        correct(sitting, **same)
    with pytest.raises(Invalid, match="what was wrong"):
        correct(sitting, reason=" ", **NO_PLAN)
    for other in ("social_worker", "administrator", "service_manager", "team_manager"):
        with pytest.raises(NotPermitted):
            correct(sitting, by=sitting.council.by(other), **NO_PLAN)
    assert Decision.objects.get(conference_child=sitting.rows["theo"]).outcome == Outcome.PROTECTION_PLAN
    correct(sitting, **NO_PLAN)
    assert Event.objects.filter(act="decide for a child", reason="The wrong box was ticked.").exists()


def test_a_letter_that_waits_for_the_post_waits_until_the_correction_is_approved():
    sitting, record = an_approved_record()
    mother, father = released(sitting, record, "mother", "rosas_father")
    waiting = mother.document.outgoing.get()
    theirs = father.document.outgoing.get()
    correct(sitting, outcome=Outcome.PROTECTION_PLAN, category="PHY", reasons="Theo was cold and hungry.")
    waiting.refresh_from_db(), theirs.refresh_from_db()
    assert waiting.state == theirs.state == OutgoingState.HELD
    approve_record(by=sitting.chair, record=record)
    theirs.refresh_from_db()
    assert theirs.state == OutgoingState.QUEUED, "nothing in it changed"
    released(sitting, record, "mother")
    waiting.refresh_from_db()
    assert waiting.state == OutgoingState.WITHDRAWN
    assert Copy.objects.get(pk=mother.pk).document.outgoing.get().state == OutgoingState.QUEUED


def test_the_day_on_which_it_was_held_is_corrected_with_every_date_that_counts_from_it():
    sitting, record = an_approved_record()
    (mother,) = released(sitting, record, "mother")
    conference, theo = sitting.conference, plan_of(sitting.marlows.theo)
    before = timedelta(days=-3)
    day = conference.held_on + before
    times = {"starts_at": conference.starts_at + before, "ends_at": conference.ends_at + before}

    def act():
        return correcting.correct_held_on(by=sitting.chair, conference=conference, reason="It was a Friday.", **times)

    shown = correcting.preview(by=sitting.chair, conference=conference, correct=act)
    assert mother.invitation.name in {one.name for one in shown.readers}
    act()
    theo.refresh_from_db(), record.refresh_from_db()
    assert theo.started_on == day
    assert theo.first_core_group_due_on == due("first_core_group", day).on
    assert theo.review_due_on == review_due(day, first=True).on
    review = Conference.objects.get(kind=ConferenceKind.REVIEW)
    assert (review.anchor_on, review.due_on) == (day, theo.review_due_on)
    assert record.letter_due_on == due("decision_letter", day).on and record.letters_approved_at is None
    for days, refused in ((30, "today or in the past"), (-2, "Sunday 15 November 2026 is not a working day")):
        with pytest.raises(Invalid, match=refused):
            correcting.correct_held_on(
                by=sitting.chair, conference=conference, reason="A slip.",
                starts_at=times["starts_at"] + timedelta(days), ends_at=times["ends_at"] + timedelta(days),
            )  # fmt: skip


def test_a_reader_who_has_not_opened_a_copy_cannot_open_it_while_it_is_corrected(client):
    sitting, record = an_approved_record()
    released(sitting, record, "school", "gp", kind="record")
    urls = {name: reverse("reports:download", args=[copy_for(sitting, record, name).pk]) for name in ("school", "gp")}
    client.force_login(sitting.invitations["gp"].user)
    assert client.get(urls["gp"]).status_code == 200
    correct(sitting, outcome=Outcome.PROTECTION_PLAN, category="PHY", reasons="Theo was cold and hungry.")
    assert client.get(urls["gp"]).status_code == 200, "what was read stays readable"
    client.force_login(sitting.invitations["school"].user)
    assert client.get(urls["school"]).status_code == 404
    approve_record(by=sitting.chair, record=record)
    assert client.get(urls["school"]).status_code == 200, "nothing in it changed"


def test_a_paragraph_that_was_given_to_fewer_readers_stays_theirs_when_its_words_are_corrected():
    sitting, record = a_drafted_record()
    secret = "Theo told his teacher why he hides."
    why = Paragraph.objects.get(record=record, text="Theo was cold and hungry.")
    edit_paragraph(
        by=sitting.chair, paragraph=why, version=why.version, heading=why.heading, text=why.text,
        audience="professionals", child=why.child,
    )  # fmt: skip
    correct(sitting, outcome=Outcome.PROTECTION_PLAN, category="NEG", reasons=secret)
    why.refresh_from_db()
    assert (why.text, why.audience) == (secret, "professionals")
    words = {who: flowing_text(letter(sitting, record, copy_for(sitting, record, who))) for who in ("mother", "gp")}
    assert secret in words["gp"] and secret not in words["mother"]


def test_somebody_who_was_excluded_after_all_gets_no_copy_that_has_not_gone():
    sitting, record = an_approved_record()
    (waiting,) = released(sitting, record, "rosas_father")
    out = AttendanceMark(sitting.invitations["rosas_father"].pk, Attendance.EXCLUDED, note="He threatened the chair.")
    correcting.correct_attendance(
        by=sitting.chair, conference=sitting.conference, marks=[out], reason="He was sent out at once."
    )
    approve_record(by=sitting.chair, record=record)
    for kind in ("record", "decision_letter"):
        copy = copy_for(sitting, record, "rosas_father", kind)
        assert "excluded" in copy.withheld_reason
        with pytest.raises(WrongState):
            release(by=sitting.council.by("administrator"), copy=copy)
    held = waiting.document.outgoing.get()
    retry(sitting.council.by("administrator"), outgoing=held)
    assert hold_blocked_letters(sitting.council.by("administrator"), letters=[held]) == []
    assert copy_for(sitting, record, "mother").withheld_reason == ""


def test_a_letter_that_is_being_corrected_does_not_leave_although_somebody_sends_it_again():
    sitting, record = an_approved_record()
    (mother,) = released(sitting, record, "mother")
    waiting, administrator = mother.document.outgoing.get(), sitting.council.by("administrator")
    correct(sitting, outcome=Outcome.PROTECTION_PLAN, category="PHY", reasons="Theo was cold and hungry.")

    def leaves() -> bool:
        waiting.refresh_from_db()
        retry(administrator, outgoing=waiting)
        return bool(hold_blocked_letters(administrator, letters=[waiting]))

    assert not leaves()
    approve_record(by=sitting.chair, record=record)
    assert not leaves(), "the letter that replaces it is approved and not released yet"


def test_a_plan_that_goes_on_after_all_brings_nobody_back_to_a_core_group_with_who_they_must_not_meet():
    first = a_quorate_sitting(TODAY - timedelta(weeks=8))
    decide(first)
    write_outline(first)
    close(first, members=[first.invitations[name] for name in ("mother", "theos_father", "social_worker")])
    sitting = a_review_sitting(first)
    decide(sitting, ["rosa", "unborn"])
    decide(sitting, ["theo"], outcome=Outcome.NO_PLAN)
    close(sitting, core_group_at=None)
    marlows = sitting.marlows
    record_must_not_meet(
        by=sitting.council.by("team_manager"), family=marlows.family, one=marlows.mother, other=marlows.theos_father,
        source="judgement", reason="He threatened her.", protects=WhoIsProtected.ONE,
    )  # fmt: skip
    not_decided = {
        "outcome": Outcome.NOT_DECIDED, "reasons": "It was adjourned.", "not_decided_reason": "adjourned",
        "interim_plan": "Jean stays with him.", "new_date_on": sitting.conference.held_on + timedelta(days=7),
    }  # fmt: skip
    with pytest.raises(Invalid, match="must not meet"):
        correct(sitting, **not_decided)
    members = marlows.family.core_group_members.filter(to_on=None)
    assert members.filter(person=marlows.mother).exists() and not members.filter(person=marlows.theos_father).exists()


def test_a_correction_that_keeps_a_plan_asks_why_who_comes_first_is_not_in_its_core_group():
    first = a_quorate_sitting(TODAY - timedelta(weeks=8))
    decide(first)
    write_outline(first)
    (left_out,) = [one.gap for one in priorities(first.conference)]
    because = {left_out.key: "He asked not to come."}
    members = [first.invitations[name] for name in ("rosas_father", "social_worker")]
    close(first, members=members, gap_reasons=reasons_for_gaps(first.conference) | because)
    sitting = a_review_sitting(first)
    decide(sitting, ["theo", "unborn"])
    decide(sitting, ["rosa"], outcome=Outcome.NO_PLAN)
    close(sitting, core_group_at=None)
    dan = sitting.marlows.family.core_group_members.filter(person=sitting.marlows.rosas_father)
    assert not dan.filter(to_on=None).exists(), "he was there for Rosa alone, and left with her plan"
    not_decided = {
        "outcome": Outcome.NOT_DECIDED, "reasons": "It was adjourned.", "not_decided_reason": "adjourned",
        "interim_plan": "Jean stays with her.", "new_date_on": sitting.conference.held_on + timedelta(days=7),
    }  # fmt: skip
    with pytest.raises(Invalid, match="Say why: Lewis Hart has priority for the core group"):
        correct(sitting, "rosa", **not_decided)
    assert plan_of(sitting.marlows.rosa).state == PlanState.ENDED
    correct(sitting, "rosa", **not_decided, gap_reasons=because)
    assert dan.filter(to_on=None).exists()


def correct_plan(sitting, child="theo", **given):
    plan = plan_of(getattr(sitting.marlows, child))
    texts = {name: getattr(plan, name) for name in ("aim", "contingency", *TYPED_PLAN)}
    usual = {"lead_social_worker": plan.lead_social_worker, "reason": "It was typed wrongly."} | texts
    return correcting.correct_plan(
        by=sitting.chair, conference=sitting.conference, row=sitting.rows[child], **usual | given
    )


def test_the_lead_and_words_of_a_plan_are_corrected_without_deciding_again_and_readers_are_told_again():
    sitting, record = an_approved_record()
    released(sitting, record, "mother")
    other = a_user(Role.SOCIAL_WORKER, team=sitting.council.team)

    def act():
        return correct_plan(sitting, aim="Theo has a warm bed.", lead_social_worker=other)

    shown = correcting.preview(by=sitting.chair, conference=sitting.conference, correct=act)
    assert {what for what, *_ in shown.changes} == {
        "Lead social worker for Theo",
        "Plan of Theo: what must change for Theo to be safe without a plan",
    }
    assert "Anna Marlow" in {one.name for one in shown.readers}
    assert plan_of(sitting.marlows.theo).lead_social_worker == sitting.marlows.worker
    decided = Decision.objects.get(conference_child=sitting.rows["theo"])
    act()
    plan = plan_of(sitting.marlows.theo)
    assert (plan.aim, plan.lead_social_worker) == ("Theo has a warm bed.", other)
    assert plan_of(sitting.marlows.rosa).lead_social_worker == sitting.marlows.worker
    decided_now = Decision.objects.get(pk=decided.pk)
    assert (decided_now.outcome, decided_now.reasons) == (decided.outcome, decided.reasons)
    record.refresh_from_db()
    assert record.letters_approved_at is None, "the chair approves the letters again"
    assert Correction.objects.get().kind == "plan"


def test_a_plan_is_not_emptied_given_to_a_stranger_or_corrected_by_nothing():
    sitting, _ = a_drafted_record()
    with pytest.raises(Invalid, match="cannot be left empty"):
        correct_plan(sitting, aim=" ")
    with pytest.raises(Invalid, match="team that works with this family"):
        correct_plan(sitting, lead_social_worker=sitting.council.users.administrator)
    with pytest.raises(Invalid, match="nothing to correct"):
        correct_plan(sitting)
    correct(sitting, **NO_PLAN)
    sitting.conference.refresh_from_db()
    with pytest.raises(WrongState, match="no open plan"):
        correcting.correct_plan(
            by=sitting.chair, conference=sitting.conference, row=sitting.rows["theo"], reason="Wrong",
            lead_social_worker=sitting.marlows.worker, **dict.fromkeys(("aim", "contingency", *TYPED_PLAN), "x"),
        )  # fmt: skip


def test_somebody_who_came_and_was_not_recorded_is_added_by_a_correction():
    sitting, record = a_drafted_record()
    newcomer = {"name": "Ina Frost", "role": "early_help", "agency": None, "children": [sitting.marlows.theo]}
    with pytest.raises(Invalid, match="role"):
        correcting.correct_attendance(
            by=sitting.chair, conference=sitting.conference, marks=[], newcomer=newcomer | {"role": "parent"},
            reason="She sat at the back.",
        )  # fmt: skip
    newcomer["role"] = str(MAY_COME_UNINVITED[0])
    made = correcting.correct_attendance(
        by=sitting.chair, conference=sitting.conference, marks=[], newcomer=newcomer, reason="She sat at the back."
    )
    invitation = sitting.conference.invitations.get(name="Ina Frost")
    assert invitation.attendance == Attendance.PRESENT and not invitation.sent_at
    assert ["Attendance of Ina Frost", "None", "Present"] in made.correction.changes
    assert Copy.objects.filter(record=record, invitation=invitation).exists()
