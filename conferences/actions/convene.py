"""Booking, moving and cancelling a conference; the chair who knows the case; the rooms."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from conferences import rules
from conferences.actions.invite import propose_list
from conferences.actions.leave import checked
from conferences.actions.tell import let_go, tell_chair, tell_everyone
from conferences.choices import CancelReason, ConferenceState, LatenessReason, Reply
from conferences.letters.notices import CANCELLED, INVITED, MOVED, WITHDRAWN
from conferences.models import ChairApproval, Conference, Room
from conferences.queries.convene import approval_for, why_chair_knows, why_may_not_chair
from conferences.queries.invite import report_due_on, told
from conferences.rules.audience import Readers
from conferences.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import calendar

BOOKING = (
    "starts_at", "ends_at", "room", "video_link", "chair", "chair_knows_case", "lateness_reason", "lateness_note",
    "lateness_agreed_by",
)  # fmt: skip


def book(*, by, conference, **booking) -> Conference:
    """The conference has its time, place and chair, and a proposed list of people to invite.

    ``booking``: starts_at, ends_at, chair, chair_knows_case; room or video_link; and beyond the limit lateness_reason
    and lateness_agreed_by. Raises Invalid, having asked the service manager, when the chair knows the case and nobody
    has agreed to that yet.
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, step="book"):
        if conference.state != ConferenceState.AGREED:
            raise WrongState(_not_now(conference, "booked"))
        reason = _ready(by, conference, booking)
        if reason is not None:
            CONFERENCE.move(conference, ConferenceState.BOOKED)
            conference.administrator_id = by.id
            _write(conference, booking, reason)
            propose_list(by=by, conference=conference)
            tell_chair(by, conference, INVITED)
    if reason is None:
        _say_that_it_was_asked(booking["chair"])
    return conference


def move(*, by, conference, why="", **booking) -> Conference:
    """The booked conference has another time, place or chair; what counts back from it is counted again.

    Everyone who was told is told again, and is asked again whether they can come. The same arguments as ``book``.
    """
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, reason=why, step="move"):
        if conference.state != ConferenceState.BOOKED:
            raise WrongState(_not_now(conference, "moved"))
        reason = _ready(by, conference, booking)
        if reason is not None:
            before = _as_booked(conference)
            if before == _as_given(booking):
                raise Invalid("Nothing has changed. Change the date, time, place or chair, or go back.")
            shifted, chair = booking["starts_at"] - conference.starts_at, conference.chair
            CONFERENCE.move(conference, ConferenceState.BOOKED)
            conference.sequence += 1
            _write(conference, booking, reason)
            _count_again(conference, shifted)
            let_go(by, conference, "The conference was moved before this went out.")
            tell_everyone(by, conference, MOVED, before=before[0])
            if chair == conference.chair:
                tell_chair(by, conference, MOVED, before=before[0])
            else:
                tell_chair(by, conference, INVITED)
                tell_chair(by, conference, WITHDRAWN, chair=chair)
    if reason is None:
        _say_that_it_was_asked(booking["chair"])
    return conference


def cancel(*, by, conference, reason, note="") -> Conference:
    """The conference will not be held; everyone who was told of it is told so."""
    if reason not in CancelReason.values:
        raise Invalid("Choose why the conference is cancelled.", field="reason")
    if reason == CancelReason.OTHER and not note.strip():
        raise Invalid("Say what the other reason is.", field="note")
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, reason=str(CancelReason(reason).label), step="cancel"):
        was_booked = conference.state == ConferenceState.BOOKED
        CONFERENCE.move(conference, ConferenceState.CANCELLED)
        conference.cancel_reason, conference.cancel_note = reason, note.strip()
        conference.cancelled_by_id, conference.cancelled_at = by.id, timezone.now()
        conference.sequence += 1
        conference.save()
        if was_booked:
            let_go(by, conference, "The conference was cancelled before this went out.")
            tell_everyone(by, conference, CANCELLED)
            tell_chair(by, conference, CANCELLED)
            # It goes on opening the conference, so that its reader can see that it is off, until that day is over.
            last = timezone.localdate(conference.starts_at)
            conference.invitations.filter(sent_at__isnull=False).update(ends_on=last)
    return conference


def ask_for_chair(*, by, conference, chair) -> ChairApproval:
    """The service manager is asked whether this person, who knows the case, may chair; asking again changes nothing."""
    with acting(by, Permission.BOOK_CONFERENCE, on=conference, step="ask for chair"):
        asked, _ = ChairApproval.objects.get_or_create(
            conference=conference, chair=chair, defaults={"asked_by_id": by.id, "asked_at": timezone.now()}
        )
    return asked


def agree_chair(*, by, approval, reason, leave="") -> ChairApproval:
    """This person may chair the conference although they know the case, for the reason that stands in every copy of the
    record. Raises FromRestricted where it holds a passage that fewer may read, and no ``leave`` is given.
    """
    if not reason.strip():
        raise Invalid("Give the reason. It stands in the record of the conference.", field="reason")
    trail = checked(by, approval.conference.family_id, [reason], Readers(), leave=leave, field="reason")
    with acting(by, Permission.AGREE_CHAIR, on=approval.conference, **{"reason": reason, **trail}):
        approval.refresh_from_db(from_queryset=ChairApproval.objects.select_for_update())
        if approval.agreed_at:
            raise WrongState("This chair has been agreed already.")
        if by.id == approval.chair_id:
            raise Invalid("You cannot agree that you chair this yourself. Ask another manager.")
        approval.reason, approval.agreed_by_id, approval.agreed_at = reason.strip(), by.id, timezone.now()
        approval.save()
    return approval


