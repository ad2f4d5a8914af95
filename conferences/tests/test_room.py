"""Who is in the room now, what the chair is told about them, and what the room's own screen leaves out."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import MessageEncoder
from django.contrib.messages.storage.session import SessionStorage
from django.urls import reverse

from conferences.convening.actions.acting import name_acting_chair
from conferences.convening.choices import Attendance, Section
from conferences.convening.models import Invitation
from conferences.disclosure.choices import Audience
from conferences.meeting.actions.notes import save_note
from conferences.meeting.models import LiveNote
from conferences.meeting.queries.board import NotePlace
from conferences.meeting.queries.room import is_here
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.tests.builders import HELD_ON
from conferences.tests.meeting import an_open_sitting, at, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.protected import protect_address
from families.people.models import Address, MustNotLearn, MustNotMeet, Protection
from families.tests.builders import a_child, a_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    """Everybody is present at eleven, Dan must not learn that Theo exists, and notes are written."""
    with time_machine.travel(at(TODAY, 11), tick=False):
        sitting = mark(an_open_sitting())
        marlows = sitting.marlows
        with setting_up():
            MustNotLearn.objects.create(
                reader=marlows.rosas_father, about=marlows.theo, what="existence", source="judgement",
                reason="He has threatened to take him.",
            )  # fmt: skip

        def note(section, text, child=None, audience=Audience.EVERYONE):
            place = NotePlace(section, child.pk if child else None)
            save_note(by=sitting.chair, conference=sitting.conference, place=place, text=text, audience=audience)

        note(Section.REASON, "We are here because Rosa was alone.")
        note(Section.WORRIED, "Theo had no coat.", marlows.theo)
        note(Section.WORKING_WELL, "Rosa and theo’s mother have help now. Theo sleeps well.")
        note(Section.CONFIDENTIAL, "A police enquiry is under way.", audience=Audience.PROFESSIONALS)
        yield sitting


def opened(client, sitting, name, user=None):
    user = user or sitting.conference.chair
    if client.session.get("_auth_user_id") != str(user.pk):
        client.force_login(user)
    return client.get(reverse(f"conferences:{name}", args=[sitting.conference.pk]))


def leaves(sitting, who, when):
    with setting_up():
        Invitation.objects.filter(pk=sitting.invitations[who].pk).update(left_at=when)


def test_the_rooms_screen_leaves_out_a_child_that_somebody_present_must_not_learn_of(client, sitting):
    words = opened(client, sitting, "meet_room").content.decode()
    assert "We are here because Rosa was alone." in words and "Rosa Marlow" in words
    assert "Theo" not in words and "no coat" not in words and "sleeps well" not in words
    assert "police enquiry" not in words
    assert "Sign out" not in words, "a screen for the room has no menu"


def say(sitting, text):
    place = NotePlace(Section.WORRIED, sitting.marlows.rosa.pk)
    before = LiveNote.objects.filter(conference=sitting.conference, section=place.section, child=place.child_id).first()
    version = before.version if before else 0
    save_note(
        by=sitting.chair, conference=sitting.conference, place=place, text=text, version=version,
        audience=Audience.EVERYONE,
    )  # fmt: skip


def box_of(client, sitting, words):
    """The value of the box beside the note with these words, on the page that asks the chair."""
    choices = opened(client, sitting, "meet_room_ask").context["form"].fields["notes"].choices
    return next(key for key, label in choices if words in label)


def test_the_screen_asks_where_paper_asks_and_shows_what_the_chair_judged_harmless(client, sitting):
    home = Address.objects.filter(person=sitting.marlows.mother).first()
    street = protect_address(*home.lines.splitlines())[-1].value
    assert street[:1].isalpha()
    say(sitting, f"Rosa waits in {street} for the bus.")
    assert street not in opened(client, sitting, "meet_room").content.decode()
    assert reverse("conferences:meet_room_ask", args=[sitting.conference.pk]) in (
        opened(client, sitting, "meet").content.decode()
    )
    page = opened(client, sitting, "meet_room_ask").content.decode()
    assert street in page and "no coat" not in page  # what stops is not asked about
    url = reverse("conferences:meet_room_ask", args=[sitting.conference.pk])
    key = box_of(client, sitting, street)
    refused = client.post(url, {"notes": [key], "reason": ""}).content.decode()
    assert "govuk-error-message" in refused and street in refused
    assert client.post(url, {"notes": [key], "reason": "Everybody here knows the bus stop."}).status_code == 302
    assert street in opened(client, sitting, "meet_room").content.decode()
    say(sitting, f"She lives in {street}.")
    assert street not in opened(client, sitting, "meet_room").content.decode()


def test_a_note_that_changed_after_the_chair_read_it_is_not_shown(client, sitting):
    home = Address.objects.filter(person=sitting.marlows.mother).first()
    street = protect_address(*home.lines.splitlines())[-1].value
    say(sitting, f"Rosa waits in {street} for the bus.")
    key = box_of(client, sitting, street)
    say(sitting, f"She lives in {street}.")
    url = reverse("conferences:meet_room_ask", args=[sitting.conference.pk])
    refused = client.post(url, {"notes": [key], "reason": "Everybody here knows the bus stop."}).content.decode()
    assert "has changed since you opened this page" in refused and f"She lives in {street}." in refused
    assert street not in opened(client, sitting, "meet_room").content.decode()


def test_a_name_in_lower_case_and_a_map_link_stay_off_the_screen(client, sitting):
    for text in ("Seen with theo’s coat.", "They are at https://goo.gl/maps/abc now."):
        say(sitting, text)
        assert text.split("’")[0] not in opened(client, sitting, "meet_room").content.decode()


def test_after_he_has_left_the_rooms_screen_shows_it_and_the_chair_is_no_longer_warned(client, sitting):
    leaves(sitting, "rosas_father", at(TODAY, 10, 30))
    words = opened(client, sitting, "meet_room").content.decode()
    assert "Theo had no coat." in words and "Theo Marlow" in words and "police enquiry" not in words
    words = opened(client, sitting, "meet").content.decode()
    # About the others it still says that his protected address is withheld from them.
    assert "Dan Pryce</strong> is present" not in words and "Anna Marlow</strong> is present" in words


def test_the_chair_is_told_who_is_here_who_must_not_hear_what_and_what_the_screen_leaves_out(client, sitting):
    words = opened(client, sitting, "meet").content.decode()
    assert "Be careful what you say" in words and "Dan Pryce</strong> is present, and must not hear everything" in words
    told = words.split("Be careful what you say")[1].split("</details>")[0]
    assert "Theo" in told and "What we are worried about (Theo)" in told and "What is working well" in told


def test_somebody_is_present_from_arriving_until_leaving():
    here = Invitation(attendance=Attendance.PRESENT)
    assert is_here(here, at(TODAY, 11))
    here.came_at, here.left_at = at(TODAY, 10), at(TODAY, 11)
    assert is_here(here, at(TODAY, 10)) and not is_here(here, at(TODAY, 11))
    assert not is_here(here, at(TODAY, 10) - timedelta(minutes=1))
    assert not is_here(Invitation(attendance=Attendance.ABSENT), at(TODAY, 11))


def test_the_rooms_screen_is_for_its_chair_and_the_administrators_alone(client, sitting):
    users = sitting.council.users
    assert opened(client, sitting, "meet_room", users.administrator).status_code == 200
    for other in (users.social_worker, users.other_chair, sitting.council.professionals.school):
        assert opened(client, sitting, "meet_room", other).status_code in (403, 404)


def test_the_rooms_screen_leaves_out_what_another_familys_entry_withholds_from_somebody_present(client, sitting):
    """Dan must not learn of a child of another family: no entry of this one says why, and the chair types the name."""
    other = a_family(sitting.marlows.council, name="Quartz")
    hidden = a_child(other, "Zelda", last_name="Quartz")
    with setting_up():
        MustNotLearn.objects.create(
            reader=sitting.marlows.mother, about=hidden, what="existence", source="judgement", reason="Adopted.",
        )  # fmt: skip
        MustNotLearn.objects.filter(reader=sitting.marlows.rosas_father).update(ended_on=TODAY, end_reason="Past")
        Protection.objects.update(ended_on=TODAY, end_reason="Past")
    place = NotePlace(Section.WORRIED, sitting.marlows.rosa.pk)
    save_note(
        by=sitting.chair, conference=sitting.conference, place=place, text="Zelda Quartz was seen at the door.",
        audience=Audience.EVERYONE,
    )  # fmt: skip
    words = opened(client, sitting, "meet_room").content.decode()
    assert "We are here because Rosa was alone." in words and "Quartz" not in words


def test_the_chairs_messages_wait_for_the_chairs_next_page_and_are_never_on_the_rooms_screen(client, sitting):
    client.force_login(sitting.conference.chair)
    quorum = reverse("conferences:meet_quorum", args=[sitting.conference.pk])
    assert client.post(quorum, {"answer": "quorate"}).status_code == 302
    assert "Quorum confirmed" not in opened(client, sitting, "meet_room").content.decode()
    assert "Quorum confirmed" in opened(client, sitting, "meet").content.decode()


@pytest.mark.parametrize("level", [messages.INFO, messages.SUCCESS, messages.WARNING, messages.ERROR])
def test_a_message_of_no_kind_reaches_the_rooms_screen(client, sitting, level):
    client.force_login(sitting.conference.chair)
    session = client.session
    session[SessionStorage.session_key] = MessageEncoder().encode([Message(level, "Dan threatened her")])
    session.save()
    assert "Dan threatened her" not in opened(client, sitting, "meet_room").content.decode()
    assert "Dan threatened her" in opened(client, sitting, "meet").content.decode()


def test_the_rooms_screen_lists_neither_of_two_people_who_must_not_meet(client, sitting):
    words = opened(client, sitting, "meet_room").content.decode()
    assert "Anna Marlow" in words and "Lewis Hart" not in words and "Dan Pryce" not in words


def test_what_somebody_said_is_off_the_rooms_screen_while_a_person_they_must_not_meet_is_there(client, sitting):
    dan, mother = sitting.marlows.rosas_father, sitting.marlows.mother
    for person, words in ((dan, "I miss the garden."), (mother, "I want the nights to be quiet.")):
        place = NotePlace(Section.PARENT_VIEWS, None, person.pk)
        save_note(by=sitting.chair, conference=sitting.conference, place=place, text=words)
    seen = opened(client, sitting, "meet_room").content.decode()
    assert "I want the nights to be quiet." in seen and "I miss the garden." not in seen
    assert "I miss the garden." in opened(client, sitting, "meet").content.decode()
    leaves(sitting, "theos_father", at(TODAY, 10, 30))  # Dan is protected from him
    assert "I miss the garden." in opened(client, sitting, "meet_room").content.decode()


def test_what_a_protected_parent_said_stays_off_the_rooms_screen_after_they_left(client, sitting):
    mother, dan = sitting.marlows.mother, sitting.marlows.rosas_father
    with setting_up():
        MustNotMeet.objects.create(one=mother, other=dan, protects="one", source="injunction", reason="He hit her.")
    place = NotePlace(Section.PARENT_VIEWS, None, mother.pk)
    save_note(by=sitting.chair, conference=sitting.conference, place=place, text="I want the nights to be quiet.")
    leaves(sitting, "mother", at(TODAY, 10, 15))
    assert "nights to be quiet" not in opened(client, sitting, "meet_room").content.decode()
    assert "nights to be quiet" not in opened(client, sitting, "meet_room_ask").content.decode()
    leaves(sitting, "rosas_father", at(TODAY, 10, 30))
    assert "nights to be quiet" in opened(client, sitting, "meet_room").content.decode()


def test_a_childs_own_words_stay_off_the_rooms_screen_while_somebody_they_are_protected_from_is_there(client, sitting):
    rosa, dan = sitting.marlows.rosa, sitting.marlows.rosas_father
    with setting_up():
        MustNotLearn.objects.create(reader=dan, about=rosa, what="whereabouts", source="judgement", reason="Threats.")
    for section, words in ((Section.CHILD_VIEWS, "I like my new bed."), (Section.WORRIED, "Rosa was alone at night.")):
        place = NotePlace(section, rosa.pk)
        save_note(by=sitting.chair, conference=sitting.conference, place=place, text=words, audience=Audience.EVERYONE)
    seen = opened(client, sitting, "meet_room").content.decode()
    assert "I like my new bed." not in seen and "Rosa was alone at night." in seen
    leaves(sitting, "rosas_father", at(TODAY, 10, 30))
    assert "I like my new bed." in opened(client, sitting, "meet_room").content.decode()


def test_the_rooms_screen_leaves_out_when_and_where_somebody_protected_will_be(client, sitting):
    dan = sitting.marlows.rosas_father
    with setting_up():
        MustNotLearn.objects.filter(reader=dan).update(ended_on=TODAY, end_reason="Past")
        CoreGroupMember.objects.create(
            family=sitting.marlows.family, person=dan, name=dan.full_name, part="father", from_on=TODAY
        )
        CoreGroupMeeting.objects.create(
            family=sitting.marlows.family, due_on=HELD_ON, starts_at=at(HELD_ON, 11), state=MeetingState.PLANNED,
            place="Alder Library", booked_by=sitting.council.users.social_worker,
        )  # fmt: skip
    say(sitting, "They talk again on 2 December at 11am.")
    assert "talk again" not in opened(client, sitting, "meet_room").content.decode()
    leaves(sitting, "theos_father", at(TODAY, 10, 30))  # Dan is protected from him
    assert "talk again" in opened(client, sitting, "meet_room").content.decode()


@pytest.mark.parametrize("name", ["meet", "meet_room"])
def test_the_live_page_and_the_rooms_screen_name_the_person_running_it_for_the_chair(client, sitting, name):
    other = sitting.council.users.other_chair
    assert str(other) not in opened(client, sitting, name).content.decode()
    by = sitting.council.by("service_manager")
    name_acting_chair(by=by, conference=sitting.conference, user=other, reason="Gwen is ill.")
    page = opened(client, sitting, name, sitting.council.users.administrator if name == "meet" else other)
    assert f"Chair: {other}" in page.content.decode() and "Gwen Ashby" not in page.content.decode()
