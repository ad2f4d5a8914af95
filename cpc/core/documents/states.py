"""What may follow what, for a document and for anything that leaves."""

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
        # Back to waiting: the server said to try later, or the worker stopped half-way.
        O.SENDING: {O.SENT, O.QUEUED, O.FAILED, O.HELD},
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
