"""What may follow what for the ways to a family's record: emergencies, conflicts and grants."""

from cpc.core.accounts.lifecycles import A_MANAGER, FOLLOWS, SOFTWARE, TEAM_MANAGER, Lifecycle, Move, State
from cpc.core.accounts.permissions import Permission as P

TO_REVIEW, REVIEWED = "to be reviewed", "reviewed"

EMERGENCY = Lifecycle(
    "emergency access",
    "cases.emergencyaccess",
    {
        TO_REVIEW: State(
            (
                Move("find it justified", REVIEWED, TEAM_MANAGER, (P.REVIEW_EMERGENCY,)),
                Move(
                    "find it not justified, which ends it", REVIEWED, TEAM_MANAGER, (P.REVIEW_EMERGENCY,), undoes=True
                ),
            ),
            duties=("review_emergency",),
        ),
        REVIEWED: State(
            ends=True,
            way="Open the family in an emergency again if it is needed. It is reviewed again.",
            undone="another emergency, which is reviewed again",
        ),
    },
    of=lambda opened: REVIEWED if opened.reviewed_at else TO_REVIEW,
)

SAID, SETTLED = "to be settled", "settled"

SAID_CONFLICT = Lifecycle(
    "declaration that somebody knows a family",
    "cases.saidconflict",
    {
        SAID: State(
            (Move("settle it", SETTLED, A_MANAGER, (P.MANAGE_CONFLICTS,)),),
            duties=("settle_conflict",),
            undone="settling it without closing a family",
        ),
        SETTLED: State(
            ends=True, way="Record or end the conflict on the page of conflicts.", undone="ending the conflict"
        ),
    },
    of=lambda said: SETTLED if said.settled_at else SAID,
)

LIVE, ENDED = "live", "ended"

CONFLICT = Lifecycle(
    "conflict of interest",
    "cases.declaredconflict",
    {
        LIVE: State(
            (Move("end it with a reason", ENDED, A_MANAGER, (P.MANAGE_CONFLICTS,), undoes=True),),
            ends=True,
        ),
        ENDED: State(ends=True, way="Declare the conflict again if there is one.", undone="declaring it again"),
    },
    of=lambda conflict: ENDED if conflict.ended_on else LIVE,
)

GRANT = Lifecycle(
    "access to a restricted family",
    "cases.accessgrant",
    {
        LIVE: State(
            (
                Move("end it with a reason", ENDED, TEAM_MANAGER, (P.RESTRICT_FAMILY,), on="access", undoes=True),
                Move("end it on its last day", ENDED, SOFTWARE),
            ),
            waits="It ends by itself. Before its last day its holder and the manager have a duty.",
        ),
        ENDED: State(ends=True, way="Name the person for the family again.", undone="naming them again"),
    },
    of=lambda grant: ENDED if grant.ended_on else LIVE,
)

CUT_SHORT = "cut short, because the person who covered has left"


def _state_of_cover(cover) -> str:
    if not cover.ended_on:
        return LIVE
    return CUT_SHORT if cover.absent_id and cover.user_id and not cover.user.is_active else ENDED


COVER = Lifecycle(
    "cover for somebody who is away",
    "accounts.teamcover",
    {
        LIVE: State(
            (
                Move("end it before its last day", ENDED, TEAM_MANAGER, (P.NAME_COVER,), undoes=True),
                Move("end it on its last day", ENDED, SOFTWARE),
                Move("close the account of the person who covers", CUT_SHORT, FOLLOWS),
            ),
            waits="It ends by itself. What the absent must do is on the list of the person who covers.",
        ),
        CUT_SHORT: State(
            (Move("name who covers now", "", A_MANAGER, (P.NAME_COVER,), undoes=True),),
            duties=("name_cover",),
            ends=True,
        ),
        ENDED: State(ends=True, way="Name who covers again.", undone="naming somebody again"),
    },
    of=_state_of_cover,
)
