"""Booking, moving and cancelling a conference; the rooms."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences.convening.actions.acting import chair_was_replaced
from conferences.convening.actions.days import reason_for_day
from conferences.convening.actions.independence import refuse_unless_to_decide
from conferences.convening.actions.invitations import propose_list, shift_separate_times
from conferences.convening.actions.notify import notify_all, notify_chair, withdraw_pending
from conferences.convening.choices import (
    CANCELLED,
    INVITED,
    MOVED,
    BookingPart,
    CancelReason,
    ChairReason,
    ConferenceState,
    LatenessReason,
    MoveReason,
    Reply,
)
from conferences.convening.models import BookingChange, Conference, Room
from conferences.convening.permissions.independence import why_chair_knows
from conferences.convening.queries.booking import why_may_not_chair
from conferences.convening.queries.invitations import report_due_on, sent_invitations
from conferences.convening.queries.slots import clashes_of
from conferences.convening.rules.booking import why_late
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import hour_refusal, in_words
from cpc.core.kernel.phrases import in_sentence
from cpc.core.kernel.refusals import Invalid
from cpc.core.policy.queries import setting

BOOKING = (
    "starts_at", "ends_at", "day_reason", "room", "video_link", "chair", "lateness_reason", "lateness_note",
    "lateness_agreed_by",
)  # fmt: skip


_after_cancelling = []


def follows_a_cancellation(do):
    """Register ``do(by, conference)``, which is called in the act that cancels a conference."""
    if do not in _after_cancelling:
        _after_cancelling.append(do)
    return do


def book(*, by, conference, **booking) -> Conference:
    """Book the conference, and propose the list of people to invite.

    ``booking``: starts_at, ends_at, chair; room or video_link; on a bank holiday day_reason; and after the last day
    lateness_reason and lateness_agreed_by. The chair then declares whether they are independent
    (``actions.independence``).
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, step="book"):
        CONFERENCE.must_be(conference, ConferenceState.AGREED, to="booked")
        _validate_booking(by, conference, booking)
        CONFERENCE.move(conference, ConferenceState.BOOKED)
        conference.administrator_id = by.id
        _write(conference, booking)
        propose_list(by=by, conference=conference)
        notify_chair(by, conference, INVITED)
    return conference


def book_one_after_another(*, by, conferences, **booking) -> None:
    """Book these conferences of a family in one sitting, or none of them: each begins when the one before it ends, with
    the same chair and in the same place. ``booking`` is that of the first, as for ``book``; the others take as long as
    a conference usually does.
    """
    first, *others = conferences
    with transaction.atomic():
        book(by=by, conference=first, **booking)
        for conference in others:
            starts_at = booking["ends_at"]
            booking |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=setting("conference_minutes"))}
            try:
                book(by=by, conference=conference, **booking)
            except Invalid as refusal:
                what = in_sentence(str(conference))
                raise Invalid(f"The {what} cannot follow it. {refusal}", field="also_book") from None


def move(*, by, conference, reason, agreed_by, note="", **booking) -> Conference:
    """Move the booked conference to another time, place or chair, and recalculate the dates that count back from it.

    Of another time or place everyone invited is told what has changed for them. Of another time they are asked again
    whether they can come. ``reason`` is a MoveReason, ``agreed_by`` who agreed; the rest as for ``book``. What follows
    another chair: ``actions.acting.chair_was_replaced``. Where only the reason for being late, or for a bank holiday,
    is new, that is saved and nobody is told. The last day stays as it is.
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, reason=note.strip(), step="move", why=reason):
        CONFERENCE.must_be(conference, ConferenceState.BOOKED, to="moved")
        _refuse_unexplained(MoveReason, reason, note, agreed_by, "moved")
        _validate_booking(by, conference, booking)
        former = conference.chair
        is_moved = when_and_where(conference) != _as_requested(booking)
        if not is_moved and booking["chair"] == former:
            if _only_explains(conference, booking):
                _write(conference, booking)
                return conference
            raise Invalid("Nothing has changed. Change the date, time or place, or go back.")
        if not is_moved:
            raise Invalid("The time and place are the same. To change only the chair, use “Change the chair”.", "chair")
        before = (conference.starts_at, conference.ends_at)
        CONFERENCE.move(conference, ConferenceState.BOOKED)
        _keep_change(by, conference, BookingPart.TIME, reason, note, agreed_by)
        conference.sequence += 1
        _write(conference, booking)
        if (conference.starts_at, conference.ends_at) != before:
            _recalculate_dates(conference, conference.starts_at - before[0])
        withdraw_pending(by, conference, "The conference was moved before this went out.")
        notify_all(by, conference, MOVED)
        if conference.chair != former:
            chair_was_replaced(by, conference, former)
        else:
            notify_chair(by, conference, MOVED)
    return conference


def change_chair(*, by, conference, chair, reason, agreed_by, note="") -> Conference:
    """Give the booked conference another chair. Its day, time and place stay, and nobody is told that it has moved.

    ``reason`` is a ChairReason. The new chair declares whether they are independent; everyone invited is told of them
    then.
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, reason=note.strip(), step="chair", why=reason):
        _give_another_chair(by, conference, chair, reason, note, agreed_by)
    return conference


