"""Who may read what was said, viewed and decided at a conference."""

from django.db.models import OuterRef, Q

from conferences.convening.models import Conference
from conferences.convening.permissions import is_its_chair, open_invitations, readable_by, visible
from conferences.meeting.models import AgencyView, Decision, LiveNote, NoteReader
from cpc.core.accounts.permissions import Permission, Viewer, requires, sees


@sees(LiveNote)
def visible_notes(viewer: Viewer) -> Q:
    """The notes of conferences that ``viewer`` may see, as far as their audience allows."""
    seen = Q(conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))
    named = NoteReader.objects.filter(note=OuterRef("pk"), invitation__in=open_invitations(viewer))
    return seen & readable_by(viewer, named, conference="conference", author="saved_by")


@sees(AgencyView)
def visible_agency_views(viewer: Viewer) -> Q:
    """The agency views of conferences that ``viewer`` may see, as far as their audience allows, and their own."""
    conferences = Conference.objects.filter(visible(viewer)).order_by().values("pk")
    return Q(conference_child__conference__in=conferences) & readable_by(
        viewer, None, conference="conference_child__conference", author="invitation__user"
    )


@sees(Decision)
def visible_decisions(viewer: Viewer) -> Q:
    """The decisions of conferences that ``viewer`` may see."""
    return Q(conference_child__conference__in=Conference.objects.filter(visible(viewer)).order_by().values("pk"))


def may_read_restricted_reasons(viewer: Viewer) -> Q:
    """The decisions with restricted reasons that ``viewer`` may read. Use it together with ``visible_decisions``."""
    if viewer.kind == "system":
        return Q()
    return readable_by(
        viewer, None, conference="conference_child__conference", author="decided_by", audience="restricted_audience"
    )


@requires(LiveNote, Permission.HOLD_CONFERENCE)
def writes_its_notes(by, note) -> bool:
    """Anybody who may hold the conference may write in it."""
    return is_its_chair(by, note.conference)
