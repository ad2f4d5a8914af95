"""A word to the worker that something waits. Never needed: beat drains the outbox every minute whether poked or not."""

import logging
import time

from django.conf import settings
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

_QUICK = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
_QUIET_SECONDS = 15
_down_until = 0.0


def poke_after_commit() -> None:
    """Once the transaction is committed the worker is told, once however many messages it queued."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is poke for entry in waiting):
        transaction.on_commit(poke)


def poke() -> None:
    """The worker knows, or the broker is down, which is logged: the page never waits for it nor fails by it."""
    global _down_until
    from cpc.core.documents.tasks import drain_outbox

    if time.monotonic() < _down_until:
        return
    try:
        options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **_QUICK}
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=0.5, transport_options=options) as broker:
            drain_outbox.apply_async(connection=broker, retry=False, ignore_result=True, expires=300)
    except (OperationalError, RedisError, OSError) as down:
        _down_until = time.monotonic() + _QUIET_SECONDS
        log.warning("The broker cannot be reached (%s): what waits will leave when it is back.", type(down).__name__)
