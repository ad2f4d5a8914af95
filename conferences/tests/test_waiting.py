"""Letters that wait: a change of the facts stops them, and they are written again or wait for a person by name."""

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions.waiting import TOO_LATE, check_waiting_letters
from conferences.convening.choices import CancelReason, ConferenceState
from conferences.convening.deadlines import held_back
from conferences.tests.builders import an_invited_conference, booking, everything_leaves, second_checked
from conferences.tests.test_separation import changed, must_not_learn, said_in
from cpc.core.accounts.permissions import system
from cpc.core.accounts.tests.builders import TODAY, last_event, setting_up
from cpc.core.documents import actions as documents
from cpc.core.documents.models import Document, MailQueue, Outgoing
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import NotPermitted
from families.people.actions.contact import record_address
from families.protections.actions.no_contact import record_must_not_meet
from families.tests.builders import end_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    """Everybody is invited, their letters wait for the print room, and nothing is protected any more."""
    made = an_invited_conference()
    end_entries()
    look()
    return made


def look():
    return check_waiting_letters(by=system(on=TODAY))


def letters(convened):
    """The letters to the family that are waiting or held back."""
    found = Outgoing.objects.filter(document__isnull=False, recipient_kind="person").select_related("document")
    return found.filter(about_id=convened.conference.pk, state__in=("queued", "held")).order_by("pk")


def waiting(convened, person):
    """Those to this person."""
    return list(letters(convened).filter(recipient_id=person.pk))


def in_state(convened, state):
    one = convened.conference
    with setting_up():
        one.state, one.opened_at, one.opened_by = state, one.starts_at, one.chair
        if state == ConferenceState.HELD:
            one.closed_at, one.closed_by, one.quorate = one.ends_at, one.chair, True
        one.save()


def words_for(convened, person):
    return "".join(said_in(Document.objects.defer(None).get(pk=one.document_id)) for one in waiting(convened, person))


def duties(convened):
    users = convened.council.users
    return {duty.kind: duty for duty in held_back(frozenset({users.administrator.pk}), frozenset())}


def test_while_nothing_changes_nothing_is_written(convened):
    before, event = list(letters(convened).values_list("pk", "state")), last_event()
    assert look() == 0
    assert list(letters(convened).values_list("pk", "state")) == before and last_event() == event


@pytest.mark.parametrize(
    ("child", "happened", "says"),
    [
        ("unborn", {"born_on": TODAY, "expected_on": None, "first_name": "Ivy"}, "Ivy"),
        ("rosa", {"died_on": TODAY}, "Theo"),
        ("theo", {"first_name": "Teo"}, "Teo"),
    ],
)
def test_a_birth_a_death_or_a_new_name_writes_each_letter_that_names_the_child_again(convened, child, happened, says):
    mother = convened.marlows.mother
    before = {one.pk for one in waiting(convened, mother)}
    changed(getattr(convened.marlows, child), **happened)
    assert look() > 0
    after = waiting(convened, mother)
    assert len(after) == len(before) and before.isdisjoint(one.pk for one in after)
    assert [why_held(one) for one in after] == [""] * len(after)
    assert {one.document.made_by_name for one in after} == {"The system"}
    words = words_for(convened, mother)
    assert says in words and ("Rosa" in words) is (child != "rosa")
    gone = Outgoing.objects.filter(pk__in=before)
    assert {one.state for one in gone} == {"withdrawn"} and "drafted again" in gone[0].why_failed
    assert look() == 0 and not duties(convened)


def test_a_new_address_writes_it_again_to_the_new_one(convened):
    marlows = convened.marlows
    record_address(
        by=convened.by("social_worker"), family=marlows.family, person=marlows.mother, lines="7 Weir Road\nNorthwick",
        postcode="ZZ1 7AA",
    )  # fmt: skip
    held = [one for one in waiting(convened, marlows.mother) if one.channel == "print"]
    assert held and all(why_held(one) for one in held)
    look()
    after = waiting(convened, marlows.mother)
    assert all("7 Weir Road" in one.document.recipient_address for one in after if one.channel == "print")
    assert [why_held(one) for one in after] == [""] * len(after)


def test_what_the_print_room_was_refused_is_written_again(convened):
    mother = convened.marlows.mother
    changed(convened.marlows.theo, first_name="Teo")
    documents.hold_blocked_letters(convened.by("administrator"), letters=waiting(convened, mother))
    assert "held_back" in duties(convened)
    look()
    assert "Teo" in words_for(convened, mother) and not duties(convened)


