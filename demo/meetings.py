"""The second half of a family's life with the service: what is written, the conference itself, and what follows it."""

from datetime import date, timedelta

from conferences.convening.choices import (
    Attendance,
    Category,
    ConferenceState,
    FormInTalk,
    InviteeRole,
    Outcome,
    Section,
)
from conferences.convening.choices.enquiries import ActionState
from conferences.convening.models import Conference
from conferences.convening.rules.childs_voice import voice_of
from conferences.meeting.actions import attendance, decisions, notes
from conferences.meeting.queries.agencies import agencies_knowing, agency_of
from conferences.meeting.queries.board import NotePlace, included, invited, places
from conferences.plans.actions import close, core_groups, outline
from conferences.plans.choices import EndReason
from conferences.plans.models import CoreGroupMeeting, PlanAction
from conferences.plans.queries.gaps import closing_gaps
from conferences.separation.queries.pairs import who_gives_way
from cpc.core.documents.actions import mark_handed, mark_posted
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.policy.queries import calendar, due
from demo.clock import as_, living_on, moment
from reports.incoming.actions.contributions import record_chair_talk, record_contribution
from reports.incoming.actions.writing import Shared, approve_report, save_report, submit_report
from reports.incoming.queries.requested import people_to_tell
from reports.outgoing.actions.approving import approve_record
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.releasing import open_copy, record_check, release_all
from reports.outgoing.actions.telling import HowTold, choose_telling
from reports.outgoing.queries.copies import copies_of, is_ready
from reports.outgoing.queries.second_checks import why_second_check
from reports.outgoing.queries.telling import children_to_tell

WORKING_WELL = "Their mother takes the children to school on time and asks for help when she needs it."
TOLD = "What is missing is told to them when they are visited."
NEEDS = "The adults keep the children out of their quarrels, and everyone knows who to call on a bad night."


def write_reports(life, on: date, approve=True):
    """Everyone who was asked writes and shares a report; the manager approves the social work report."""
    worry = life.household.worry
    for invitation in life.conference.invitations.filter(report_asked=True, sent_at__isnull=False):
        author = invitation.user or life.administrator
        with living_on(on, 10):
            by = as_(author, on)
            report = save_report(
                by=by, invitation=invitation, version=0, author=invitation.name, about={},
                sections=_reported(invitation, worry),
            )  # fmt: skip
            shared = [
                Shared(parent, not_shared_reason="No address is known")
                if not parent.addresses.exists() else Shared(parent, shared_on=on, how="read_together")
                for parent, _ in people_to_tell(report)
            ]  # fmt: skip
            submit_report(by=by, report=report, sharings=shared)
        if approve and report.kind == "social_work":
            with living_on(on, 15):
                approve_report(by=as_(life.manager, on), report=report)


def _reported(invitation, worry) -> dict:
    if invitation.role == InviteeRole.POLICE:
        # Told by word of mouth here: a user who copied its words elsewhere would be asked who allowed it.
        return {"involvement": "Officers will tell the conference what is known to them.", "worried": "Told there."}
    return {
        "involvement": "We have known the family for about two years and see the children most weeks.",
        "worried": f"We have seen or been told of {worry}.",
        "working_well": WORKING_WELL,
        "needs_to_happen": NEEDS,
        "child_views": "The children say that they want it to be quiet at home.",
        "family_views": "Their mother agrees with most of this report.",
        "analysis": "What has happened is likely to go on unless something changes.",
        "recommendation": "We recommend a child protection plan.",
    }


def hear_family(life, on: date):
    """The mother's form comes back, and the chair has spoken with her."""
    mother = life.adults["mother"]
    with living_on(on, 11):
        record_contribution(
            by=as_(life.administrator, on), conference=life.conference, person=mother, received_on=on, version=0,
            working_well="We eat together every evening and the children have friends round.",
            worried="I am frightened of what happens when he comes to the door.",
            support_wanted="Somebody to talk to, and help with the rent.",
        )  # fmt: skip
        record_chair_talk(
            by=as_(life.chair, on), conference=life.conference, person=mother, held_on=on,
            what_was_said="We talked about how the meeting would run and where she would like to sit.",
            form=FormInTalk.NOT_THERE,
        )  # fmt: skip


def open_meeting(life, conference: Conference):
    """The chair has opened the conference, confirmed the details, marked who is there and begun to write."""
    on = conference.held_on
    with living_on(on, conference.starts_at.astimezone().hour, 5):
        by = as_(life.chair, on)
        attendance.open_conference(by=by, conference=conference)
        attendance.confirm_details(by=by, conference=conference)
        attendance.mark_attendance(by=by, conference=conference, marks=[_mark(each) for each in invited(conference)])
        _write(by, conference, life.household.worry)


