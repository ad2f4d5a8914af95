"""The real action of each move, to be tried in every state: who does it, and how, with what else it asks for."""

from collections.abc import Callable
from datetime import timedelta

from conferences.convening.actions import (
    booking,
    disputes,
    enquiries,
    exclusions,
    invitations,
    notify,
    request,
    safety_plans,
)
from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.actions.companions import decide_companion, end_companion
from conferences.convening.actions.discussions import mark_discussion_action
from conferences.convening.choices import CancelReason, Reply, StageRole
from conferences.convening.choices.enquiries import ActionState, EnquiryOutcome
from conferences.convening.models import Dispute, DisputeStage
from conferences.meeting.actions import attendance
from conferences.plans.actions import child_in_need, core_groups, ending, members, undoing
from conferences.plans.choices import EndReason, NeedEnd
from conferences.plans.models import CoreGroupMeeting
from conferences.tests.builders import booking as a_booking
from conferences.tests.enquiries import with_outcome
from conferences.tests.exclusion import CASE, WHOLE
from conferences.tests.meeting import at
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents import actions as documents
from cpc.core.documents.actions import outbox
from cpc.core.documents.choices import Channel
from cpc.imports.actions import bringing, set_aside
from families.access.actions import conflicts, cover, emergency, restrictions
from families.cases.choices import EmergencyOutcome
from families.cases.models import FamilyAccess
from families.finding import actions as finding
from families.protections.actions import reviews
from reports.incoming.actions import writing
from reports.incoming.actions.quality import check_quality
from reports.incoming.actions.uploads import FileUpload
from reports.incoming.rules.quality import QUALITY
from reports.outgoing.actions import approving, copies, drafting, releasing, versions
from reports.outgoing.models import Copy
from reports.tests.builders import a_pdf, tell_no_child_now

NEXT_WEEK = at(TODAY + timedelta(days=7))


def _in_the_list(found, record):
    return found.conference.invitations.get(person=record.person_id)


def _again(found, record, **how):
    return request.request_conference(
        by=found.by("social_worker"), family=found.marlows.family, kind="initial", enquiry=record,
        children=[request.ConsideredChild(child) for child in found.marlows.children], request_reason="Harm",
    )  # fmt: skip


def _support(found, record):
    return with_outcome(found.by("social_worker"), record, EnquiryOutcome.SUPPORT, findings="Help")


def _entries(found, record):
    return {"family": found.family, "by": found.council.by("team_manager")}


def _approve_record(found, record):
    tell_no_child_now(found.chair, record)
    return approving.approve_record(by=found.chair, record=record)


def _change_report(found, record):
    return writing.save_report(
        by=found.council.by("social_worker"), invitation=record.invitation, version=record.version,
        sections={"worried": "More"}, about={},
    )  # fmt: skip


def _hold_after_all(found, record):
    """Of two disputes the other has been answered, and the conference has gone on since."""
    with setting_up():
        dispute = Dispute.objects.create(
            conference=record, raised_by=found.council.professionals.school, raised_at=at(TODAY), reason="It goes on"
        )
        DisputeStage.objects.create(
            dispute=dispute, number=1, people="managers", role=StageRole.SERVICE_MANAGER, began_on=TODAY, due_on=TODAY
        )
    return disputes.answer_dispute(
        by=found.by("service_manager"), dispute=dispute, answered_by="Ann", answer="It is needed", upheld=True
    )


def _marked(state, words):
    def mark(found, record):
        return core_groups.record_core_group(
            by=found.council.by("social_worker"), meeting=CoreGroupMeeting.objects.get(), held_on=TODAY, present="All",
            actions={record.pk: (state, words)},
        )  # fmt: skip

    return mark


