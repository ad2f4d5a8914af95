"""When, where and how one reader attends a conference, as its letters and messages say it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from conferences.convening.choices import (
    CompanionState,
    ConferenceKind,
    ConferenceState,
    InviteeRole,
    PartForChild,
)
from conferences.convening.queries.exclusions import who
from conferences.convening.queries.last_told import reader_key
from conferences.convening.rules.told import Told, what_changed
from conferences.separation.choices import AttendMode
from conferences.separation.queries.presences import clock
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import lines_of
from cpc.core.policy.queries import setting, words


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A conference as one reader is told of it: ``begins`` and ``ends`` are when this reader comes and leaves,
    ``entrance`` is their own door. Who is to see the chair first comes at ``come_at``. ``chair_agreed_by`` agreed to a
    chair who is not independent. ``children`` are the ids of the children that it is about for this reader. ``beside``
    says who may come with them, ``part`` how a child takes part, and ``talked`` who talked with them about how they do.
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
    chair_agreed_by: str = ""
    entrance: str = ""
    come_at: str = ""
    children: tuple[int, ...] = ()
    beside: tuple[str, ...] = ()
    part: str = ""
    talked: str = ""


def meeting(conference, invitation, *, tells=None, chair=None) -> Meeting:
    """When and where this reader comes: their own time, room and link if they attend separately.

    ``tells(words)``: whether these words would tell them what they must not learn. Such a place is left out. ``chair``
    runs it, where somebody acts for its chair.
    """
    ends_at = (invitation.apart and invitation.leaves_at) or conference.ends_at
    starts_at = (invitation.apart and invitation.arrives_at) or conference.starts_at
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


def meeting_for(context, invitation) -> Meeting:
    """The conference as this reader's letter describes it, without a place that would tell them where somebody is, and
    without a kind of conference that would tell them of a baby.
    """
    told = meeting(
        context.conference, invitation, tells=lambda said: context.tells(invitation, said),
        chair=context.runs_it,
    )  # fmt: skip
    if invitation.pk:  # the chair has no invitation
        told = replace(
            told,
            children=tuple(sorted(child.pk for child in context.children_for(invitation))),
            beside=_beside(context, invitation),
            part=_part(context, invitation),
            talked=_talked(context, invitation),
        )
    withheld = context.withheld_from(invitation).people
    comes_with_all = told.place and not told.apart and invitation.person_id
    # Where two people must not meet, each comes and leaves only when the separation plan says.
    meets_chair_first = (
        comes_with_all and setting("chair_meets_family_first") and not _is_there_already(context, invitation)
    )
    if meets_chair_first and not (context.pairs or context.separate):
        early = timedelta(minutes=setting("family_comes_before_minutes"))
        told = replace(told, come_at=clock(context.conference.starts_at - early) if early else "")
    if context.conference.kind == ConferenceKind.PRE_BIRTH and any(
        child.is_unborn and child.pk in withheld for child in context.children
    ):
        return replace(told, called=words("conference_initial"))
    return told


def _is_there_already(context, invitation) -> bool:
    """Whether this reader is in the room before it begins, for an earlier conference of the same sitting."""
    return any(at < context.conference.starts_at for at in context.also_invited_at.get(invitation.person_id, ()))


def _beside(context, invitation) -> tuple[str, ...]:
    """What the chair decided about who comes with this reader, a sentence each, without what they must not learn."""
    found = []
    for one in context.companions.get(invitation.person_id, ()):
        if one.state == CompanionState.AGREED:
            found.append(f"The chair has agreed that {one.name} may come with you as your {one.kind}.")
        else:
            found.append(
                f"The chair has not agreed to {one.name} coming with you. You can ask the chair why, and you can "
                "choose someone else."
            )
    return tuple(said for said in found if not context.tells(invitation, said))


def _part(context, invitation) -> str:
    """How the chair decided that this child takes part, as their own letter says it; "" for anybody else. Which part
    or which other way is left out if it would tell the child what they must not learn.
    """
    part = context.parts.get(invitation.person_id) if invitation.role == InviteeRole.CHILD else None
    if part is None:
        return ""
    said = {
        PartForChild.ALL: "You can come to all of the meeting.",
        PartForChild.SOME: "You can come to part of the meeting.",
        PartForChild.ANOTHER: "You will not be at the meeting. You will be heard in another way.",
    }[part.part]
    how = part.how.rstrip(".")
    if how and not context.tells(invitation, how):
        said = f"{said} {how}."
    return said if part.part == PartForChild.ANOTHER else f"{said} You do not have to come."


def _talked(context, invitation) -> str:
    """Who talked with this reader about how they take part, and when; "" if nobody did, or if a name in it would tell
    them what they must not learn.
    """
    if not invitation.talked_on:
        return ""
    day = in_words(invitation.talked_on)
    said = f"{invitation.talked_by} talked with you on {day} about how you would like to take part."
    if invitation.wanted_mode != invitation.mode:
        wanted = AttendMode(invitation.wanted_mode).label.lower()
        said += f" You said that you want to take part {wanted}. We have arranged it in another way."
        said += " Call us if this does not suit you."
    return "" if context.tells(invitation, said) else said


def told_now(context, invitation) -> Told:
    """What a message to this reader would say of the meeting now."""
    return Told.from_values(asdict(meeting_for(context, invitation)))


def is_behind(context, invitation) -> bool:
    """Whether this reader will not know how the meeting is, once everything that waits has left."""
    return _lacks_news(context, invitation, context.will_be_told)


def _lacks_news(context, invitation, told) -> bool:
    known = told.get(reader_key(invitation))
    return known is None or bool(what_changed(known, told_now(context, invitation)))


def behind_on_the_list(context) -> list:
    """The invitations to a booked conference that were sent, and since then something has changed that their readers
    have still to be told.
    """
    return [one for one in _to_be_told(context) if is_behind(context, one)]


def not_told_yet(context) -> list:
    """The invitations to a booked conference that were sent, but nothing has left yet that tells their readers how the
    meeting is now: it waits to go out, or nobody has sent it.
    """
    return [one for one in _to_be_told(context) if _lacks_news(context, one, context.told)]


def out_of_reach(context) -> list:
    """The professionals and agencies who cannot be told by email how the meeting is now, that it was cancelled or that
    they need not come: no address is recorded, or it was removed, or their account was closed, after they were told.
    """
    mine = [one for one in _invited(context) if not one.person_id and not _can_be_told(one)]
    gone = [
        one
        for one in context.invitations
        if one.withdrawn_at and not one.person_id and not _can_be_told(one) and not _has_left(one)
    ]
    knows_it = [one for one in gone if reader_key(one) in context.told]
    if context.conference.state == ConferenceState.CANCELLED:
        return [one for one in mine if reader_key(one) in context.told] + knows_it
    if not _is_booked(context):
        return []
    return [one for one in mine if is_behind(context, one)] + _to_invite_by_phone(context) + knows_it


def _to_invite_by_phone(context) -> list:
    """The professionals and agencies without an address who are not invited yet, once others are."""
    if not any(one.sent_at for one in context.invitations):
        return []
    return [
        one
        for one in context.invitations
        if not (one.person_id or one.sent_at or one.withdrawn_at or context.is_excluded(one))
        and who(one) not in context.undecided
        and not _can_be_told(one)
        and not _has_left(one)
    ]


def _has_left(invitation) -> bool:
    """Whether the account of a professional is closed."""
    return bool(invitation.user_id and not invitation.user.is_active)


def _to_be_told(context) -> list:
    return [one for one in _invited(context) if _can_be_told(one)] if _is_booked(context) else []


def _is_booked(context) -> bool:
    return context.conference.state == ConferenceState.BOOKED


def _invited(context) -> list:
    return [
        one
        for one in context.invitations
        if one.sent_at and not one.withdrawn_at and not context.is_excluded(one)
        if who(one) not in context.undecided
    ]


def was_told_of_another_chair(context) -> bool:
    """Whether anybody invited will still believe that somebody else chairs, or know of no chair, once everything that
    waits has left.
    """
    known = (context.will_be_told.get(reader_key(one)) for one in behind_on_the_list(context))
    return any(told is None or told.chair != str(context.runs_it) for told in known)


def _can_be_told(invitation) -> bool:
    if invitation.person_id:
        return not invitation.person.stands_for.died_on
    if invitation.user_id:
        return bool(invitation.user.is_active and invitation.user.email)
    return bool(invitation.agency_id and invitation.agency.email)
