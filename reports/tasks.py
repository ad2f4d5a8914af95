"""What runs later: held conferences get the record that nobody has opened yet."""

from celery import shared_task
from django.utils import timezone

from conferences.choices import ConferenceState
from conferences.models import Conference
from cpc.core.accounts.permissions import system
from reports.actions import draft_record


@shared_task(name="reports.draft_missing_records")
def draft_missing_records() -> int:
    """Every held conference has a drafted record; how many had none. Safe to run twice at once."""
    waiting = Conference.objects.filter(state=ConferenceState.HELD, to_write_up=True).order_by("pk")
    for conference in waiting:
        draft_record(by=system(on=timezone.localdate()), conference=conference)
    return len(waiting)
