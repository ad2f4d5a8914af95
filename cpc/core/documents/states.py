"""Which state may follow which, for documents, second checks and messages."""

from cpc.core.documents.choices import CheckState as C
from cpc.core.documents.choices import DocumentState as D
from cpc.core.documents.choices import OutgoingState as O
from cpc.core.kernel.states import Machine

DOCUMENT = Machine(
    {
        D.DRAFTED: {D.APPROVED},
        D.APPROVED: {D.DRAFTED, D.ISSUED},
        D.ISSUED: {D.RELEASED, D.SUPERSEDED, D.RECALLED},
        D.RELEASED: {D.SUPERSEDED, D.RECALLED},
        D.SUPERSEDED: set(),
        D.RECALLED: set(),
    },
    noun="document",
)
OUTGOING = Machine(
    {
        O.QUEUED: {O.SENDING, O.SENT, O.HELD, O.FAILED, O.WITHDRAWN},
        # Back to waiting: the server said to try later.
        O.SENDING: {O.SENT, O.QUEUED, O.FAILED, O.HELD, O.UNCERTAIN},
        # Handed over without an answer, or the worker stopped half-way. A late answer of the server still counts.
        O.UNCERTAIN: {O.SENT, O.QUEUED, O.FAILED, O.WITHDRAWN},
        O.FAILED: {O.QUEUED, O.WITHDRAWN},
        O.HELD: {O.QUEUED, O.WITHDRAWN},
        # Failed after sent: it came back, or the letter was returned.
        O.SENT: {O.OPENED, O.COLLECTED, O.FAILED},
        O.OPENED: {O.COLLECTED},
        O.COLLECTED: set(),
        O.WITHDRAWN: set(),
    },
    noun="message",
)
# Checks of a list or of a file's unreadable parts are made at once: they begin as agreed.
SECOND_CHECK = Machine(
    {
        C.ASKED: {C.AGREED, C.REFUSED},
        C.OPENED: {C.AGREED},
        C.AGREED: set(),
        C.REFUSED: set(),
    },
    noun="second check",
)