def _mark(invitation):
    away = invitation.role == InviteeRole.GP
    return attendance.AttendanceMark(
        invitation_id=invitation.pk,
        attendance=Attendance.APOLOGIES if away else Attendance.PRESENT,
        note="Sent a written report." if away else "",
    )


def _write(by, conference, worry):
    texts = {
        Section.REASON: f"The children may be suffering harm because of {worry}.",
        Section.DANGER_STATEMENT: f"If nothing changes, the children will go on living with {worry}, and be hurt.",
        Section.WORRIED: f"Everyone is worried about {worry}.",
        Section.WORKING_WELL: WORKING_WELL,
        Section.NEEDS_TO_HAPPEN: NEEDS,
        Section.PLAN_PROGRESS: "The worker has visited every two weeks. The quarrels have become fewer.",
    }
    there = {place.key: place for place in places(conference, included(conference), [])}
    for section, text in texts.items():
        if (place := NotePlace(section)).key in there:
            notes.save_note(by=by, conference=conference, place=place, text=text)


def put_off(life, conference: Conference):
    """Too few agencies came: nothing is decided, an interim plan holds, and the conference is held again."""
    on = conference.held_on
    with living_on(on, 11):
        by = as_(life.chair, on)
        away = [each for each in invited(conference) if each.agency_id]
        marks = [attendance.AttendanceMark(invitation_id=each.pk, attendance=Attendance.APOLOGIES) for each in away]
        attendance.mark_attendance(by=by, conference=conference, marks=marks)
        attendance.confirm_quorum(by=by, conference=conference, quorate=False)
        decisions.decide(
            by=by, conference=conference, children=included(conference), outcome=Outcome.NOT_DECIDED,
            not_decided_reason="inquorate", interim_plan="The children stay with their grandmother until then.",
            new_date_on=due("inquorate_rehold", on).on, reasons="Only children’s social care was there.",
        )  # fmt: skip
        close.close_conference(by=by, conference=conference)


def decide_and_close(life, conference: Conference, outcome=Outcome.PROTECTION_PLAN, end=False):
    """Each child has a decision with reasons, the conference is closed, and what follows it has its dates."""
    on = conference.held_on
    with living_on(on, conference.ends_at.astimezone().hour - 1, 30):
        by = as_(life.chair, on)
        attendance.confirm_quorum(by=by, conference=conference, quorate=True)
        children = included(conference)
        for row in children:
            _agencies(by, row, end)
        needs_plan = outcome == Outcome.PROTECTION_PLAN and not end
        for row in children:
            name = row.child.full_name
            decisions.decide(
                by=by, conference=conference, children=[row],
                outcome=Outcome.NO_PLAN if end else outcome,
                category=Category.EMOTIONAL if needs_plan else "",
                category_reason=f"{name} is more often frightened than hurt." if needs_plan else "",
                threshold=f"{name} is not likely to suffer significant harm." if end
                else f"{name} is likely to suffer significant harm.",
                consent_by=life.adults["mother"].full_name if outcome == Outcome.CHILD_IN_NEED else "",
                reasons=f"The quarrels have stopped, and {name} sleeps through the night." if end
                else f"{name} is likely to be hurt unless the adults change what they do.",
            )  # fmt: skip
        if needs_plan:
            _outline(life, by, conference, children, on)
        outside = (InviteeRole.POLICE, InviteeRole.TEAM_MANAGER)
        follows = {
            "lead_social_worker": life.worker, "aim": NEEDS,
            "members": _core_group(conference, outside),
            "contingency": "The social worker will bring the conference forward, and take legal advice.",
            "trigger": "A quarrel to which the police are called, or two visits in a row that are missed.",
            "visits": "The social worker sees each child every ten working days, alone at every second visit.",
            "family_meeting": "The family has been offered one, and their grandmother will come.",
            "will_be_told": "The GP and the school or nursery of each child.",
        }  # fmt: skip
        if not conference.is_review:
            follows["core_group_at"] = moment(calendar().add_working_days(on, 8), 13)
            follows["core_group_place"] = "Civic Centre, Oak room"
        ends = {row.child_id: EndReason.SAFE for row in children} if end else {}
        close.close_conference(
            by=by, conference=conference, end_reasons=ends, gap_reasons=_reasons(conference),
            **(follows if needs_plan else {}),
        )  # fmt: skip


