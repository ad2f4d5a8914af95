"""Moving and cancelling a conference, and its place: the state afterwards, the audit trail, and every refusal."""

from datetime import date

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations
from conferences.convening.choices import CHAIR_CHANGED, CancelReason, Reply
from conferences.convening.models import Conference
from conferences.convening.queries.booking import rooms
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    a_room,
    an_agreed_conference,
    an_invited_conference,
    at,
    booking,
    change_chair,
    declare,
    everything_leaves,
    refused,
)
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Document, Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


# --- Moving and cancelling ------------------------------------------------------------------------------------------


def test_moving_tells_everyone_again_and_counts_back_from_the_new_day():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    assert school.report_due_on == date(2026, 11, 30)
    invitations.answer_invitation(by=convened.by("school"), invitation=school, reply=Reply.COMING)
    told = convened.conference.invitations.filter(sent_at__isnull=False).count()
    last_day = convened.conference.due_on
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, on=date(2026, 12, 4)),
    )  # fmt: skip
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert conference.due_on == last_day, "the 15 working days do not begin again"
    assert (conference.state, conference.starts_at, conference.sequence) == ("booked", at(date(2026, 12, 4)), 1)
    school.refresh_from_db()
    assert (school.report_due_on, school.reply) == (date(2026, 12, 2), Reply.NONE)
    moved = Outgoing.objects.filter(purpose="moved")
    assert moved.values("recipient_kind", "recipient_id").distinct().count() == told
    assert moved.filter(document__kind__startswith="contribution_form").exists(), "its day has changed"
    # What had not left yet about the old day never will.
    assert not Outgoing.objects.filter(purpose="invitation", state="queued").exists()
    notice = moved.get(recipient_kind="user", recipient_id=school.user_id)
    assert "It was going to be on Wednesday 2 December 2026 at 10am." in notice.body
    assert "SEQUENCE:1" in notice.calendar_file and "DTSTART:20261204T100000Z" in notice.calendar_file
    assert reasons_told() == {"The room or the video link could not be used."}


def test_of_another_room_everyone_is_told_and_nobody_is_asked_again_whether_they_come():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    invitations.answer_invitation(by=convened.by("school"), invitation=school, reply=Reply.COMING)
    everything_leaves()
    elsewhere = a_room(convened.council, "Room 9", "Town Hall\nNorthwick")
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, room=elsewhere),
    )  # fmt: skip
    school.refresh_from_db()
    assert school.reply == Reply.COMING
    notice = Outgoing.objects.get(purpose="moved", recipient_kind="user", recipient_id=school.user_id)
    assert "Town Hall" in notice.body and "that still counts" in notice.body
    assert "say whether you can come." not in notice.body
    letters = Document.objects.filter(outgoing__purpose="moved")
    assert {one.kind for one in letters} == {"conference_moved_family"}, "the form that they have is still right"
    words = " ".join(flowing_text(rebuild(letters[0].kind, letters[0].values)).split())
    assert "You can still use the form that we sent you before." in words


def test_of_another_room_the_form_goes_again_only_to_those_who_never_got_the_first_one():
    convened = an_invited_conference()
    form = Outgoing.objects.filter(document__kind="contribution_form", recipient_id=convened.marlows.mother.pk)
    everything_leaves()
    with setting_up():
        form.update(state="queued", sent_at=None)
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, room=a_room(convened.council, "Room 9", "Town Hall\nNorthwick")),
    )  # fmt: skip
    again = Outgoing.objects.filter(purpose="moved", document__kind__startswith="contribution_form")
    assert [one.recipient_id for one in again] == [convened.marlows.mother.pk]


def reasons_told():
    letters = Document.objects.filter(kind="conference_moved_family")
    return {one.values["reason"] for one in letters}


def test_a_reason_that_could_tell_of_somebody_else_is_not_in_the_letter_of_a_move():
    convened = an_invited_conference()
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="death", agreed_by="Ann",
        **booking(convened.council, on=date(2026, 12, 4)),
    )  # fmt: skip
    assert reasons_told() == {""}


def test_a_moved_conference_keeps_its_calendar_identity():
    convened = an_invited_conference()
    school = convened.invitation(convened.council.professionals.school)
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, on=date(2026, 12, 4)),
    )  # fmt: skip
    everything_leaves()
    booking_actions.cancel(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason=CancelReason.FAMILY_ILL,
        agreed_by="Ann",
    )
    files = list(
        Outgoing.objects.filter(recipient_kind="user", recipient_id=school.user_id)
        .order_by("pk")
        .values_list("calendar_file", flat=True)
    )
    uids = {next(line for line in one.splitlines() if line.startswith("UID:")) for one in files}
    assert len(files) == 3 and len(uids) == 1
    assert [f"SEQUENCE:{n}" in one for n, one in enumerate(files)] == [True, True, True]
    assert "METHOD:CANCEL" in files[2] and "STATUS:CANCELLED" in files[2]


