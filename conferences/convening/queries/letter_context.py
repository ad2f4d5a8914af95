"""What letters and notices about a conference are made from. Everybody on its list is read at once."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from conferences.convening.choices import EXCLUSION, PARENT_ROLES, BookingPart, CompanionState
from conferences.convening.models import ChildPart, Companion, Conference, Exclusion, Invitation
from conferences.convening.queries.acting import runs_it
from conferences.convening.queries.companions import decided_companions
from conferences.convening.queries.exclusions import (
    exclusions_in_force,
    unnamed_in_letter,
    waiting_for_the_chair,
    who,
)
from conferences.convening.queries.hand_delivery import social_worker_of
from conferences.convening.queries.invitations import COVERED, included_children
from conferences.convening.queries.last_told import forms_that_left, told_and_waiting
from conferences.convening.queries.sittings import invited_in_sitting
from conferences.convening.queries.support import who_accepted_an_advocate
from conferences.convening.queries.taking_part import decided_parts, tells_in_letter
from conferences.convening.rules.told import Told
from conferences.separation.choices import AttendMode
from conferences.separation.queries.pairs import pairs_to_separate, pairs_who_must_not_meet
from conferences.separation.queries.presences import presence_at
from conferences.separation.queries.withheld import people_protected_from, presences_withheld, protect_presences
from conferences.separation.rules import Pair, Presence
from cpc.core.documents.check import release_check
from cpc.core.documents.choices import Channel
from cpc.core.documents.protected import STOPS, Protected
from cpc.core.policy.queries import words
from families.people.models import Address, Person
from families.people.queries.contact import addresses_to_post_to, envelope_of, ways_to
from families.people.queries.identity import linked_records_of_person
from families.people.rules.short_names import told_apart_without
from families.protections.queries.withheld import withholding_rules_for
from families.protections.rules.withheld import Withheld


@dataclass(frozen=True)
class LetterContext:
    """A conference as its letters see it. Letters take plain values from it; templates never receive it.

    ``withheld`` is what each invited family member must not learn; ``outside`` is what a professional must not learn.
    ``ways`` is how each person may be reached, as far as the records of all circles agree. ``pairs`` must not meet.
    ``separate`` are all pairs to keep separate, each with everybody that any entry protects. ``exclusions`` are
    in force, by ``who`` they are about; ``undecided`` are sent nothing before the chair decides about one. ``runs_it``
    is the chair, or the user who acts for them on the day. ``told`` is what each reader was last told, ``will_be_told``
    what they were once everything that waits has left. ``also`` are people of the family who are written to about
    something else. ``companions`` are those that the chair decided about, by the person they come with, and ``parts``
    is what the chair decided about how each child takes part. ``advocates`` are the people who accepted an advocate.
    """

    conference: Conference
    invitations: list[Invitation]
    children: list[Person]
    addresses: dict[int, Address]
    names: tuple[str, ...]
    full_names: tuple[str, ...] = ()
    withheld: dict[int, Withheld] = field(default_factory=dict)
    outside: Withheld = field(default_factory=Withheld)
    ways: dict[int, str] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    separate: tuple[Pair, ...] = ()
    exclusions: dict[tuple, Exclusion] = field(default_factory=dict)
    undecided: frozenset[tuple] = frozenset()
    runs_it: object = None
    told: dict[tuple, Told] = field(default_factory=dict)
    will_be_told: dict[tuple, Told] = field(default_factory=dict)
    also: tuple[Person, ...] = ()
    companions: dict[int, list[Companion]] = field(default_factory=dict)
    parts: dict[int, ChildPart] = field(default_factory=dict)
    advocates: frozenset[int] = frozenset()

    @property
    def social_worker(self):
        """The family's social worker, who hands over what must not be posted; the manager of the team where the
        social worker's account is closed.
        """
        return social_worker_of(self.conference.family)

    @property
    def signed_by(self) -> str:
        """The administrator of the conference; the service, where there is none with an open account."""
        administrator = self.conference.administrator
        return str(administrator if administrator and administrator.is_active else words("service_name"))

    @cached_property
    def moved_because(self) -> str:
        """The code of why the conference was last moved; "" if it never was. One query, for the letters of a move."""
        moves = self.conference.booking_changes.filter(part=BookingPart.TIME).values_list("reason", flat=True)
        return moves.first() or ""

    @cached_property
    def also_invited_at(self) -> dict[int, list[datetime]]:
        """When the other conferences of this sitting begin to which each person was invited already who comes to the
        room with the others.
        """
        coming = [one for one in self.invitations if one.person_id and not one.apart and one.mode == AttendMode.ROOM]
        return invited_in_sitting(self.conference, [one.person_id for one in coming])

    @cached_property
    def forms_that_left(self) -> dict[tuple, dict]:
        """The values of the last blank form that left for each reader. One query, for the letters of a move."""
        return forms_that_left(self.conference)

    def withheld_from(self, invitation) -> Withheld:
        """What the reader of this invitation must not learn."""
        return self.withheld.get(invitation.person_id, self.outside) if invitation.person_id else self.outside

    def stops_for(self, invitation) -> list[Protected]:
        """The strings that stop a letter to this reader. Single names are not checked: nothing in these letters is
        typed.
        """
        return [one for one in self.withheld_from(invitation).protected if one.kind in STOPS]

    def withheld_in_exclusion_letter(self, invitation) -> Withheld:
        """What the letter about an exclusion must not hold: part of it is typed, so every name of the family but the
        reader's own and the children's that it is about.
        """
        children = {child.pk for child in self.children_for(invitation)}
        found = unnamed_in_letter(self.conference.family_id, invitation.person_id, children)
        times = [one for one in self.withheld_from(invitation).protected if one not in found.protected]
        return replace(found, protected=[*found.protected, *times])

    def must_not_hold(self, invitation, occasion) -> tuple[list[Protected], list[Protected]]:
        """What a letter on this occasion must not hold for the reader of this invitation, and what they know."""
        if occasion == EXCLUSION:  # its words are typed, so single names are checked too
            typed = self.withheld_in_exclusion_letter(invitation)
            return typed.protected, typed.known
        return self.stops_for(invitation), self.withheld_from(invitation).known

    def others_kept_apart(self, invitation) -> list[tuple[Invitation, Presence]]:
        """The invited people that the reader of this invitation alone is protected from, and how they attend. Nobody
        that the reader must not learn of.
        """
        mine, hidden = invitation.person_id, self.withheld_from(invitation).people
        safe = {pair.key for pair in self.separate if pair.protected == {mine}}
        others = {
            pk for pair in self.pairs if pair.protected == {mine} and pair.key in safe
            for pk in pair.key - {mine, *hidden}
        }  # fmt: skip
        return [
            (one, presence_at(self.conference, one))
            for one in self.invitations
            if one.person_id in others and not one.withdrawn_at and not self.is_excluded(one)
        ]

    def exclusion_of(self, invitation) -> Exclusion | None:
        """The exclusion of this person that is in force, or None."""
        return self.exclusions.get(who(invitation))

    def is_excluded(self, invitation) -> bool:
        """Whether the chair excluded this person from all of the meeting."""
        exclusion = self.exclusion_of(invitation)
        return exclusion is not None and exclusion.is_whole

    def waits_to_be_told(self, invitation) -> bool:
        """Whether the letter about this person's exclusion has still to be sent."""
        exclusion = self.exclusion_of(invitation)
        return exclusion is not None and bool(exclusion.person_id) and not exclusion.letter_sent_at

    def children_for(self, invitation) -> list[Person]:
        """The children that the reader's letters may name: those covered, without any that the reader must not learn of
        and without any who has died.
        """
        withheld = self.withheld_from(invitation).people
        called = {child.pk: child for child in told_apart_without(self.children, withheld)}
        covered = [one for one in invitation.children.all() if one.child_id not in withheld]
        found = [called.get(one.child_id, one.child) for one in covered]
        return [child for child in found if not child.died_on]

    def companions_of(self, invitation) -> list[Companion]:
        """Those that the chair agreed to let come with this person."""
        if self.is_excluded(invitation):
            return []
        return [one for one in self.companions.get(invitation.person_id, ()) if one.state == CompanionState.AGREED]

    def worry_for(self, invitation) -> str:
        """The worry in plain lines, as this reader's letter may hold it; "" for anybody who is no parent or carer, and
        if it would tell them anything.
        """
        worry, children = self.conference.worry, {child.pk for child in self.children_for(invitation)}
        if not worry or invitation.role not in PARENT_ROLES or self.tells(invitation, worry):
            return ""
        told = tells_in_letter(self.conference, worry, invitation.person_id, children)
        return "" if told else worry

    def professionals_for(self, invitation) -> list[Invitation]:
        """The professionals invited for a child that the reader's letters may name."""
        mine = {child.pk for child in self.children_for(invitation)}
        return [
            one
            for one in self.invitations
            if one.user_id or one.agency_id
            if not one.withdrawn_at
            and not self.is_excluded(one)
            and mine & {covered.child_id for covered in one.children.all()}
        ]

    def family_invited(self) -> list[Invitation]:
        """The members of the family who are invited now and can be written to."""
        return [
            one
            for one in self.invitations
            if one.person_id and not one.withdrawn_at and not one.person.stands_for.died_on
        ]

    def tells(self, invitation, text) -> bool:
        """Whether these words would tell the reader of this invitation what they must not learn."""
        withheld = self.withheld_from(invitation)
        return bool(release_check(text, [one for one in withheld.protected if one.kind in STOPS], withheld.known))


