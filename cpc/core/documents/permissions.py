"""Which documents and messages a viewer may see: those about a record that its own app lets them see."""

from django.apps import apps
from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from cpc.core.accounts.permissions import Permission, Viewer, can_see, few_seen_by, requires, seen_by, sees
from cpc.core.documents.models import DataIncident, Document, HarmlessPassage, Outgoing, SecondCheck

NEXT_KIND = """
WITH RECURSIVE found AS (
  (SELECT about_kind FROM {table} ORDER BY about_kind LIMIT 1)
  UNION ALL
  SELECT (SELECT about_kind FROM {table} WHERE about_kind > found.about_kind ORDER BY about_kind LIMIT 1)
  FROM found WHERE found.about_kind IS NOT NULL
)
SELECT about_kind FROM found WHERE about_kind IS NOT NULL
"""


@sees(Document, reads=True)
def visible_documents(viewer: Viewer) -> Q:
    """Documents about records that ``viewer`` may see."""
    return _about_visible_records(Document, viewer)


@sees(Outgoing, reads=True)
def visible_outgoing(viewer: Viewer) -> Q:
    """Messages about records that ``viewer`` may see, and those about no record."""
    if viewer.can(Permission.READ_OUTBOX):
        return _seen_row_by_row(Outgoing, viewer)
    return _about_visible_records(Outgoing, viewer)


@sees(HarmlessPassage, reads=True)
def visible_passages(viewer: Viewer) -> Q:
    """Judgements of passages about records that ``viewer`` may see."""
    return _about_visible_records(HarmlessPassage, viewer)


@sees(SecondCheck, reads=True)
def visible_second_checks(viewer: Viewer) -> Q:
    """Second checks, requested or made, about records that ``viewer`` may see."""
    return _about_visible_records(SecondCheck, viewer)


@sees(DataIncident, reads=True)
def visible_incidents(viewer: Viewer) -> Q:
    """Everything that went to a wrong reader, for those who answer for data protection. Its names are for those who may
    see what it is about. Who may only settle an incident sees those that they may settle.
    """
    if viewer.can(Permission.READ_DATA_INCIDENTS):
        return Q()
    may_settle = viewer.can(Permission.SETTLE_INCIDENT)
    return Q(outgoing__in=few_seen_by(viewer, Outgoing)) if may_settle else Q(pk__in=[])


@requires(DataIncident, Permission.SETTLE_INCIDENT)
def sees_what_went_out(by, incident) -> bool:
    """Only somebody who may see the message settles an incident: its names and texts say what happened."""
    return can_see(by, incident.outgoing)


def _about_visible_records(model, viewer: Viewer) -> Q:
    queries = [_about(model, kind, viewer) for kind in _kinds_in_use(model)]
    if not queries:
        return Q(pk__in=[])
    return Q(pk__in=queries[0].union(*queries[1:], all=True))


def _seen_row_by_row(model, viewer: Viewer) -> Q:
    """For viewers who see nearly everything: ask the database about each row, instead of first listing all visible
    records."""
    found = Q(pk__in=[])
    for kind in _kinds_in_use(model):
        if not kind:
            found |= Q(about_kind="")
            continue
        about = apps.get_model(kind)
        try:
            seen = seen_by(viewer, about)
        except KeyError:
            continue  # no app says who may see such a record, so nobody sees what is about it
        one = Subquery(seen.order_by().filter(pk=OuterRef("about_id")).values("pk")[:1])
        found |= Q(about_kind=kind) & Q(IsNull(one, False))
    return found


def _kinds_in_use(model) -> list[str]:
    """The kinds of record in the table. The query jumps through the index from one kind to the next, because reading
    every row for the few kinds takes too long."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_KIND.format(table=table))
        return [kind for (kind,) in cursor.fetchall()]


def _about(model, kind: str, viewer: Viewer):
    found = model.objects.order_by().filter(about_kind=kind)
    if kind:
        about = apps.get_model(kind)
        try:
            seen = few_seen_by(viewer, about)
        except KeyError:
            # No app says who may see such a record, so nobody sees what is about it. Register its ``visible``.
            seen = about._default_manager.none()
        found = found.filter(about_id__in=seen.order_by().values("pk"))
    return found.values("pk")
