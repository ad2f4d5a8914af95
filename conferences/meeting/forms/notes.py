"""The fields of the live page: each is a note with a version, saved by itself while typing, or all at once with one
button.
"""

import hashlib
from dataclasses import dataclass

from conferences.convening.choices import Section
from conferences.convening.rules.childs_voice import Voice
from conferences.disclosure.choices import BY_NAME, Audience
from conferences.meeting.actions.notes import TypedNote, named_ids
from conferences.meeting.queries.board import NotePlace, usual_audience
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.web import unsent_forms
from families.people.rules.short_names import tell_apart

BOX, THEIRS, BOTH = "box", "theirs", "both"


# Short labels for a small box: the tag and the record give the full ones.
SHORT = {
    Audience.EVERYONE: "For everyone",
    Audience.FAMILY: "For the family",
    Audience.PROFESSIONALS: "For professionals",
    Audience.CHAIR: "For the chair",
    Audience.NAMED: "Only people named",
    Audience.POLICE: "Police, restricted",
    Audience.THIRD_PARTY: "Third party, restricted",
}


def digest(text: str, audience: str, named=()) -> str:
    """A short hash of a field as the page first showed it. A field that nobody changed overwrites nothing."""
    readers = ",".join(map(str, sorted(named))) if audience in BY_NAME else ""
    return hashlib.sha256(f"{audience}{readers}\n{text}".replace("\r\n", "\n").encode()).hexdigest()[:16]


@dataclass
class Field:
    """One note as the page draws it. ``refused`` is the other text, if somebody else saved first. ``held`` says why the
    chosen readers cannot read it yet.
    """

    place: NotePlace
    label: str
    note: object = None
    text: str = ""
    audience: str = ""
    version: int = 0
    was: str = ""
    refused: object = None
    named: frozenset[int] = frozenset()
    invited: tuple = ()
    held: object = None

    @property
    def key(self) -> str:
        """Its name on the page."""
        return self.place.key

    @property
    def audiences(self):
        """The audiences that can be chosen."""
        apart = (Audience.EVERYONE, Audience.FAMILY) if self.place.section == Section.CONFIDENTIAL else ()
        return [(value, label) for value, label in SHORT.items() if value not in apart]

    @property
    def is_by_name(self) -> bool:
        """Whether the note may have named readers."""
        return self.audience in BY_NAME


class NotesForm:
    """All the notes of a page, by place. ``data`` is what was posted; without it, the fields show what is saved."""

    def __init__(self, board, data=None, refused=None, shown=None):
        """``shown`` are the notes that may be shown, by place; None means all."""
        self.board, self.data = board, data
        tell_apart([row.row.child for row in board.children])
        names = {row.row.child_id: row.row.child.short_name for row in board.children}
        self.observed = {row.row.child_id for row in board.children if row.voice == Voice.OBSERVED}
        people = {person.pk: person.full_name for person, _ in board.parents}
        typed = data if data is not None else unsent_forms.typed_here()
        self.fields = {}
        for place in board.places:
            note = (board.notes if shown is None else shown).get(place)
            self.fields[place] = self._field(place, note, typed, (refused or {}).get(place), names, people)

    def _field(self, place, note, typed, refused, names, people):
        field = Field(place, _label(place, names, people, self.observed), note, refused=refused)
        field.text = note.text if note else ""
        field.audience = note.audience if note else usual_audience(place.section)
        field.version = note.version if note else 0
        field.named = named_ids(note) if note and note.audience in BY_NAME else frozenset()
        field.invited = tuple(self.board.invitations)
        field.was = digest(field.text, field.audience, field.named)
        if typed is not None and f"note-{place.key}" in typed:
            text = typed[f"note-{place.key}"]
            audience = typed.get(f"audience-{place.key}", field.audience)
            named = named_in(typed, place)
            if digest(text, audience, named) != typed.get(f"was-{place.key}"):
                field.text, field.audience, field.named = text, audience, named
                field.version = refused.version if refused else number(typed.get(f"version-{place.key}"))
                field.was = ""
        return field

    def typed(self) -> list[TypedNote]:
        """What the person changed on the page, with their choice where there were two texts."""
        return [each for place in self.fields if (each := typed_in(self.data, place, self.board.notes.get(place)))]

    def of(self, section, child_id=None, person_id=None):
        """The field at a place; None if this page has none."""
        return self.fields.get(NotePlace(section, child_id, person_id))


def typed_in(data, place, note) -> TypedNote | None:
    """What was posted for one place; None if it is unchanged since the page first showed it."""
    key = place.key
    text, audience = data.get(f"note-{key}"), data.get(f"audience-{key}", "")
    named, consent, keep_narrower = named_in(data, place), data.get(f"leave-{key}", "").strip(), f"settle-{key}" in data
    if text is None or (digest(text, audience, named) == data.get(f"was-{key}") and not consent and not keep_narrower):
        return None
    keep = data.get(f"keep-{key}", BOX)
    if note is not None and keep == THEIRS:
        text, audience, named = note.text, note.audience, named_ids(note)
    elif note is not None and keep == BOTH:
        text = together(note.text, text)
    return TypedNote(place, text, number(data.get(f"version-{key}")), audience, named, consent, keep_narrower)


def named_in(data, place) -> frozenset[int]:
    """The invitations named as readers of one place."""
    name = f"named-{place.key}"
    chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return frozenset(number(one) for one in chosen if number(one))


def together(theirs: str, mine: str) -> str:
    """Both texts, one after the other."""
    return f"{theirs.rstrip()}\n\n{mine.lstrip()}"


def number(text) -> int:
    """A posted version; 0 for anything else, a version that no saved note has."""
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() and len(str(text)) < 10 else 0


def _label(place, names, people, observed) -> str:
    label = Section(place.section).label
    if place.section == Section.CHILD_VIEWS and place.child_id in observed:
        return f"What life is like for {names[place.child_id]}"
    if place.section == Section.CHILD_VIEWS:
        return capital(possessive(names[place.child_id], "views", "of"))
    if place.section == Section.WOULD_HELP:
        return f"What {people[place.person_id] if place.person_id else names[place.child_id]} says would help"
    if place.section == Section.PARENT_VIEWS:
        return f"{people[place.person_id]}’s views"
    if place.child_id:
        return f"{label}: {names[place.child_id]}"
    return label
