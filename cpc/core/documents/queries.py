"""What pages read of the outbox: what waits, what left, what failed and why; and what the print room has to do."""

import io
from itertools import groupby

import pikepdf
from django.db.models import QuerySet

from cpc.core.accounts.permissions import seen_by
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.states import OUTGOING

S = OutgoingState
TROUBLED = (S.FAILED, S.HELD)
VIEWS = {
    "troubled": ("Needs somebody", TROUBLED),
    "waiting": ("Waiting", (S.QUEUED, S.SENDING)),
    "sent": ("Sent", (S.SENT, S.OPENED, S.COLLECTED)),
    "withdrawn": ("Withdrawn", (S.WITHDRAWN,)),
    "all": ("All", ()),
}
ON_PAPER = (Channel.PRINT, Channel.HAND)


def outbox(viewer, states=()) -> QuerySet[Outgoing]:
    """What leaves and ``viewer`` may see, newest first, of these states where any are given."""
    found = seen_by(viewer, Outgoing).select_related("document").defer("document__body", "document__values")
    return (found.filter(state__in=states) if states else found).order_by("-pk")


def is_for_its_reader(viewer, one) -> bool:
    """Whether its words are for its reader alone: a message about no one record, such as a reminder, leads to records
    of which whoever looks after the outbox may not know."""
    return one.channel == Channel.EMAIL and not one.about_kind and one.recipient_id != viewer.id


def how_many(viewer, most: int) -> dict[str, int]:
    """How many there are to show in each view; one more than ``most`` where there are more. A query for each."""
    found = seen_by(viewer, Outgoing).order_by("-pk")  # newest first, as the list reads them
    return {
        view: (found.filter(state__in=states) if states else found)[: most + 1].count()
        for view, (_, states) in VIEWS.items()
    }


def what_may_be_done(outgoing: Outgoing) -> set[str]:
    """Which acts are possible from where the message stands: what decides the buttons."""
    possible = set()
    if outgoing.state in TROUBLED:
        possible.add("retry")
    if outgoing.state == S.QUEUED:
        possible.add("hold_back")
        if outgoing.channel in ON_PAPER and outgoing.document_id:
            possible.add("print")
    if OUTGOING.may(outgoing, S.FAILED) and outgoing.state == S.SENT and outgoing.channel != Channel.PORTAL:
        possible.add("came_back")
    return possible


def waiting_to_print(viewer) -> int:
    """How many letters wait for the print room."""
    return _on_paper(viewer).count()


def for_the_print_room(viewer) -> list[list[Outgoing]]:
    """The letters that wait for post or hand delivery, a list for each envelope."""
    waiting = _on_paper(viewer).select_related("document").defer("document__body", "document__values")
    in_order = waiting.order_by("channel", "recipient_name", "recipient_kind", "recipient_id", "pk")
    return [list(letters) for _, letters in groupby(sorted(in_order, key=_envelope), key=_envelope)]


def envelope_of(viewer, outgoing: Outgoing) -> list[Outgoing]:
    """Everything that waits to go in the same envelope as ``outgoing``."""
    return next((letters for letters in for_the_print_room(viewer) if outgoing in letters), [])


def _on_paper(viewer) -> QuerySet[Outgoing]:
    return seen_by(viewer, Outgoing).filter(state=S.QUEUED, channel__in=ON_PAPER, document__isnull=False)


def _envelope(outgoing: Outgoing) -> tuple:
    # The address is part of it: one person's letters to two addresses are two envelopes.
    return (
        outgoing.channel,
        outgoing.recipient_name,
        outgoing.recipient_kind,
        outgoing.recipient_id or 0,
        tuple(outgoing.document.recipient_address),
    )


def merged(documents: list[Document], before: bytes = b"") -> bytes:
    """The issued bytes of several documents as one PDF to print, each beginning on the front of a sheet; one alone is
    printed as it was issued, byte for byte."""
    if len(documents) == 1 and not before:
        return bytes(documents[0].body)
    whole = pikepdf.new()
    for part in [before] * bool(before) + [bytes(document.body) for document in documents]:
        with pikepdf.open(io.BytesIO(part)) as opened:
            if len(whole.pages) % 2:
                whole.add_blank_page(page_size=(595.28, 841.89))
            whole.pages.extend(opened.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()