def letter_context(conference, also=()) -> LetterContext:
    """Everything needed to write to the people on the list, and to the people in ``also``. A fixed number of
    queries.
    """
    read = ("family__social_worker", "family__team__manager", "chair", "chair_agreed_by", "room", "administrator")
    conference = Conference.objects.select_related(*read).get(pk=conference.pk)
    rows = conference.invitations.select_related("person__contact_details__hand_by", "user", "agency", "room")
    invitations = list(rows.prefetch_related(COVERED).order_by("kind", "role", "pk"))
    people = Person.objects.filter(memberships__family=conference.family_id).order_by("pk")
    also = tuple(also)
    invited = [*(one.person for one in invitations if one.person_id), *also]
    everyone = {person.pk: person for person in [*people, *invited]}
    today = timezone.localdate()
    ways = ways_to(everyone)
    pairs = pairs_who_must_not_meet(everyone)
    children = included_children(conference)
    names = {name for person in everyone.values() for name in (person.first_name, person.last_name, person.known_as)}
    readers = [person.pk for person in invited]
    secrets = withholding_rules_for(conference.family_id, people=readers)
    concerned = {one.person_id for one in invitations if one.person_id} | {child.pk for child in children}
    told, will_be_told = told_and_waiting(conference, concerned)
    separate = pairs_to_separate(everyone)
    coming, own = presences_withheld(readers, everyone, separate)

    def withheld(reader):
        # No letter names a person who is protected from its reader: when they attend is not the reader's business.
        # A child that the letter is about is named: that says nothing about when the child is anywhere.
        unnamed = people_protected_from(reader, pairs) - {child.pk for child in children}
        found = secrets.withheld_from(reader, unnamed=unnamed)
        return replace(found, protected=[*found.protected, *protect_presences(coming[reader], own[reader])])

    return LetterContext(
        conference=conference,
        invitations=invitations,
        children=children,
        addresses=addresses_to_post_to(everyone, today),
        ways=ways,
        names=tuple(sorted(name for name in names if name)),
        full_names=tuple(person.full_name for person in everyone.values()),
        withheld={reader: withheld(reader) for reader in readers},
        outside=secrets.withheld_from(None),
        pairs=tuple(pairs),
        separate=tuple(separate),
        exclusions=exclusions_in_force(conference),
        undecided=waiting_for_the_chair(conference, invitations),
        runs_it=runs_it(conference),
        told=told,
        will_be_told=will_be_told,
        also=also,
        companions=decided_companions(conference),
        parts=decided_parts(conference),
        advocates=who_accepted_an_advocate(conference),
    )


def why_not_to_send(outgoing) -> str:
    """Why this is not sent, or "" if it can be. Called at the moment of sending. Nothing goes to somebody who has died,
    and no letter to an address where post is no longer safe.
    """
    person = Person.objects.filter(pk=outgoing.recipient_id).first() if outgoing.recipient_kind == "person" else None
    if person is None:
        return ""
    if Person.objects.filter(pk__in=linked_records_of_person(person), died_on__isnull=False).exists():
        return "This person has died. Nothing is sent to them."
    envelope = envelope_of(person, timezone.localdate())
    if outgoing.channel == Channel.PRINT and outgoing.document.recipient_address != envelope:
        return REACHED_OTHERWISE
    return ""


REACHED_OTHERWISE = (
    "How this person is reached has changed since the letter was made, so it must not go to the address printed on it. "
    "Make the letter again, or hand it over without its envelope."
)