def name_independent_chair(*, by, conference, chair, reason) -> Conference:
    """Decide that a chair who is not independent does not chair, and give the conference one who is. ``reason`` is kept
    with the change. The rest follows as for ``change_chair``.
    """
    reason = reason.strip()
    with acting(by, Permission.AGREE_CHAIR, on=conference, reason=reason, step="chair"):
        refuse_unless_to_decide(by, conference)
        if not reason:
            raise Invalid("Say why somebody else should chair. This is kept with the change of the chair.", "why_other")
        if by.id == chair.pk:
            raise Invalid("You cannot name yourself as chair. Ask another manager.", "chair")
        if known := why_chair_knows(conference, chair.pk):
            raise Invalid(f"{chair} {known}, so they are not independent. Choose somebody else.", "chair")
        _give_another_chair(by, conference, chair, ChairReason.NOT_INDEPENDENT, reason, by.name)
    return conference


def _give_another_chair(by, conference, chair, reason, note, agreed_by) -> None:
    """Replace the chair, keep why and who agreed, and tell those who are told of it. Call inside an act."""
    CONFERENCE.must_be(conference, ConferenceState.BOOKED, to="given another chair")
    _refuse_unexplained(ChairReason, reason, note, agreed_by, "given another chair")
    former = conference.chair
    if chair == former:
        raise Invalid(f"{chair} is the chair already. Choose somebody else, or go back.", "chair")
    _refuse_chair(by, conference, chair, conference.starts_at, conference.ends_at)
    _keep_change(by, conference, BookingPart.CHAIR, reason, note, agreed_by)
    _write(conference, {name: getattr(conference, name) for name in BOOKING} | {"chair": chair})
    chair_was_replaced(by, conference, former)


def _refuse_unexplained(reasons, reason, note, agreed_by, what) -> None:
    """Raises Invalid without a coded reason, without the words that “another reason” needs, or if nobody agreed."""
    if reason not in reasons.values:
        raise Invalid(f"Choose why the conference is {what}.", "reason")
    if reason == reasons.OTHER and not note.strip():
        raise Invalid("Say what the other reason is.", "note")
    if not agreed_by.strip():
        raise Invalid("Say who agreed to it.", "agreed_by")


def _keep_change(by, conference, part, reason, note, agreed_by) -> None:
    """Keep what the booking was before it is changed, and why."""
    BookingChange.objects.create(
        conference=conference, part=part, reason=reason, note=note.strip(), agreed_by=agreed_by.strip(),
        was_at=conference.starts_at, was_chair_id=conference.chair_id, made_by_id=by.id, made_at=timezone.now(),
    )  # fmt: skip


def cancel(*, by, conference, reason, agreed_by, note="") -> Conference:
    """Cancel the conference, and tell everyone who was told of it. ``agreed_by`` is who agreed to that."""
    _refuse_unexplained(CancelReason, reason, note, agreed_by, "cancelled")
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, reason=str(CancelReason(reason).label), step="cancel"):
        conference.cancel_agreed_by = agreed_by.strip()
        cancel_in_act(by, conference, reason, note)
    return conference


def cancel_in_act(by, conference, reason, note="", permission=Permission.INVITE) -> None:
    """Cancel the conference as a part of the act under way, and tell everyone who was told of it. ``permission`` is
    what lets ``by`` write to them.
    """
    was_booked = conference.state == ConferenceState.BOOKED
    CONFERENCE.move(conference, ConferenceState.CANCELLED)
    conference.cancel_reason, conference.cancel_note = reason, note.strip()
    conference.cancelled_by_id, conference.cancelled_at = by.id, timezone.now()
    conference.sequence += 1
    conference.save()
    if was_booked:
        withdraw_pending(by, conference, "The conference was cancelled before this went out.", permission)
        notify_all(by, conference, CANCELLED, permission=permission)
        notify_chair(by, conference, CANCELLED)
        # The invitation still opens the conference until that day is over, so its reader can see the cancellation. One
        # that is closed already, such as that of an excluded professional, stays closed.
        last = timezone.localdate(conference.starts_at)
        conference.invitations.filter(sent_at__isnull=False).exclude(ends_on__lt=by.on).update(ends_on=last)
    for do in _after_cancelling:
        do(by, conference)


def add_room(*, by, name, address="") -> Room:
    """Add a room for conferences."""
    return change_room(by=by, room=Room(), name=name, address=address, is_active=True)


