"""Background tasks: letters that wait are written again when what they say has changed."""

from celery import shared_task
from django.utils import timezone

from conferences.convening.actions.waiting import check_waiting_letters
from cpc.core.accounts.permissions import system


@shared_task(name="convening.check_waiting_letters")
def check_letters_that_wait() -> int:
    """Look at every letter to a family that waits for the print room. Returns how many readers get a fresh one."""
    return check_waiting_letters(by=system(on=timezone.localdate()))