def test_the_chair_is_told_of_the_booking_of_a_change_of_chair_and_of_the_end():
    convened = a_booked_conference()
    users, by = convened.council.users, convened.by("administrator")
    told = Outgoing.objects.filter(purpose="chair").order_by("pk")
    assert [(one.to_address, "METHOD:REQUEST" in one.calendar_file) for one in told] == [(users.chair.email, True)]
    assert f"/conferences/{convened.conference.pk}/" in told[0].body
    everything_leaves()
    change_chair(convened, users.other_chair)
    assert [(one.recipient_id, "METHOD:CANCEL" in one.calendar_file) for one in told.all()[1:]] == [
        (users.other_chair.pk, False), (users.chair.pk, True),
    ]  # fmt: skip
    everything_leaves()
    booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL, agreed_by="Ann")
    last = told.all().last()
    assert last.recipient_id == users.other_chair.pk and "has been cancelled" in last.body


def test_with_another_chair_everyone_who_was_told_of_one_is_told_of_the_other_once_they_have_declared():
    convened = an_invited_conference()
    users, conference = convened.council.users, convened.conference
    everything_leaves()
    invited = convened.conference.invitations.filter(sent_at__isnull=False).count()
    school = convened.invitation(convened.council.professionals.school)
    invitations.answer_invitation(by=convened.by("school"), invitation=school, reply=Reply.COMING)
    change_chair(convened, users.other_chair)
    told = Outgoing.objects.filter(purpose=CHAIR_CHANGED)
    assert not told.exists() and not Outgoing.objects.filter(purpose="moved").exists()
    school.refresh_from_db()
    assert school.reply == Reply.COMING
    declare(convened.by("other_chair"), conference)
    assert told.values("recipient_kind", "recipient_id").distinct().count() == invited
    letter = told.get(recipient_kind="person", recipient_id=convened.marlows.mother.pk, document__isnull=False)
    said = flowing_text(rebuild(letter.document.kind, letter.document.values))
    assert "Kofi Lund will now run the" in said and "the time and the place have not changed" in said
    before = told.count()
    declare(convened.by("other_chair"), conference)
    assert told.count() == before


def test_moving_to_the_same_time_and_place_is_refused():
    convened = a_booked_conference()
    refused(convened, "Nothing has changed", act=booking_actions.move, reason="venue", agreed_by="Ann")


def test_only_a_booked_conference_is_moved():
    refused(
        an_agreed_conference(),
        "cannot be moved",
        error=WrongState,
        act=booking_actions.move,
        reason="venue",
        agreed_by="Ann",
    )


def test_cancelling_tells_everyone_that_it_is_not_put_off():
    convened = an_invited_conference()
    told = convened.conference.invitations.filter(sent_at__isnull=False).count()
    everything_leaves()
    booking_actions.cancel(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason=CancelReason.CHILD_LOOKED_AFTER,
        agreed_by="Ann",
    )
    conference = Conference.objects.get(pk=convened.conference.pk)
    assert (conference.state, conference.cancel_reason) == ("cancelled", "child_looked_after")
    said = Outgoing.objects.filter(purpose="cancelled")
    assert said.values("recipient_kind", "recipient_id").distinct().count() == told
    assert "has been cancelled.\n\nIt has not been moved" in said.filter(channel="email").first().body
    assert not Outgoing.objects.filter(purpose="invitation", state="queued").exists()
    assert set(conference.invitations.values_list("ends_on", flat=True)) == {HELD_ON}


def test_a_conference_can_be_booked_at_the_time_of_a_cancelled_one_with_the_same_chair():
    first = a_booked_conference()
    booking_actions.cancel(
        by=first.by("administrator"),
        conference=first.conference,
        reason=CancelReason.NO_LONGER_NEEDED,
        agreed_by="Ann",
    )
    second = an_agreed_conference(the_marlows(first.council, name="Penrose"))
    booking_actions.book(by=second.by("administrator"), conference=second.conference, **booking(first.council))
    assert Conference.objects.get(pk=second.conference.pk).state == "booked"


def test_cancelling_needs_its_coded_reason_and_a_state_that_allows_it():
    convened = a_booked_conference()
    by = convened.by("administrator")
    with pytest.raises(Invalid, match="Choose why"):
        booking_actions.cancel(by=by, conference=convened.conference, reason="whatever", agreed_by="Ann")
    with pytest.raises(Invalid, match="Say what the other reason is"):
        booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.OTHER, agreed_by="Ann")
    booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL, agreed_by="Ann")
    with pytest.raises(WrongState):
        booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.FAMILY_ILL, agreed_by="Ann")


def test_a_room_has_a_name_of_its_own_and_can_be_taken_out_of_use():
    convened = an_agreed_conference()
    by = convened.by("administrator")
    room = booking_actions.add_room(by=by, name="  Room   9 ", address="Civic Centre")
    assert room.name == "Room 9"
    with pytest.raises(Invalid, match="already a room called room 9"):
        booking_actions.add_room(by=by, name="room 9")
    booking_actions.change_room(by=by, room=room, name="Room 9", is_active=False)
    assert room not in rooms()
    with pytest.raises(NotPermitted):
        booking_actions.add_room(by=convened.by("chair"), name="Room 10")
