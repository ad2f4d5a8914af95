"""What may follow what from the enquiry to the conference, who moves it on, and how it is put right."""

from conferences.convening.choices import ActionState, EnquiryOutcome, ExclusionState, GroupAnswer, Reply, SupportState
from conferences.convening.choices import ConferenceState as S
from cpc.core.accounts.lifecycles import (
    ADMINISTRATOR,
    CASEWORKER,
    CHAIR,
    FOLLOWS,
    INVITED,
    OTHER_MANAGER,
    SERVICE_MANAGER,
    SOCIAL_WORKER,
    TEAM_MANAGER,
    Lifecycle,
    Move,
    State,
    Who,
)
from cpc.core.accounts.permissions import Permission as P

# --- The enquiry: its state follows from its outcome and its conferences ------------------------------------------

UNDER_WAY, WRITTEN, NEEDED, REQUESTED, DECLINED, FINISHED = (
    "under way", "outcome to sign off", "conference needed", "requested", "declined", "finished"
)  # fmt: skip


def _state_of_enquiry(enquiry) -> str:
    if not enquiry.signed_off_at:
        return WRITTEN if enquiry.written_at else UNDER_WAY
    if not any(row.outcome == EnquiryOutcome.CONFERENCE for row in enquiry.children.all()):
        return FINISHED
    found = {one.state for one in enquiry.conferences.all()} - {S.CANCELLED}
    if not found:
        return NEEDED
    return DECLINED if found == {S.DECLINED} else REQUESTED


_WRITE = Move("write the outcome for each child", WRITTEN, CASEWORKER, (P.RECORD_ENQUIRY,), undoes=True)
_SIGN_OFF = ("sign off the outcome", OTHER_MANAGER, (P.SIGN_OFF_ENQUIRY,))
_REQUEST = Move("request a conference", REQUESTED, SOCIAL_WORKER, (P.REQUEST_CONFERENCE,), on="family")

ENQUIRY = Lifecycle(
    "enquiry",
    "convening.enquiry",
    {
        UNDER_WAY: State(
            (_WRITE, Move("correct the strategy discussion", "", CASEWORKER, (P.RECORD_ENQUIRY,), undoes=True)),
            duties=("enquiry_outcome",),
        ),
        WRITTEN: State(
            (
                Move(_SIGN_OFF[0], NEEDED, *_SIGN_OFF[1:]),
                Move(_SIGN_OFF[0], FINISHED, *_SIGN_OFF[1:]),
                Move("return the outcome with a reason", UNDER_WAY, *_SIGN_OFF[1:], undoes=True),
                _WRITE,
            ),
            duties=("sign_off_outcome",),
        ),
        NEEDED: State((_REQUEST, _WRITE), duties=("request_conference",)),
        REQUESTED: State(
            (Move("hold the conference", FINISHED, FOLLOWS),),
            waits="The conference is what is waited for. If it is cancelled, another is needed.",
            ends=True,
            way="Decline or cancel the conference first. The outcome can be changed then.",
            undone="declining or cancelling the conference",
        ),
        DECLINED: State(
            (_REQUEST, _WRITE, Move("dispute the decision", "", FOLLOWS)),
            waits="A manager decided that no conference is held.",
            ends=True,
        ),
        FINISHED: State((_WRITE,), ends=True),
    },
    of=_state_of_enquiry,
)

WAITS_FOR_ANSWER, DATE_AGREED, DATE_DECLINED = "waiting for an answer", "agreed", "declined"


def _state_of_date_change(change) -> str:
    if not change.answered_at:
        return WAITS_FOR_ANSWER
    return DATE_AGREED if change.agreed else DATE_DECLINED


_ANOTHER_DATE = {"way": "Ask for another date of the discussion again.", "undone": "asking for another date again"}

DATE_CHANGE = Lifecycle(
    "change of a discussion’s date",
    "convening.datechange",
    {
        WAITS_FOR_ANSWER: State(
            (
                Move("agree the other date", DATE_AGREED, OTHER_MANAGER, (P.SIGN_OFF_ENQUIRY,)),
                Move("decline it with a reason", DATE_DECLINED, OTHER_MANAGER, (P.SIGN_OFF_ENQUIRY,), undoes=True),
            ),
            duties=("answer_date_change",),
        ),
        DATE_AGREED: State(ends=True, **_ANOTHER_DATE),
        DATE_DECLINED: State(ends=True, **_ANOTHER_DATE),
    },
    of=_state_of_date_change,
)

