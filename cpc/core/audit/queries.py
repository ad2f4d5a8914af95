"""What the trail answers: which act created a row, and who looked at a child."""

from django.apps import apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from cpc.core.audit.models import Look


def acts_that_made(model, ids) -> dict:
    """The id of the act that created each of these rows of ``model``, by the row's id. From its history."""
    history = apps.get_model(model._meta.app_label, f"{model._meta.object_name}Event")
    made = history.objects.filter(pgh_label="insert", pgh_obj_id__in=ids)
    return dict(made.values_list("pgh_obj_id", "pgh_context_id"))


def looks_by_day(child_ids, *, who="", basis="", since=None, without=()):
    """Who looked at the child (under any of its records), one row a person, day and basis, newest first.

    A row: day, who_kind, who_id, who_name, basis, pages, count, first, last. ``who`` and ``basis`` are words in them;
    a look is left out if its basis has any of the words in ``without``.
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
