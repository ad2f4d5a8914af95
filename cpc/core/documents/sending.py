"""Out of the outbox by real SMTP: one message to one recipient, claimed, sent, marked; never inside a transaction."""

import hashlib
import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.states import OUTGOING

log = logging.getLogger(__name__)

# Minutes before the next try after the first, second, … refusal "for now". After the last, a person must look.
WAITS = (1, 5, 15, 60, 240)
STUCK_AFTER = timedelta(minutes=10)
_questions: list[Callable[[Outgoing], str]] = []


def ask_before_sending(question: Callable[[Outgoing], str]):
    """Registers ``question``: asked at the moment of sending, a sentence in answer holds the message back."""
    if question not in _questions:
        _questions.append(question)
    return question


def drain(*, at_most: int = 200) -> int:
    """Every e-mail that is due has been tried once; how many were sent. Safe to run twice at once."""
    sweep()
    sent, connection = 0, get_connection()
    try:
        for _ in range(at_most):
            outgoing = _claim(timezone.now())
            if outgoing is None:
                break
            if outgoing.state != OutgoingState.SENDING:
                continue
            try:
                message_of(outgoing, connection).send()
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as refused:
                _refused(outgoing, refused)
                connection = _fresh(connection)
            except OSError as down:
                # No server: it is nobody's fault and no message's, so it never counts towards giving up.
                _wait(outgoing, f"The mail server could not be reached ({type(down).__name__}).", minutes=1)
                log.warning("The mail server cannot be reached (%s): what waits will leave later.", down)
                break
            except Exception as broken:
                log.exception("Message %s could not be made", outgoing.pk)
                _fail(outgoing, f"The message could not be made ({type(broken).__name__}). Tell the support team.")
            else:
                _sent(outgoing)
                sent += 1
    finally:
        _close(connection)
    return sent


def sweep() -> int:
    """What a stopped worker left half-way waits again, with its message number, so that a second copy can be told."""
    before = timezone.now() - STUCK_AFTER
    stuck = Outgoing.objects.filter(state=OutgoingState.SENDING, claimed_at__lt=before)
    swept = 0
    for pk in list(stuck.values_list("pk", flat=True)):
        with transaction.atomic():
            left = stuck.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk).first()
            if left is not None:
                _give_back(left, "The worker stopped while it was being sent. It may have arrived once already.")
                swept += 1
    return swept


def _claim(now: datetime) -> Outgoing | None:
    due = Outgoing.objects.filter(channel=Channel.EMAIL, state=OutgoingState.QUEUED, next_try_at__lte=now)
    with transaction.atomic():
        free = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
        outgoing = free.order_by("next_try_at", "id").first()
        if outgoing is None:
            return None
        with acting(_system(), Permission.RUN_JOBS, on=outgoing):
            why_not = why_it_must_stay(outgoing)
            OUTGOING.move(outgoing, OutgoingState.HELD if why_not else OutgoingState.SENDING)
            outgoing.why_failed = why_not
            outgoing.claimed_at = None if why_not else now
            outgoing.tries += 1
            outgoing.message_id = outgoing.message_id or _message_id(outgoing)
            outgoing.save()
    return outgoing


def why_it_must_stay(outgoing: Outgoing) -> str:
    """The sentence that says why this must not leave now, whatever was right when it was made; empty when it may."""
    is_email = outgoing.channel == Channel.EMAIL
    if is_email and settings.CPC_DEMO and not outgoing.to_address.lower().endswith("@example.org"):
        return "The demonstration sends to example.org only."
    return next((why for question in _questions if (why := question(outgoing))), "")


def message_of(outgoing: Outgoing, connection=None) -> EmailMessage:
    """The e-mail as it leaves: what is checked before it is queued, and what is sent."""
    message = EmailMessage(
        subject=outgoing.subject,
        body=outgoing.body,
        to=[outgoing.to_address],
        connection=connection,
        headers={"Message-ID": outgoing.message_id or _message_id(outgoing), "Auto-Submitted": "auto-generated"},
    )
    if outgoing.calendar_file:
        method = "CANCEL" if "METHOD:CANCEL" in outgoing.calendar_file else "REQUEST"
        message.attach("meeting.ics", outgoing.calendar_file, f"text/calendar; method={method}")
    return message


def _message_id(outgoing: Outgoing) -> str:
    # From the key alone: the same message sent again after a crash carries the same number.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{hashlib.sha256(outgoing.key.encode()).hexdigest()[:32]}@{domain}>"


def _refused(outgoing: Outgoing, refused: Exception) -> None:
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(refused.recipients.values()))
    else:
        code, said = refused.smtp_code, refused.smtp_error
    said = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    why = f"The mail server refused {outgoing.to_address}: {code} {said[:200]}"
    if 400 <= code < 500 and outgoing.tries <= len(WAITS):
        _wait(outgoing, why, minutes=WAITS[outgoing.tries - 1])
    else:
        _fail(outgoing, why)


def _sent(outgoing: Outgoing) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.SENT)
        outgoing.sent_at, outgoing.claimed_at = timezone.now(), None
        outgoing.sent_by_name, outgoing.why_failed = _system().name, ""
        outgoing.save()


def _wait(outgoing: Outgoing, why: str, *, minutes: int) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.QUEUED)
        outgoing.why_failed, outgoing.claimed_at = why, None
        outgoing.next_try_at = timezone.now() + timedelta(minutes=minutes)
        outgoing.save()


def _give_back(outgoing: Outgoing, why: str) -> None:
    if outgoing.tries > len(WAITS):
        _fail(outgoing, why)
    else:
        _wait(outgoing, why, minutes=0)


def _fail(outgoing: Outgoing, why: str) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.FAILED)
        outgoing.why_failed, outgoing.claimed_at = why, None
        outgoing.save()


def _system():
    return system(on=timezone.localdate())


def _fresh(connection):
    # After a refusal some servers hang up; a new conversation costs less than guessing.
    _close(connection)
    return get_connection()


def _close(connection) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        log.debug("The mail server hung up first.")
