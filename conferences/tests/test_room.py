"""Who is in the room now, what the chair is told of them, and what the room's own screen leaves out."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.actions.notes import save_note
from conferences.choices import Attendance, Audience, Section
from conferences.models import Invitation
from conferences.queries.meet import Place
from conferences.queries.room import is_here
from conferences.tests.meeting import an_open_sitting, at, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up
from families.models import MustNotLearn, Protection
from families.tests.builders import a_child, a_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    """Everybody is here at eleven; Dan must not learn that Theo exists, and what was said is written."""
    with time_machine.travel(at(TODAY, 11), tick=False):
        sitting = mark(an_open_sitting())
        marlows = sitting.marlows
        with setting_up():
            MustNotLearn.objects.create(
                reader=marlows.rosas_father, about=marlows.theo, what="existence", source="judgement",
                reason="He has threatened to take him.",
            )  # fmt: skip

        def note(section, text, child=None, audience=Audience.EVERYONE):
            place = Place(section, child.pk if child else None)
            save_note(by=sitting.chair, conference=sitting.conference, place=place, text=text, audience=audience)

        note(Section.REASON, "We are here because Rosa was alone.")
        note(Section.WORRIED, "Theo had no coat.", marlows.theo)
        note(Section.WORKING_WELL, "Rosa and theo’s mother have help now. Theo sleeps well.")
        note(Section.CONFIDENTIAL, "A police enquiry is under way.", audience=Audience.PROFESSIONALS)
        yield sitting


def opened(client, sitting, name, user=None):
    client.force_login(user or sitting.conference.chair)
    return client.get(reverse(f"conferences:{name}", args=[sitting.conference.pk]))


def leaves(sitting, who, when):
    with setting_up():
        Invitation.objects.filter(pk=sitting.invitations[who].pk).update(left_at=when)


def test_the_rooms_screen_leaves_out_the_child_of_whom_somebody_here_must_not_learn(client, sitting):
    words = opened(client, sitting, "meet_room").content.decode()
    assert "We are here because Rosa was alone." in words and "Rosa Marlow" in words
    assert "Theo" not in words and "no coat" not in words and "sleeps well" not in words
    assert "police enquiry" not in words


def test_when_he_has_left_the_rooms_screen_shows_it_and_the_chair_need_not_mind_him(client, sitting):
    leaves(sitting, "rosas_father", at(TODAY, 10, 30))
    words = opened(client, sitting, "meet_room").content.decode()
    assert "Theo had no coat." in words and "Theo Marlow" in words and "police enquiry" not in words
    words = opened(client, sitting, "meet").content.decode()
    # Of the others it is still said that his protected address is kept from them.
    assert "Dan Pryce</strong> is here" not in words and "Anna Marlow</strong> is here" in words


def test_the_chair_is_told_who_is_here_who_must_not_hear_what_and_what_the_screen_leaves_out(client, sitting):
    words = opened(client, sitting, "meet").content.decode()
    assert "Mind who is here now" in words and "Dan Pryce</strong> is here, and must not hear everything" in words
    told = words.split("Mind who is here now")[1].split("</details>")[0]
    assert "Theo" in told and "What we are worried about (Theo)" in told and "What is working well" in told


def test_somebody_is_here_from_coming_until_leaving():
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


def test_the_rooms_screen_leaves_out_what_another_familys_entry_keeps_from_somebody_here(client, sitting):
    """Dan must not learn of a child of another family: no entry of this one says why, and the chair types the name."""
    other = a_family(sitting.marlows.council, name="Quartz")
    hidden = a_child(other, "Zelda", last_name="Quartz")
    with setting_up():
        MustNotLearn.objects.create(
            reader=sitting.marlows.mother, about=hidden, what="existence", source="judgement", reason="Adopted.",
        )  # fmt: skip
        MustNotLearn.objects.filter(reader=sitting.marlows.rosas_father).update(ended_on=TODAY, end_reason="Over")
        Protection.objects.update(ended_on=TODAY, end_reason="Over")
    place = Place(Section.WORRIED, sitting.marlows.rosa.pk)
    save_note(
        by=sitting.chair, conference=sitting.conference, place=place, text="Zelda Quartz was seen at the door.",
        audience=Audience.EVERYONE,
    )  # fmt: skip
    words = opened(client, sitting, "meet_room").content.decode()
    assert "We are here because Rosa was alone." in words and "Quartz" not in words
