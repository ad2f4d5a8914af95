"""What waits to be checked or loaded is. Beat asks every few seconds; one import is worked on once at a time."""

from contextlib import contextmanager
from threading import Event, Thread

from celery import shared_task
from django.core.cache import cache

from cpc.core.policy.queries import rules_read_once
from cpc.imports import actions
from cpc.imports.choices import ImportState
from cpc.imports.models import Import

# A worker says so often that it is alive; one that has not for so long is dead, and the next takes up its work.
BEAT_SECONDS, DEAD_SECONDS = 10, 60


@shared_task(name="imports.work")
def work() -> int:
    """Every import that waited has been checked or loaded. A worker that died is followed by the next."""
    done = 0
    for run in Import.objects.filter(state__in=[ImportState.CHECKING, ImportState.LOADING]).order_by("pk"):
        key = f"import-at-work:{run.pk}"
        if not cache.add(key, 1, DEAD_SECONDS):
            continue
        with alive(key), rules_read_once():
            actions.check(run) if run.state == ImportState.CHECKING else actions.load(run)
        done += 1
    return done


@contextmanager
def alive(key, every=BEAT_SECONDS):
    """While the block runs the key stays in the cache, and no longer than ``DEAD_SECONDS`` if the process is killed.

    By a clock and not by the progress: one long statement of the database may hold that up for over a minute.
    """
    over = Event()

    def beat():
        while not over.wait(every):
            cache.touch(key, DEAD_SECONDS)

    beating = Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
        cache.delete(key)
