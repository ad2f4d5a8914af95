"""The outbox: queue a message, then mark it as posted, handed over, opened, returned or withdrawn."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.calendar import addressed_to
from cpc.core.documents.check import check_parts
from cpc.core.documents.choices import SHOWN_ONLINE, Channel, OutgoingState
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.protected import Kind, Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.documents.reading import read_trusted_file
from cpc.core.documents.sending import STOPPED, is_stuck, make_uncertain, message_of, why_held
from cpc.core.documents.states import OUTGOING
from cpc.core.documents.worker_notice import notify_worker_after_commit
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
    said: dict | None = None,
) -> Outgoing:
    """Queue one message to one recipient. It is sent after the caller’s act is committed; using a key twice does
    nothing. ``said`` are the facts that an e-mail tells, for the app that made it.

    Call it inside an act. Raises Invalid if there is no recipient, or if any header, word or calendar field of an
    e-mail reveals something in ``must_not_name`` (names, addresses, schools …) that is not in ``known``.
    """
    if not recipient.name.strip():
        raise Invalid("There is nobody to send this to.")
    if calendar_file:
        calendar_file = addressed_to(calendar_file, to_address.strip())
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
            "said": said or {},
            "queued_at": now,
            "next_try_at": now,
            # What is read after signing in is there as soon as the act is committed.
            "state": OutgoingState.SENT if on_the_portal else OutgoingState.QUEUED,
            "sent_at": now if on_the_portal else None,
            "sent_by_name": by.name if on_the_portal else "",
        },
    )
    if is_new and channel == Channel.EMAIL:
        notify_worker_after_commit()
    return outgoing


def _check_email(outgoing: Outgoing, must_not_name, known) -> None:
    if not outgoing.to_address:
        raise Invalid(
            f"There is no email address for {outgoing.recipient_name}. Add one, or choose post.", field="to_address"
        )
    if any(char in outgoing.subject + outgoing.to_address for char in "\r\n"):
        raise Invalid("An email’s subject and address are one line each.")
    # Ordinary e-mail is read over shoulders and on locked screens, so it names nobody, least of all in its subject.
    protected = [one if isinstance(one, Protected) else Protected(Kind.SURNAME, one) for one in must_not_name]
    known = [outgoing.recipient_name, *outgoing.recipient_name.split(), *known]
    # Check the final message, header by header and field by field: exactly what will be sent.
    for part in read_trusted_file(message_of(outgoing).message().as_bytes(), "message.eml").parts:
        if part.where in _UNAVOIDABLE_PARTS or part.where.endswith(_READERS_OWN_FIELD):
            continue
        found = check_parts([part], protected, () if part.where == "The email’s Subject" else known)
        if found:
            raise Invalid(
                f"An email must not name anybody in the family: {_part_in_words(part)} has “{found[0].found}”."
            )


def _part_in_words(part) -> str:
    if "attached file" in part.where:
        return f"its calendar file ({part.where.partition(',')[0].removeprefix('The calendar entry’s ')})"
    return f"its {part.where.removeprefix('The email’s ').lower()}"


_READERS_OWN_FIELD = "calendar entry’s ATTENDEE"  # their own address again
# The sender and the recipient: no e-mail can be sent without them.
_UNAVOIDABLE_PARTS = {
    "The file’s name", "The email’s From", "The email’s To", "The email’s Date", "The email’s MIME-Version",
    "The email’s Content-Type", "The email’s Content-Transfer-Encoding",
}  # fmt: skip


def retry(by, *, outgoing: Outgoing, permission: Permission = Permission.SEND_POST) -> None:
    """Queue again a message that failed, was held back or may have arrived, and count its tries from the start.

    Its message number stays the same, so that a mail program can recognise a second copy.
    """
    with acting(by, permission, on=outgoing):
        queue_again(outgoing)
        notify_worker_after_commit()


def queue_again(outgoing: Outgoing) -> None:
    """Queue one message again, inside the caller’s act; never one that is being sent, which would go twice, or one that
    was taken back from a wrong reader. What is read after signing in is shown again, if it is safe now.
    """
    if outgoing.is_taken_back:
        raise WrongState("It was taken back, so it cannot be sent again. Make it again for the right reader.")
    OUTGOING.must_be(outgoing, OutgoingState.FAILED, OutgoingState.HELD, OutgoingState.UNCERTAIN, to="sent again")
    if outgoing.channel == Channel.PORTAL:
        if why := why_held(outgoing):
            raise WrongState(why)
        OUTGOING.move(outgoing, OutgoingState.SENT)
    else:
        OUTGOING.move(outgoing, OutgoingState.QUEUED)
    outgoing.tries, outgoing.why_failed, outgoing.next_try_at = 0, "", timezone.now()
    outgoing.save()


def mark_arrived(by, *, outgoing: Outgoing) -> None:
    """Mark a message that may have arrived as sent, because its recipient has it."""
    with acting(by, Permission.SEND_POST, on=outgoing):
        OUTGOING.must_be(outgoing, OutgoingState.UNCERTAIN, to="marked as arrived")
        OUTGOING.move(outgoing, OutgoingState.SENT)
        outgoing.sent_at, outgoing.sent_by_name, outgoing.why_failed = timezone.now(), by.name, ""
        outgoing.save()


def free_stuck(by, *, outgoing: Outgoing) -> None:
    """Free a message that has been “being sent” for longer than a minute or so: it may have arrived."""
    with acting(by, Permission.SEND_POST, on=outgoing):
        OUTGOING.must_be(outgoing, OutgoingState.SENDING, to="freed")
        if not is_stuck(outgoing, timezone.now()):
            raise WrongState("This message is being sent now. Wait a minute, then reload the page.")
        make_uncertain(outgoing, STOPPED)


def hold_back(by, *, outgoing: Outgoing, reason: str, permission: Permission = Permission.SEND_POST) -> None:
    """Hold a waiting message back, with the reason, until somebody releases it."""
    if not reason.strip():
        raise Invalid("Say why this is held back.", field="reason")
    with acting(by, permission, on=outgoing, reason=reason):
        OUTGOING.must_be(outgoing, OutgoingState.QUEUED, to="held back")  # what is being sent is held by the software
        OUTGOING.move(outgoing, OutgoingState.HELD)
        outgoing.why_failed, outgoing.claimed_at = reason, None
        outgoing.save()


def stop_showing(by, *, outgoing: Outgoing, reason: str) -> None:
    """Hide what its reader reads after signing in, with the reason for staff, until somebody shows it again. A second
    time changes nothing.
    """
    with acting(by, Permission.RUN_JOBS, on=outgoing, reason=reason):
        if outgoing.channel == Channel.PORTAL and outgoing.state in SHOWN_ONLINE:
            OUTGOING.move(outgoing, OutgoingState.HELD)
            outgoing.why_failed = reason
            outgoing.save(update_fields=["state", "why_failed"])


def hold_waiting_messages(*, kind: str, ids: Iterable[int], reason: str) -> None:
    """Hold back everything waiting about these records until somebody releases it. Call it inside an act."""
    hold_waiting(Outgoing.objects.filter(about_kind=kind, about_id__in=ids), reason)


def hold_waiting(messages: QuerySet[Outgoing], reason: str) -> None:
    """Hold back those of ``messages`` that are waiting. Call it inside an act."""
    for outgoing in messages.filter(state=OutgoingState.QUEUED).select_for_update(of=("self",), no_key=True):
        OUTGOING.move(outgoing, OutgoingState.HELD)
        outgoing.why_failed, outgoing.claimed_at = reason, None
        outgoing.save()


def withdraw_pending(messages: QuerySet[Outgoing], reason: str) -> None:
    """Queue again those of ``messages`` that were held back for exactly this reason. Call it inside an act."""
    held = messages.filter(state=OutgoingState.HELD, why_failed=reason)
    for outgoing in held.select_for_update(of=("self",), no_key=True):
        queue_again(outgoing)


def withdraw(
    by,
    *,
    about,
    reason: str,
    purposes: Iterable[str] = (),
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> int:
    """Withdraw everything waiting about a record (with these purposes, if given). Returns the number."""
    with acting(by, permission, about=about, reason=reason):
        waiting, purposes = Outgoing.objects.filter(**reference_to(about)), tuple(purposes)
        return withdraw_waiting(waiting.filter(purpose__in=purposes) if purposes else waiting, reason)


def withdraw_waiting(messages: QuerySet[Outgoing], why: str) -> int:
    """Withdraw those of ``messages`` that are waiting, failed, held or may have arrived, inside the caller’s act."""
    states = [OutgoingState.QUEUED, OutgoingState.FAILED, OutgoingState.HELD, OutgoingState.UNCERTAIN]
    waiting = messages.filter(state__in=states).select_for_update(of=("self",), no_key=True)
    for outgoing in waiting:
        OUTGOING.move(outgoing, OutgoingState.WITHDRAWN)
        outgoing.why_failed = why
        outgoing.save(update_fields=["state", "why_failed"])
    return len(waiting)


def mark_posted(by, *, outgoing: Outgoing) -> None:
    """Mark the letter as posted."""
    _mark_sent(by, outgoing, Channel.PRINT)


def mark_handed(by, *, outgoing: Outgoing) -> None:
    """Mark the letter as handed to its reader."""
    _mark_sent(by, outgoing, Channel.HAND)


def mark_returned(by, *, outgoing: Outgoing, reason: str) -> None:
    """Mark the letter or message as returned, with the reason."""
    if not reason.strip():
        raise Invalid("Say why it was returned.", field="reason")
    with acting(by, Permission.SEND_POST, on=outgoing, reason=reason):
        OUTGOING.must_be(outgoing, OutgoingState.SENT, to="marked as returned")
        OUTGOING.move(outgoing, OutgoingState.FAILED)
        outgoing.why_failed = reason
        outgoing.save(update_fields=["state", "why_failed"])


def mark_opened(by, *, outgoing: Outgoing, permission: Permission = Permission.READ_RECORD) -> None:
    """Mark it as opened by its reader; a second time changes nothing."""
    if outgoing.opened_at:
        return
    with acting(by, permission, on=outgoing):
        if OUTGOING.may(outgoing, OutgoingState.OPENED):
            OUTGOING.move(outgoing, OutgoingState.OPENED)
            outgoing.opened_at = timezone.now()
            outgoing.save(update_fields=["state", "opened_at"])


def mark_collected(by, *, outgoing: Outgoing, permission: Permission = Permission.READ_RECORD) -> None:
    """Mark the reader’s copy as collected; a second time changes nothing."""
    if outgoing.collected_at:
        return
    with acting(by, permission, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.COLLECTED)
        outgoing.collected_at = timezone.now()
        outgoing.save(update_fields=["state", "collected_at"])


def _mark_sent(by, outgoing: Outgoing, channel: Channel) -> None:
    with acting(by, Permission.SEND_POST, on=outgoing):
        if outgoing.channel != channel:
            raise WrongState(f"This is sent another way: {outgoing.get_channel_display().lower()}.")
        OUTGOING.must_be(outgoing, OutgoingState.QUEUED, to="posted or handed over")
        OUTGOING.move(outgoing, OutgoingState.SENT)
        outgoing.sent_at, outgoing.sent_by_name, outgoing.why_failed = timezone.now(), by.name, ""
        outgoing.save()
