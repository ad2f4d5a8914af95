"""Who is in the room now, what they must not hear, and what the room's own screen may show."""

from dataclasses import dataclass, field, replace

from conferences.convening.choices import Attendance, Section
from conferences.disclosure.choices import Audience
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import presences_of
from conferences.separation.queries.withheld import presences_withheld, protect_presences
from cpc.core.documents.check import Finding, outstanding, release_check, text_hash
from cpc.core.documents.examination import JudgedForMany
from cpc.core.documents.readers import Recipient
from families.people.models import Membership
from families.protections.queries.withheld import withholding_rules_for
from families.protections.rules.withheld import Withheld

OWN_WORDS = (Section.CHILD_VIEWS, Section.PARENT_VIEWS, Section.WOULD_HELP)


@dataclass(frozen=True)
class Listener:
    """A family member who is present, what is withheld from them, including what is not an entry of this family, and
    the sentences on paper that somebody judged harmless for them."""

    recipient: Recipient
    withheld: Withheld
    harmless: frozenset[tuple[str, str]] = frozenset()

    @property
    def why(self) -> tuple[str, ...]:
        """What must not be said while they are present, a sentence each."""
        return tuple(self.withheld.sources)

    @property
    def name(self) -> str:
        """Their name."""
        return self.recipient.name

    def would_learn(self, words) -> list[Finding]:
        """What these words would tell them that they must not learn, by the check that paper goes through. What that
        check asks about counts until somebody has answered."""
        if not words:
            return []
        return outstanding(release_check(words, self.withheld.protected, self.withheld.known), self.harmless)


@dataclass(frozen=True)
class PeoplePresent:
    """The people in the room at this moment. ``kept_apart`` must not meet somebody else who may still be there.
    The own words of ``speakers``, present or not, are held back from somebody present.
    """

    here: tuple = ()
    listeners: tuple[Listener, ...] = ()
    withheld_people: frozenset[int] = field(default_factory=frozenset)
    kept_apart: frozenset[int] = field(default_factory=frozenset)
    speakers: frozenset[int] = field(default_factory=frozenset)

    @property
    def explained_listeners(self) -> list[Listener]:
        """The listeners with a reason that the chair is told: an entry of this family.

        What another family's entry or a refuge withholds is also left off the screen, without a reason given to
        anybody.
        """
        return [one for one in self.listeners if one.why]

    @property
    def listed(self) -> list:
        """The invitations of the people that the room's screen lists as present. Who comes with a parent is listed only
        where the parent may be.
        """
        return [
            one
            for one in self.here
            if self._lists(one.person_id, one.name)
            and (not one.companion or self._lists(one.companion.person_id, one.companion.person.full_name))
            and (not one.companion or self._lists(one.companion.relative_id, ""))
        ]

    def holds_back(self, place) -> bool:
        """Whether a note here is somebody's own words that somebody present must not read."""
        held = self.speakers | self.kept_apart
        return place.section in OWN_WORDS and (place.child_id in held or place.person_id in held)

    def _lists(self, person, name) -> bool:
        return person not in self.kept_apart and self.shows(person=person, words=name)

    def shows(self, *, child=None, person=None, words="") -> bool:
        """Whether text about this child or person may appear on the room's screen."""
        if {child, person} & self.withheld_people:
            return False
        return not self.questions(words)

    def questions(self, words) -> list[tuple[Listener, list[Finding]]]:
        """What each listener would learn from these words, without those who would learn nothing."""
        found = [(listener, listener.would_learn(words)) for listener in self.listeners]
        return [(listener, findings) for listener, findings in found if findings]


def is_here(invitation, at) -> bool:
    """Whether this person is present at that moment: arrived, and not left."""
    came, left = invitation.came_at, invitation.left_at
    return invitation.attendance == Attendance.PRESENT and (not came or came <= at) and (not left or left > at)


def _person(one) -> int | None:
    """The member of the family who is here: invited themselves, or beside a parent."""
    return one.person_id or (one.companion.relative_id if one.companion else None)


