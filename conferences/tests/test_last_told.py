"""Everyone is told what changed for them: from what they were last told, once, or nothing."""

from datetime import date
from random import Random

import pytest
from django.utils import timezone

from conferences.convening import deadlines
from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.actions.waiting import check_waiting_letters
from conferences.convening.choices import CancelReason
from conferences.convening.queries.attending import told_now
from conferences.convening.queries.last_told import reader_key, told_and_waiting
from conferences.convening.queries.letter_context import letter_context
from conferences.separation.choices import AttendMode
from conferences.tests.builders import (
    HELD_ON,
    Convened,
    a_booked_conference,
    a_room,
    booking,
    change_chair,
    declare,
    everything_leaves,
    second_checked,
    with_fathers_apart,
)
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.tests.remembering import remembered
from cpc.core.documents import actions as documents
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.tests.examples import examples

pytestmark = pytest.mark.django_db

FRIDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 1)


@remembered
def two_invited() -> Convened:
    """The mother and the school are invited, and nothing has left yet."""
    convened = second_checked(with_fathers_apart(a_booked_conference()))
    send(convened)
    return convened


def readers(convened):
    return [convened.invitation(convened.marlows.mother), convened.invitation(convened.council.professionals.school)]


def send(convened):
    second_checked(convened)
    by = convened.by("administrator")
    return notify.send_invitations(by=by, conference=convened.conference, only=readers(convened))


def move(convened, **details):
    convened.conference.refresh_from_db()
    given = booking(convened.council, on=convened.conference.held_on) | booking(convened.council, **details)
    booking_actions.move(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason="venue",
        agreed_by="Ann",
        **given,
    )


def cancel(convened):
    by = convened.by("administrator")
    booking_actions.cancel(by=by, conference=convened.conference, reason=CancelReason.CHAIR_ILL, agreed_by="Ann")


def attend(convened, reader, mode):
    children = [one.child for one in reader.children.all()]
    invitations.change_invitee(by=convened.by("administrator"), invitation=reader, children=children, mode=mode)


def waiting_for(convened, person):
    """The words of the letters that wait for a person, without the forms."""
    rows = Outgoing.objects.filter(state="queued", recipient_kind="person", recipient_id=person.pk).order_by("pk")
    letters = [one.document for one in rows if one.document and "form" not in one.document.kind]
    return [flowing_text(rebuild(one.kind, one.values)) for one in letters]


def emails_waiting_for(convened, user):
    return list(Outgoing.objects.filter(state="queued", recipient_kind="user", recipient_id=user.pk, purpose__in=(
        "invitation", "moved", "chair_changed", "cancelled", "withdrawn",
    )))  # fmt: skip


def test_two_changes_before_the_letter_leaves_give_one_letter_that_tells_of_the_change_from_what_was_told():
    convened = two_invited()
    everything_leaves()
    move(convened, on=FRIDAY)
    move(convened, on=TUESDAY)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "will not be on Wednesday 2 December 2026 at 10am" in letter
    assert "Tuesday 1 December 2026" in letter and "4 December" not in letter


def test_somebody_who_was_never_told_is_invited_and_not_told_of_a_move():
    convened = two_invited()
    move(convened, on=FRIDAY)
    [letter] = waiting_for(convened, convened.marlows.mother)
    [notice] = emails_waiting_for(convened, convened.council.professionals.school)
    assert "Please come." in letter and "Friday 4 December 2026" in letter and "changed" not in letter
    assert notice.purpose == "invitation" and "Friday 4 December 2026" in notice.body


def test_nothing_is_said_where_it_changes_back_before_anything_left():
    convened = two_invited()
    everything_leaves()
    move(convened, on=FRIDAY)
    move(convened, on=HELD_ON)
    assert not waiting_for(convened, convened.marlows.mother)
    assert not emails_waiting_for(convened, convened.council.professionals.school)


def test_a_cancellation_names_the_day_that_was_told_and_goes_to_nobody_who_was_never_told():
    convened = two_invited()
    school = convened.council.professionals.school
    with setting_up():
        Outgoing.objects.filter(recipient_kind="person").update(state="sent", sent_at=timezone.now())
    move(convened, on=FRIDAY)
    cancel(convened)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "on Wednesday 2 December 2026 at 10am is cancelled" in letter and "4 December" not in letter
    assert not emails_waiting_for(convened, school)


def test_a_letter_that_was_printed_counts_though_it_was_withdrawn_before_it_was_posted():
    convened = two_invited()
    letters = list(Outgoing.objects.filter(state="queued", recipient_kind="person").exclude(document=None))
    documents.print_envelope(convened.by("administrator"), letters=letters, with_cover=False)
    check_waiting_letters(by=system(on=TODAY))
    assert waiting_for(convened, convened.marlows.mother)  # printed is not changed
    move(convened, on=FRIDAY)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "will not be on Wednesday 2 December 2026" in letter


def test_a_letter_that_came_back_told_nothing():
    convened = two_invited()
    everything_leaves()
    for one in Outgoing.objects.filter(recipient_kind="person", state="sent"):
        documents.mark_returned(convened.by("administrator"), outgoing=one, reason="Not known at this address")
    move(convened, on=FRIDAY)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "Please come." in letter and "changed" not in letter


