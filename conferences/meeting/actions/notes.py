"""Notes taken during the conference. Each field is a row with a version, so that nobody overwrites another's words.

One act for each save (a few seconds of typing), not for each keystroke: the page waits until the typing stops.
"""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.convening.choices import ConferenceState, Section
from conferences.convening.models import Conference, Invitation
from conferences.disclosure.actions import (
    Before,
    Disclosure,
    audit_details,
    named_readers,
    narrower_for,
    restricted_passages,
    set_named_readers,
)
from conferences.disclosure.choices import BY_NAME, Audience
from conferences.disclosure.queries import key_of, readers_of
from conferences.meeting.actions.attendance import must_be_open
from conferences.meeting.models import LiveNote
from conferences.meeting.queries.board import NotePlace, all_places, has_place, note_at, topic_of, usual_audience
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale
from cpc.core.web.polling import announce

LONGEST = 20_000
PAGE_CHANGED = "This page has changed since you opened it. Copy what you typed, and reload the page."


class PageChanged(Invalid):
    """The page of the conference no longer has this field."""


@dataclass(frozen=True)
class TypedNote:
    """The content of one field of the page, and the version it was typed on (0: no note existed).

    ``named`` are the invitations of the named readers. ``consent`` says who allowed a restricted passage to be shared.
    ``keep_narrower`` accepts the narrower audience that the note was saved for.
    """

    place: NotePlace
    text: str
    version: int = 0
    audience: str = ""
    named: frozenset[int] = frozenset()
    consent: str = ""
    keep_narrower: bool = False
    wanted: str = ""


def save_note(
    *, by, conference, place, text, version=0, audience="", named=(), consent="", keep_narrower=False, at=None
) -> LiveNote | None:
    """Save ``text`` and raise the version by one. Raises Stale, with both texts, if the saved note is not at
    ``version``. An empty text without an earlier note saves nothing.

    If the text holds a restricted passage, it is saved for fewer readers, and ``wanted_audience`` keeps the chosen
    audience. This lasts until the passage is removed, or ``consent`` or ``keep_narrower`` is given.
    """
    if not has_place(conference, place):
        raise PageChanged(PAGE_CHANGED)
    typed = _validated(TypedNote(place, text, version, audience, frozenset(named), consent.strip(), keep_narrower))
    return _save(by, conference, typed, at or timezone.now())


def save_notes(*, by, conference, typed, at=None) -> tuple[list, dict]:
    """Save all the fields of a page at once. Returns the notes that changed and, by place, the refusal of each note
    that somebody else had saved first. The other notes are saved.
    """
    if not {each.place for each in typed} <= set(all_places(conference)):
        raise PageChanged(PAGE_CHANGED)
    typed, at = [_validated(each) for each in typed], at or timezone.now()
    saved, refused = [], {}
    if not typed:
        return saved, refused
    with acting(by, Permission.HOLD_CONFERENCE, on=conference):
        must_be_open(conference)
        for each in typed:
            try:
                note = _save(by, conference, each, at)
            except Stale as stale:
                refused[each.place] = stale
            else:
                saved += [note] if note is not None and note.version > each.version else []
    return saved, refused


def _validated(typed: TypedNote) -> TypedNote:
    text = typed.text.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > LONGEST:
        raise Invalid(f"A note can be {LONGEST:,} characters long; this one has {len(text):,}. Make it shorter.")
    audience = typed.audience or usual_audience(typed.place.section)
    if audience not in Audience.values:
        raise Invalid("Choose who may read this note.")
    if typed.place.section == Section.CONFIDENTIAL and audience in (Audience.EVERYONE, Audience.FAMILY):
        whom = "everyone" if audience == Audience.EVERYONE else "the family"
        raise Invalid(f"Text under “For professionals only” cannot be for {whom}.")
    return replace(typed, text=text, audience=audience, named=typed.named if audience in BY_NAME else frozenset())