def _reasons(conference) -> dict:
    """The chair's reason for what is not recorded: most often a view of somebody who did not come."""
    return {gap.key: "Asked for, and not given by the day of the conference." for gap in closing_gaps(conference)}


def _core_group(conference, outside):
    """Everybody who works with the children, and the family without those who give way to somebody protected."""
    people = [each for each in invited(conference) if each.role not in outside]
    away = who_gives_way(each.person_id for each in people if each.person_id)
    return [each for each in people if each.person_id not in away]


def _agencies(by, row, end):
    view, reason = (
        ("no_plan", "The children say that the quarrels have stopped.") if end
        else ("plan", "The harm is likely to go on without a plan.")
    )  # fmt: skip
    present = [each for each in agencies_knowing(row) if each.attendance == Attendance.PRESENT]
    one_an_agency = {agency_of(each): each for each in reversed(present)}.values()
    views = [decisions.GivenView(invitation_id=each.pk, view=view, reason=reason) for each in one_an_agency]
    took_part = "PN6" if voice_of(row.child, row.conference.held_on).takes_part else ""
    decisions.record_child_views(by=by, conference_child=row, participation=took_part, views=views)


def _outline(life, by, conference, children, on):
    people = [row.child for row in children]
    for who, action, weeks in (
        (life.worker.get_full_name(), "See each child alone, at home, every two weeks.", 2),
        (life.adults["mother"].full_name, "Ring the helpline on the card before a quarrel begins.", 4),
        ("Helen Adeyemi", "Check the children’s growth and sleep.", 6),
    ):
        outline.add_action(
            by=by, conference=conference, outcome="The children feel safe at home.", action=action, who=who,
            due_on=calendar().previous_working_day(on + timedelta(weeks=weeks)),
            measure="The children say so themselves, and two visits in a row find it so.", children=people,
        )  # fmt: skip


def finish_record(life, conference: Conference, on: date, release=True):
    """The chair approves the record and the letters, and the administrator releases every copy that nothing stops."""
    with living_on(on, 10):
        record = draft_record(by=as_(life.chair, on), conference=conference)
        for row in children_to_tell(record):
            told = HowTold("in_person", told_by=life.worker.get_full_name(), told_on=on)
            choose_telling(by=as_(life.chair, on), record=record, child=row.child, told=told)
        approve_record(by=as_(life.chair, on), record=record, reason=TOLD)
        if release:
            for copy in copies_of(record):
                if is_ready(copy) and why_second_check(copy):
                    is_the_workers = copy.invitation.user_id == life.worker.pk
                    second = as_(life.manager if is_the_workers else life.worker, on)
                    open_copy(by=second, copy=copy)
                    record_check(by=second, copy=copy)
            release_all(by=as_(life.administrator, on), record=record)


def post_everything(life, on: date):
    """Every letter about this conference that waited for post or hand delivery has gone by that day."""
    waiting = Outgoing.objects.filter(
        about_kind="convening.conference", about_id=life.conference.pk, state=OutgoingState.QUEUED
    )
    with living_on(on, 16):
        by = as_(life.administrator, on)
        for letter in waiting.filter(channel=Channel.PRINT):
            mark_posted(by, outgoing=letter)
        for letter in waiting.filter(channel=Channel.HAND):
            mark_handed(by, outgoing=letter)


def hold_core_groups(life, until: date):
    """Every core group booked by now has been held and written up, and the next one booked."""
    while meeting := CoreGroupMeeting.objects.filter(
        family=life.family, state="planned", starts_at__lt=moment(until)
    ).first():
        on = calendar().next_working_day(meeting.starts_at.date())
        last_day = due("next_core_group", on).on
        with living_on(on, 16):
            core_groups.record_core_group(
                by=as_(life.worker, on), meeting=meeting, held_on=on,
                present="The social worker, the school, the health visitor and the children’s mother.",
                progress="The visits have happened. The mother has rung the helpline twice.",
                actions={action.pk: (ActionState.DONE, "It was done.") for action in _to_do(life, on)},
                next_at=moment(calendar().add_working_days(last_day, -2), 13), next_place="Civic Centre, Oak room",
            )  # fmt: skip


def _to_do(life, on):
    return PlanAction.objects.filter(family=life.family, state=ActionState.TO_DO, due_on__lte=on)


def next_review(life) -> Conference | None:
    """The review that waits to be booked, if there is one."""
    waiting = Conference.objects.filter(family=life.family, kind="review", state=ConferenceState.AGREED)
    return waiting.order_by("-pk").first()
