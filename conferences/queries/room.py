"""Who is in the room now, what each of them must not hear, and what the room's own screen may therefore show."""

from dataclasses import dataclass, field

from conferences.choices import Attendance, Audience, Section
from cpc.core.documents.check import release_check
from cpc.core.documents.protected import STOPS, Kind
from families.queries import Kept, secrets_of

# A name alone is enough to be heard. A street alone is not: every town has a Mill Road.
SHUT_OUT = STOPS | {Kind.FIRST_NAME, Kind.SURNAME}


@dataclass(frozen=True)
class Listener:
    """Somebody of the family who is here now, and what is kept from them: other people's addresses, entry or not."""

    name: str
    kept: Kept

    @property
    def why(self) -> tuple[str, ...]:
        """What must not be said while they are here, a sentence each."""
        return tuple(self.kept.sources)

    def would_learn(self, words) -> bool:
        """Whether these words would tell them what they must not learn."""
        wanted = [one for one in self.kept.protected if one.kind in SHUT_OUT]
        return bool(words) and bool(release_check(words, wanted, self.kept.known))


@dataclass(frozen=True)
class Room:
    """The room as it is at this moment."""

    here: tuple = ()
    listeners: tuple[Listener, ...] = ()
    kept: frozenset[int] = field(default_factory=frozenset)

    @property
    def to_mind(self) -> list[Listener]:
        """Those of whom the chair is told why: an entry of this family says what is kept from them.

        What another family's entry or a refuge keeps is left out of the screen all the same, and nobody is told why.
        """
        return [one for one in self.listeners if one.why]

    def shows(self, *, child=None, person=None, words="") -> bool:
        """Whether something about this child or person, in these words, may stand on the room's screen."""
        if {child, person} & self.kept:
            return False
        return not any(listener.would_learn(words) for listener in self.listeners)


def is_here(invitation, at) -> bool:
    """Whether this person is here at that moment: came, and has not left."""
    came, left = invitation.came_at, invitation.left_at
    return invitation.attendance == Attendance.PRESENT and (not came or came <= at) and (not left or left > at)


def room_at(conference, invitations, at) -> Room:
    """Who is here at that moment, and what must be kept from any of them (a fixed number of queries)."""
    here = [one for one in invitations if is_here(one, at)]
    family = [one for one in here if one.person_id]
    if not family:
        return Room(tuple(here))
    secrets = secrets_of(conference.family_id, people=[one.person_id for one in family])
    kept = {one: secrets.kept_from(one.person_id) for one in family}
    return Room(
        tuple(here),
        tuple(Listener(one.name, theirs) for one, theirs in kept.items()),
        frozenset().union(*(theirs.people for theirs in kept.values())),
    )


@dataclass(frozen=True)
class Shown:
    """What the room's screen shows of one heading, and of which child; and what it leaves out, for the chair."""

    title: str
    of: str
    text: str


def shown_in(room, board) -> tuple[list[Shown], list[str]]:
    """(what stands on the room's screen, the headings of what does not because of who is here).

    Only what is for everyone is ever shown.
    """
    found, left_out, label = [], [], _labels(board)
    for place in board.places:
        note = board.notes.get(place)
        if note is None or not note.text.strip() or note.audience != Audience.EVERYONE:
            continue
        title, of = label(place)
        if room.shows(child=place.child_id, person=place.person_id, words=f"{of}. {note.text}"):
            found.append(Shown(title, of, note.text))
        else:
            left_out.append(f"{title}{f' ({of})' if of else ''}")
    return found, left_out


def _labels(board):
    """``label(place)``: under which heading something stands on the room's screen, and of whom it is."""
    names = {each.row.child_id: each.row.child.first_name or each.row.child.full_name for each in board.children}
    people = {person.pk: person.full_name for person, _ in board.parents}

    def label(place):
        if place.section in (Section.CHILD_VIEWS, Section.PARENT_VIEWS):
            return "In their own words", names.get(place.child_id) or people.get(place.person_id, "")
        return Section(place.section).label, names.get(place.child_id, "")

    return label
