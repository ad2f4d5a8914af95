"""The facts that several letters and notices share, as plain values: when, where, who runs it, who writes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from conferences.choices import AttendMode, ConferenceKind
from conferences.rules.apart import route
from cpc.core.documents.letters import Addressee
from cpc.core.policy.queries import words
from families.choices import SafeContact


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A conference as one reader is told of it. ``begins`` is when this reader is to be there."""

    called: str
    day: date
    begins: str
    ends: str
    place: tuple[str, ...]
    video_link: str
    how: str
    apart: bool
    chair: str
    chair_title: str
    chair_is_independent: bool


def meeting(conference, invitation, starts_at=None, *, tells=None) -> Meeting:
    """When and where this reader comes; their own time, room and link where they come apart from the rest.

    ``tells(words)``: whether they would learn what they must not; a place that does is left out.
    """
    starts_at = starts_at or (invitation.apart and invitation.arrives_at) or conference.starts_at
    room = invitation.room if invitation.apart and invitation.room_id else conference.room
    in_the_room = invitation.mode == AttendMode.ROOM and room is not None
    place = (room.name, *(line.strip() for line in room.address.splitlines() if line.strip())) if in_the_room else ()
    if tells and tells(", ".join(place)):
        place = ()
    how = str(invitation.mode) if in_the_room or invitation.mode != AttendMode.ROOM else str(AttendMode.VIDEO)
    return Meeting(
        called=called(conference),
        day=timezone.localdate(starts_at),
        begins=clock(starts_at),
        ends=clock(conference.ends_at),
        place=place,
        video_link=(invitation.video_link or conference.video_link) if how == AttendMode.VIDEO else "",
        how=how,
        apart=invitation.apart and in_the_room,
        chair=str(conference.chair),
        chair_title=words("chair_title"),
        chair_is_independent=not conference.chair_knows_case,
    )


def called(conference) -> str:
    """What this kind of conference is called here."""
    if conference.is_review:
        return words("conference_review")
    named = {
        ConferenceKind.PRE_BIRTH: "child protection conference before a birth",
        ConferenceKind.TRANSFER_IN: "child protection conference after a move to this area",
    }
    return named.get(conference.kind) or words("conference_initial")


def clock(moment: datetime) -> str:
    """The time in London as people say it: 2:30pm, 10am, midday."""
    at = timezone.localtime(moment)
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def addressee(bundle, invitation) -> tuple[Addressee, str, object]:
    """Who reads, the channel ("post" or "hand"), and the worker who hands it over where that is how it goes.

    The reader's own address is printed only where the letter goes to it by post.
    """
    person = invitation.person
    details, address = contact_of(person), bundle.addresses.get(person.pk)
    safe = bool(address and address.is_safe_for_post and not address.is_protected)
    channel, _ = route(details.safe_contact if details else "unknown", has_safe_address=safe, has_email=False)
    if channel == "post":
        return Addressee(name=person.full_name, lines=tuple(address.envelope)), channel, None
    named = details and details.safe_contact == SafeContact.HAND and details.person_id in bundle.hands
    worker = (details.hand_by if named else None) or bundle.social_worker
    lines = (f"By hand: {worker}",) if worker else ("By hand",)
    return Addressee(name=person.full_name, lines=lines), channel, worker


def contact_of(person):
    """How the person may safely be reached; nothing where it was never recorded."""
    return getattr(person.stands_for, "contact_details", None)


def meeting_for(bundle, invitation, starts_at=None) -> Meeting:
    """The conference as this reader's letter tells of it: no place that would tell them where somebody is, and no kind
    of conference that would tell them of a baby.
    """
    told = meeting(bundle.conference, invitation, starts_at, tells=lambda said: bundle.tells(invitation, said))
    kept = bundle.kept_from(invitation).people
    if bundle.conference.kind == ConferenceKind.PRE_BIRTH and any(
        child.is_unborn and child.pk in kept for child in bundle.children
    ):
        return replace(told, called=words("conference_initial"))
    return told


def children_named(bundle, invitation, unborn="your unborn baby") -> tuple[str, ...]:
    """The children whom the reader's copy may name."""
    return tuple(
        unborn if child.is_unborn and not child.first_name else child.full_name
        for child in bundle.children_for(invitation)
    )


def wants_large_print(person) -> bool:
    """Whether the person's recorded needs ask for large print."""
    return "large print" in person.access_needs.lower()
