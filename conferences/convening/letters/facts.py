"""The facts that several letters and notices share, as plain values: when, where, who runs it, who writes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from conferences.convening.choices import ConferenceKind, InviteeRole
from conferences.separation.choices import AttendMode
from conferences.separation.queries.presences import clock, gap, presence_at
from conferences.separation.rules import BY_PHONE, BY_VIDEO, IN_THE_ROOM, meet, route
from cpc.core.documents.letters import Addressee
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import lines_of
from cpc.core.policy.queries import setting, words
from families.people.choices import SafeContact
from families.people.rules.short_names import UNBORN, name_among


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A conference as one reader is told of it: ``begins`` and ``ends`` are when this reader comes and leaves,
    ``entrance`` is their own door. Who is to see the chair first comes at ``come_at``. ``chair_agreed_by`` agreed to a
    chair who is not independent.
    """

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
    # Who agreed that somebody who is not independent may chair.
    chair_agreed_by: str = ""
    entrance: str = ""
    come_at: str = ""


def meeting(conference, invitation, starts_at=None, *, tells=None, chair=None) -> Meeting:
    """When and where this reader comes: their own time, room and link if they attend separately.

    ``tells(words)``: whether these words would tell them what they must not learn. Such a place is left out. ``chair``
    runs it, where somebody acts for its chair.
    """
    ends_at = (invitation.apart and invitation.leaves_at) or conference.ends_at
    starts_at = starts_at or (invitation.apart and invitation.arrives_at) or conference.starts_at
    room = invitation.room if invitation.apart and invitation.room_id else conference.room
    in_the_room = invitation.mode == AttendMode.ROOM and room is not None
    place = (room.name, *lines_of(room.address)) if in_the_room else ()
    if tells and tells(", ".join(place)):
        place = ()
    how = str(invitation.mode) if in_the_room or invitation.mode != AttendMode.ROOM else str(AttendMode.VIDEO)
    return Meeting(
        called=called(conference),
        day=timezone.localdate(starts_at),
        begins=clock(starts_at),
        ends=clock(ends_at),
        place=place,
        video_link=(invitation.video_link or conference.video_link) if how == AttendMode.VIDEO else "",
        how=how,
        apart=invitation.apart,
        entrance=invitation.entrance if in_the_room else "",
        chair=str(chair or conference.chair),
        chair_title=words("chair_title"),
        chair_is_independent=bool(conference.chair_independent),
        chair_agreed_by=str(conference.chair_agreed_by or ""),
    )


def called(conference) -> str:
    """The name of this kind of conference in this service."""
    if conference.is_review:
        return words("conference_review")
    named = {
        ConferenceKind.PRE_BIRTH: "child protection conference before a birth",
        ConferenceKind.TRANSFER_IN: "child protection conference after a move to this area",
    }
    return named.get(conference.kind) or words("conference_initial")


def addressee(context, invitation) -> tuple[Addressee, str, object]:
    """The reader, the channel ("post" or "hand"), and the worker who hands the letter over if it goes by hand.

    The reader's own address is printed only on a letter that goes by post.
    """
    person = invitation.person
    details, address = contact_of(person), context.addresses.get(person.pk)
    safe = bool(address and address.is_safe_for_post and not address.is_protected)
    way = context.ways.get(person.pk, SafeContact.UNKNOWN)
    channel, _ = route(way, has_safe_address=safe, has_email=False)
    if channel == "post":
        return Addressee(name=person.full_name, lines=tuple(address.envelope)), channel, None
    hands = details.hand_by if details and way == SafeContact.HAND else None
    worker = hands if hands and hands.is_active else context.social_worker
    lines = (f"By hand: {worker}",) if worker else ("By hand",)
    return Addressee(name=person.full_name, lines=lines), channel, worker


def contact_of(person):
    """The person's contact details; None if they were never recorded."""
    return getattr(person.stands_for, "contact_details", None)


def meeting_for(context, invitation, starts_at=None) -> Meeting:
    """The conference as this reader's letter describes it, without a place that would tell them where somebody is, and
    without a kind of conference that would tell them of a baby.
    """
    told = meeting(
        context.conference, invitation, starts_at, tells=lambda said: context.tells(invitation, said),
        chair=context.runs_it,
    )  # fmt: skip
    withheld = context.withheld_from(invitation).people
    comes_with_all = told.place and not told.apart and invitation.person_id
    # Where two people must not meet, each comes and leaves only when the separation plan says.
    if comes_with_all and setting("chair_meets_family_first") and not (context.pairs or context.separate):
        early = timedelta(minutes=setting("family_comes_before_minutes"))
        told = replace(told, come_at=clock((starts_at or context.conference.starts_at) - early) if early else "")
    if context.conference.kind == ConferenceKind.PRE_BIRTH and any(
        child.is_unborn and child.pk in withheld for child in context.children
    ):
        return replace(told, called=words("conference_initial"))
    return told


def children_named(context, invitation) -> tuple[str, ...]:
    """The children that the reader's copy may name. A child who is not born and has no name is a parent's "your unborn
    baby", and "the unborn baby" to anybody else.
    """
    unborn = "your unborn baby" if invitation.role == InviteeRole.PARENT else UNBORN
    children = context.children_for(invitation)
    return tuple(unborn if name_among(child, context.children) == UNBORN else child.full_name for child in children)


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
    if BY_PHONE in (mine.mode, theirs.mode) or (mine.ends_at > theirs.starts_at and theirs.ends_at > mine.starts_at):
        return {
            IN_THE_ROOM: f"{name} comes to another building.",
            BY_VIDEO: f"{name} takes part by video. You will not see each other.",
            BY_PHONE: f"{name} takes part by phone. You will not see each other.",
        }[theirs.mode]
    way = " by video" if theirs.mode == BY_VIDEO else ""
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
