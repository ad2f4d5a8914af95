"""What the live page sends by itself: each note as it is typed, and requests for what other screens saved."""

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from conferences.convening.permissions import chaired_conference_or_404
from conferences.disclosure.actions import hold_reason
from conferences.meeting.actions.notes import PAGE_CHANGED, PageChanged, named_ids, save_note
from conferences.meeting.forms.notes import BOTH, THEIRS, Field, NotesForm, digest, number, typed_in
from conferences.meeting.queries import board
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.refusals import Refusal, Stale
from cpc.core.web.guards import page


@page(Permission.HOLD_CONFERENCE, methods=("POST",))
def meet_note(request, pk):
    """Save one field after the typing stops. Answers with the time, with why it is held, or with both texts (409)."""
    conference = chaired_conference_or_404(request.viewer, pk)
    place = board.NotePlace.from_key(request.POST.get("key", ""))
    if place is None:
        return _said(PAGE_CHANGED, 409)
    asks_for_both = request.POST.get(f"keep-{place.key}") in (THEIRS, BOTH)
    typed = typed_in(request.POST, place, board.note_at(conference, place) if asks_for_both else None)
    try:
        note = save_note(
            by=request.viewer, conference=conference, place=place, text=typed.text, version=typed.version,
            audience=typed.audience, named=typed.named, consent=typed.consent, keep_narrower=typed.keep_narrower,
        ) if typed else board.note_at(conference, place)  # fmt: skip
    except PageChanged as refused:
        return _said(refused.sentence, 409)
    except Stale as stale:
        field = NotesForm(board.board(conference), request.POST, {place: stale}).fields[place]
        html = render_to_string("conferences/meet/both_texts.html", {"field": field}, request=request)
        return JsonResponse(
            {"sentence": stale.sentence, "html": html, "theirs": stale.theirs, "version": stale.version}, status=409
        )
    except Refusal as refused:
        return _said(refused.sentence, 422)
    if note is None:
        return JsonResponse({"version": 0, "was": digest("", typed.audience, typed.named) if typed else digest("", "")})
    note.conference = conference
    return JsonResponse(_as_saved(note) | {"held": _held(request, note)})


def _held(request, note) -> str:
    """The part of the page about a note saved for fewer readers than were chosen; otherwise ""."""
    held = hold_reason(request.viewer, note)
    if held is None:
        return ""
    field = Field(board.NotePlace.of(note), "", note, held=held)
    return render_to_string("conferences/meet/held.html", {"field": field}, request=request)


@page(Permission.HOLD_CONFERENCE, Permission.BOOK_CONFERENCE, methods=("GET",))
def meet_since(request, pk):
    """The notes with another version than the page has; 204 if there are none. A poll, so no view is recorded.

    The page sends its versions as ``have=KEY.VERSION,…``.
    """
    conference = chaired_conference_or_404(request.viewer, pk, to_write=False)
    have = _versions(request.GET.get("have", ""))
    notes = [_as_read(note) for note in board.notes_for(request.viewer, conference)]
    news = [note for note in notes if have.get(note["key"], 0) != note["version"]]
    return JsonResponse({"notes": news}) if news else HttpResponse(status=204)


def _versions(have: str) -> dict[str, int]:
    return {key: number(version) for key, _, version in (one.partition(".") for one in have.split(","))}


def _as_read(note) -> dict:
    """A note for another page. If this viewer may not read it, only that it has no text."""
    if note.may_read:
        return _as_saved(note) | {"text": note.text, "by": note.saved_by.get_full_name()}
    return {"key": board.NotePlace.of(note).key, "version": note.version, "text": ""}


def _as_saved(note) -> dict:
    return {
        "key": board.NotePlace.of(note).key,
        "version": note.version,
        "was": digest(note.text, note.audience, named_ids(note)),
        "audience": note.audience,
        "named": sorted(named_ids(note)),
        "at": timezone.localtime(note.saved_at).strftime("%H:%M"),
    }


def _said(sentence, status):
    return JsonResponse({"sentence": sentence}, status=status)