def _save(by, conference, typed, at):
    place = typed.place
    note = note_at(conference, place)
    typed, trail = _effective_audience(by, conference, typed, note)
    if note is None:
        return _create_note(by, conference, typed, at, trail)
    if _is_unchanged(note, typed) and not trail:
        return note
    # Only the note's own row is locked, not the conference: two fields never wait for each other.
    with acting(by, Permission.HOLD_CONFERENCE, on=note, about=conference, section=place.section, **trail) as act:
        here = LiveNote.objects.filter(pk=note.pk, version=typed.version, conference__state=ConferenceState.OPEN)
        if not here.update(
            text=typed.text,
            audience=typed.audience,
            wanted_audience=typed.wanted,
            version=typed.version + 1,
            saved_by_id=by.id or conference.chair_id,
            saved_at=at,
        ):
            must_be_open(Conference.objects.get(pk=conference.pk))
            if _is_unchanged(note, typed):
                return note
            raise _stale(note, typed)
        _save_named_readers(note, typed.named)
        act.then(lambda: announce(topic_of(conference)))
    note.text, note.audience, note.wanted_audience = typed.text, typed.audience, typed.wanted
    note.version, note.saved_by_id, note.saved_at = typed.version + 1, by.id or conference.chair_id, at
    return note


def _effective_audience(by, conference, typed, note):
    """The typed note with the audience that it can have now, and the consent for the audit trail."""
    if note is not None and note.wanted_audience and typed.audience == note.audience and not typed.keep_narrower:
        # Nobody chose these readers, so the audience chosen first is still wanted.
        typed = replace(typed, audience=note.wanted_audience, named=frozenset())
    readers = named_readers(conference, typed.audience, typed.named)
    before, row = (), ""
    if note is not None:
        before, row = (Before(note.text, readers_of(note.audience, _named_for(note))),), key_of(note)
    findings = restricted_passages(by, conference.family_id, Disclosure({"text": typed.text}, readers, before, row))
    if not findings:
        return typed, {}
    if typed.consent:
        return typed, audit_details(findings, typed.consent)
    narrower = narrower_for(readers, findings)
    return replace(typed, wanted=typed.audience, audience=narrower.audience, named=narrower.named), {}


def _named_for(note):
    return Invitation.objects.filter(pk__in=named_ids(note)) if note.audience in BY_NAME else ()


def named_ids(note) -> frozenset[int]:
    """The invitations of the note's named readers; empty if its audience has no named readers."""
    return frozenset(one.invitation_id for one in note.readers.all()) if note.audience in BY_NAME else frozenset()


def _save_named_readers(note, named):
    # Named readers are also cleared when the new audience has none.
    if named or note.audience in BY_NAME:
        set_named_readers(note, note.readers, named)


def _create_note(by, conference, typed, at, trail=None):
    if not typed.text.strip():
        return None
    place = typed.place
    with acting(by, Permission.HOLD_CONFERENCE, about=conference, section=place.section, **(trail or {})) as act:
        must_be_open(Conference.objects.get(pk=conference.pk))
        try:
            with transaction.atomic():
                made = LiveNote.objects.create(
                    conference=conference,
                    section=place.section,
                    child_id=place.child_id,
                    person_id=place.person_id,
                    text=typed.text,
                    audience=typed.audience,
                    wanted_audience=typed.wanted,
                    saved_by_id=by.id or conference.chair_id,
                    saved_at=at,
                )
                _save_named_readers(made, typed.named)
                act.then(lambda: announce(topic_of(conference)))
                return made
        except IntegrityError:
            first = note_at(conference, place)
            if _is_unchanged(first, typed):
                return first
            raise _stale(first, typed) from None


def _is_unchanged(note, typed) -> bool:
    # Both typed the same, or the page saved the field by itself just as Save was pressed.
    stands = (note.text, note.audience, note.wanted_audience)
    return stands == (typed.text, typed.audience, typed.wanted) and named_ids(note) == typed.named


def _stale(note, typed) -> Stale:
    return Stale(
        "This was saved on another screen while you were typing. Both texts are here: choose one, or put them "
        "together.",
        mine=typed.text,
        theirs=note.text,
        version=note.version,
    )
