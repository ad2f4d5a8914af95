"""What waits to be checked or loaded is. Beat asks every few seconds; one import is worked on once at a time."""

from celery import shared_task
from django.core.cache import cache

from cpc.core.policy.queries import held
from cpc.imports import actions
from cpc.imports.choices import ImportState
from cpc.imports.models import Import

LONGEST_SECONDS = 900


@shared_task(name="imports.work")
def work() -> int:
    """Every import that waited has been checked or loaded. A worker that died is followed by the next."""
    done = 0
    for run in Import.objects.filter(state__in=[ImportState.CHECKING, ImportState.LOADING]).order_by("pk"):
        if not cache.add(f"import-at-work:{run.pk}", 1, LONGEST_SECONDS):
            continue
        try:
            with held():
                actions.check(run) if run.state == ImportState.CHECKING else actions.load(run)
            done += 1
        finally:
            cache.delete(f"import-at-work:{run.pk}")
    return done