def change_room(*, by, room, name, address="", is_active=True) -> Room:
    """Change a room's name and address, and whether it can be booked."""
    name = " ".join(name.split())
    with acting(by, Permission.BOOK_CONFERENCE, on=room if room.pk else None, step="room"):
        if Room.objects.filter(name__iexact=name).exclude(pk=room.pk).exists():
            raise Invalid(f"There is already a room called {name}. Give this one another name.", field="name")
        room.name, room.address, room.is_active = name, address.strip(), is_active
        room.save()
    return room


def _validate_booking(by, conference, booking) -> None:
    """Raises Invalid for anything wrong with the booking."""
    for name in BOOKING:
        booking.setdefault(name, None if name in ("room", "chair") else "")
    _refuse_wrong_day(by, conference, booking["starts_at"], booking["ends_at"])
    booking["day_reason"] = reason_for_day(
        timezone.localdate(booking["starts_at"]), booking["day_reason"], earliest=by.on
    )
    if not booking["room"] and not booking["video_link"]:
        raise Invalid("Choose a room, or give a video link.", field="room")
    _refuse_unexplained_lateness(conference, booking)
    _refuse_chair(by, conference, booking["chair"], booking["starts_at"], booking["ends_at"], booking["room"])


def _refuse_chair(by, conference, chair, starts_at, ends_at, room=None) -> None:
    """Raises Invalid if this person may not chair it, or if they or the room are not free: all clashes at once."""
    if refusal := why_may_not_chair(conference, chair, by.on, day=timezone.localdate(starts_at)):
        raise Invalid(refusal, field="chair")
    if taken := clashes_of(conference, starts_at, ends_at, chair=chair, room=room):
        field, *others = taken
        raise Invalid(taken[field], field, also={one: taken[one] for one in others})


def _refuse_wrong_day(by, conference, starts_at, ends_at) -> None:
    starts_on, ends_on = timezone.localdate(starts_at), timezone.localdate(ends_at)
    if ends_at <= starts_at or ends_on != starts_on:
        raise Invalid("The end must be after the start, on the same day.", field="ends")
    if refusal := hour_refusal(timezone.localtime(starts_at).time(), timezone.localtime(ends_at).time()):
        raise Invalid(refusal, field="starts")
    if starts_on < by.on:
        passed = f"The conference must be today or in the future. {in_words(starts_on)} has passed."
        raise Invalid(passed, field="held_on")
    if starts_on < conference.anchor_on:
        what = "last conference" if conference.is_review else "strategy discussion"
        if conference.kind == "transfer_in":
            what = "day on which we were told of the move"
        raise Invalid(f"The conference cannot be before the {what}, {in_words(conference.anchor_on)}.", field="held_on")


def _refuse_unexplained_lateness(conference, booking) -> None:
    late = why_late(timezone.localdate(booking["starts_at"]), conference.due_on)
    if not late:
        booking["lateness_reason"] = booking["lateness_note"] = booking["lateness_agreed_by"] = ""
        return
    if booking["lateness_reason"] not in LatenessReason.values:
        raise Invalid(f"{late} Choose why it is late.", field="lateness_reason")
    if not booking["lateness_agreed_by"].strip():
        raise Invalid(f"{late} Say who agreed to that.", field="lateness_agreed_by")
    if booking["lateness_reason"] == LatenessReason.OTHER and not booking["lateness_note"].strip():
        raise Invalid("Say what the other reason is.", field="lateness_note")


def _write(conference, booking) -> None:
    for name in BOOKING:
        setattr(conference, name, booking[name])
    try:
        with transaction.atomic():  # a savepoint: the act continues and reports which of the two was taken
            conference.save()
    except IntegrityError as refused:
        if "chair_in_one_place" in str(refused):
            raise Invalid(
                f"{conference.chair} is not free at that time. Choose another time or another chair.",
                field="chair",
            ) from None
        if "room_used_once" in str(refused):
            raise Invalid(
                f"{conference.room} is not free at that time. Choose another time or another room.", field="room"
            ) from None
        raise


def _recalculate_dates(conference, shifted) -> None:
    """Recalculate report dates and separate arrivals, and clear the replies so that they are asked for again,
    but not of those who do not want to come.
    """
    due_on = report_due_on(conference)
    for invitation in sent_invitations(conference):
        invitation.report_due_on = due_on if invitation.report_asked else None
        if invitation.reply != Reply.STAYS_AWAY:  # they are not asked again
            invitation.clear_reply()
        invitation.save()
    shift_separate_times(conference, shifted)


def _only_explains(conference, booking) -> bool:
    """Whether this only gives a reason that was not needed before: its last day has moved, or its day has become a bank
    holiday.
    """
    return any(booking[name] and not getattr(conference, name) for name in ("lateness_reason", "day_reason"))


def when_and_where(conference) -> tuple:
    """The time and place of the booked conference, to see whether they have changed."""
    return (conference.starts_at, conference.ends_at, conference.room_id, conference.video_link)


def _as_requested(booking) -> tuple:
    room = booking["room"].pk if booking["room"] else None
    return (booking["starts_at"], booking["ends_at"], room, booking["video_link"])
