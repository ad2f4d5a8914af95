"""What runs later: the outbox is drained. Idempotent, so that a task run twice sends nothing twice."""

from celery import shared_task

from cpc.core.documents.sending import drain


@shared_task(name="documents.drain_outbox")
def drain_outbox() -> int:
    """Every e-mail that is due has been tried once. Called by beat each minute, and by an act that queued something."""
    return drain()