def room_at(conference, invitations, at) -> PeoplePresent:
    """The people present at that moment, and what is withheld from each of them: also the times and places of who is
    protected from them. A fixed number of queries.
    """
    here = [one for one in invitations if is_here(one, at)]
    family = [one for one in here if _person(one)]
    if not family:
        return PeoplePresent(tuple(here))
    ids = [_person(one) for one in family]
    secrets = withholding_rules_for(conference.family_id, people=ids)
    members = Membership.objects.filter(family=conference.family_id).values_list("person", flat=True)
    (coming, _), own = presences_withheld(ids, members), presences_of(ids, at)

    def withheld_from(person):
        found = secrets.withheld_from(person)
        times = protect_presences(coming[person], [one for one in own if one.person == person])
        return replace(found, protected=[*found.protected, *times])

    withheld = {one: withheld_from(_person(one)) for one in family}
    pairs = pairs_to_separate(ids)
    readers = {one: Recipient(kind="person", id=_person(one), name=one.name) for one in family}
    judged = JudgedForMany(readers.values())
    listeners = [
        Listener(readers[one], theirs, frozenset(judged(readers[one], "").harmless)) for one, theirs in withheld.items()
    ]
    return people_present(here, listeners, pairs)


def people_present(here, listeners, pairs) -> PeoplePresent:
    """The people present. The ``listeners`` are those of the family; ``pairs`` are those who must not meet."""
    return PeoplePresent(
        tuple(here),
        tuple(listeners),
        frozenset().union(*(one.withheld.people for one in listeners)),
        frozenset().union(*(pair.key for pair in pairs)),
        frozenset().union(*(one.withheld.speakers for one in listeners)),
    )


@dataclass(frozen=True)
class ScreenItem:
    """One note on the room's screen: its heading, the child or person it is about, and its text."""

    title: str
    of: str
    text: str


@dataclass(frozen=True)
class LeftOut:
    """A note that the room's screen leaves out: its heading, and what each listener might learn from it, if the chair
    may say that this reveals nothing."""

    note: int
    title: str
    text: str
    questions: tuple[tuple[Listener, list[Finding]], ...] = ()

    @property
    def key(self) -> str:
        """Identifies the note with the words and questions that the chair read. It changes when any of them does."""
        asked = sorted(
            (one.recipient.kind, one.recipient.id, sorted((finding.key, finding.count) for finding in findings))
            for one, findings in self.questions
        )
        return text_hash(repr((self.note, self.title, self.text, asked)))


def shown_in(room, board) -> tuple[list[ScreenItem], list[LeftOut]]:
    """(the notes on the room's screen, those left out because of somebody present).

    Only notes for everyone are ever shown. What a parent or a child said themselves is left out while a person they
    must not meet, or are protected from, may be there. That person's copies leave it out too.
    """
    found, left_out, label = [], [], _labels(board)
    for place in board.places:
        note = board.notes.get(place)
        if note is None or not note.text.strip() or note.audience != Audience.EVERYONE:
            continue
        title, of = label(place)
        held = room.holds_back(place)
        if not held and room.shows(child=place.child_id, person=place.person_id, words=f"{of}. {note.text}"):
            found.append(ScreenItem(title, of, note.text))
        else:
            hidden = held or {place.child_id, place.person_id} & room.withheld_people
            questions = [] if hidden else room.questions(f"{of}. {note.text}")
            stops = any(finding.stops for _, findings in questions for finding in findings)
            heading = f"{title}{f' ({of})' if of else ''}"
            left_out.append(LeftOut(note.pk, heading, note.text, () if stops else tuple(questions)))
    return found, left_out


def _labels(board):
    """``label(place)``: the heading of a note on the room's screen, and the name of the child or parent it is about."""
    names = {each.row.child_id: each.row.child.short_name for each in board.children}
    people = {person.pk: person.full_name for person, _ in board.parents}

    def label(place):
        if place.section in OWN_WORDS:
            return "In their own words", names.get(place.child_id) or people.get(place.person_id, "")
        return Section(place.section).label, names.get(place.child_id, "")

    return label
