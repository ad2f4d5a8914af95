"""Which state of a record may follow which, who moves it on, and how it is put right."""

from cpc.core.accounts.lifecycles import ADMINISTRATOR, CHAIR, FOLLOWS, Lifecycle, Move, State
from cpc.core.accounts.permissions import Permission as P
from reports.outgoing.choices import RecordState

# An approved record returns to draft for a correction. What was issued stays until the correction supersedes it.
RECORD = Lifecycle(
    "record",
    "outgoing.conferencerecord",
    {
        RecordState.DRAFT: State(
            (
                Move("approve it", RecordState.APPROVED, CHAIR, (P.APPROVE_RECORD,)),
                Move("change its paragraphs", "", CHAIR, (P.DRAFT_RECORD,), undoes=True),
            ),
            duties=("approve_record", "approve_letters"),
        ),
        RecordState.APPROVED: State(
            (Move("open it for a correction", RecordState.DRAFT, CHAIR, (P.APPROVE_RECORD,), undoes=True),),
            waits="Its copies have the duties: to check them as a second person, and to release them.",
            ends=True,
        ),
    },
)

WITHHELD, UNMADE, MADE = "withheld", "to be made", "made"
_WITHHOLD = Move("withhold it with a reason", WITHHELD, CHAIR, (P.APPROVE_RECORD,), on="record", undoes=True)


def _state_of_copy(copy) -> str:
    if copy.withheld_reason:
        return WITHHELD
    return MADE if copy.document_id else UNMADE


COPY = Lifecycle(
    "copy",
    "outgoing.copy",
    {
        UNMADE: State(
            (Move("approve the record or letters", MADE, FOLLOWS), _WITHHOLD),
            waits="To approve the record or the letters is the chair’s duty.",
            way="It is made when the chair approves the record or the letters. Until then the chair can withhold it.",
        ),
        MADE: State(
            (Move("release it", "", ADMINISTRATOR, (P.RELEASE_DOCUMENTS,), on="record"), _WITHHOLD),
            waits="Its document has the duties: to check it as a second person, and to release it.",
            ends=True,
        ),
        WITHHELD: State(
            (Move("let its reader have it", MADE, CHAIR, (P.APPROVE_RECORD,), on="record", undoes=True),), ends=True
        ),
    },
    of=_state_of_copy,
)
