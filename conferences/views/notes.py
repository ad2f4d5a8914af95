"""What the live page sends by itself: one note as it is typed, and what was written on another screen meanwhile."""

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conferences.actions.leave import held_back
from conferences.actions.notes import named_ids, save_note
from conferences.forms.notes import NotesForm, digest, typed_in
from conferences.models import LiveNote
from conferences.queries import meet as queries
from conferences.queries.sources import ids_seen
from conferences.views.meet import its_conference
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.refusals import Refusal, Stale
from cpc.core.web.guards import page


@page(Permission.HOLD_CONFERENCE, methods=("POST",))
def meet_note(request, pk):
    """One field saved as it stood when the typing stopped. Says when, or what hinders, or both texts (409)."""
    conference = its_conference(request, pk)
    board = queries.board(conference)
    place = next((place for place in board.places if place.key == request.POST.get("key")), None)
    if place is None:
        return _said("This page has changed since you opened it. Copy what you typed, and reload the page.", 409)
    typed = typed_in(request.POST, place, board.notes.get(place))
    try:
        note = save_note(
            by=request.viewer, conference=conference, place=place, text=typed.text, version=typed.version,
            audience=typed.audience, named=typed.named, leave=typed.leave, settle=typed.settle,
        ) if typed else board.notes.get(place)  # fmt: skip
    except Stale as stale:
        field = NotesForm(board, request.POST, {place: stale}).fields[place]
        field.note = LiveNote.objects.select_related("saved_by").get(
            conference=conference, section=place.section, child=place.child_id, person=place.person_id
        )
        html = render_to_string("conferences/meet/both_texts.html", {"field": field}, request=request)
        return JsonResponse(
            {"sentence": stale.sentence, "html": html, "theirs": stale.theirs, "version": stale.version}, status=409
        )
    except Refusal as refused:
        return _said(refused.sentence, 422)
    if note is None:
        return JsonResponse({"version": 0, "was": digest("", typed.audience, typed.named) if typed else digest("", "")})
    note.conference = conference
    return JsonResponse(_as_saved(note) | {"held": _held(request, board, note)})


def _held(request, board, note) -> str:
    """What the page says where the note is kept for fewer than those for whom it was typed; else nothing."""
    held = held_back(request.viewer, note)
    if held is None:
        return ""
    field = NotesForm(board).fields[queries.Place(note.section, note.child_id, note.person_id)]
    field.note, field.held = note, held
    return render_to_string("conferences/meet/held.html", {"field": field}, request=request)


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE, methods=("GET",))
def meet_since(request, pk):
    """What was saved since the moment that the page names, wherever; nothing to say is a 204. A poll, not a look."""
    conference = its_conference(request, pk, to_write=False)
    since = parse_datetime(request.GET.get("since", "").replace(" ", "+")) if request.GET.get("since") else None
    if since is None or timezone.is_naive(since):
        return HttpResponse(status=204)
    found = LiveNote.objects.filter(conference=conference, saved_at__gt=since)
    found = found.select_related("saved_by").prefetch_related("readers")
    seen = ids_seen(request.viewer, LiveNote.objects.filter(conference=conference))
    # What fewer people may read since then goes from the screen on which it stood.
    notes = [_as_saved(note) | {"text": note.text if note.pk in seen else ""} for note in found]
    if not notes:
        return HttpResponse(status=204)
    return JsonResponse({"notes": notes, "until": max(note["moment"] for note in notes)})


def _as_saved(note) -> dict:
    place = queries.Place(note.section, note.child_id, note.person_id)
    return {
        "key": place.key,
        "version": note.version,
        "was": digest(note.text, note.audience, named_ids(note)),
        "audience": note.audience,
        "named": sorted(named_ids(note)),
        "at": timezone.localtime(note.saved_at).strftime("%H:%M"),
        "by": note.saved_by.get_full_name(),
        "moment": note.saved_at.isoformat(),
    }


def _said(sentence, status):
    return JsonResponse({"sentence": sentence}, status=status)