_MARK = (SOCIAL_WORKER, (P.RECORD_ENQUIRY,), "discussion")
_TO_DO = Move("mark it as to be done", ActionState.TO_DO, *_MARK, undoes=True)

DISCUSSION_ACTION = Lifecycle(
    "action of a strategy discussion",
    "convening.discussionaction",
    {
        ActionState.TO_DO: State(
            (
                Move("mark it as done", ActionState.DONE, *_MARK),
                Move("mark it as not done, with the reason", ActionState.NOT_DONE, *_MARK),
                Move("correct the strategy discussion", "", CASEWORKER, (P.RECORD_ENQUIRY,), "discussion", undoes=True),
            ),
            duties=("mark_discussion_action",),
        ),
        ActionState.DONE: State((_TO_DO,), ends=True),
        ActionState.NOT_DONE: State((_TO_DO,), ends=True),
    },
)

OFFERED, TO_HOLD, GROUP_HELD, NOT_HELD = "waiting for an answer", "to be held", "held", "not held"


def _state_of_group_meeting(meeting) -> str:
    if meeting.held_on:
        return GROUP_HELD
    if meeting.why_not:
        return NOT_HELD
    return OFFERED if any(one.answer == GroupAnswer.NONE for one in meeting.offers.all()) else TO_HOLD


_RECORD = "record what became of it"
_BY_WORKER = (SOCIAL_WORKER, (P.RECORD_ENQUIRY,))
_RECORDED_AGAIN = Move(_RECORD, "", *_BY_WORKER, undoes=True)
_GIVEN_UP = Move(_RECORD, NOT_HELD, *_BY_WORKER, undoes=True)
_ANSWER = Move("record what each parent answered", TO_HOLD, *_BY_WORKER)

GROUP_MEETING = Lifecycle(
    "family group meeting",
    "convening.familygroupmeeting",
    {
        OFFERED: State((_ANSWER, _GIVEN_UP), duties=("answer_group_offer",)),
        TO_HOLD: State((Move(_RECORD, GROUP_HELD, *_BY_WORKER), _GIVEN_UP), duties=("hold_group_meeting",)),
        GROUP_HELD: State((_RECORDED_AGAIN,), ends=True),
        NOT_HELD: State((_RECORDED_AGAIN,), ends=True),
    },
    of=_state_of_group_meeting,
)

IN_FORCE, ENDED = "in force", "ended"

SAFETY_PLAN = Lifecycle(
    "interim safety plan",
    "convening.safetyplan",
    {
        IN_FORCE: State(
            (
                Move("review it", "", CASEWORKER, (P.RECORD_ENQUIRY,)),
                Move("write it again", "", CASEWORKER, (P.RECORD_ENQUIRY,), undoes=True),
                Move("end it with a reason", ENDED, TEAM_MANAGER, (P.SIGN_OFF_ENQUIRY,), undoes=True),
                Move("hold the conference", ENDED, FOLLOWS),
            ),
            duties=("review_safety_plan",),
        ),
        ENDED: State(ends=True, way="Write another plan, if one is needed.", undone="writing another plan"),
    },
    of=lambda plan: ENDED if plan.ended_at else IN_FORCE,
)

# --- The request and the conference -------------------------------------------------------------------------------

_CANCEL = Move("cancel it with a reason", S.CANCELLED, ADMINISTRATOR, (P.BOOK_CONFERENCE,), undoes=True)
_NAME_ACTING = Move("name who acts for its chair", "", SERVICE_MANAGER, (P.NAME_ACTING_CHAIR,))

