"""Which documents and messages a viewer may see: those about a record that its own app lets them see."""

from django.apps import apps
from django.db.models import Q

from cpc.core.accounts.permissions import seen_by, sees
from cpc.core.documents.models import Document, FileLook, HarmlessPassage, Outgoing, Override, SecondLook


@sees(Document)
def visible_documents(viewer) -> Q:
    """Documents about records that ``viewer`` may see."""
    return _about_what_is_seen(Document, viewer)


@sees(Outgoing)
def visible_outgoing(viewer) -> Q:
    """Messages about records that ``viewer`` may see, and those about no record."""
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


def _kinds_kept(model) -> list[str]:
    return sorted(model.objects.order_by().values_list("about_kind", flat=True).distinct())


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
