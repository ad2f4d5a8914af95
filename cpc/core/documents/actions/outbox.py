"""What leaves: queued in the act that causes it, and marked when it is posted, handed over, opened or withdrawn."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.check import check_parts
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.poke import poke_after_commit
from cpc.core.documents.protected import Kind, Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.documents.reading import read_here
from cpc.core.documents.sending import message_of
from cpc.core.documents.states import OUTGOING
from cpc.core.kernel.refusals import Invalid, WrongState


def queue(
    by,
    *,
    key: str,
    purpose: str,
    channel: Channel,
    recipient: Recipient,
    to_address: str = "",
    subject: str = "",
    body: str = "",
    calendar_file: str = "",
    document: Document | None = None,
    about=None,
    must_not_name: Iterable[Protected | str] = (),
    known: Iterable[Protected | str] = (),
) -> Outgoing:
    """One message to one recipient waits to leave once the caller's act is committed; the same key again does nothing.

    Call it inside an act. Raises Invalid when there is nobody to send to, or when any header, word or calendar field
    of an e-mail would tell what is in ``must_not_name`` (names, addresses, schools …) and not in ``known``.
    """
    if not recipient.name.strip():
        raise Invalid("There is nobody to send this to.")
    if channel == Channel.EMAIL:
        unsaved = Outgoing(
            key=key, recipient_name=recipient.name, to_address=to_address.strip(), subject=subject, body=body,
            calendar_file=calendar_file,
        )  # fmt: skip
        _check_email(unsaved, must_not_name, known)
    now = timezone.now()
    reference = {"about_kind": about[0], "about_id": about[1]} if isinstance(about, tuple) else reference_to(about)
    on_the_portal = channel == Channel.PORTAL
    outgoing, is_new = Outgoing.objects.get_or_create(
        key=key,
        defaults={
            **reference,
            "purpose": purpose,
            "channel": channel,
            "recipient_kind": recipient.kind,
            "recipient_id": recipient.id,
            "recipient_name": recipient.name,
            "to_address": to_address.strip(),
            "subject": subject,
            "body": body,
            "calendar_file": calendar_file,
            "document": document,
            "queued_at": now,
            "next_try_at": now,
            # What is read after signing in is there as soon as the act is committed.
            "state": OutgoingState.SENT if on_the_portal else OutgoingState.QUEUED,
            "sent_at": now if on_the_portal else None,
            "sent_by_name": by.name if on_the_portal else "",
        },
    )
    if is_new and channel == Channel.EMAIL:
        poke_after_commit()
    return outgoing


def _check_email(outgoing: Outgoing, must_not_name, known) -> None:
    if not outgoing.to_address:
        raise Invalid(
            f"There is no email address for {outgoing.recipient_name}. Add one, or choose post.", field="to_address"
        )
    if any(char in outgoing.subject + outgoing.to_address for char in "\r\n"):
        raise Invalid("An email’s subject and address are one line each.")
    # Ordinary e-mail is read over shoulders and on locked screens: it names nobody, and its subject least of all.
    protected = [one if isinstance(one, Protected) else Protected(Kind.SURNAME, one) for one in must_not_name]
    known = [outgoing.recipient_name, *outgoing.recipient_name.split(), *known]
    # The final message, header by header and field by field: what leaves is what is read.
    for part in read_here(message_of(outgoing).message().as_bytes(), "message.eml").parts:
        if part.where in _OURS_TO_SAY:
            continue
        found = check_parts([part], protected, () if part.where == "The email’s Subject" else known)
        if found:
            raise Invalid(f"An email must not name anybody in the family: {_its(part)} has “{found[0].found}”.")


def _its(part) -> str:
    if "attached file" in part.where:
        return f"its calendar file ({part.where.partition(',')[0].removeprefix('The calendar entry’s ')})"
    return f"its {part.where.removeprefix('The email’s ').lower()}"


# Who writes and to whom: an e-mail cannot leave without them.
_OURS_TO_SAY = {
    "The file’s name", "The email’s From", "The email’s To", "The email’s Date", "The email’s MIME-Version",
    "The email’s Content-Type", "The email’s Content-Transfer-Encoding",
}  # fmt: skip


def retry(by, *, outgoing: Outgoing, permission: Permission = Permission.SEND_POST) -> None:
    """A message that failed or was held back waits to be sent again, from the beginning."""
    with acting(by, permission, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.QUEUED)
        outgoing.tries, outgoing.why_failed, outgoing.next_try_at = 0, "", timezone.now()
        outgoing.save()
        poke_after_commit()


def hold_back(by, *, outgoing: Outgoing, reason: str, permission: Permission = Permission.SEND_POST) -> None:
    """A waiting message stays until somebody lets it go, and says why."""
    if not reason.strip():
        raise Invalid("Say why this is held back.", field="reason")
    with acting(by, permission, on=outgoing, reason=reason):
        OUTGOING.move(outgoing, OutgoingState.HELD)
        outgoing.why_failed, outgoing.claimed_at = reason, None
        outgoing.save()


def withdraw(
    by,
    *,
    about,
    reason: str,
    purposes: Iterable[str] = (),
    recipient: Recipient | None = None,
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> int:
    """Whatever still waits about a record (of these purposes and for this reader, where given) will not leave; how
    many there were.
    """
    with acting(by, permission, about=about, reason=reason):
        waiting = Outgoing.objects.filter(**reference_to(about))
        if recipient is not None:
            waiting = waiting.filter(
                recipient_kind=recipient.kind, recipient_id=recipient.id, recipient_name=recipient.name
            )
        purposes = tuple(purposes)
        return withdraw_waiting(waiting.filter(purpose__in=purposes) if purposes else waiting, reason)


def withdraw_waiting(messages: QuerySet[Outgoing], why: str) -> int:
    """Those of ``messages`` that wait, failed or are held are withdrawn, inside the caller's act."""
    states = [OutgoingState.QUEUED, OutgoingState.FAILED, OutgoingState.HELD]
    waiting = messages.filter(state__in=states).select_for_update(of=("self",), no_key=True)
    for outgoing in waiting:
        OUTGOING.move(outgoing, OutgoingState.WITHDRAWN)
        outgoing.why_failed = why
        outgoing.save(update_fields=["state", "why_failed"])
    return len(waiting)


