"""What may follow what for an entry that protects somebody, and for records that may be one person's."""

from cpc.core.accounts.lifecycles import A_MANAGER, CASEWORKER, TEAM_MANAGER, Lifecycle, Move, State
from cpc.core.accounts.permissions import Permission as P

TO_AGREE, AGREED, ENDED = "in force, to be agreed", "agreed", "ended"

_REVIEW = Move("review it", "", CASEWORKER, (P.RECORD_PROTECTIONS,), on="family")
_END = Move("end it with a reason", ENDED, CASEWORKER, (P.RECORD_PROTECTIONS,), on="family", undoes=True)


def _state_of_entry(entry) -> str:
    if entry.ended_on:
        return ENDED
    return AGREED if entry.agreed_by_id else TO_AGREE


def _entry(noun, model) -> Lifecycle:
    """An entry that protects from its first moment, that a manager agrees to, and that is reviewed until it ends."""
    return Lifecycle(
        noun,
        f"people.{model}",
        {
            TO_AGREE: State(
                (Move("agree to it", AGREED, TEAM_MANAGER, (P.AGREE_PROTECTIONS,), on="family"), _END),
                duties=(f"agree_{model}",),
            ),
            AGREED: State((_REVIEW, _END), duties=(f"review_{model}",), ends=True),
            ENDED: State(ends=True, way="Record it again if it is still needed.", undone="recording it again"),
        },
        of=_state_of_entry,
    )


PROTECTION = _entry("protected contact detail", "protection")
MUST_NOT_LEARN = _entry("information to withhold", "mustnotlearn")
MUST_NOT_MEET = _entry("no-contact entry", "mustnotmeet")
WARNING = _entry("warning", "warningmarker")

UNSETTLED, SETTLED = "to be looked at", "settled as two people"

DUPLICATE = Lifecycle(
    "likely duplicate",
    "people.possibleduplicate",
    {
        UNSETTLED: State(
            (
                Move("say that they are two people", SETTLED, A_MANAGER, (P.MERGE_PEOPLE,)),
                Move("merge the two records", "", A_MANAGER, (P.MERGE_PEOPLE,)),
            ),
            duties=("likely_duplicate",),
            undone="undoing the merge",
        ),
        SETTLED: State(ends=True, way="Merge the two records if they are one person’s.", undone="merging the records"),
    },
    of=lambda pair: SETTLED if pair.settled_at else UNSETTLED,
)

MERGED, UNDONE = "merged", "undone"

MERGE = Lifecycle(
    "merge",
    "people.merge",
    {
        MERGED: State((Move("undo it with a reason", UNDONE, A_MANAGER, (P.MERGE_PEOPLE,), undoes=True),), ends=True),
        UNDONE: State(ends=True, way="Merge the two records again if they are one person’s.", undone="merging again"),
    },
    of=lambda merge: UNDONE if merge.undone_at else MERGED,
)
