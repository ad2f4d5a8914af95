"""Which documents and messages a viewer may see: those about a record that its own app lets them see."""

from django.apps import apps
from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from cpc.core.accounts.permissions import Permission, seen_by, sees
from cpc.core.documents.models import Document, FileLook, HarmlessPassage, Outgoing, Override, SecondLook

NEXT_KIND = """
WITH RECURSIVE found AS (
  (SELECT about_kind FROM {table} ORDER BY about_kind LIMIT 1)
  UNION ALL
  SELECT (SELECT about_kind FROM {table} WHERE about_kind > found.about_kind ORDER BY about_kind LIMIT 1)
  FROM found WHERE found.about_kind IS NOT NULL
)
SELECT about_kind FROM found WHERE about_kind IS NOT NULL
"""


@sees(Document)
def visible_documents(viewer) -> Q:
    """Documents about records that ``viewer`` may see."""
    return _about_what_is_seen(Document, viewer)


@sees(Outgoing)
def visible_outgoing(viewer) -> Q:
    """Messages about records that ``viewer`` may see, and those about no record."""
    if viewer.can(Permission.READ_OUTBOX):
        return _each_asked(Outgoing, viewer)
    return _about_what_is_seen(Outgoing, viewer)


@sees(HarmlessPassage)
def visible_passages(viewer) -> Q:
    """Judgements of passages about records that ``viewer`` may see."""
    return _about_what_is_seen(HarmlessPassage, viewer)


@sees(Override)
def visible_overrides(viewer) -> Q:
    """Overrides, asked for or decided, about records that ``viewer`` may see."""
    return _about_what_is_seen(Override, viewer)


@sees(SecondLook)
def visible_second_looks(viewer) -> Q:
    """Second looks about records that ``viewer`` may see."""
    return _about_what_is_seen(SecondLook, viewer)


@sees(FileLook)
def visible_file_looks(viewer) -> Q:
    """Looks at files about records that ``viewer`` may see."""
    return _about_what_is_seen(FileLook, viewer)


def _about_what_is_seen(model, viewer) -> Q:
    roads = [_about(model, kind, viewer) for kind in _kinds_kept(model)]
    if not roads:
        return Q(pk__in=[])
    return Q(pk__in=roads[0].union(*roads[1:], all=True))


def _each_asked(model, viewer) -> Q:
    """The same for whoever sees nearly all of it: each row is asked whether they do, and not first everything found."""
    found = Q(pk__in=[])
    for kind in _kinds_kept(model):
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


def _kinds_kept(model) -> list[str]:
    """From one kind to the next by the index: to read every row for the few kinds that there are takes too long."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(NEXT_KIND.format(table=table))
        return [kind for (kind,) in cursor.fetchall()]


def _about(model, kind: str, viewer):
    found = model.objects.order_by().filter(about_kind=kind)
    if kind:
        about = apps.get_model(kind)
        try:
            seen = seen_by(viewer, about)
        except KeyError:
            # No app says who may see such a record, so nobody sees what is about it. Register its ``visible``.
            seen = about._default_manager.none()
        found = found.filter(about_id__in=seen.order_by().values("pk"))
    return found.values("pk")