def test_where_somebody_is_protected_the_fresh_letter_waits_for_the_second_check_and_then_goes_on():
    convened = an_invited_conference()
    mother = convened.marlows.mother
    must_not_learn(convened, convened.marlows.rosas_father, convened.marlows.rosa)
    changed(convened.marlows.theo, first_name="Teo")
    look()
    assert "Teo" in words_for(convened, mother)
    assert {one.state for one in waiting(convened, mother)} == {"held"}
    assert duties(convened)["check_list_again"].owners == {convened.council.users.social_worker.pk}
    with pytest.raises(NotPermitted):
        second_checked(convened, "administrator")  # who changed the list and sent the invitations
    assert {one.state for one in waiting(convened, mother)} == {"held"}
    second_checked(convened, "chair")
    after = waiting(convened, mother)
    assert {one.state for one in after} == {"queued"} and not any(why_held(one) for one in after)
    assert not duties(convened)


def test_a_conference_that_was_moved_waits_for_the_check_on_somebodys_list_before_anybody_prints():
    convened = an_invited_conference()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
        **booking(convened.council, hour=14),
    )  # fmt: skip
    look()
    assert set(duties(convened)) == {"check_list_again"}
    second_checked(convened, "chair")
    assert {one.state for one in letters(convened)} == {"queued"} and not duties(convened)


def test_where_two_would_meet_now_nothing_is_written_again_and_the_administrator_is_asked(convened):
    marlows = convened.marlows
    record_must_not_meet(
        by=convened.by("social_worker"), family=marlows.family, one=marlows.mother, other=marlows.theos_father,
        source="judgement", reason="He followed her.",
    )  # fmt: skip
    changed(marlows.theo, first_name="Teo")
    assert look() == 0
    assert "Teo" not in words_for(convened, marlows.mother)
    duty = duties(convened)["held_back"]
    assert duty.owners == {convened.council.users.administrator.pk}
    assert duty.path.endswith(f"/{convened.conference.pk}/invitations/")
    end_entries()
    assert look() > 0
    assert "Teo" in words_for(convened, marlows.mother) and not duties(convened)


def test_what_a_person_held_back_stays_held_and_nothing_is_written_beside_it(convened):
    mother, administrator = convened.marlows.mother, convened.by("administrator")
    mine = waiting(convened, mother)
    documents.hold_back(administrator, outgoing=mine[0], reason="She is moving today.")
    changed(convened.marlows.theo, first_name="Teo")
    look()
    assert [one.pk for one in waiting(convened, mother)] == [one.pk for one in mine]
    mine[0].refresh_from_db()
    assert (mine[0].state, mine[0].why_failed) == ("held", "She is moving today.")


def test_a_letter_to_somebody_who_died_is_held_and_never_written_again(convened):
    father = convened.marlows.rosas_father
    changed(father, died_on=TODAY)
    look()
    assert {one.state for one in waiting(convened, father)} == {"held"}


def test_a_letter_of_cancellation_is_written_again_too(convened):
    everything_leaves()
    booking_actions.cancel(
        by=convened.by("administrator"),
        conference=convened.conference,
        reason=CancelReason.CHAIR_ILL,
        agreed_by="Ann",
    )
    changed(convened.marlows.theo, first_name="Teo")
    mother = convened.marlows.mother
    look()
    [letter] = waiting(convened, mother)
    assert letter.document.kind == "conference_cancelled_family" and not why_held(letter) and not duties(convened)


def test_letters_about_a_conference_that_is_over_are_withdrawn_and_nobody_is_asked_to_check_its_list(convened):
    must_not_learn(convened, convened.marlows.rosas_father, convened.marlows.rosa)
    waited = {one.pk for one in letters(convened)}
    in_state(convened, ConferenceState.OPEN)
    look()
    assert {one.state for one in letters(convened)} == {"queued"}, "it may have been opened by mistake"
    in_state(convened, ConferenceState.HELD)
    look()
    gone = Outgoing.objects.filter(pk__in=waited)
    assert waited and {(one.state, one.why_failed) for one in gone} == {("withdrawn", TOO_LATE)}
    assert not duties(convened)


def test_after_a_restore_nothing_is_written_until_somebody_decides(convened):
    changed(convened.marlows.theo, first_name="Teo")
    MailQueue.objects.current()
    MailQueue.objects.update(database="another")
    assert look() == 0
    assert "Teo" not in words_for(convened, convened.marlows.mother)