CONFERENCE = Lifecycle(
    "conference",
    "convening.conference",
    {
        S.REQUESTED: State(
            (
                Move("agree to it", S.AGREED, TEAM_MANAGER, (P.AGREE_CONFERENCE,)),
                Move("decline it with a reason", S.DECLINED, TEAM_MANAGER, (P.AGREE_CONFERENCE,), undoes=True),
            ),
            duties=("agree_conference",),
        ),
        S.DECLINED: State(
            (
                Move("dispute the decision", "", CASEWORKER, (P.DISPUTE_DECISION,)),
                Move(
                    "hold it after all, in answer to a dispute", S.AGREED, SERVICE_MANAGER, (P.ANSWER_DISPUTE,),
                    undoes=True,
                ),
                Move("request a conference again", "", SOCIAL_WORKER, (P.REQUEST_CONFERENCE,), on="family"),
            ),
            ends=True,
        ),
        S.AGREED: State(
            (Move("book it", S.BOOKED, ADMINISTRATOR, (P.BOOK_CONFERENCE,)), _CANCEL),
            duties=("book_conference", "book_review"),
        ),
        S.BOOKED: State(
            (
                Move("open it", S.OPEN, CHAIR, (P.HOLD_CONFERENCE,)),
                Move("move it", S.BOOKED, ADMINISTRATOR, (P.BOOK_CONFERENCE,), undoes=True),
                _CANCEL,
                _NAME_ACTING,
            ),
            duties=("hold_conference",),
        ),
        S.OPEN: State(
            (
                Move("close it", S.HELD, CHAIR, (P.HOLD_CONFERENCE,)),
                Move("put it back with a reason", S.BOOKED, CHAIR, (P.HOLD_CONFERENCE,), undoes=True),
                _NAME_ACTING,
            ),
            duties=("hold_conference",),
        ),
        S.HELD: State(
            (_NAME_ACTING,),
            ends=True,
            way="Correct its record, or hold another conference.",
            undone="a correction of the record, which says what was wrong",
        ),
        S.CANCELLED: State(
            (Move("request a conference again", "", SOCIAL_WORKER, (P.REQUEST_CONFERENCE,), on="family"),),
            ends=True,
            way="If a conference is still needed, request another. Another review was requested at once.",
            undone="requesting another; of a review, another is requested at once",
        ),
    },
)  # fmt: skip

# --- What is said about a decision, and about people --------------------------------------------------------------

WAITS, ANSWERED, CLOSED = "waiting for an answer", "answered", "closed"
WHO_DISAGREED = Who(
    "the person who disagreed", "A conference service manager records what they said; when it is late, they are told."
)


def _state_of_dispute(dispute) -> str:
    if dispute.closed_at:
        return CLOSED
    return WAITS if dispute.waits else ANSWERED


_REPLY = {"permissions": (P.DISPUTE_DECISION, P.ANSWER_DISPUTE), "on": "conference"}

DISPUTE = Lifecycle(
    "dispute",
    "convening.dispute",
    {
        WAITS: State(
            (
                Move("answer it", ANSWERED, SERVICE_MANAGER, (P.ANSWER_DISPUTE,), on="conference"),
                Move("hold the conference after all", CLOSED, SERVICE_MANAGER, (P.ANSWER_DISPUTE,), on="conference"),
            ),
            duties=("answer_dispute",),
            undone="the answer",
        ),
        ANSWERED: State(
            (
                Move("take it to the next stage", WAITS, WHO_DISAGREED, undoes=True, **_REPLY),
                Move("close it", CLOSED, WHO_DISAGREED, **_REPLY),
            ),
            duties=("reply_to_answer",),
        ),
        CLOSED: State(
            ends=True,
            way="If it is not settled, dispute the decision again or request a conference again.",
            undone="disputing the decision again",
        ),
    },
    of=_state_of_dispute,
)

_EXCLUDE = Move("exclude them", ExclusionState.IN_FORCE, CHAIR, (P.DECIDE_EXCLUSION,), on="conference")
_EXCLUDE_AFTER_ALL = Move("exclude them", "", CHAIR, (P.DECIDE_EXCLUSION,), on="conference", undoes=True)
_DECIDE_AGAIN = "Ask for an exclusion again, if it is needed."

