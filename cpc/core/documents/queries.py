"""What pages read about the outbox: what is waiting, what was sent, what failed and why; and the print room’s work."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from cpc.core.accounts.models import Agency, User
from cpc.core.accounts.permissions import Permission, Viewer, seen_by
from cpc.core.documents import merging
from cpc.core.documents.choices import Channel, OutgoingState, WhereItLay
from cpc.core.documents.models import DataIncident, Document, Outgoing
from cpc.core.documents.sending import is_stuck
from cpc.core.documents.states import OUTGOING

S = OutgoingState
USERS = ("user", "accounts.user")  # the kinds of recipient who have an account
NEEDS_ATTENTION = (S.FAILED, S.HELD, S.UNCERTAIN)
VIEWS = {
    "troubled": ("Needs attention", NEEDS_ATTENTION),
    "waiting": ("Waiting", (S.QUEUED, S.SENDING)),
    "sent": ("Sent", (S.SENT, S.OPENED, S.COLLECTED)),
    "withdrawn": ("Withdrawn", (S.WITHDRAWN,)),
    "all": ("All", ()),
}
ON_PAPER = (Channel.PRINT, Channel.HAND)


def outbox(viewer: Viewer, states=()) -> QuerySet[Outgoing]:
    """The messages that ``viewer`` may see, newest first, in these states if any are given."""
    found = seen_by(viewer, Outgoing).select_related("document", "incident")
    found = found.defer("document__body", "document__values")
    return (found.filter(state__in=states) if states else found).order_by("-pk")


def is_private_to_recipient(viewer: Viewer, one) -> bool:
    """Whether only the recipient may read this text: a message about no single record, such as a reminder, can link to
    records that the outbox’s reader must not know of."""
    return one.channel == Channel.EMAIL and not one.about_kind and one.recipient_id != viewer.id


def count_by_view(viewer: Viewer, most: int) -> dict[str, int]:
    """The number of messages in each view, at most ``most`` + 1 (one query for each)."""
    found = seen_by(viewer, Outgoing).order_by("-pk")  # newest first, as the list reads them
    return {
        view: (found.filter(state__in=states) if states else found)[: most + 1].count()
        for view, (_, states) in VIEWS.items()
    }


def possible_actions(outgoing: Outgoing) -> set[str]:
    """The actions that the message’s state allows: they decide which buttons a page shows."""
    possible = set()
    if outgoing.state in NEEDS_ATTENTION and not outgoing.is_taken_back:
        possible.add("retry")
    if outgoing.state == S.UNCERTAIN:
        possible.add("arrived")
    if is_stuck(outgoing, timezone.now()):
        possible.add("free")
    if outgoing.state == S.QUEUED:
        possible.add("hold_back")
        if outgoing.channel in ON_PAPER and outgoing.document_id:
            possible.add("print")
    if OUTGOING.may(outgoing, S.FAILED) and outgoing.state == S.SENT and outgoing.channel != Channel.PORTAL:
        possible.add("came_back")
    return possible


def may_be_taken_back(viewer: Viewer, outgoing: Outgoing) -> bool:
    """Whether ``viewer`` can take the message back from a wrong reader."""
    return (
        outgoing.state != S.SENDING
        and not never_left(outgoing)
        and not DataIncident.objects.filter(outgoing=outgoing).exists()
        and viewer.may(Permission.TAKE_BACK, outgoing)
    )


def never_left(outgoing: Outgoing) -> bool:
    """Whether the message was withdrawn before anybody printed it or gave it to a mail server."""
    return outgoing.state == S.WITHDRAWN and outgoing.may_have_left_at is None


def may_have_reached(document: Document) -> bool:
    """Whether its reader may have the document: it was printed, posted, handed over or there to be read, and did not
    come back."""
    left = Q(sent_at__isnull=False) | Q(may_have_left_at__isnull=False)
    return document.outgoing.filter(left).exclude(state=S.FAILED).exists()


def where_it_lies(outgoing: Outgoing) -> WhereItLay:
    """Where the message is now: what may have arrived counts as delivered."""
    if outgoing.channel == Channel.PORTAL:  # there at once, and perhaps hidden since
        return WhereItLay.UNREAD if outgoing.opened_at is None else WhereItLay.READ
    waits = outgoing.state in (S.QUEUED, S.HELD) or (outgoing.state == S.FAILED and outgoing.sent_at is None)
    if waits and outgoing.may_have_left_at is None:
        return WhereItLay.WAITING
    return WhereItLay.DELIVERED


def incidents(viewer: Viewer) -> QuerySet[DataIncident]:
    """What was taken back, those not settled first and then the newest."""
    found = seen_by(viewer, DataIncident).select_related("outgoing")
    return found.order_by(F("settled_at").asc(nulls_first=True), "-taken_back_at", "pk")


def mark_readable(viewer: Viewer, rows: Iterable[DataIncident]) -> None:
    """Set on each incident: ``may_name``, whether ``viewer`` may see what it is about, and so may read its names and
    texts; ``may_settle``, whether they may settle it too. One query.
    """
    sent = [one.outgoing_id for one in rows]
    named = set(seen_by(viewer, Outgoing).filter(pk__in=sent).values_list("pk", flat=True))
    for one in rows:
        one.may_name = one.outgoing_id in named
        one.may_settle = one.may_name and viewer.can(Permission.SETTLE_INCIDENT)


def never_sent() -> QuerySet[Outgoing]:
    """The emails that failed before they were sent. Those that came back from their reader are not among them."""
    return Outgoing.objects.filter(state=S.FAILED, channel=Channel.EMAIL, sent_at__isnull=True)


def count_emails() -> dict[str, int]:
    """The number of emails that are waiting, being sent, failed or may have arrived (one query)."""
    states = (S.QUEUED, S.SENDING, S.UNCERTAIN, S.FAILED)
    found = Outgoing.objects.filter(channel=Channel.EMAIL, state__in=states)
    counted = dict(found.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state, 0) for state in states}


def waiting_to_print(viewer: Viewer) -> int:
    """How many letters wait for the print room."""
    return _on_paper(viewer).count()


def for_the_print_room(viewer: Viewer) -> list[list[Outgoing]]:
    """The letters that wait for post or hand delivery, a list for each envelope: first those that say where it goes, or
    who hands it over.
    """
    waiting = _on_paper(viewer).select_related("document").defer("document__body", "document__values")
    in_order = waiting.order_by("channel", "recipient_name", "recipient_kind", "recipient_id", "pk")
    envelopes = groupby(sorted(in_order, key=_envelope), key=_envelope)
    return [sorted(letters, key=lambda one: not one.document.recipient_address) for _, letters in envelopes]


def envelope_of(viewer: Viewer, outgoing: Outgoing) -> list[Outgoing]:
    """All letters that go in the same envelope as ``outgoing``."""
    return next((letters for letters in for_the_print_room(viewer) if outgoing in letters), [])


def _on_paper(viewer: Viewer) -> QuerySet[Outgoing]:
    return seen_by(viewer, Outgoing).filter(state=S.QUEUED, channel__in=ON_PAPER, document__isnull=False)


def _envelope(outgoing: Outgoing) -> tuple:
    # The address is part of it: one person's letters to two addresses are two envelopes. What is handed over goes to no
    # address: some letters name the worker who hands them over there, others leave it empty.
    by_hand = outgoing.channel == Channel.HAND
    return (
        outgoing.channel,
        outgoing.recipient_name,
        outgoing.recipient_kind,
        outgoing.recipient_id or 0,
        () if by_hand else tuple(outgoing.document.recipient_address),
    )


def merged(documents: list[Document], before: bytes = b"") -> bytes:
    """The issued bytes of several documents as one PDF to print, each starting on the front of a sheet. A single
    document is printed exactly as issued."""
    if len(documents) == 1 and not before:
        return bytes(documents[0].body)
    return merging.merged(
        [before] * bool(before) + [bytes(document.body) for document in documents], "Letters to print"
    )


def address_now(told: Outgoing) -> str:
    """The email address that the account or agency that was told has today; that of the message if it has none. The
    one that they had then may be somebody else's now.
    """
    model = User if told.recipient_kind in USERS else Agency if told.recipient_kind == "agency" else None
    now = model.objects.filter(pk=told.recipient_id).values_list("email", flat=True).first() if model else ""
    return now or told.to_address


def account_is_closed(outgoing) -> str:
    """Why this is not sent, or "" if it can be: its recipient's account is closed. Called at the moment of sending."""
    if outgoing.recipient_kind not in USERS:
        return ""
    if User.objects.filter(pk=outgoing.recipient_id, is_active=False).exists():
        return (
            f"The account of {outgoing.recipient_name} is closed. Nothing is sent to it. Tell the person who took over."
        )
    return ""
