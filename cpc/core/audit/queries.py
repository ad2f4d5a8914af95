"""What the trail answers: what was done about a record, and who looked at a child."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from cpc.core.audit.models import Event, Look


def events_about(record):
    """The acts about ``record`` (itself, or what belongs to it), newest first."""
    return Event.objects.filter(about_kind=record._meta.label_lower, about_id=record.pk).order_by("-at")


def looks_at(child_id: int):
    """Who looked at the child, newest first."""
    return Look.objects.filter(child_id=child_id).order_by("-at")


def looks_by_day(child_ids, *, who="", basis="", since=None, without=()):
    """Who looked at the child (under any of its records), one row a person, day and basis, newest first.

    A row: day, who_kind, who_id, who_name, basis, pages, count, first, last. ``who`` and ``basis`` are words in them;
    a look whose basis has any of the words in ``without`` is left out.
    """
    found = Look.objects.filter(child_id__in=child_ids)
    if who:
        found = found.filter(who_name__icontains=who)
    if basis:
        found = found.filter(basis__icontains=basis)
    for words in without:
        found = found.exclude(basis__icontains=words)
    if since:
        found = found.filter(at__gte=since)
    return (
        found.annotate(day=TruncDate("at"))
        .values("day", "who_kind", "who_id", "who_name", "basis")
        .annotate(pages=ArrayAgg("page", distinct=True), count=Count("pk"), first=Min("at"), last=Max("at"))
        .order_by("-day", "-last", "who_name", "basis")
    )