EXCLUSION = Lifecycle(
    "exclusion",
    "convening.exclusion",
    {
        ExclusionState.REQUESTED: State(
            (
                _EXCLUDE,
                Move(
                    "decline it with a reason", ExclusionState.DECLINED, CHAIR, (P.DECIDE_EXCLUSION,), on="conference",
                    undoes=True,
                ),
            ),
            duties=("decide_exclusion",),
        ),
        ExclusionState.IN_FORCE: State(
            (
                Move("send the letter about it", "", ADMINISTRATOR, (P.INVITE,), on="conference"),
                Move(
                    "end it with a reason", ExclusionState.ENDED, CHAIR, (P.DECIDE_EXCLUSION,), on="conference",
                    undoes=True,
                ),
            ),
            duties=("send_exclusion_letter", "invite", "invite_as_well"),
            ends=True,
        ),
        ExclusionState.DECLINED: State((_EXCLUDE_AFTER_ALL,), ends=True, way=_DECIDE_AGAIN),
        ExclusionState.ENDED: State((_EXCLUDE_AFTER_ALL,), ends=True, way=_DECIDE_AGAIN),
    },
)  # fmt: skip


def _arrange(undoes=False) -> tuple[Move, ...]:
    answers = (SupportState.BOOKED, SupportState.DECLINED, SupportState.NOT_BOOKED)
    return tuple(
        Move("record what was arranged", to, ADMINISTRATOR, (P.INVITE,), on="conference", undoes=undoes)
        for to in answers
    )


SUPPORT = Lifecycle(
    "support to take part",
    "convening.support",
    {
        SupportState.NEEDED: State(
            _arrange(),
            duties=("arrange_support",),
            undone="recording what was arranged",
        ),
        SupportState.BOOKED: State(_arrange(undoes=True), ends=True),
        SupportState.DECLINED: State(_arrange(undoes=True), ends=True),
        SupportState.NOT_BOOKED: State(_arrange(undoes=True), ends=True),
    },
)

PROPOSED, SENT, REPLIED, WITHDRAWN, OVER = "proposed", "sent", "replied", "withdrawn", "over"


def _state_of_invitation(invitation) -> str:
    if invitation.withdrawn_at:
        return WITHDRAWN
    if invitation.conference.state not in (S.AGREED, S.BOOKED, S.OPEN):
        return OVER
    if not invitation.sent_at:
        return PROPOSED
    return SENT if invitation.reply == Reply.NONE else REPLIED


_WITHDRAW = Move("withdraw it with a reason", WITHDRAWN, ADMINISTRATOR, (P.INVITE,), on="conference", undoes=True)
_HELD_OR_CANCELLED = Move("hold or cancel the conference", OVER, FOLLOWS)

INVITATION = Lifecycle(
    "invitation",
    "convening.invitation",
    {
        PROPOSED: State(
            (
                Move("send it", SENT, ADMINISTRATOR, (P.INVITE,), on="conference"),
                Move("remove them from the list with a reason", "", ADMINISTRATOR, (P.INVITE,), on="conference",
                     undoes=True),
                _HELD_OR_CANCELLED,
            ),
            duties=("invite", "invite_as_well"),
        ),
        SENT: State(
            (
                Move("answer it", REPLIED, INVITED, (P.ANSWER_INVITATION,)),
                Move("record their answer", REPLIED, ADMINISTRATOR, (P.INVITE,), on="conference"),
                Move("send it again", "", ADMINISTRATOR, (P.INVITE,), on="conference"),
                _WITHDRAW,
                _HELD_OR_CANCELLED,
            ),
            waits="The conference is held whether they answer or not.",
        ),
        REPLIED: State(
            (
                Move("answer it", REPLIED, INVITED, (P.ANSWER_INVITATION,)),
                Move("record their answer", REPLIED, ADMINISTRATOR, (P.INVITE,), on="conference"),
                _WITHDRAW,
                _HELD_OR_CANCELLED,
            ),
            waits="The conference is what is waited for.",
        ),
        WITHDRAWN: State(
            ends=True, way="Add the person to the list again to invite them.", undone="adding the person again"
        ),
        OVER: State(
            ends=True,
            way="The conference is over: what it decided is in its record.",
            undone="the attendance that the chair marks",
        ),
    },
    of=_state_of_invitation,
)  # fmt: skip
