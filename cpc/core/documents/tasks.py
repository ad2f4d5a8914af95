"""Background tasks of the outbox. A task that runs twice sends nothing twice."""

from celery import shared_task

from cpc.core.documents.sending import drain


@shared_task(name="documents.drain_outbox")
def drain_outbox() -> int:
    """Try to send every e-mail that is due. Runs every minute, and after an action that queued something."""
    return drain()