# By kind and by what its table calls the move: what is called with what the walk built, and the record.
ACTS: dict[str, dict[str, Callable]] = {
    "enquiry": {
        "request a conference": _again,
        "write the outcome for each child": _support,
        "sign off the outcome": lambda f, r: enquiries.sign_off_outcome(by=f.by("team_manager"), enquiry=r),
        "return the outcome with a reason": lambda f, r: enquiries.return_outcome(
            by=f.by("team_manager"), enquiry=r, reason="Say what Rosa said"
        ),
        "say why it has no safety plan": lambda f, r: safety_plans.explain_no_safety_plan(
            by=f.by("social_worker"), enquiry=r, reason="They are in hospital"
        ),
    },
    "interim safety plan": {
        "review it": lambda f, r: safety_plans.review_safety_plan(
            by=f.by("social_worker"), plan=r, held_on=TODAY, found="It works", next_review_on=TODAY
        ),
        "end it with a reason": lambda f, r: safety_plans.end_safety_plan(
            by=f.by("team_manager"), plan=r, reason="They are with their aunt"
        ),
    },
    "change of a discussion’s date": {
        "agree the other date": lambda f, r: enquiries.answer_date_change(
            by=f.by("team_manager"), change=r, agreed=True
        ),
        "decline it with a reason": lambda f, r: enquiries.answer_date_change(
            by=f.by("team_manager"), change=r, agreed=False, answer="No"
        ),
    },
    "action of a strategy discussion": {
        "mark it as done": lambda f, r: mark_discussion_action(
            by=f.council.by("social_worker"), action=r, state=ActionState.DONE
        ),
        "mark it as not done, with the reason": lambda f, r: mark_discussion_action(
            by=f.council.by("social_worker"), action=r, state=ActionState.NOT_DONE, note="They moved"
        ),
        "mark it as to be done": lambda f, r: mark_discussion_action(
            by=f.council.by("social_worker"), action=r, state=ActionState.TO_DO
        ),
    },
    "conference": {
        "agree to it": lambda f, r: request.agree_request(by=f.by("team_manager"), conference=r),
        "decline it with a reason": lambda f, r: request.decline_request(
            by=f.by("team_manager"), conference=r, reason="Enough support"
        ),
        "disagree with the decision": lambda f, r: disputes.dispute_decision(
            by=f.by("social_worker"), conference=r, reason="It goes on"
        ),
        "book it": lambda f, r: booking.book(by=f.by("administrator"), conference=r, **a_booking(f.council)),
        "move it": lambda f, r: booking.move(
            by=f.by("administrator"),
            conference=r,
            reason="venue",
            agreed_by="Ann",
            **a_booking(f.council, hour=14),
        ),
        "give it another chair": lambda f, r: booking.change_chair(
            by=f.by("administrator"),
            conference=r,
            chair=f.council.users.other_chair,
            reason="chair_ill",
            agreed_by="Ann",
        ),
        "cancel it with a reason": lambda f, r: booking.cancel(
            by=f.by("administrator"), conference=r, reason=CancelReason.CHAIR_ILL, agreed_by="Ann"
        ),
        "open it": lambda f, r: attendance.open_conference(by=f.by("chair"), conference=r, at=at(TODAY)),
        "name who acts for its chair": lambda f, r: name_acting_chair(
            by=f.by("service_manager"), conference=r, user=f.council.users.other_chair, reason="Gwen is ill"
        ),
        "close it": lambda f, r: attendance.close(by=f.by("chair"), conference=r),
        "put it back with a reason": lambda f, r: attendance.put_back(
            by=f.by("chair"), conference=r, reason="By mistake"
        ),
        "hold it after all, in answer to a disagreement": _hold_after_all,
    },
    "professional disagreement": {
        "answer it": lambda f, r: disputes.answer_dispute(
            by=f.by("service_manager"), dispute=r, answered_by="Ann Ellis", answer="It is enough"
        ),
        "hold the conference after all": lambda f, r: disputes.answer_dispute(
            by=f.by("service_manager"), dispute=r, answered_by="Ann Ellis", answer="It is needed", upheld=True
        ),
        "take it to the next stage": lambda f, r: disputes.take_dispute_further(by=f.by("school"), dispute=r),
        "close it": lambda f, r: disputes.close_dispute(by=f.by("school"), dispute=r, accepted=True),
    },
    "exclusion": {
        "exclude them": lambda f, r: exclusions.decide_exclusion(
            by=f.by("chair"), invitation=_in_the_list(f, r), **CASE, decision=WHOLE
        ),
        "decline it with a reason": lambda f, r: exclusions.decline_exclusion(
            by=f.by("chair"), invitation=_in_the_list(f, r), reason="No"
        ),
        "end it with a reason": lambda f, r: exclusions.end_exclusion(
            by=f.by("chair"), invitation=_in_the_list(f, r), reason="Over"
        ),
    },
    "somebody who comes with a parent": {
        "agree it": lambda f, r: decide_companion(by=f.by("chair"), companion=r, agreed=True),
        "refuse it with a reason": lambda f, r: decide_companion(
            by=f.by("chair"), companion=r, agreed=False, reason="No"
        ),
        "record that they do not come": lambda f, r: end_companion(
            by=f.by("social_worker"), companion=r, reason="She is ill"
        ),
    },
    "invitation": {
        "remove them from the list with a reason": lambda f, r: invitations.remove_invitee(
            by=f.by("administrator"), invitation=r, reason="Not needed"
        ),
        "answer it": lambda f, r: invitations.answer_invitation(by=f.by("school"), invitation=r, reply=Reply.COMING),
        "withdraw it with a reason": lambda f, r: notify.withdraw_invitation(
            by=f.by("administrator"), invitation=r, reason="Another comes"
        ),
        "send it again": lambda f, r: notify.send_again(by=f.by("administrator"), invitation=r),
        "record their answer": lambda f, r: invitations.record_reply(
            by=f.by("administrator"), invitation=r, reply=Reply.COMING
        ),
    },
    "child protection plan": {
        "end it without a conference: a death, 18, a move or leaving the country": (
            lambda f, r: ending.end_without_conference(
                by=f.council.by("team_manager"),
                plan=r,
                reason=EndReason.LEFT_UK,
                left_on=TODAY,
                known_how="Told",
                consulted="All",
            )
        ),
        "let it go on, if it was ended without a conference by mistake": lambda f, r: undoing.undo_ending(
            by=f.council.by("team_manager"), plan=r, reason="Another child was meant"
        ),
    },
    "action": {
        "mark it as done": _marked(ActionState.DONE, "Every day"),
        "mark it as not done": _marked(ActionState.NOT_DONE, "They moved"),
    },
    "core group meeting": {
        "move it": lambda f, r: core_groups.move_core_group(
            by=f.council.by("social_worker"), meeting=r, starts_at=NEXT_WEEK, place="School"
        ),
        "write it up": lambda f, r: core_groups.record_core_group(
            by=f.council.by("social_worker"), meeting=r, held_on=TODAY, present="All"
        ),
    },
    "child in need meeting": {
        "move it": lambda f, r: child_in_need.move_need_meeting(
            by=f.council.by("social_worker"), meeting=r, starts_at=NEXT_WEEK, place="School"
        ),
        "write it up": lambda f, r: child_in_need.record_need_meeting(
            by=f.council.by("social_worker"), meeting=r, held_on=TODAY, present="All"
        ),
    },
    "child in need plan": {
        "end it with a reason": lambda f, r: child_in_need.end_child_in_need(
            by=f.council.by("social_worker"), plan=r, reason=NeedEnd.MET, ended_on=TODAY, note="All is well"
        )
    },
    "place in a core group": {
        "let them leave the core group": lambda f, r: members.remove_member(
            by=f.council.by("social_worker"), member=r, reason="They moved"
        )
    },
    "report": {
        "change it": _change_report,
        "submit it": lambda f, r: writing.submit_report(by=f.council.by("social_worker"), report=r, sharings=[]),
        "approve it, if it is a social work report": lambda f, r: writing.approve_report(
            by=f.council.by("team_manager"), report=r
        ),
        "return it to its author, if it is a social work report": lambda f, r: writing.return_report(
            by=f.council.by("team_manager"), report=r, reason="More"
        ),
        "write a new version": lambda f, r: writing.revise_report(by=f.council.by("social_worker"), report=r),
        "return it after a quality check": lambda f, r: check_quality(
            by=f.council.by("chair"),
            report=r,
            number=r.number,
            answers=dict.fromkeys(QUALITY, True),
            return_reason="More",
        ),
    },
    "request for a separate version": {
        "upload the version": lambda f, r: versions.send_version(
            by=f.council.by("gp"), request=r, upload=FileUpload(a_pdf("Rosa is well."), "rosa.pdf", "pdf")
        )
    },
    "record": {
        "approve it": _approve_record,
        "change its paragraphs": lambda f, r: drafting.add_paragraph(
            by=f.chair, record=r, heading="More", text="Rosa is well.", audience="everyone", child=f.marlows.rosa
        ),
        "open it for a correction": lambda f, r: approving.reopen(by=f.chair, record=r, reason="A wrong day"),
    },
    "copy": {
        "release it": lambda f, r: releasing.release(by=f.council.by("administrator"), copy=r),
        "withhold it with a reason": lambda f, r: copies.withhold(by=f.chair, copy=r, reason="She asked for none"),
        "let its reader have it": lambda f, r: copies.include(by=f.chair, copy=r, reason="She asked for it"),
    },
    "document": {
        "check it as a second person": lambda f, r: releasing.record_check(
            by=f.council.by("administrator"), copy=Copy.objects.get(document=r)
        ),
        "release it": lambda f, r: documents.release(f.council.by("administrator"), document=r, channel=Channel.PRINT),
        "approve it": lambda f, r: documents.approve(f.chair, document=r),
        "return it to draft with a reason": lambda f, r: documents.return_to_draft(
            f.chair, document=r, reason="A word"
        ),
        "recall it with a reason": lambda f, r: documents.recall(
            f.council.by("administrator"), document=r, reason="The wrong reader"
        ),
    },
    "message": {
        "post it or hand it over": lambda f, r: outbox.mark_posted(f.council.by("administrator"), outgoing=r),
        "mark it as arrived": lambda f, r: outbox.mark_arrived(f.council.by("administrator"), outgoing=r),
        "send it again": lambda f, r: outbox.retry(f.council.by("administrator"), outgoing=r),
        "free it, if it is stuck": lambda f, r: outbox.free_stuck(f.council.by("administrator"), outgoing=r),
        "mark it as returned with a reason": lambda f, r: outbox.mark_returned(
            f.council.by("administrator"), outgoing=r, reason="Gone away"
        ),
        "hold it back with a reason": lambda f, r: outbox.hold_back(
            f.council.by("administrator"), outgoing=r, reason="Wait"
        ),
    },
    "data protection incident": {
        "say how it was settled": lambda f, r: documents.settle_incident(
            f.council.by("service_manager"), incident=r, outcome="It had not left"
        )
    },
    "second check": {
        "agree": lambda f, r: documents.decide_to_be_together(
            f.council.by("team_manager"), check=r, agreed=True, reason="Both are heard"
        ),
        "refuse with a reason": lambda f, r: documents.decide_to_be_together(
            f.council.by("team_manager"), check=r, agreed=False, reason="They are afraid"
        ),
    },
    **{
        noun: {
            "agree to it": lambda f, r: reviews.agree(**_entries(f, r), entries=[r]),
            "review it": lambda f, r: reviews.review_entries(
                **_entries(f, r), entries=[r], review_on=NEXT_WEEK.date(), note="He asked again"
            ),
            "end it with a reason": lambda f, r: reviews.end_entry(**_entries(f, r), entry=r, reason="Over"),
        }
        for noun in ("protected contact detail", "information to withhold", "no-contact entry", "warning")
    },
    "likely duplicate": {
        "say that they are two people": lambda f, r: finding.settle_duplicate(
            by=f.council.by("team_manager"), pair=r, reason="Sisters"
        )
    },
    "merge": {
        "undo it with a reason": lambda f, r: finding.undo_merge(
            by=f.council.by("team_manager"), merge=r, reason="Sisters"
        )
    },
    "emergency access": {
        "find it not justified, which ends it": lambda f, r: emergency.review_emergency(
            by=f.council.by("team_manager"), opened=r, outcome=EmergencyOutcome.NOT_JUSTIFIED, note="No danger"
        ),
        "find it justified": lambda f, r: emergency.review_emergency(
            by=f.council.by("team_manager"), opened=r, outcome=EmergencyOutcome.JUSTIFIED, note=""
        ),
    },
    "declaration that somebody knows a family": {
        "settle it": lambda f, r: conflicts.settle(by=f.council.by("team_manager"), said=r)
    },
    "conflict of interest": {
        "end it with a reason": lambda f, r: conflicts.end_conflict(
            by=f.council.by("team_manager"), conflict=r, reason="Moved away"
        )
    },
    "access to a restricted family": {
        "end it with a reason": lambda f, r: restrictions.end_access(
            by=f.council.by("team_manager"), access=FamilyAccess.objects.get(pk=r.family_id), grant=r, reason="Over"
        )
    },
    "cover for somebody who is away": {
        "end it before its last day": lambda f, r: cover.end_own_cover(by=f.council.by("team_manager"), cover=r)
    },
    "import": {
        "load it": lambda f, r: bringing.start_loading(by=f.council.by("system_administrator"), run=r),
        "put it away": lambda f, r: bringing.put_away(by=f.council.by("system_administrator"), run=r),
    },
    "row set aside by an import": {
        "settle it": lambda f, r: set_aside.settle(by=f.council.by("social_worker"), aside=r),
    },
}

