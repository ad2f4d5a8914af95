"""Which state may follow which, for documents, second checks and messages; who moves them on; what undoes it."""

from cpc.core.accounts.lifecycles import (
    ADMINISTRATOR,
    CHAIR,
    FOLLOWS,
    SECOND_PERSON,
    SOFTWARE,
    WHO_SETTLES,
    Lifecycle,
    Move,
    State,
)
from cpc.core.accounts.permissions import Permission as P
from cpc.core.documents.choices import CheckState as C
from cpc.core.documents.choices import DocumentState as D
from cpc.core.documents.choices import OutgoingState as O

_RECALL = Move("recall it with a reason", D.RECALLED, ADMINISTRATOR, (P.RELEASE_DOCUMENTS,), undoes=True)
_CORRECT = Move("correct the record: its copies replace those that were issued", D.SUPERSEDED, FOLLOWS, undoes=True)

DOCUMENT = Lifecycle(
    "document",
    "documents.document",
    {
        D.DRAFTED: State(
            (Move("approve it", D.APPROVED, CHAIR, (P.APPROVE_RECORD, P.RELEASE_DOCUMENTS)),),
            waits="To approve the record or the letters is the chair’s duty.",
            undone="the chair, who changes the record",
        ),
        D.APPROVED: State(
            (
                Move("release it", D.ISSUED, ADMINISTRATOR, (P.RELEASE_DOCUMENTS,)),
                Move("check it as a second person", "", SECOND_PERSON, (P.CHECK_COPY,)),
                Move("return it to draft with a reason", D.DRAFTED, CHAIR, (P.APPROVE_RECORD, P.RELEASE_DOCUMENTS),
                     undoes=True),
            ),
            duties=(
                "check_letters", "check_record", "check_file", "check_typed_copies", "copy_typed_report",
                "release_letters", "release_record",
            ),
        ),
        D.ISSUED: State(
            (Move("release it", D.RELEASED, ADMINISTRATOR, (P.RELEASE_DOCUMENTS,)), _RECALL, _CORRECT),
            waits="It is issued and released in one step.",
        ),
        D.RELEASED: State((_RECALL, _CORRECT), ends=True),
        D.SUPERSEDED: State(
            ends=True, way="Only an issued document can be replaced: replace the latest version.",
            undone="another correction",
        ),
        D.RECALLED: State(
            ends=True, way="Open the record to correct it: a new document is made.", undone="a new document"
        ),
    },
)  # fmt: skip

_WITHDRAW = Move("withdraw it", O.WITHDRAWN, FOLLOWS, undoes=True)
_RETRY = Move("send it again", O.QUEUED, ADMINISTRATOR, (P.SEND_POST,), undoes=True)
# What is read after signing in and tells its reader too much now. An administrator looks at it, and shows it again.
_HIDE = Move("stop showing it to its reader", O.HELD, SOFTWARE)
_SHOW = Move("show it to its reader again", O.SENT, ADMINISTRATOR, (P.SEND_POST,), undoes=True)
_TROUBLE = "Post and email says what needs attention, and the first pages of those who run the service say how many."

OUTGOING = Lifecycle(
    "message",
    "documents.outgoing",
    {
        O.QUEUED: State(
            (
                Move("send it", O.SENDING, SOFTWARE),
                Move("post it or hand it over", O.SENT, ADMINISTRATOR, (P.SEND_POST,)),
                Move("hold it back with a reason", O.HELD, ADMINISTRATOR, (P.SEND_POST,), undoes=True),
                # Why it can never go: no address, or an account that is closed.
                Move("give up sending it", O.FAILED, SOFTWARE),
                _WITHDRAW,
            ),
            waits="The software sends e-mails. The page of the print room lists the letters and says how many wait.",
        ),
        # Back to waiting: the server said to try later.
        O.SENDING: State(
            (
                Move("send it", O.SENT, SOFTWARE),
                Move("try it later", O.QUEUED, SOFTWARE),
                Move("give up sending it", O.FAILED, SOFTWARE),
                Move("hold it back", O.HELD, SOFTWARE),
                Move("free it, if it is stuck", O.UNCERTAIN, ADMINISTRATOR, (P.SEND_POST,), undoes=True),
            ),
            waits="It takes seconds. After a minute anybody who sends post can free it.",
        ),
        # Handed over without an answer, or the worker stopped half-way. A late answer of the server still counts.
        O.UNCERTAIN: State(
            (
                Move("mark it as arrived", O.SENT, ADMINISTRATOR, (P.SEND_POST,)),
                _RETRY,
                Move("give up sending it", O.FAILED, SOFTWARE),
                _WITHDRAW,
            ),
            waits=_TROUBLE,
        ),
        O.FAILED: State((_RETRY, _WITHDRAW), waits=_TROUBLE),
        O.HELD: State((_RETRY, _SHOW, _WITHDRAW), duties=("held_back",)),
        # Failed after sent: it came back, or the letter was returned.
        O.SENT: State(
            (
                Move("read it", O.OPENED, FOLLOWS),
                Move("collect it", O.COLLECTED, FOLLOWS),
                Move("mark it as returned with a reason", O.FAILED, ADMINISTRATOR, (P.SEND_POST,), undoes=True),
                _HIDE,
            ),
            ends=True,
        ),
        O.OPENED: State(
            (Move("collect it", O.COLLECTED, FOLLOWS), _HIDE), ends=True,
            way="It has reached its reader: what was wrong in it is corrected by another message.",
            undone="another message",
        ),
        O.COLLECTED: State(
            ends=True, way="It has reached its reader: what was wrong in it is corrected by another message.",
            undone="another message",
        ),
        O.WITHDRAWN: State(
            ends=True, way="What is still to be said goes in a new message.", undone="a new message"
        ),
    },
)  # fmt: skip

_DECIDE = (P.OVERRIDE_RELEASE_CHECK, P.AGREE_PROTECTIONS)
# Checks of a list or of a file's unreadable parts are made at once: they begin as agreed.
SECOND_CHECK = Lifecycle(
    "second check",
    "documents.secondcheck",
    {
        C.ASKED: State(
            (
                Move("agree", C.AGREED, SECOND_PERSON, _DECIDE, on="conference"),
                Move("refuse with a reason", C.REFUSED, SECOND_PERSON, _DECIDE, on="conference", undoes=True),
            ),
            duties=("decide_to_share", "decide_override"),
        ),
        C.OPENED: State(
            (Move("say that it has been checked", C.AGREED, SECOND_PERSON, (P.CHECK_COPY,), on="conference"),),
            waits="The document that is checked has the duty.",
            undone="a change of what is checked: the check then lapses",
        ),
        C.AGREED: State(
            ends=True, way="Change what was checked: it is then checked again.",
            undone="a change of what was checked: the check then lapses",
        ),
        C.REFUSED: State(ends=True, way="Change it, or ask again with another reason.", undone="asking again"),
    },
)  # fmt: skip


NOT_SETTLED, SETTLED = "not settled", "settled"


def _state_of_incident(incident) -> str:
    return SETTLED if incident.settled_at else NOT_SETTLED


INCIDENT = Lifecycle(
    "data protection incident",
    "documents.dataincident",
    {
        NOT_SETTLED: State(
            (Move("say how it was settled", SETTLED, WHO_SETTLES, (P.SETTLE_INCIDENT,)),),
            duties=("settle_incident",),
            undone="an outcome that says that nothing had gone wrong",
        ),
        SETTLED: State(
            ends=True, way="How it was settled is kept. What comes out later is another incident.",
            undone="another incident",
        ),
    },
    of=_state_of_incident,
)  # fmt: skip
