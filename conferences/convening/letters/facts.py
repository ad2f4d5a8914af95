"""The facts that several letters and notices share, as plain values: when, where, who runs it, who writes."""

from conferences.convening.choices import InviteeRole
from conferences.convening.queries.hand_delivery import worker_who_hands_over
from conferences.separation.queries.presences import clock, gap, presence_at
from conferences.separation.rules import BY_PHONE, BY_VIDEO, IN_THE_ROOM, meet, route
from cpc.core.documents.letters import Addressee
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import listed
from families.people.choices import SafeContact
from families.people.rules.short_names import UNBORN, name_among


def addressee(context, invitation) -> tuple[Addressee, str, object]:
    """The reader, the channel ("post" or "hand"), and the worker who hands the letter over if it goes by hand.

    The reader's own address is printed only on a letter that goes by post.
    """
    person = invitation.person
    address = context.addresses.get(person.pk)
    safe = bool(address and address.is_safe_for_post and not address.is_protected)
    way = context.ways.get(person.pk, SafeContact.UNKNOWN)
    channel, _ = route(way, has_safe_address=safe, has_email=False)
    if channel == "post":
        return addressee_of(person.full_name, person, address.envelope), channel, None
    worker = worker_who_hands_over(person, way, context.social_worker)
    lines = (f"By hand: {worker}",) if worker else ("By hand",)
    return addressee_of(person.full_name, person, lines), channel, worker


def addressee_of(name, person, lines) -> Addressee:
    """The reader as ``name`` inside the letter, and in its window without what tells them from a sibling. ``person`` is
    None for a professional.
    """
    return Addressee(name=name, lines=tuple(lines), on_envelope=person.name_on_envelope if person else "")


def contact_of(person):
    """The person's contact details; None if they were never recorded."""
    return getattr(person.stands_for, "contact_details", None)


def children_named(context, invitation) -> tuple[str, ...]:
    """The children that the reader's copy may name. A child who is not born and has no name is a parent's "your unborn
    baby", and "the unborn baby" to anybody else.
    """
    return tuple(
        unborn_named(invitation, child, context.children) or child.full_name
        for child in context.children_for(invitation)
    )


def unborn_named(invitation, child, children) -> str:
    """What a member of the family reads instead of the name of a child who is not born and has none; empty for others.
    ``children`` are all that may be meant: two unborn babies are told apart by their names.
    """
    if name_among(child, children) != UNBORN:
        return ""
    return "your unborn baby" if invitation.role == InviteeRole.PARENT else UNBORN


def about(context, invitation) -> str:
    """Who the conference is about, as this reader’s letter says it: a child reads “you”."""
    return "you" if invitation.role == InviteeRole.CHILD else listed(children_named(context, invitation))


def separated(context, invitation) -> tuple[str, ...]:
    """What the protected person is told about somebody they must not meet: that the other is invited too, and what is
    done so that they do not meet. Nobody else is told anything.
    """
    mine, found = presence_at(context.conference, invitation), []
    for other, theirs in context.others_kept_apart(invitation):
        found.append(f"{other.name} is invited too. {_what_is_done(other.name, mine, theirs)}")
    return tuple(found)


def _what_is_done(name, mine, theirs) -> str:
    if meet(mine, theirs, gap()):
        return "Please talk with your social worker before the meeting about what is done to keep you safe."
    only_one_by_phone = (mine.mode == BY_PHONE) != (theirs.mode == BY_PHONE)
    if only_one_by_phone or (mine.ends_at > theirs.starts_at and theirs.ends_at > mine.starts_at):
        return {
            IN_THE_ROOM: f"{name} comes to another building.",
            BY_VIDEO: f"{name} takes part by video. You will not see each other.",
            BY_PHONE: f"{name} takes part by phone. You will not see each other.",
        }[theirs.mode]
    way = {BY_VIDEO: " by video", BY_PHONE: " by phone"}.get(theirs.mode, "")
    if theirs.ends_at <= mine.starts_at:
        return f"{name} takes part{way} before you, and will have left by {clock(theirs.ends_at)}."
    return f"{name} takes part{way} after you have left, from {clock(theirs.starts_at)}."


def phone_of_worker(context) -> str:
    """The phone number of the family’s social worker; empty if none is recorded."""
    return context.social_worker.phone if context.social_worker else ""


def own_part(meeting) -> tuple[str, str, str]:
    """The day, the beginning and the end of the part of the conference that a reader may be at."""
    return in_words(meeting.day), meeting.begins, meeting.ends


def wants_large_print(person) -> bool:
    """Whether the person's recorded needs include large print."""
    return "large print" in person.access_needs.lower()