def add_room(*, by, name, address="") -> Room:
    """There is one more room in which conferences can be held."""
    return change_room(by=by, room=Room(), name=name, address=address, is_active=True)


def change_room(*, by, room, name, address="", is_active=True) -> Room:
    """The room has this name and address, and can be booked or no longer."""
    name = " ".join(name.split())
    with acting(by, Permission.BOOK_CONFERENCE, on=room if room.pk else None, step="room"):
        if Room.objects.filter(name__iexact=name).exclude(pk=room.pk).exists():
            raise Invalid(f"There is already a room called {name}. Give this one another name.", field="name")
        room.name, room.address, room.is_active = name, address.strip(), is_active
        room.save()
    return room


def _ready(by, conference, booking) -> str | None:
    """The reason on record for this chair ("" where none is needed); None when it had to be asked for just now."""
    for name in BOOKING:
        booking.setdefault(name, None if name in ("room", "chair", "chair_knows_case") else "")
    _refuse_wrong_day(by, conference, booking["starts_at"], booking["ends_at"])
    if not booking["room"] and not booking["video_link"]:
        raise Invalid("Choose a room, or give a video link.", field="room")
    _refuse_unexplained_lateness(conference, booking)
    chair = booking["chair"]
    if refusal := why_may_not_chair(conference, chair, by.on):
        raise Invalid(refusal, field="chair")
    if booking["chair_knows_case"] is None:
        raise Invalid("Say whether this person managed or investigated the case.", field="chair_knows_case")
    if not booking["chair_knows_case"]:
        if known := why_chair_knows(conference, chair):
            raise Invalid(
                f"{chair} {known}, so the answer is yes. Choose yes, or choose another chair.", field="chair_knows_case"
            )
        return ""
    approval = approval_for(conference, chair)
    if approval is None or not approval.agreed_at:
        ask_for_chair(by=by, conference=conference, chair=chair)
        return None
    return approval.reason


def _say_that_it_was_asked(chair):
    # After the act is committed: the asking stands, the booking does not.
    raise Invalid(
        f"{chair} knows this case, so the conference service manager must first record why they may chair. "
        "They have been asked. Nothing is booked yet: book it when they have agreed, or choose another chair now.",
        field="chair_knows_case",
    )


def _refuse_wrong_day(by, conference, starts_at, ends_at) -> None:
    starts_on, ends_on = timezone.localdate(starts_at), timezone.localdate(ends_at)
    if ends_at <= starts_at or ends_on != starts_on:
        raise Invalid("The end must be after the start, on the same day.", field="ends")
    if starts_on < by.on:
        passed = f"The conference must be today or in the future. {in_words(starts_on)} has passed."
        raise Invalid(passed, field="held_on")
    if starts_on < conference.anchor_on:
        what = "last conference" if conference.is_review else "strategy discussion"
        if conference.kind == "transfer_in":
            what = "day on which we were told of the move"
        raise Invalid(f"The conference cannot be before the {what}, {in_words(conference.anchor_on)}.", field="held_on")
    days = calendar()
    if not days.is_working_day(starts_on):
        nearest = days.previous_working_day(starts_on)
        nearest = nearest if nearest >= by.on else days.next_working_day(starts_on)
        raise Invalid(
            f"{days.called(starts_on)} is not a working day. The nearest is {in_words(nearest)}.", field="held_on"
        )


def _refuse_unexplained_lateness(conference, booking) -> None:
    late = rules.why_late(timezone.localdate(booking["starts_at"]), conference.due_on)
    if not late:
        booking["lateness_reason"] = booking["lateness_note"] = booking["lateness_agreed_by"] = ""
        return
    if booking["lateness_reason"] not in LatenessReason.values:
        raise Invalid(f"{late} Choose why it is late.", field="lateness_reason")
    if not booking["lateness_agreed_by"].strip():
        raise Invalid(f"{late} Say who agreed to that.", field="lateness_agreed_by")
    if booking["lateness_reason"] == LatenessReason.OTHER and not booking["lateness_note"].strip():
        raise Invalid("Say what the other reason is.", field="lateness_note")


def _write(conference, booking, reason) -> None:
    for name in BOOKING:
        setattr(conference, name, booking[name])
    conference.chair_reason = reason
    try:
        with transaction.atomic():  # a savepoint: the act around it goes on to say which of the two was taken
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


def _count_again(conference, shifted) -> None:
    """What counts back from the conference follows it: reports, separate arrivals, and the replies asked anew."""
    due_on = report_due_on(conference)
    for invitation in told(conference):
        invitation.report_due_on = due_on if invitation.report_asked else None
        invitation.reply, invitation.replied_at = Reply.NONE, None
        invitation.save()
    for invitation in conference.invitations.filter(arrives_at__isnull=False):
        invitation.arrives_at += shifted
        invitation.save(update_fields=["arrives_at"])


def _as_booked(conference) -> tuple:
    return (conference.starts_at, conference.ends_at, conference.room_id, conference.video_link, conference.chair_id)


def _as_given(booking) -> tuple:
    room = booking["room"].pk if booking["room"] else None
    return (booking["starts_at"], booking["ends_at"], room, booking["video_link"], booking["chair"].pk)


def _not_now(conference, what) -> str:
    now = conference.get_state_display().lower()
    return f"This conference is “{now}”, so it cannot be {what}. Reload the page to see what has changed."
