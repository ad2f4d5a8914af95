"""What may follow what before a conference is requested: discussions, enquiries, safety plans, family meetings."""

from conferences.convening.choices import ConferenceState as S
from conferences.convening.choices.enquiries import ActionState, EnquiryOutcome, GroupAnswer
from cpc.core.accounts.lifecycles import (
    CASEWORKER,
    FOLLOWS,
    OTHER_MANAGER,
    SOCIAL_WORKER,
    TEAM_MANAGER,
    Lifecycle,
    Move,
    State,
)
from cpc.core.accounts.permissions import Permission as P

UNDER_WAY, WRITTEN, NEEDED, REQUESTED, DECLINED, FINISHED = (
    "under way", "outcome to sign off", "conference needed", "requested", "declined", "finished"
)  # fmt: skip
# The outcome may call for a conference, so somebody writes a safety plan or says why there is none.
MAY_LACK_PLAN = (WRITTEN, NEEDED, REQUESTED)


def _state_of_enquiry(enquiry) -> str:
    if not enquiry.signed_off_at:
        return WRITTEN if enquiry.written_at else UNDER_WAY
    if not any(row.outcome == EnquiryOutcome.CONFERENCE for row in enquiry.children.all()):
        return FINISHED
    found = {one.state for one in enquiry.led_to} - {S.CANCELLED}
    if not found:
        return NEEDED
    return DECLINED if found == {S.DECLINED} else REQUESTED


_CORRECT = Move("correct the strategy discussion", "", CASEWORKER, (P.RECORD_ENQUIRY,), undoes=True)
_WRITE = Move("write the outcome for each child", WRITTEN, CASEWORKER, (P.RECORD_ENQUIRY,), undoes=True)
_NO_PLAN = Move("say why it has no safety plan", "", CASEWORKER, (P.RECORD_ENQUIRY,))
_SIGN_OFF = ("sign off the outcome", OTHER_MANAGER, (P.SIGN_OFF_ENQUIRY,))
_REQUEST = Move("request a conference", REQUESTED, SOCIAL_WORKER, (P.REQUEST_CONFERENCE,), on="family")

ENQUIRY = Lifecycle(
    "enquiry",
    "convening.enquiry",
    {
        UNDER_WAY: State(
            (_WRITE, _CORRECT),
            duties=("enquiry_outcome",),
        ),
        WRITTEN: State(
            (
                Move(_SIGN_OFF[0], NEEDED, *_SIGN_OFF[1:]),
                Move(_SIGN_OFF[0], REQUESTED, *_SIGN_OFF[1:]),  # a conference to come is about its children
                Move(_SIGN_OFF[0], FINISHED, *_SIGN_OFF[1:]),
                Move("return the outcome with a reason", UNDER_WAY, *_SIGN_OFF[1:], undoes=True),
                _WRITE,
                _CORRECT,
                _NO_PLAN,
            ),
            duties=("sign_off_outcome",),
        ),
        NEEDED: State(
            (_REQUEST, _WRITE, _CORRECT, _NO_PLAN),
            duties=("request_conference", "write_safety_plan"),
        ),
        REQUESTED: State(
            (Move("hold the conference", FINISHED, FOLLOWS), _CORRECT, _NO_PLAN),
            waits="The conference is what is waited for. If it is cancelled, another is needed.",
            ends=True,
            way="Decline or cancel the conference first. The outcome can be changed then.",
            undone="declining or cancelling the conference",
        ),
        DECLINED: State(
            (_REQUEST, _WRITE, _CORRECT, Move("disagree with the decision", "", FOLLOWS)),
            waits="A manager decided that no conference is held.",
            ends=True,
        ),
        FINISHED: State((_WRITE, _CORRECT), ends=True),
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
_ANSWERED_AGAIN = Move(_ANSWER.act, "", *_BY_WORKER, undoes=True)

GROUP_MEETING = Lifecycle(
    "family group meeting",
    "convening.familygroupmeeting",
    {
        OFFERED: State((_ANSWER, _GIVEN_UP), duties=("answer_group_offer",)),
        TO_HOLD: State(
            (Move(_RECORD, GROUP_HELD, *_BY_WORKER), _ANSWERED_AGAIN, _GIVEN_UP), duties=("hold_group_meeting",)
        ),
        GROUP_HELD: State((_RECORDED_AGAIN, _ANSWERED_AGAIN), ends=True),
        NOT_HELD: State((_RECORDED_AGAIN, _ANSWERED_AGAIN), ends=True),
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
                Move("hold the conference, and decide about each child", ENDED, FOLLOWS),
            ),
            duties=("review_safety_plan",),
        ),
        ENDED: State(ends=True, way="Write another plan, if one is needed.", undone="writing another plan"),
    },
    of=lambda plan: ENDED if plan.ended_at else IN_FORCE,
)
