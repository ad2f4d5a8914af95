"""How a copy reaches its reader: on paper to the family, by signing in to a professional. Nothing here writes."""

from dataclasses import dataclass

from django.db.models import Q

from cpc.core.documents.choices import Channel
from cpc.core.documents.readers import Recipient
from families.choices import SafeContact
from families.models import Address, ContactDetails
from families.queries import address_told
from reports.queries.facts import Facts

_NOT_BY_POST = "It is not by post that they can safely be reached."
_WHY_BY_HAND = {
    SafeContact.UNKNOWN: "It is not known how they can safely be reached.",
    SafeContact.HAND: "That is what is safe for them.",
}


@dataclass(frozen=True)
class Delivery:
    """The road that a copy takes, the lines of an address where one is printed, and why, in words."""

    channel: Channel
    lines: tuple[str, ...]
    why: str


def delivery_of(invitation, on) -> Delivery:
    """The road by which this invited person's copies go (two queries for a member of the family, none otherwise)."""
    if invitation.person_id is None:
        if invitation.user_id:
            return Delivery(Channel.PORTAL, (), "They sign in to read it. A notice that names nobody tells them so.")
        return Delivery(
            Channel.HAND, (), "Nobody at this agency has an account. Hand it over, or post it as special mail."
        )
    # Under whichever record of theirs: one that says otherwise, or a refuge on one, closes the post.
    same = _records_of(invitation.person_id)
    routes = set(ContactDetails.objects.filter(same).values_list("safe_contact", flat=True))
    safe = SafeContact.POST if routes == {SafeContact.POST} else min(routes - {SafeContact.POST}, default="unknown")
    # Who is safely reached by phone or e-mail may live with somebody who opens their letters.
    if safe != SafeContact.POST:
        return Delivery(Channel.HAND, (), f"{_WHY_BY_HAND.get(safe, _NOT_BY_POST)} No address is printed.")
    # A protected address is printed nowhere, on its own person's letter neither: letters lie about.
    address = address_told(invitation.conference.family_id, Address.objects.filter(same).distinct(), on)
    if address is None:
        return Delivery(Channel.HAND, (), "No address is known at which post is safe. No address is printed.")
    return Delivery(Channel.PRINT, tuple(address.envelope), "Post is safe at their own address.")


def _records_of(person_id) -> Q:
    """What belongs to this person under any record of theirs, kept or merged."""
    mine = Q(person=person_id) | Q(person__merged_into=person_id)
    return mine | Q(person__merged=person_id) | Q(person__merged_into__merged=person_id)


def recipient_of(facts: Facts, copy) -> Recipient:
    """Whom the copy's document is for, as the outbox keeps them."""
    invitation = copy.invitation
    if invitation.person_id:
        label = facts.tie_words(invitation.person_id, {one.child_id for one in copy.children.all()})
        return Recipient(
            kind="person", id=invitation.person_id, name=invitation.name, label=label or invitation.get_role_display()
        )
    if invitation.user_id:
        return Recipient(kind="user", id=invitation.user_id, name=invitation.name, label=invitation.get_role_display())
    return Recipient(kind="agency", id=invitation.agency_id, name=invitation.name, label=invitation.get_role_display())
