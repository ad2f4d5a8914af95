"""Attempts to get round the access rules: an act without its page, a waiting letter, an old address."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.choices import ConferenceState, InviteeRole
from conferences.convening.models import Invitation, NotInvited
from conferences.convening.queries.letter_context import letter_context, why_not_to_send
from conferences.tests.builders import HELD_ON, a_booked_conference, an_invited_conference, booking
from cpc.core.accounts.permissions import Permission, can_see, seen_by
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.documents import actions as documents
from cpc.core.documents.models import Outgoing
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import Address
from families.tests.builders import declare_conflict, protect, restrict, the_marlows

pytestmark = pytest.mark.django_db


def test_an_act_on_a_kind_of_record_without_a_visibility_rule_is_refused():
    convened = a_booked_conference()
    unopened = NotInvited(conference=convened.conference)
    by = convened.by("administrator")
    assert by.can(Permission.INVITE) and not Permission.INVITE.allows(by, unopened)


@pytest.mark.parametrize("barred", ["conflict", "restricted", "withdrawn"])
def test_somebody_who_may_not_see_the_conference_cannot_answer_their_own_invitation(barred):
    convened = an_invited_conference()
    school = convened.council.professionals.school
    invitation = convened.invitation(school)
    assert can_see(viewer(school), invitation)
    if barred == "conflict":
        declare_conflict(school, convened.marlows.family)
    elif barred == "restricted":
        restrict(convened.marlows.family)
    else:
        notify.withdraw_invitation(by=convened.by("administrator"), invitation=invitation, reason="Moved school")
    for act in (Permission.ANSWER_INVITATION, Permission.WRITE_REPORT):
        assert not act.allows(viewer(school), invitation), act
    with pytest.raises(NotPermitted):
        invitations.answer_invitation(by=viewer(school), invitation=invitation, reply="coming")


def test_a_professional_sees_no_invitation_but_their_own():
    convened = an_invited_conference()
    gp = convened.council.professionals.gp
    assert list(seen_by(viewer(gp), Invitation)) == [convened.invitation(gp)]


def test_nobody_of_another_family_is_put_on_the_list():
    convened = a_booked_conference()
    stranger = the_marlows(convened.council, name="Barrow").mother
    with pytest.raises(Invalid, match="in this family"):
        invitations.add_invitee(
            by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT,
            person=stranger, reason="A slip", children=[convened.marlows.rosa],
        )  # fmt: skip


def test_a_number_that_is_no_number_sends_nothing_and_is_no_error_of_ours(client):
    convened = a_booked_conference()
    client.force_login(convened.council.users.administrator)
    answer = client.post(reverse("conferences:send_invitations", args=[convened.conference.pk]), {"only": "²"})
    assert answer.status_code == 404 and not Outgoing.objects.exclude(purpose="chair").exists()


# --- Letters that wait ------------------------------------------------------------------------------------------------


def letters_to(person):
    return Outgoing.objects.filter(recipient_kind="person", recipient_id=person.pk)


def test_a_withdrawn_person_does_not_get_a_waiting_letter_with_the_time_and_place():
    convened = an_invited_conference()
    dan, anna = convened.marlows.rosas_father, convened.marlows.mother
    waiting = letters_to(dan).filter(purpose="invitation", state="queued").count()
    assert waiting and letters_to(anna).filter(state="queued").exists()
    notify.withdraw_invitation(by=convened.by("administrator"), invitation=convened.invitation(dan), reason="Bail")
    assert not letters_to(dan).filter(purpose="invitation", state="queued").exists()
    assert not letters_to(dan).filter(purpose="withdrawn").exists()  # he was never told of it
    assert letters_to(anna).filter(purpose="invitation", state="queued").exists()


@pytest.mark.parametrize("has_moved", [True, False])
def test_the_letter_of_withdrawal_names_the_day_that_was_told_and_no_other(has_moved):
    convened = an_invited_conference()
    dan, conference = convened.marlows.rosas_father, convened.conference
    with setting_up():
        letters_to(dan).filter(purpose="invitation").update(state="sent", sent_at=timezone.now())
    if has_moved:  # The first letter named another day, and the one about the move still waits.
        details = booking(convened.council, on=HELD_ON + timedelta(days=2))
        booking_actions.move(
            by=convened.by("administrator"),
            conference=conference,
            reason="venue",
            agreed_by="Ann",
            **details,
        )
    notify.withdraw_invitation(by=convened.by("administrator"), invitation=convened.invitation(dan), reason="Bail")
    letter = letters_to(dan).get(purpose="withdrawn", document__isnull=False).document
    assert letter.values["held_on"] == HELD_ON.isoformat()
    words = " ".join(text_of(bytes(letter.body)).split())
    assert "2 December 2026" in words and "4 December" not in words and "Please do not come" in words


def moves_to_a_refuge(person, from_on):
    with setting_up():
        address = Address.objects.create(
            person=person, lines="6 Hidden Row\nEastwick", postcode="ZZ7 7HR", from_on=from_on
        )
    protect(address)


@pytest.mark.parametrize("from_on", [None, date(2026, 11, 19)])
def test_nothing_is_posted_to_the_old_address_of_somebody_who_has_moved_to_a_protected_one(from_on):
    # The old address was never closed, and the person who stayed there opens the letters.
    convened = a_booked_conference()
    anna = convened.marlows.mother
    with setting_up():
        anna.addresses.update(from_on=date(2020, 1, 1))
    assert letter_context(convened.conference).addresses[anna.pk].postcode == "ZZ1 1AA"
    moves_to_a_refuge(anna, from_on)
    assert anna.pk not in letter_context(convened.conference).addresses


def test_a_letter_that_waits_is_held_back_when_its_reader_has_moved_to_a_protected_address(client):
    convened = an_invited_conference()
    anna = convened.marlows.mother
    letter = letters_to(anna).filter(channel="print", state="queued").first()
    assert letter is not None and why_not_to_send(letter) == ""
    moves_to_a_refuge(anna, timezone.localdate() - timedelta(days=1))
    client.force_login(convened.council.users.administrator)
    answer = client.get(reverse("documents:print_envelope", args=[letter.pk]), follow=True)
    assert answer["Content-Type"].startswith("text/html") and "do not send" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.state, "has changed" in letter.why_failed) == ("held", True)
    assert "6 Hidden Row" not in answer.content.decode()


def test_a_letter_that_waits_is_not_posted_to_somebody_who_has_died(client):
    convened = an_invited_conference()
    anna, by = convened.marlows.mother, convened.by("administrator")
    letters = list(letters_to(anna).filter(channel="print", state="queued"))
    with setting_up():
        anna.died_on = timezone.localdate()
        anna.save()
    assert letters and documents.hold_blocked_letters(by, letters=letters) == []
    assert {one.state for one in letters_to(anna).filter(purpose="invitation")} == {"held"}
    assert convened.conference.state == ConferenceState.BOOKED
