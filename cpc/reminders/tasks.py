"""The job that reminds. Beat asks for it every ten minutes in office hours; a second run sends nothing more."""

from celery import shared_task
from django.utils import timezone

from cpc.core.accounts.permissions import system
from cpc.core.policy.queries import rules_read_once
from cpc.reminders.actions import remind


@shared_task(name="reminders.remind")
def remind_everyone() -> int:
    """Everybody who should have been told by now has been told."""
    with rules_read_once():
        return remind(system(on=timezone.localdate()))