def test_another_way_to_attend_is_a_duty_until_it_is_told_and_is_told_once():
    convened = two_invited()
    everything_leaves()
    mother = readers(convened)[0]
    assert "tell_of_change" not in {one.kind for one in deadlines.duties()}
    attend(convened, mother, AttendMode.PHONE)
    assert "tell_of_change" in {one.kind for one in deadlines.duties()}
    send(convened)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "Something has changed" in letter and "How you take part." in letter and "will not be on" not in letter
    assert "tell_of_change" not in {one.kind for one in deadlines.duties()}
    assert not send(convened) and len(waiting_for(convened, convened.marlows.mother)) == 1
    attend(convened, mother, AttendMode.ROOM)
    check_waiting_letters(by=system(on=TODAY))
    assert not waiting_for(convened, convened.marlows.mother)


def test_another_place_and_another_chair_are_told_as_what_they_are():
    convened = two_invited()
    everything_leaves()
    move(convened, room=a_room(convened.council, "Room 9", "Town Hall"))
    [letter] = waiting_for(convened, convened.marlows.mother)
    [notice] = emails_waiting_for(convened, convened.council.professionals.school)
    assert "The place." in letter and "Who runs" not in letter and "Town Hall" in letter and "was planned" not in letter
    assert "The place has changed." in notice.body and "It was going to be" not in notice.body
    everything_leaves()
    change_chair(convened, convened.council.users.other_chair)
    assert not waiting_for(convened, convened.marlows.mother)
    declare(convened.by("other_chair"), convened.conference)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "Kofi Lund will now run the" in letter and "The place." not in letter


def test_another_chair_is_told_with_the_new_time_where_neither_has_left():
    convened = two_invited()
    everything_leaves()
    move(convened, on=FRIDAY, chair=convened.council.users.other_chair)
    declare(convened.by("other_chair"), convened.conference)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "will not be on Wednesday 2 December 2026" in letter and "Who runs the meeting." in letter


def test_an_invitation_that_is_sent_again_says_what_has_changed_since():
    convened = two_invited()
    everything_leaves()
    mother = readers(convened)[0]
    attend(convened, mother, AttendMode.VIDEO)
    second_checked(convened)
    notify.send_again(by=convened.by("administrator"), invitation=mother)
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "We have written to you about this meeting before." in letter and "How you take part." in letter


def test_somebody_invited_again_before_the_withdrawal_left_is_sent_nothing():
    convened = two_invited()
    everything_leaves()
    mother = readers(convened)[0]
    by, children = convened.by("administrator"), [one.child for one in mother.children.all()]
    notify.withdraw_invitation(by=by, invitation=mother, reason="By mistake")
    [letter] = waiting_for(convened, convened.marlows.mother)
    assert "You do not need to come" in letter
    invitations.add_invitee(
        by=by, conference=convened.conference, role=mother.role, reason="She is the mother", children=children,
        person=convened.marlows.mother,
    )  # fmt: skip
    assert send(convened) and not waiting_for(convened, convened.marlows.mother)


# --- Random months --------------------------------------------------------------------------------------------------


def last_day_told(one, told):
    """What a message that left told its reader, by the words of the message alone."""
    said = one.document.values if one.document else one.said
    if one.purpose in ("cancelled", "withdrawn"):
        told.pop((one.recipient_kind, one.recipient_id), None)
    elif said.get("meeting"):
        told[one.recipient_kind, one.recipient_id] = said["meeting"]["day"], said["meeting"]["begins"]


@pytest.mark.parametrize("seed", range(examples(2)))
def test_no_message_names_a_day_that_its_reader_was_not_told_and_all_know_the_truth_in_the_end(seed):
    drawn, told, checked = Random(seed), {}, set()
    convened = a_booked_conference()
    with_fathers_apart(convened)
    days, rooms = (TUESDAY, HELD_ON, FRIDAY), [a_room(convened.council), a_room(convened.council, "Room 9", "Mill")]

    def leave(share=1.0):
        for one in Outgoing.objects.filter(state="queued").order_by("pk"):
            if drawn.random() < share:
                with setting_up():
                    one.state, one.sent_at = "sent", timezone.now()
                    one.save()
                last_day_told(one, told)

    def names_only_what_was_told():
        for one in Outgoing.objects.filter(purpose="moved").exclude(pk__in=checked):
            checked.add(one.pk)
            was = told.get((one.recipient_kind, one.recipient_id))
            assert was, f"{one} tells of a change, and nothing was told"
            if one.document and one.document.values.get("was_on"):
                assert (one.document.values["was_on"], one.document.values["was_at"]) == was

    def cancel_unprinted():
        with setting_up():
            documents.withdraw_waiting(Outgoing.objects.filter(recipient_kind="person"), "Taken out by hand.")

    send(convened)
    for _ in range(6):
        reader = drawn.choice(readers(convened))
        convened.conference.refresh_from_db()
        here = (convened.conference.held_on, convened.conference.room)
        wanted = (drawn.choice(days), drawn.choice(rooms))
        steps = [
            lambda wanted=wanted, here=here: wanted != here and move(convened, on=wanted[0], room=wanted[1]),
            lambda reader=reader: attend(convened, reader, drawn.choice([AttendMode.ROOM, AttendMode.PHONE])),
            lambda: send(convened),
            lambda: leave(0.5),
            cancel_unprinted,
        ]  # fmt: skip
        drawn.choice(steps)()
        names_only_what_was_told()
    send(convened)
    names_only_what_was_told()
    leave()
    context = letter_context(convened.conference)
    for reader in readers(convened):
        mine = next(one for one in context.invitations if one.pk == reader.pk)
        told, _ = told_and_waiting(convened.conference, {convened.marlows.mother.pk})
        assert told[reader_key(reader)] == told_now(context, mine)
    cancel(convened)
    leave()
    told, _ = told_and_waiting(convened.conference, {convened.marlows.mother.pk})
    assert not any(reader_key(reader) in told for reader in readers(convened))
