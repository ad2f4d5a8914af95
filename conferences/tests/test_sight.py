"""Attempts to come in by a side door: by an act without its page, by a letter that waits, by an address that is old."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.actions import invite, tell
from conferences.choices import ConferenceState, InviteeRole
from conferences.models import ChairApproval, Invitation
from conferences.queries.tell import bundle, why_not_to_send
from conferences.tests.builders import a_booked_conference, an_invited_conference
from cpc.core.accounts.permissions import Permission, can_see, seen_by
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.documents import actions as documents
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.models import Address
from families.tests.builders import declare_conflict, protect, restrict, the_marlows

pytestmark = pytest.mark.django_db


def test_an_act_on_a_kind_of_record_of_which_nobody_has_said_who_sees_it_is_refused():
    convened = a_booked_conference()
    unopened = ChairApproval(conference=convened.conference)
    manager = convened.by("service_manager")
    assert manager.can(Permission.AGREE_CHAIR) and not Permission.AGREE_CHAIR.allows(manager, unopened)


@pytest.mark.parametrize("barred", ["conflict", "restricted", "withdrawn"])
def test_whoever_may_not_see_the_conference_does_not_answer_its_invitation_though_it_is_their_own(barred):
    convened = an_invited_conference()
    school = convened.council.professionals.school
    invitation = convened.invitation(school)
    assert can_see(viewer(school), invitation)
    if barred == "conflict":
        declare_conflict(school, convened.marlows.family)
    elif barred == "restricted":
        restrict(convened.marlows.family)
    else:
        tell.withdraw_invitation(by=convened.by("administrator"), invitation=invitation, reason="Moved school")
    for act in (Permission.ANSWER_INVITATION, Permission.WRITE_REPORT):
        assert not act.allows(viewer(school), invitation), act
    with pytest.raises(NotPermitted):
        invite.answer_invitation(by=viewer(school), invitation=invitation, reply="coming")


def test_a_professional_sees_no_invitation_but_their_own():
    convened = an_invited_conference()
    gp = convened.council.professionals.gp
    assert list(seen_by(viewer(gp), Invitation)) == [convened.invitation(gp)]


def test_nobody_of_another_family_is_put_on_the_list():
    convened = a_booked_conference()
    stranger = the_marlows(convened.council, name="Barrow").mother
    with pytest.raises(Invalid, match="of this family"):
        invite.add_invitee(
            by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.PARENT,
            person=stranger, reason="A slip", children=[convened.marlows.rosa],
        )  # fmt: skip


def test_a_number_that_is_no_number_sends_nothing_and_is_no_error_of_ours(client):
    convened = a_booked_conference()
    client.force_login(convened.council.users.administrator)
    answer = client.post(reverse("conferences:send_invitations", args=[convened.conference.pk]), {"only": "²"})
    assert answer.status_code in (302, 409)


# --- Letters that wait ------------------------------------------------------------------------------------------------


def letters_to(person):
    return Outgoing.objects.filter(recipient_kind="person", recipient_id=person.pk)


def test_who_is_withdrawn_does_not_get_the_letter_with_the_time_and_place_that_still_waits():
    convened = an_invited_conference()
    dan, anna = convened.marlows.rosas_father, convened.marlows.mother
    waiting = letters_to(dan).filter(purpose="invitation", state="queued").count()
    assert waiting and letters_to(anna).filter(state="queued").exists()
    tell.withdraw_invitation(by=convened.by("administrator"), invitation=convened.invitation(dan), reason="Bail")
    assert not letters_to(dan).filter(purpose="invitation", state="queued").exists()
    assert letters_to(dan).filter(purpose="withdrawn", state="queued").exists()
    assert letters_to(anna).filter(purpose="invitation", state="queued").exists()


def moves_to_a_refuge(person, from_on):
    with setting_up():
        address = Address.objects.create(
            person=person, lines="6 Hidden Row\nEastwick", postcode="ZZ7 7HR", from_on=from_on
        )
    protect(address)


@pytest.mark.parametrize("from_on", [None, date(2026, 11, 19)])
def test_nothing_is_posted_to_the_old_address_of_somebody_who_has_moved_to_a_protected_one(from_on):
    # The old address was never closed, and whoever stayed there opens the letters.
    convened = a_booked_conference()
    anna = convened.marlows.mother
    with setting_up():
        anna.addresses.update(from_on=date(2020, 1, 1))
    assert bundle(convened.conference).addresses[anna.pk].postcode == "ZZ1 1AA"
    moves_to_a_refuge(anna, from_on)
    assert anna.pk not in bundle(convened.conference).addresses


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
    assert letters and documents.hold_what_must_stay(by, letters=letters) == []
    assert {one.state for one in letters_to(anna).filter(purpose="invitation")} == {"held"}
    assert convened.conference.state == ConferenceState.BOOKED
