"""What may follow what from the request to the conference, and for each person who is to come to it."""

from conferences.convening.choices import (
    ARRANGED,
    ON_THE_WAY,
    CompanionState,
    ExclusionState,
    Reply,
    SupportState,
)
from conferences.convening.choices import ConferenceState as S
from cpc.core.accounts.lifecycles import (
    ADMINISTRATOR,
    CASEWORKER,
    CHAIR,
    FOLLOWS,
    INVITED,
    SERVICE_MANAGER,
    SOCIAL_WORKER,
    TEAM_MANAGER,
    Lifecycle,
    Move,
    State,
    Who,
)
from cpc.core.accounts.permissions import Permission as P

UPHOLDS = Who(
    "the manager of the family’s team where the stage is theirs, or a conference service manager",
    "Any other service manager, or the one who covers.",
)
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
                Move("disagree with the decision", "", CASEWORKER, (P.DISPUTE_DECISION,)),
                Move(
                    "hold it after all, in answer to a disagreement", S.AGREED, UPHOLDS, (P.UPHOLD_DISPUTE,),
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
                Move("give it another chair", S.BOOKED, ADMINISTRATOR, (P.BOOK_CONFERENCE,), undoes=True),
                _CANCEL,
                _NAME_ACTING,
            ),
            duties=("hold_conference", "chair_not_there"),
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
WHO_ANSWERS = Who(
    "the person the stage names: the family’s social worker, the manager of its team, or a conference service manager",
    "The person who covers for them; a conference service manager records the answer of anybody who has no account.",
)


def _state_of_dispute(dispute) -> str:
    if dispute.closed_at:
        return CLOSED
    return WAITS if dispute.waits else ANSWERED


_REPLY = {"permissions": (P.DISPUTE_DECISION, P.ANSWER_DISPUTE), "on": "conference"}

DISPUTE = Lifecycle(
    "professional disagreement",
    "convening.dispute",
    {
        WAITS: State(
            (
                Move("answer it", ANSWERED, WHO_ANSWERS, (P.ANSWER_DISPUTE,), on="conference"),
                Move("hold the conference after all", CLOSED, UPHOLDS, (P.UPHOLD_DISPUTE,), on="conference"),
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
            way="If it is not settled, disagree with the decision again or request a conference again.",
            undone="disagreeing with the decision again",
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
    return tuple(
        Move("record what was arranged", to, ADMINISTRATOR, (P.INVITE,), on="conference", undoes=undoes)
        for to in ARRANGED
    )


# An advocate is offered first; what was recorded of it can be corrected in any state.
_ADVOCATE = tuple(
    Move(
        "record how far an advocate is arranged", to, CASEWORKER, (P.RECORD_TAKING_PART,), on="conference", undoes=True
    )
    for to in (*ON_THE_WAY, *ARRANGED)
)

SUPPORT = Lifecycle(
    "support to take part",
    "convening.support",
    {
        SupportState.NEEDED: State(
            (*_arrange(), *_ADVOCATE),
            duties=("arrange_support", "offer_advocate"),
            undone="recording what was arranged",
        ),
        SupportState.OFFERED: State(_ADVOCATE, duties=("offer_advocate",)),
        SupportState.ACCEPTED: State(_ADVOCATE, duties=("arrange_support",)),
        SupportState.REFERRED: State(_ADVOCATE, duties=("arrange_support",)),
        **{one: State((*_arrange(undoes=True), *_ADVOCATE), ends=True) for one in ARRANGED},
    },
)

_AGREE = Move("agree it", CompanionState.AGREED, CHAIR, (P.DECIDE_TAKING_PART,), on="conference")
_REFUSE = Move(
    "refuse it with a reason", CompanionState.REFUSED, CHAIR, (P.DECIDE_TAKING_PART,), on="conference", undoes=True
)
_END_COMPANION = Move(
    "record that they do not come", CompanionState.ENDED, CASEWORKER, (P.RECORD_TAKING_PART,), on="conference",
    undoes=True,
)  # fmt: skip

COMPANION = Lifecycle(
    "somebody who comes with a parent",
    "convening.companion",
    {
        CompanionState.NAMED: State((_AGREE, _REFUSE, _END_COMPANION), duties=("decide_companion",)),
        CompanionState.AGREED: State((_REFUSE, _END_COMPANION), ends=True),
        CompanionState.REFUSED: State((_AGREE, _END_COMPANION), ends=True),
        CompanionState.ENDED: State(
            ends=True, way="Name them again, if they come after all.", undone="naming them again"
        ),
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


_SEND_AGAIN = Move("send it again", "", ADMINISTRATOR, (P.INVITE,), on="conference")
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
                _SEND_AGAIN,
                _WITHDRAW,
                _HELD_OR_CANCELLED,
            ),
            waits="The conference is held whether they answer or not.",
        ),
        REPLIED: State(
            (
                Move("answer it", REPLIED, INVITED, (P.ANSWER_INVITATION,)),
                Move("record their answer", REPLIED, ADMINISTRATOR, (P.INVITE,), on="conference"),
                _SEND_AGAIN,
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
