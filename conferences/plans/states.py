"""What may follow what in the life of a plan, an action and a meeting, who moves it on, and how it is put right."""

from conferences.convening.choices.enquiries import ActionState
from conferences.plans.choices import MeetingState, PlanState
from cpc.core.accounts.lifecycles import (
    CASEWORKER,
    CHAIR,
    FOLLOWS,
    LEAD_WORKER,
    TEAM_MANAGER,
    Lifecycle,
    Move,
    State,
)
from cpc.core.accounts.permissions import Permission as P

PLAN = Lifecycle(
    "child protection plan",
    "plans.protectionplan",
    {
        PlanState.OPEN: State(
            (
                Move("end it at a review conference", PlanState.ENDED, FOLLOWS),
                Move(
                    "end it without a conference: a death, 18, a move or leaving the country", PlanState.ENDED,
                    TEAM_MANAGER, (P.END_PLAN,),
                ),
                Move("book and hold its core group", "", LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), on="family"),
            ),
            duties=("book_core_group", "hold_core_group"),
            waits="Its next review is a conference of its own; where there is none to come, to ask for one is a duty.",
            undone="the review that ends it",
        ),
        PlanState.ENDED: State(
            (
                Move("correct the decision that ended it", PlanState.OPEN, CHAIR, (P.CORRECT,), undoes=True),
                Move(
                    "let it go on, if it was ended without a conference by mistake", PlanState.OPEN, TEAM_MANAGER,
                    (P.END_PLAN,), undoes=True,
                ),
            ),
            ends=True,
            way="If the child is at risk again, start an enquiry: an initial conference decides about a new plan.",
            undone="a new plan, which an initial conference decides",
        ),
    },
)  # fmt: skip

_TO_DO = Move("mark it as to be done", ActionState.TO_DO, LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), "family", undoes=True)

ACTION = Lifecycle(
    "action",
    "plans.planaction",
    {
        ActionState.TO_DO: State(
            (
                Move("mark it as done", ActionState.DONE, LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), "family"),
                Move("mark it as not done", ActionState.NOT_DONE, LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), "family"),
                Move(_TO_DO.act, ActionState.TO_DO, LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), "family"),
            ),
            waits="Each core group goes through the actions, and to hold it is a duty.",
            undone="the next core group or review",
        ),
        ActionState.DONE: State((_TO_DO,), ends=True),
        ActionState.NOT_DONE: State((_TO_DO,), ends=True),
    },
)


def _meeting(noun, model, duty, permission) -> Lifecycle:
    """A meeting that the lead social worker books, moves and writes up."""
    return Lifecycle(
        noun,
        model,
        {
            MeetingState.PLANNED: State(
                (
                    Move("write it up", MeetingState.HELD, LEAD_WORKER, (permission,)),
                    Move("move it", MeetingState.PLANNED, LEAD_WORKER, (permission,), undoes=True),
                    Move("end the last plan of the family", MeetingState.CANCELLED, FOLLOWS),
                ),
                duties=(duty,),
            ),
            MeetingState.HELD: State(
                ends=True, way="Write what is missing into the next meeting.", undone="the next meeting"
            ),
            MeetingState.CANCELLED: State(
                ends=True, way="No plan is open. With a new plan, book another.", undone="booking another"
            ),
        },
    )


MEETING = _meeting("core group meeting", "plans.coregroupmeeting", "hold_core_group", P.ARRANGE_CORE_GROUP)
NEED_MEETING = _meeting("child in need meeting", "plans.childinneedmeeting", "hold_need_meeting", P.RUN_CHILD_IN_NEED)

OPEN, ENDED = "open", "ended"

NEED_PLAN = Lifecycle(
    "child in need plan",
    "plans.childinneedplan",
    {
        OPEN: State(
            (
                Move("end it with a reason", ENDED, LEAD_WORKER, (P.RUN_CHILD_IN_NEED,)),
                Move("begin a child protection plan", ENDED, FOLLOWS),
            ),
            duties=("book_need_meeting", "hold_need_meeting", "review_need"),
            undone="ending it with a reason",
        ),
        ENDED: State(ends=True, way="If the family needs help again, begin another plan.", undone="another plan"),
    },
    of=lambda plan: ENDED if plan.ended_on else OPEN,
)

MEMBER, LEFT = "member", "left"

CORE_GROUP = Lifecycle(
    "place in a core group",
    "plans.coregroupmember",
    {
        MEMBER: State(
            (
                Move("let them leave the core group", LEFT, LEAD_WORKER, (P.ARRANGE_CORE_GROUP,), undoes=True),
                Move("end their last plan", LEFT, FOLLOWS),
            ),
            waits="The core group meets, and to book and to hold it is a duty.",
        ),
        LEFT: State(ends=True, way="Add the person to the core group again.", undone="adding them again"),
    },
    of=lambda member: LEFT if member.to_on else MEMBER,
)

ENTERED = "entered"

# Visits are recorded in the council’s case system. Here one can be entered later, with its true date.
LATE_ENTRY = Lifecycle(
    "visit or other late entry",
    "plans.earlierevent",
    {
        ENTERED: State(
            (Move("remove it with a reason", "", CASEWORKER, (P.ENTER_EARLIER,), undoes=True),),
            ends=True,
        ),
    },
    of=lambda _: ENTERED,
)
