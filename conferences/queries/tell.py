"""What letters and notices about a conference are made from: everybody on its list, read at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from django.utils import timezone

from conferences.models import Conference, Invitation
from conferences.queries.invite import COVERED, included_children
from cpc.core.documents.check import release_check
from cpc.core.documents.choices import Channel
from cpc.core.documents.protected import STOPS, Protected
from families.models import Address, ContactDetails, Person
from families.queries import (
    Kept,
    address_for_post,
    call_as_papers_may,
    envelope_of,
    everyone_who_are,
    must_not_meet,
    secrets_of,
    that_papers_may_say,
)
from families.queries.banner import families_of


@dataclass(frozen=True)
class Bundle:
    """A conference as its letters see it. Letters take plain values out of it; templates never meet it.

    ``kept`` is what each invited person of the family must not learn; ``outside`` what a professional must not. Of
    ``hands`` (ids) who hands them their post may be said here: no other family that is restricted has named them.
    """

    conference: Conference
    invitations: list[Invitation]
    children: list[Person]
    addresses: dict[int, Address]
    names: tuple[str, ...]
    full_names: tuple[str, ...] = ()
    kept: dict[int, Kept] = field(default_factory=dict)
    outside: Kept = field(default_factory=Kept)
    hands: frozenset[int] = frozenset()

    @property
    def social_worker(self):
        """The family's social worker, who hands over what must not be posted."""
        return self.conference.family.social_worker

    def kept_from(self, invitation) -> Kept:
        """What the reader of this invitation must not learn."""
        return self.kept.get(invitation.person_id, self.outside) if invitation.person_id else self.outside

    def stops_for(self, invitation) -> list[Protected]:
        """What stops a letter to this reader. Single names are not asked about: nothing in these letters is typed."""
        return [one for one in self.kept_from(invitation).protected if one.kind in STOPS]

    def children_for(self, invitation) -> list[Person]:
        """The children whom the reader's letters may name: those covered, but for any of whom they must not learn."""
        kept, called = self.kept_from(invitation).people, {child.pk: child for child in self.children}
        covered = [one for one in invitation.children.all() if one.child_id not in kept]
        return [called.get(one.child_id, one.child) for one in covered]

    def professionals_for(self, invitation) -> list[Invitation]:
        """The professionals who are invited for a child whom the reader's letters may name too."""
        mine = {child.pk for child in self.children_for(invitation)}
        return [
            one
            for one in self.invitations
            if one.user_id or one.agency_id
            if not one.withdrawn_at and mine & {covered.child_id for covered in one.children.all()}
        ]

    def tells(self, invitation, text) -> bool:
        """Whether these words would tell the reader of this invitation what they must not learn."""
        kept = self.kept_from(invitation)
        return bool(release_check(text, [one for one in kept.protected if one.kind in STOPS], kept.known))


def bundle(conference) -> Bundle:
    """All that is needed to write to the people on the list: a fixed number of queries."""
    conference = Conference.objects.select_related("family__social_worker", "chair", "room", "administrator").get(
        pk=conference.pk
    )
    rows = conference.invitations.select_related("person__contact_details__hand_by", "user", "agency", "room")
    invitations = list(rows.prefetch_related(COVERED).order_by("kind", "role", "pk"))
    call_as_papers_may(conference.family_id, [(one, "person") for one in invitations])
    people = Person.objects.filter(memberships__family=conference.family_id).order_by("pk")
    invited = [one.person for one in invitations if one.person_id]
    everyone = {person.pk: person for person in [*people, *invited]}
    addresses = defaultdict(list)
    records = everyone_who_are(everyone)
    of_record = {pk: [one for one, ids in records.items() if pk in ids] for ids in records.values() for pk in ids}
    for address in Address.objects.filter(person__in=of_record).order_by("pk"):
        for pk in of_record[address.person_id]:  # where a merged record lives, the kept one lives
            addresses[pk].append(address)
    today = timezone.localdate()
    for_post = {pk: one for pk, theirs in addresses.items() if (one := address_for_post(theirs, today))}
    told = that_papers_may_say(conference.family_id, {one.pk: one for one in for_post.values()}.values())
    for_post = {pk: one for pk, one in for_post.items() if one in told}
    ways = ContactDetails.objects.filter(person__in=of_record)
    hands = {one.person_id for one in that_papers_may_say(conference.family_id, ways)}
    apart = defaultdict(set)
    for pair in must_not_meet(everyone, today):
        for one, other in product(of_record[pair.one_id], of_record[pair.other_id]):
            apart[one].add(other)
            apart[other].add(one)
    names = {name for person in everyone.values() for name in (person.first_name, person.last_name, person.known_as)}
    secrets = secrets_of(conference.family_id, people=[person.pk for person in invited])
    return Bundle(
        conference=conference,
        invitations=invitations,
        children=included_children(conference),
        addresses=for_post,
        hands=frozenset(hands),
        names=tuple(sorted(name for name in names if name)),
        full_names=tuple(person.full_name for person in everyone.values()),
        # Nobody's letter names whom they must not meet: when that other comes is nothing of theirs.
        kept={one.pk: secrets.kept_from(one.pk, unnamed=frozenset(apart[one.pk])) for one in invited},
        outside=secrets.kept_from(None),
    )


def why_not_to_send(outgoing) -> str:
    """Asked again at the moment of sending: nothing goes to somebody who has died meanwhile, and no letter to an
    address at which post is no longer safe for its reader.
    """
    person = Person.objects.filter(pk=outgoing.recipient_id).first() if outgoing.recipient_kind == "person" else None
    if person is None:
        return ""
    if person.stands_for.died_on:
        return "This person has died. Nothing is sent to them."
    if outgoing.channel == Channel.PRINT and outgoing.document.recipient_address != envelope_of(
        person, timezone.localdate(), min(families_of([outgoing]), default=None)
    ):
        return (
            "How this person is reached has changed since the letter was made, so it must not go to the address "
            "printed on it. Make the letter again, or hand it over without its envelope."
        )
    return ""
