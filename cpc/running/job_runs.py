"""Write down that a job of the schedule ran. Celery tells us at the end of each."""

import logging

from celery.signals import task_failure, task_success
from django.conf import settings
from django.db import DatabaseError
from django.db.models.functions import Now

from cpc.running.models import JobRun

log = logging.getLogger(__name__)


def follow_jobs() -> None:
    """Ask Celery to tell when a job has ended."""
    task_success.connect(_ended, dispatch_uid="running.ended")
    task_failure.connect(_failed, dispatch_uid="running.failed")


def _ended(sender=None, **kwargs):
    _write_down(sender.name, "ended_at")


def _failed(sender=None, **kwargs):
    _write_down(sender.name, "failed_at")


def _write_down(name: str, field: str) -> None:
    if name not in {job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values()}:
        return
    try:
        JobRun.objects.update_or_create(name=name, defaults={field: Now()})
    except DatabaseError as away:
        log.warning("That the job %s ran could not be written down (%s).", name, type(away).__name__)