# What is not tried, and why: the table forbids it in some state, and there is nothing of this record to refuse.
NOT_TRIED = {
    "action of a strategy discussion": {
        "correct the strategy discussion": "It leaves an action that was marked as it is, and is open all the same.",
    },
    "child protection plan": {
        "book and hold its core group": "The core group is the family’s, and goes on while another plan is open.",
        "correct the decision that ended it": "Whatever was decided can be corrected, also that a plan goes on.",
    },
    "conference": {
        "request a conference again": "It is an act on the enquiry, where it is tried; this conference stays as it is.",
    },
    "cover for somebody who is away": {
        "name who covers now": "It makes another cover, and does nothing to this one.",
    },
    "exclusion": {
        "send the letter about it": "Who sends the invitations sends the letters that are due, and no others.",
    },
    "interim safety plan": {
        "write it again": "After its end the same act writes another plan, which is the way that is open.",
    },
    "invitation": {
        "send it": "Who sends the invitations sends those that were not sent, and passes over the others.",
    },
    "likely duplicate": {
        "merge the two records": "After its end this is the way that is open.",
    },
    "message": {
        "show it to its reader again": "It is the act of sending it again, for what is read after signing in.",
    },
    "request for a separate version": {
        "redact the file instead": "It makes a copy of the file for its reader, whatever was asked of the author.",
    },
    "support to take part": {
        "record what was arranged": "Only an advocate comes into these states, and it always refuses an advocate.",
    },
    "second check": {
        "say that it has been checked": "Only checks of copies are opened, and these are never asked for or refused.",
    },
}
