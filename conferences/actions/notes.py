"""What is written as it is said: each field a row with its version, so that nobody's words are lost to another's.

One act a save (a few seconds of typing), not one a keystroke: the page waits until the typing stops.
"""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.actions.leave import (
    as_trail,
    found_in,
    keep_named,
    named_readers,
    narrower_for,
    own_words,
    stood_before,
)
from conferences.actions.meet import must_be_open
from conferences.choices import BY_NAME, Audience, ConferenceState, Section
from conferences.models import Conference, Invitation, LiveNote
from conferences.queries.meet import Place, included, invited, parents, places, usual_audience
from conferences.queries.sources import key_of, readers_of
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, Stale

LONGEST = 20_000


@dataclass(frozen=True)
class Typed:
    """What stands in one field of the page, and on which version it was typed (nought: nothing was there).

    ``named`` are the invitations of whoever may read it by name. ``leave`` says who allowed a passage of a restricted
    text to be shared; ``settle`` that the narrower readers for whom it is kept meanwhile are the right ones.
    """

    place: Place
    text: str
    version: int = 0
    audience: str = ""
    named: frozenset[int] = frozenset()
    leave: str = ""
    settle: bool = False
    wanted: str = ""


def save_note(
    *, by, conference, place, text, version=0, audience="", named=(), leave="", settle=False, at=None
) -> LiveNote | None:
    """The note holds ``text`` and its version is one higher; raises Stale, with both texts, when it is not at
    ``version`` any more. An empty note where there was none is nothing at all.

    Where the text holds a passage of a text that fewer people may read, it is saved all the same, for those fewer:
    ``wanted_audience`` says for whom it was typed, until the passage is taken out, or ``leave`` or ``settle`` is given.
    """
    _check_places(conference, [place])
    typed = _checked(Typed(place, text, version, audience, frozenset(named), leave.strip(), settle))
    with transaction.atomic():
        return _save(by, conference, typed, at or timezone.now())


def save_notes(*, by, conference, typed, at=None) -> tuple[list, dict]:
    """All the fields of a page saved by its button: the notes that changed, and the refusal of each that somebody else
    had saved first, by place. What could be saved is saved.
    """
    _check_places(conference, [each.place for each in typed])
    typed, at = [_checked(each) for each in typed], at or timezone.now()
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


def _check_places(conference, asked):
    children = included(conference)
    allowed = places(conference, children, parents(conference, children, invited(conference)))
    if not set(asked) <= set(allowed):
        raise Invalid("This page has changed since you opened it. Copy what you typed, and reload the page.")


def _checked(typed: Typed) -> Typed:
    text = typed.text.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > LONGEST:
        raise Invalid(f"A note can be {LONGEST:,} characters long; this one has {len(text):,}. Make it shorter.")
    audience = typed.audience or usual_audience(typed.place.section)
    if audience not in Audience.values:
        raise Invalid("Choose who may read this note.")
    if typed.place.section == Section.CONFIDENTIAL and audience in (Audience.EVERYONE, Audience.FAMILY):
        whom = "everyone" if audience == Audience.EVERYONE else "the family"
        raise Invalid(f"What stands under “For professionals only” cannot be for {whom}.")
    return replace(typed, text=text, audience=audience, named=typed.named if audience in BY_NAME else frozenset())


def _save(by, conference, typed, at):
    place = typed.place
    note = LiveNote.objects.filter(
        conference=conference, section=place.section, child=place.child_id, person=place.person_id
    ).first()
    typed, trail = _as_it_may_stand(by, conference, typed, note)
    if note is None:
        return _begin(by, conference, typed, at, trail)
    if _says_it_already(note, typed) and not trail:
        return note
    # The note's own row is locked, and not the conference: two fields never wait for each other.
    with acting(by, Permission.HOLD_CONFERENCE, on=note, about=conference, section=place.section, **trail):
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
            if _says_it_already(note, typed):
                return note
            raise _stale(note, typed)
        _name(note, typed.named)
    note.refresh_from_db()
    return note


def _as_it_may_stand(by, conference, typed, note):
    """What was typed with the readers for whom it can be kept now, and what the trail says of the leave given."""
    if note is not None and note.wanted_audience and typed.audience == note.audience and not typed.settle:
        # Nobody chose these readers: it is still typed for those who were chosen first.
        typed = replace(typed, audience=note.wanted_audience, named=frozenset())
    readers = named_readers(conference, typed.audience, typed.named)
    was = readers_of(note.audience, _named_for(note)) if note is not None else None
    findings = found_in(
        by,
        conference.family_id,
        [typed.text],
        readers,
        already=stood_before(readers, was, note.text) if note is not None else (),
        but=own_words(key_of(note), readers, was) if note is not None else "",
    )
    if not findings:
        return typed, {}
    if typed.leave:
        return typed, as_trail(findings, typed.leave)
    narrower = narrower_for(readers, findings)
    return replace(typed, wanted=typed.audience, audience=narrower.audience, named=narrower.named), {}


def _named_for(note):
    return Invitation.objects.filter(pk__in=named_ids(note)) if note.audience in BY_NAME else ()


def named_ids(note) -> frozenset[int]:
    """The invitations of whoever is named for the note."""
    return frozenset(one.invitation_id for one in note.readers.all())


def _name(note, named):
    if named_ids(note) != named:
        keep_named(note, note.readers, named)


def _begin(by, conference, typed, at, trail=None):
    if not typed.text.strip():
        return None
    place = typed.place
    with acting(by, Permission.HOLD_CONFERENCE, about=conference, section=place.section, **(trail or {})):
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
                _name(made, typed.named)
                return made
        except IntegrityError:
            first = LiveNote.objects.get(
                conference=conference, section=place.section, child=place.child_id, person=place.person_id
            )
            if _says_it_already(first, typed):
                return first
            raise _stale(first, typed) from None


def _says_it_already(note, typed) -> bool:
    # Both typed the same; or the page saved the field by itself in the very moment in which Save was pressed.
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
