"""Send e-mails from the outbox by SMTP: claim one message, send it, mark it. Never inside a transaction.

A fault of the mail server makes the whole queue wait and costs no message a try. A refusal belongs to its message. A
message that was handed over without an answer is not sent again without a person.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.mail_server import MailServer, Refused, ServerFault, Unanswered
from cpc.core.documents.models import MailQueue, Outgoing
from cpc.core.documents.states import OUTGOING

log = logging.getLogger(__name__)

# Minutes before the next try after the first, second, … refusal "for now". After the last, a person must look.
WAITS = (1, 5, 15, 60, 240)
# Minutes in which nothing is sent after the server’s first, second, … fault in a row.
PAUSES = (1, 1, 5, 5, 15)
# Refusals in a row, with nothing accepted: then it is the server, and not these messages.
TOO_MANY_REFUSED = 3
# Seconds after which a run ends, so that a slow mail server leaves the worker time for other jobs.
LONGEST_RUN = 60
# Seconds between tries to write down what the server answered, while the database is away.
MARK_AGAIN = (0.5, 1, 2, 4, 8, 15, 30)
STOPPED = "The worker stopped while it handed this message to the mail server. It may have arrived."
_questions: list[Callable[[Outgoing], str]] = []


def ask_before_sending(question: Callable[[Outgoing], str]):
    """Register ``question``, which is asked at the moment of sending. If it answers with a sentence, the message is
    held back."""
    if question not in _questions:
        _questions.append(question)
    return question


def drain(*, at_most: int = 200) -> int:
    """Try to send every e-mail that is due. Returns how many were sent. Two can run at the same time."""
    mail = MailQueue.objects.current()
    if mail.is_restored:
        return 0
    sweep()
    if mail.next_try_at and mail.next_try_at > timezone.now():
        return 0
    server = MailServer()
    try:
        return _send_all_due(server, mail, at_most)
    finally:
        server.close()


def _send_all_due(server: MailServer, mail: MailQueue, at_most: int) -> int:
    sent, refused, until = 0, [], time.monotonic() + LONGEST_RUN
    try:
        for _ in range(at_most):
            if time.monotonic() > until or not _due(timezone.now()).exists():
                break
            server.open()  # before a message is claimed: a server that is away costs no message anything
            outgoing = _claim(timezone.now())
            if outgoing is None:
                break
            if outgoing.state != OutgoingState.SENDING:
                continue
            why_not = _send_one(server, outgoing, believed=sent > 0)
            if why_not is None:
                sent += 1
                if sent == 1 and mail.waits_since:
                    _resume()
            elif isinstance(why_not, Refused) and not why_not.is_surely_about_address:
                refused.append(outgoing)
            if not sent and len(refused) == TOO_MANY_REFUSED:
                for one in refused:
                    _queue_again_later(one)
                raise ServerFault(f"It refused {TOO_MANY_REFUSED} messages in a row. Its last answer was {why_not}")
    except (ServerFault, Unanswered) as fault:
        _pause(f"{fault}.")
    return sent


def _send_one(server: MailServer, outgoing: Outgoing, *, believed: bool) -> Exception | None:
    """Send a claimed message and mark it. Returns why it was not sent, if that is the message’s own fault.

    ``believed``: the server has just taken another message, so a refusal for good is about this one.
    """
    try:
        server.hand_over(message_of(outgoing))
    except Refused as refused:
        _insist(_refused, outgoing, refused, believed)
        return refused
    except ServerFault:
        _insist(_wait, outgoing, "", minutes=1, counts=False)  # behind the others, in case it is about this one
        raise
    except Unanswered as unanswered:
        why = f"The mail server was given this message and did not confirm it ({unanswered}). It may have arrived."
        _insist(_uncertain, outgoing, why)
        raise
    except Exception as broken:
        log.exception("Message %s could not be made", outgoing.pk)
        server.close()
        _insist(_fail, outgoing, f"The message could not be made ({type(broken).__name__}). Tell the support team.")
        return broken
    _insist(_sent, outgoing)
    return None


def sweep() -> int:
    """Free what a stopped worker left half-way. Nobody knows whether it arrived, so a person decides."""
    now = timezone.now()
    swept = 0
    for pk in _stuck(now).values_list("pk", flat=True):
        with transaction.atomic():
            left = _stuck(now).select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk).first()
            if left is not None:
                _uncertain(left, STOPPED)
                swept += 1
    return swept


def _stuck(now: datetime):
    return Outgoing.objects.filter(state=OutgoingState.SENDING, claimed_at__lt=now - stuck_after())


def stuck_after() -> timedelta:
    """How long a worker may take for one message before it is thought to have stopped."""
    return timedelta(seconds=max(45, settings.EMAIL_TIMEOUT + 15))


def is_stuck(outgoing: Outgoing, now: datetime) -> bool:
    """Whether the message was claimed by a worker that must have stopped."""
    return outgoing.state == OutgoingState.SENDING and outgoing.claimed_at < now - stuck_after()


def _due(now: datetime):
    return Outgoing.objects.filter(channel=Channel.EMAIL, state=OutgoingState.QUEUED, next_try_at__lte=now)


def _claim(now: datetime) -> Outgoing | None:
    with transaction.atomic():
        free = _due(now).select_for_update(of=("self",), skip_locked=True, no_key=True)
        outgoing = free.order_by("next_try_at", "id").first()
        if outgoing is None:
            return None
        with acting(_system(), Permission.RUN_JOBS, on=outgoing):
            why_not = why_held(outgoing)
            OUTGOING.move(outgoing, OutgoingState.HELD if why_not else OutgoingState.SENDING)
            outgoing.why_failed = why_not
            outgoing.claimed_at = None if why_not else now
            outgoing.tries += 1
            outgoing.message_id = outgoing.message_id or _message_id(outgoing)
            outgoing.save()
    return outgoing


def why_held(outgoing: Outgoing) -> str:
    """Why this message must not be sent now, whatever was right when it was made; empty if it may be sent."""
    is_email = outgoing.channel == Channel.EMAIL
    if is_email and settings.CPC_DEMO and not outgoing.to_address.lower().endswith("@example.org"):
        return "The demonstration sends to example.org only."
    return next((why for question in _questions if (why := question(outgoing))), "")


def message_of(outgoing: Outgoing) -> EmailMessage:
    """The e-mail exactly as it is sent; the same message is checked before it is queued."""
    message = EmailMessage(
        subject=outgoing.subject,
        body=outgoing.body,
        to=[outgoing.to_address],
        headers={"Message-ID": outgoing.message_id or _message_id(outgoing), "Auto-Submitted": "auto-generated"},
    )
    if outgoing.calendar_file:
        method = "CANCEL" if "METHOD:CANCEL" in outgoing.calendar_file else "REQUEST"
        message.attach("meeting.ics", outgoing.calendar_file, f"text/calendar; method={method}")
    return message


def _message_id(outgoing: Outgoing) -> str:
    # Made from the key alone, so that the same message has the same number when it is sent again after a crash.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{hashlib.sha256(outgoing.key.encode()).hexdigest()[:32]}@{domain}>"


def _refused(outgoing: Outgoing, refused: Refused, believed: bool) -> None:
    why = f"The mail server refused {outgoing.to_address}: {refused}"
    is_for_good = not refused.is_for_now and (believed or refused.is_about_address)
    if not is_for_good and outgoing.tries <= len(WAITS):
        _wait(outgoing, why, minutes=WAITS[outgoing.tries - 1])
    else:
        _fail(outgoing, why)


def _sent(outgoing: Outgoing) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.SENT)
        outgoing.sent_at, outgoing.claimed_at = timezone.now(), None
        outgoing.sent_by_name, outgoing.why_failed = _system().name, ""
        outgoing.save()


def _wait(outgoing: Outgoing, why: str, *, minutes: int, counts: bool = True) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        if outgoing.state != OutgoingState.QUEUED:
            OUTGOING.move(outgoing, OutgoingState.QUEUED)
        outgoing.why_failed, outgoing.claimed_at = why, None
        outgoing.tries -= not counts
        outgoing.next_try_at = timezone.now() + timedelta(minutes=minutes)
        outgoing.save()


def _queue_again_later(outgoing: Outgoing) -> None:
    # Behind the others: one of them shows whether the server takes anything.
    _wait(outgoing, "", minutes=PAUSES[-1] + 1, counts=False)


def _fail(outgoing: Outgoing, why: str) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        OUTGOING.move(outgoing, OutgoingState.FAILED)
        outgoing.why_failed, outgoing.claimed_at = why, None
        outgoing.save()


def _uncertain(outgoing: Outgoing, why: str) -> None:
    with acting(_system(), Permission.RUN_JOBS, on=outgoing):
        make_uncertain(outgoing, why)


def make_uncertain(outgoing: Outgoing, why: str) -> None:
    """Say of a message that is being sent that it may have arrived. Call it inside an act."""
    OUTGOING.move(outgoing, OutgoingState.UNCERTAIN)
    outgoing.why_failed, outgoing.claimed_at, outgoing.may_have_left_at = why, None, timezone.now()
    outgoing.save()


def _insist(mark: Callable, *args, **kwargs) -> None:
    """Write down what the server answered, again and again while the database is away for a moment."""
    for seconds in MARK_AGAIN:
        try:
            return mark(*args, **kwargs)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(seconds)
    return mark(*args, **kwargs)


def _pause(why: str) -> None:
    mail, now = MailQueue.objects.current(), timezone.now()
    minutes = PAUSES[min(mail.faults, len(PAUSES) - 1)]
    MailQueue.objects.filter(pk=1).update(
        waits_since=mail.waits_since or now,
        waits_why=why,
        faults=mail.faults + 1,
        next_try_at=now + timedelta(minutes=minutes),
    )
    if why != mail.waits_why:
        log.warning("The mail server takes no mail now (%s) What waits will leave later.", why)


def _resume() -> None:
    MailQueue.objects.filter(pk=1).update(waits_since=None, waits_why="", faults=0, next_try_at=None)


def _system():
    return system(on=timezone.localdate())
