"""The restricted texts of a conference: notes, views of agencies and reasons for decisions."""

from django.db.models import F
from django.utils import timezone

from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import ids_seen, joined_text, readers_of, restricted_texts, source
from conferences.meeting.models import AgencyView, Decision, LiveNote
from conferences.meeting.permissions import may_read_restricted_reasons
from cpc.core.accounts.permissions import Viewer


def _notes(family_id):
    rows = LiveNote.objects.filter(conference__family=family_id, wanted_audience="").exclude(audience=Audience.EVERYONE)
    return rows.exclude(text="").annotate(words=F("text"), readers_are=F("audience"))


@restricted_texts(_notes)
def notes(family_id, viewer: Viewer):
    """The notes for fewer readers than everyone, without those only restricted until the chair decides."""
    rows = _notes(family_id)
    found = list(rows.select_related("saved_by").prefetch_related("readers__invitation"))
    seen = ids_seen(viewer, rows) if found else set()
    for note in found:
        readers = readers_of(note.audience, [one.invitation for one in note.readers.all()])
        who, on = f"noted by {note.saved_by.get_full_name()}", timezone.localdate(note.saved_at)
        yield source(note, note.words, readers, who, on, seen=note.pk in seen)


def _agency_views(family_id):
    rows = AgencyView.objects.filter(conference_child__conference__family=family_id).exclude(audience=Audience.EVERYONE)
    return rows.annotate(words=joined_text("reason", "dissent_reason"), readers_are=F("audience"))


@restricted_texts(_agency_views)
def agency_views(family_id, viewer: Viewer):
    """The reasons for agency views that not everyone may read."""
    rows = _agency_views(family_id)
    found = list(rows.select_related("invitation", "conference_child__conference"))
    seen = ids_seen(viewer, rows) if found else set()
    for view in found:
        on = view.conference_child.conference.held_on
        who = f"the view of {view.invitation.name}"
        yield source(view, view.words, readers_of(view.audience), who, on, seen=view.pk in seen)


def _restricted_reasons(family_id):
    rows = Decision.objects.filter(conference_child__conference__family=family_id).exclude(restricted="")
    return rows.annotate(words=F("restricted"), readers_are=F("restricted_audience"))


@restricted_texts(_restricted_reasons)
def restricted_reasons(family_id, viewer: Viewer):
    """The reasons for a decision that are restricted to fewer readers."""
    rows = _restricted_reasons(family_id)
    found = list(rows.select_related("conference_child__conference", "conference_child__child"))
    seen = ids_seen(viewer, rows.filter(may_read_restricted_reasons(viewer))) if found else set()
    for one in found:
        row = one.conference_child
        who = f"among the reasons for the decision for {row.child.full_name},"
        readers = readers_of(one.restricted_audience)
        yield source(one, one.words, readers, who, row.conference.held_on, seen=one.pk in seen)
