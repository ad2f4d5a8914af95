"""A relative who comes with a parent meets nobody they must not meet: from being named until being marked as here."""

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.choices import INVITED, MOVED, Attendance
from conferences.convening.models import Conference
from conferences.convening.queries.companions import relatives_to_choose
from conferences.convening.queries.list_checks import list_awaits_check
from conferences.meeting.actions.attendance import AttendanceMark, mark_attendance, open_conference
from conferences.meeting.queries.board import invited
from conferences.meeting.queries.room import PeoplePresent
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    everything_leaves,
    second_checked,
)
from conferences.tests.companions import agreed, named
from conferences.tests.exclusion import exclude
from conferences.tests.test_exclusions import a_review_after
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid
from families.people.choices import Part
from families.people.models import MustNotMeet, Person
from families.tests.builders import an_adult

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    """Everybody on the list is invited. Anna's sister is on the record, and not invited."""
    made = an_invited_conference()
    made.aunt = an_adult(made.marlows.family, "Mary", "Finch", part=Part.OTHER)
    return made


def kept_apart(one, other):
    with setting_up():
        MustNotMeet.objects.create(one=one, other=other, protects="one", source="injunction", reason="He hit her.")


def opened(convened):
    conference = Conference.objects.get(pk=convened.conference.pk)
    return open_conference(by=convened.by("chair", HELD_ON), conference=conference)


def marked(convened, conference, *invitations, **times):
    marks = [AttendanceMark(one.pk, Attendance.PRESENT, **times) for one in invitations]
    return mark_attendance(by=convened.by("chair", HELD_ON), conference=conference, marks=marks)


def test_two_relatives_who_must_not_meet_do_not_come_with_two_parents(convened):
    kept_apart(convened.marlows.grandmother, convened.aunt)
    agreed(convened, relative=convened.marlows.grandmother)
    with pytest.raises(Invalid, match="must be kept separate"):
        named(convened, "theos_father", relative=convened.aunt)


def test_no_letter_leaves_while_a_relative_would_meet_somebody_they_must_not_meet(convened):
    agreed(convened, relative=convened.marlows.grandmother)
    second_checked(convened, "team_manager")
    waiting = Outgoing.objects.filter(purpose=INVITED, recipient_kind="person").first()
    assert not list_awaits_check(waiting)
    kept_apart(convened.marlows.grandmother, convened.marlows.theos_father)
    second_checked(convened, "team_manager")
    assert "Jean Marlow must be kept separate" in list_awaits_check(waiting)
    everything_leaves()
    booking_actions.move(
        by=convened.by("administrator"), conference=convened.conference, reason="family_asked", agreed_by="The chair",
        starts_at=at(HELD_ON, 14), ends_at=at(HELD_ON, 16), room=convened.conference.room,
        chair=convened.conference.chair,
    )  # fmt: skip
    moved = Outgoing.objects.filter(purpose=MOVED, recipient_kind="person").first()
    assert "Jean Marlow must be kept separate" in list_awaits_check(moved)


def test_a_relative_who_may_not_be_beside_a_parent_is_not_on_the_list_of_who_is_here(client, convened):
    agreed(convened, relative=convened.marlows.grandmother)
    kept_apart(convened.marlows.grandmother, convened.marlows.theos_father)
    with time_machine.travel(convened.conference.starts_at, tick=False):
        client.force_login(convened.conference.chair)
        page = client.post(reverse("conferences:meet_open", args=[convened.conference.pk]), {"x": ""}, follow=True)
    assert "Jean Marlow must be kept separate" in page.content.decode()
    assert convened.conference.invitations.exists()
    assert not convened.conference.invitations.filter(role="supporter").exists()


def test_a_relative_is_not_marked_as_here_with_somebody_they_must_not_meet(convened):
    agreed(convened, relative=convened.marlows.grandmother)
    conference = opened(convened)
    supporter = conference.invitations.get(role="supporter")
    lewis = convened.invitation(convened.marlows.theos_father)
    kept_apart(convened.marlows.grandmother, convened.marlows.theos_father)
    with pytest.raises(Invalid, match="Mark them as not here, or say when they left"):
        marked(convened, conference, supporter)
    half_past = at(HELD_ON, 10, 30)
    with pytest.raises(Invalid, match="must not meet, and would both be here"):
        marked(convened, conference, supporter, lewis, came_at=at(HELD_ON, 10), left_at=half_past)


def test_who_comes_with_a_parent_comes_where_and_when_the_parent_does(convened):
    agreed(convened, "rosas_father")
    one = opened(convened).invitations.get(role="supporter")
    assert one.apart and one.mode == "video" and one.video_link == "https://video.example.org/dan"


@pytest.mark.parametrize("reply", ["not_coming", "stays_away"])
def test_nobody_is_expected_with_a_parent_who_does_not_come(convened, reply):
    agreed(convened)
    heard = "By letter" if reply == "stays_away" else ""
    with setting_up():
        convened.conference.invitations.filter(person=convened.marlows.mother).update(reply=reply, heard_how=heard)
    assert not opened(convened).invitations.filter(role="supporter").exists()


def test_the_rooms_screen_lists_a_supporter_only_where_it_lists_the_parent(convened):
    agreed(convened)
    conference = opened(convened)
    here = tuple(one for one in invited(conference) if one.role == "supporter")
    mother = frozenset({convened.marlows.mother.pk})
    assert [one.name for one in PeoplePresent(here).listed] == ["Jo Bell"]
    assert PeoplePresent(here, kept_apart=mother).listed == []
    assert PeoplePresent(here, withheld_people=mother).listed == []


def test_a_relative_does_not_come_while_somebody_they_must_not_meet_is_at_another_meeting_there(convened):
    aunt, other = convened.aunt, an_adult(convened.marlows.family, "Peter", "Low", part=Part.OTHER)
    family, worker = convened.marlows.family, convened.council.users.social_worker
    kept_apart(aunt, other)
    with setting_up():
        CoreGroupMember.objects.create(family=family, person=other, name="Peter Low", part="father", from_on=HELD_ON)
        CoreGroupMeeting.objects.create(
            family=family, due_on=HELD_ON, starts_at=convened.conference.starts_at, state=MeetingState.PLANNED,
            place=convened.conference.room.address, booked_by=worker,
        )  # fmt: skip
    with pytest.raises(Invalid, match="must not come at this time"):
        named(convened, relative=aunt)


def test_who_was_excluded_from_the_last_conference_is_not_named_before_the_chair_has_decided():
    first = a_booked_conference()
    exclude(first)
    with setting_up():
        first.conference.exclusions.update(person=first.marlows.grandmother)
    with pytest.raises(Invalid, match="is excluded from this conference"):
        named(first, relative=first.marlows.grandmother)
    second = a_review_after(first)
    with pytest.raises(Invalid, match="was excluded from an earlier conference"):
        named(second, relative=second.marlows.grandmother)


def test_nobody_is_named_to_come_by_a_second_record_of_somebody_on_the_list(convened):
    second = an_adult(convened.marlows.family, "Annie", "Marlow")
    assert second in relatives_to_choose(convened.conference)
    with setting_up():
        Person.objects.filter(pk=convened.marlows.mother.pk).update(merged_into=second)
    assert second not in relatives_to_choose(convened.conference)
