"""The letters that invite the family: who each is about, how it is delivered, and what it must never hold."""

import pytest

from conferences.convening.actions.invitations import add_invitee
from conferences.convening.choices import InviteeRole
from conferences.convening.letters.invitation_family import who_comes
from conferences.convening.queries.letter_context import letter_context
from conferences.tests.builders import a_booked_conference, an_invited_conference, leaks, send, with_fathers_apart
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import TODAY, a_user, setting_up
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.text import text_of
from families.people.actions.contact import record_contact
from families.people.choices import SafeContact
from families.people.models import Address
from families.tests.builders import end_entries, protect

pytestmark = pytest.mark.django_db


def letter_of(person, kind="invitation_family"):
    return Document.objects.defer(None).get(kind=kind, recipient_id=person.pk)


def test_each_reader_gets_a_letter_about_their_own_children_and_no_address_but_their_own():
    convened = an_invited_conference()
    marlows = convened.marlows
    anna, dan, lewis = (
        text_of(bytes(letter_of(one).body)) for one in (marlows.mother, marlows.rosas_father, marlows.theos_father)
    )
    assert "14 Alder Lane" in anna and "ZZ1 1AA" in anna
    for text in (anna, dan, lewis):
        assert "Quarry" not in text and "ZZ9" not in text
    assert "Theo" not in dan and "unborn" not in dan and "Rosa Marlow" in dan
    assert "Alder Lane" not in dan + lewis
    assert "Lewis" not in dan and "Dan" not in lewis
    # Where a child goes to school tells where a child can be found.
    assert not any("Alder Lane Primary" in text or "Mill Road" in text for text in (anna, dan, lewis))


def test_letters_go_by_post_only_where_post_is_known_to_be_safe():
    convened = an_invited_conference()
    marlows = convened.marlows
    channels = {
        one.recipient_id: one.channel for one in Outgoing.objects.filter(recipient_kind="person", purpose="invitation")
    }
    # Anna asked for post; Dan for a worker's hand; of Lewis nothing is known, and unknown means by hand.
    assert channels == {
        marlows.mother.pk: Channel.PRINT, marlows.rosas_father.pk: Channel.HAND, marlows.theos_father.pk: Channel.HAND,
    }  # fmt: skip
    assert letter_of(marlows.theos_father).recipient_address == ["By hand: Priya Nandra"]


@pytest.mark.parametrize("unsafe", [True, False])
def test_an_address_that_is_unsafe_or_protected_is_not_on_the_envelope(unsafe):
    convened = with_fathers_apart(a_booked_conference())
    mother = convened.marlows.mother
    if unsafe:
        with setting_up():
            Address.objects.filter(person=mother).update(is_safe_for_post=False)
    else:
        protect(mother.addresses.get())
    send(convened)
    letter = letter_of(mother)
    assert letter.recipient_address == ["By hand: Priya Nandra"]
    assert "Alder Lane" not in text_of(bytes(letter.body))
    assert Outgoing.objects.filter(document=letter).get().channel == Channel.HAND


def test_a_person_who_asks_for_email_is_only_told_that_there_is_a_letter():
    convened = with_fathers_apart(a_booked_conference())
    marlows = convened.marlows
    record_contact(
        by=convened.by("social_worker"), family=marlows.family, person=marlows.mother, safe_contact=SafeContact.EMAIL,
        email="anna@example.org",
    )  # fmt: skip
    send(convened)
    notice = Outgoing.objects.get(to_address="anna@example.org")
    assert leaks(notice.subject + notice.body) == [] and "conference" not in notice.body.lower()
    assert "child" not in (notice.subject + notice.body).lower() and not notice.calendar_file
    assert Outgoing.objects.filter(document=letter_of(marlows.mother)).get().channel == Channel.HAND


def test_nobody_who_has_died_is_written_to_even_when_it_happens_after_the_list_was_made():
    convened = with_fathers_apart(a_booked_conference())
    mother = convened.marlows.mother
    with setting_up():
        mother.died_on = TODAY
        mother.save()
    assert mother.full_name not in {one.name for one in send(convened)}
    assert not Document.objects.filter(recipient_id=mother.pk).exists()
    assert convened.invitation(mother).sent_at is None


def test_an_issued_letter_is_kept_with_its_bytes_and_its_hash():
    convened = an_invited_conference()
    letter = letter_of(convened.marlows.mother)
    assert letter.state == "released" and len(letter.sha256) == 64 and letter.file_name.startswith("letter-")


def test_an_invitation_names_who_is_invited_but_nobody_who_must_not_meet_somebody_or_whose_work_tells_something():
    convened = with_fathers_apart(a_booked_conference())
    marlows, administrator = convened.marlows, convened.by("administrator")
    rosa = add_invitee(
        by=administrator, conference=convened.conference, role=InviteeRole.CHILD, person=marlows.rosa,
        reason="Old enough", children=[marlows.rosa],
    )  # fmt: skip
    with setting_up():
        grace = a_user(Role.PROFESSIONAL, first_name="Grace", last_name="Helper")
    helper = add_invitee(
        by=administrator, conference=convened.conference, role=InviteeRole.OTHER, user=grace,
        reason="Helps Anna after violence", children=marlows.children,
    )  # fmt: skip
    context = letter_context(convened.conference)
    anna, dan = (convened.invitation(one) for one in (marlows.mother, marlows.rosas_father))
    assert "Rosa Marlow, who may choose whether to come" in who_comes(context, anna)
    told = repr([who_comes(context, one) for one in (anna, dan, rosa)])
    assert "Sam School, from school" in told and helper.name not in told
    # Dan must not meet Lewis: no letter, not even to Rosa, says of either that he comes.
    assert "Dan Pryce" not in told and "Lewis Hart" not in told


@pytest.mark.parametrize("are_apart", [True, False])
def test_only_who_is_told_when_to_come_before_the_meeting_reads_that_they_come_in_first(settings, are_apart):
    settings.CPC_PRESET = "haringey"
    convened = a_booked_conference()
    if not are_apart:
        end_entries()
    send(with_fathers_apart(convened))
    marlows = convened.marlows
    for person in (marlows.mother, marlows.rosas_father, marlows.theos_father):
        said = " ".join(text_of(bytes(letter_of(person).body)).split())
        assert ("You come in before the professionals" in said) == ("Please come at" in said)
    said = " ".join(text_of(bytes(letter_of(marlows.mother).body)).split())
    assert ("Please come at" in said) is not are_apart
