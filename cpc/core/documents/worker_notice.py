"""Hand a task to the worker from a page, without waiting for a broker that is away.

That messages are waiting is only a hint: the scheduler drains the outbox every minute anyway.
"""

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
BROKER_IS_AWAY = (OperationalError, RedisError, OSError)
_QUIET_SECONDS = 15
_down_until = 0.0


def notify_worker_after_commit() -> None:
    """Notify the worker once the transaction is committed: once, however many messages it queued."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is notify_worker for entry in waiting):
        transaction.on_commit(notify_worker)


def notify_worker() -> None:
    """Ask the worker to drain the outbox. If the broker is down, log it: the page neither waits nor fails."""
    global _down_until
    from cpc.core.documents.tasks import drain_outbox

    if time.monotonic() < _down_until:
        return
    try:
        hand_to_worker(drain_outbox, expires=300)
    except BROKER_IS_AWAY as down:
        _down_until = time.monotonic() + _QUIET_SECONDS
        log.warning("The broker cannot be reached (%s): what waits will leave when it is back.", type(down).__name__)


def hand_to_worker(task, *args, expires: int) -> None:
    """Let the worker run the task, within ``expires`` seconds or never. Raises one of BROKER_IS_AWAY, soon."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **_QUICK}
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=0.5, transport_options=options) as broker:
        task.apply_async(args, connection=broker, retry=False, ignore_result=True, expires=expires)
