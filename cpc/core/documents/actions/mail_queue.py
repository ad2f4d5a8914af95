"""What a person does about all email at once: try again after a fault, and release messages after a restore."""

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions.outbox import queue_again
from cpc.core.documents.choices import Channel, OutgoingState
from cpc.core.documents.models import MailQueue, Outgoing
from cpc.core.documents.queries import never_sent
from cpc.core.documents.states import OUTGOING
from cpc.core.documents.worker_notice import notify_worker_after_commit
from cpc.core.kernel.refusals import Invalid, WrongState

MAY_HAVE_LEFT = "It was waiting when the backup was made, so it may have been sent since. Find out before you send it."


def try_now(by) -> None:
    """Try the mail server again at once, instead of after the pause."""
    with acting(by, Permission.RUN_SERVICE):
        MailQueue.objects.filter(pk=1, waits_since__isnull=False).update(next_try_at=timezone.now())
        notify_worker_after_commit()


def retry_all(by) -> int:
    """Queue every email again that was never sent. Returns how many. What came back from its reader stays as it is."""
    with acting(by, Permission.RUN_SERVICE):
        failed = list(never_sent().select_for_update(of=("self",), no_key=True, skip_locked=True))
        for outgoing in failed:
            queue_again(outgoing)
        notify_worker_after_commit()
    return len(failed)


def release_after_restore(by, *, send_waiting: bool, reason: str) -> int:
    """Let messages leave again after the database was restored from a backup. Returns how many were waiting.

    Unless ``send_waiting``, each that was waiting is held back, because it may have left after the backup was made.
    """
    if not reason.strip():
        raise Invalid("Say what you know about the backup and the messages since.", field="reason")
    with acting(by, Permission.RUN_SERVICE, reason=reason, send_waiting=send_waiting):
        mail = MailQueue.objects.current()
        if not mail.is_restored:
            raise WrongState("Messages are not on hold. Somebody has released them already.")
        waiting = Outgoing.objects.filter(state=OutgoingState.QUEUED).exclude(channel=Channel.PORTAL)
        waiting = list(waiting.select_for_update(of=("self",), no_key=True))
        for outgoing in () if send_waiting else waiting:
            OUTGOING.move(outgoing, OutgoingState.HELD)
            outgoing.why_failed = MAY_HAVE_LEFT
            outgoing.save()
        MailQueue.objects.filter(pk=1).update(
            database=mail.identity, waits_since=None, waits_why="", faults=0, next_try_at=None
        )
        notify_worker_after_commit()
    return len(waiting)
