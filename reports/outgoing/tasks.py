"""Background tasks: draft the records of held conferences, and hide copies that tell their reader too much now."""

from celery import shared_task
from django.utils import timezone

from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference
from cpc.core.accounts.permissions import system
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.actions.shown_copies import hide_unsafe_copies


@shared_task(name="reports.draft_missing_records")
def draft_missing_records() -> int:
    """Draft a record for every held conference that has none. Returns how many. Two can run at the same time."""
    waiting = Conference.objects.filter(state=ConferenceState.HELD, to_write_up=True).order_by("pk")
    for conference in waiting:
        draft_record(by=system(on=timezone.localdate()), conference=conference)
    return len(waiting)


@shared_task(name="reports.hide_unsafe_copies")
def hide_unsafe_copies_of_families() -> int:
    """Hide copies that are read after signing in and hold what their reader must not learn now. Returns how many."""
    return hide_unsafe_copies(on=timezone.localdate())
