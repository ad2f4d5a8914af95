"""What may follow what in the life of a plan, an action and a core group meeting."""

from conferences.plans.choices import ActionState, MeetingState, PlanState
from cpc.core.kernel.states import Machine

# An ended plan is open again when its end was entered wrongly and is corrected.
PLAN = Machine({PlanState.OPEN: {PlanState.ENDED}, PlanState.ENDED: {PlanState.OPEN}}, noun="plan")
ACTION = Machine(
    {
        ActionState.TO_DO: {ActionState.DONE, ActionState.NOT_DONE},
        ActionState.DONE: {ActionState.TO_DO},
        ActionState.NOT_DONE: {ActionState.TO_DO},
    },
    noun="action",
)
MEETING = Machine(
    {
        MeetingState.PLANNED: {MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED},
        MeetingState.HELD: set(),
        MeetingState.CANCELLED: set(),
    },
    noun="core group meeting",
)
