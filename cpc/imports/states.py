"""What may follow what in an import, who moves it on, and how it is put right."""

from cpc.core.accounts.lifecycles import CASEWORKER, SOFTWARE, SYSTEM_ADMINISTRATOR, Lifecycle, Move, State
from cpc.core.accounts.permissions import Permission as P
from cpc.imports.choices import ImportState as S

_AGAIN = "Correct the file and bring it in again: the check says what differs."
_GIVE_UP = Move("say why nothing could be loaded", S.FAILED, SOFTWARE)
_FAULTS = Move("say what is wrong with each row", S.FAULTY, SOFTWARE)

IMPORT = Lifecycle(
    "import",
    "imports.import",
    {
        S.CHECKING: State(
            (_FAULTS, Move("say that it is ready", S.READY, SOFTWARE), _GIVE_UP),
            waits="The software checks it. Its page says how far it is.",
            undone="bringing in another file",
        ),
        S.READY: State(
            (
                Move("load it", S.LOADING, SYSTEM_ADMINISTRATOR, (P.IMPORT_RECORDS,)),
                Move("put it away", S.FAILED, SYSTEM_ADMINISTRATOR, (P.IMPORT_RECORDS,), undoes=True),
            ),
            waits="Nothing is on the record yet. The page of imports says that it is ready.",
        ),
        S.LOADING: State(
            (Move("load it", S.LOADED, SOFTWARE), _FAULTS, _GIVE_UP),
            waits="The software loads it whole or not at all.",
            undone="a fault, after which nothing was loaded",
        ),
        S.FAULTY: State(ends=True, way=_AGAIN, undone="bringing in the corrected file"),
        S.FAILED: State(ends=True, way=_AGAIN, undone="bringing in the file again"),
        S.LOADED: State(
            ends=True,
            way="Correct the records on the pages of their families, or bring in a corrected file.",
            undone="corrections on the pages of the families, each with its reason",
        ),
    },
)

WAITING, SETTLED = "waiting", "settled"

SET_ASIDE = Lifecycle(
    "row set aside by an import",
    "imports.setaside",
    {
        WAITING: State(
            (Move("settle it", SETTLED, CASEWORKER, (P.RECORD_FAMILY,)),),
            waits="The first pages of those who may see the family, and of nobody else, say that something waits.",
            undone="settling it without writing anything",
        ),
        SETTLED: State(
            ends=True, way="Correct the record on the page of the family.", undone="a correction of the family’s record"
        ),
    },
    of=lambda row: SETTLED if row.settled_at else WAITING,
)