def mark_posted(by, *, outgoing: Outgoing) -> None:
    """The letter is in the post."""
    _gone(by, outgoing, Channel.PRINT)


def mark_handed(by, *, outgoing: Outgoing) -> None:
    """The letter was put into its reader's hand."""
    _gone(by, outgoing, Channel.HAND)


def mark_returned(by, *, outgoing: Outgoing, reason: str) -> None:
    """The letter or message came back, and says why."""
    if not reason.strip():
        raise Invalid("Say why it came back.", field="reason")
    with acting(by, Permission.SEND_POST, on=outgoing, reason=reason):
        OUTGOING.move(outgoing, OutgoingState.FAILED)
        outgoing.why_failed = reason
        outgoing.save(update_fields=["state", "why_failed"])


def mark_opened(by, *, outgoing: Outgoing, permission: Permission = Permission.READ_RECORD) -> None:
    """Its reader has opened it; opening it again changes nothing."""
    if outgoing.opened_at:
        return
    with acting(by, permission, on=outgoing):
        if OUTGOING.may(outgoing, OutgoingState.OPENED):
            OUTGOING.move(outgoing, OutgoingState.OPENED)
            outgoing.opened_at = timezone.now()
            outgoing.save(update_fields=["state", "opened_at"])


def mark_collected(by, *, outgoing: Outgoing, permission: Permission = Permission.READ_RECORD) -> None:
    """Its reader has taken their copy; again changes nothing."""
    if outgoing.collected_at:
        return
    with acting(by, permission, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.COLLECTED)
        outgoing.collected_at = timezone.now()
        outgoing.save(update_fields=["state", "collected_at"])


def _gone(by, outgoing: Outgoing, channel: Channel) -> None:
    with acting(by, Permission.SEND_POST, on=outgoing):
        if outgoing.channel != channel:
            raise WrongState(f"This goes by {outgoing.get_channel_display().lower()}.")
        OUTGOING.move(outgoing, OutgoingState.SENT)
        outgoing.sent_at, outgoing.sent_by_name, outgoing.why_failed = timezone.now(), by.name, ""
        outgoing.save()
