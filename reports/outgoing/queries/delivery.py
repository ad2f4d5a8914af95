"""How a copy reaches its reader: on paper to the family, by signing in to a professional. Nothing here writes."""

from dataclasses import dataclass

from cpc.core.documents.choices import Channel
from cpc.core.documents.readers import Recipient
from families.people.choices import SafeContact
from families.people.queries.contact import addresses_to_post_to, ways_to
from reports.outgoing.queries.facts import Facts

_NOT_BY_POST = "It is not by post that they can safely be reached."
_WHY_BY_HAND = {
    SafeContact.UNKNOWN: "It is not known how they can safely be reached.",
    SafeContact.HAND: "That is what is safe for them.",
}


@dataclass(frozen=True)
class Delivery:
    """The channel of a copy, the address lines if an address is printed, and why, in words."""

    channel: Channel
    lines: tuple[str, ...]
    why: str


def delivery_of(invitation, on) -> Delivery:
    """How this invited person’s copies are delivered (two queries for a family member, none otherwise)."""
    if invitation.person_id is None:
        if invitation.user_id:
            return Delivery(Channel.PORTAL, (), "They sign in to read it. A notice that names nobody tells them so.")
        return Delivery(
            Channel.HAND, (), "Nobody at this agency has an account. Hand it over, or post it as special mail."
        )
    # Uses all records of the person: any record with another answer, or with a refuge, rules out the post.
    safe = ways_to([invitation.person_id])[invitation.person_id]
    # A person who is safely reached by phone or e-mail may live with somebody who opens their letters.
    if safe != SafeContact.POST:
        return Delivery(Channel.HAND, (), f"{_WHY_BY_HAND.get(safe, _NOT_BY_POST)} No address is printed.")
    # A protected address is never printed, not even on that person's own letter: letters are left lying about.
    address = addresses_to_post_to([invitation.person_id], on).get(invitation.person_id)
    if address is None:
        return Delivery(Channel.HAND, (), "No address is known that is safe for post and not protected.")
    return Delivery(Channel.PRINT, tuple(address.envelope), "Post is safe at their own address.")


def recipient_of(facts: Facts, copy) -> Recipient:
    """The recipient of the copy’s document."""
    invitation = copy.invitation
    if invitation.person_id:
        label = facts.tie_words(invitation.person_id, {one.child_id for one in copy.children.all()})
        return Recipient(
            kind="person", id=invitation.person_id, name=invitation.name, label=label or invitation.get_role_display()
        )
    if invitation.user_id:
        label = invitation.get_role_display()
        return Recipient(kind="user", id=invitation.user_id, name=invitation.reader_name, label=label)
    return Recipient(kind="agency", id=invitation.agency_id, name=invitation.name, label=invitation.get_role_display())
