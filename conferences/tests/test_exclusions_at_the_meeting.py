"""Somebody excluded beforehand: the attendance page, the quorum, the scale and the core group."""

import pytest
from django.urls import reverse

from conferences.convening.actions import exclusions
from conferences.convening.choices import Attendance, ExclusionState
from conferences.meeting.actions import attendance
from conferences.meeting.queries.agencies import people_scoring
from conferences.meeting.queries.board import expected
from conferences.plans.models import CoreGroupMember
from conferences.tests.exclusion import CASE, PART, WHOLE
from conferences.tests.meeting import a_booked_sitting, at, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db


def an_open_sitting_without_dan(decision=WHOLE):
    """An open conference from which Rosa's father was excluded before it."""
    sitting = a_booked_sitting(children=("rosa", "theo"))
    exclusions.decide_exclusion(
        by=sitting.chair, invitation=sitting.invitations["rosas_father"], **CASE, decision=decision
    )
    sitting.conference.refresh_from_db()
    attendance.open_conference(by=sitting.chair, conference=sitting.conference, at=at(TODAY))
    return sitting


def url(sitting, name):
    return reverse(name, args=[sitting.conference.pk])


def mark(sitting, *marks):
    found = [attendance.AttendanceMark(sitting.invitations[who].pk, how) for who, how in marks]
    return attendance.mark_attendance(by=sitting.chair, conference=sitting.conference, marks=found)


def test_the_attendance_page_shows_them_as_excluded_and_marks_everybody_else(client):
    sitting = an_open_sitting_without_dan()
    dan = sitting.invitations["rosas_father"]
    client.force_login(sitting.council.users.chair)
    page = client.get(url(sitting, "conferences:meet_attendance")).content.decode()
    assert f"mark_{dan.pk}" not in page and "excluded by your decision before the meeting" in page
    assert client.post(url(sitting, "conferences:meet_attendance"), {"rest_here": "yes"}).status_code == 302
    found = dict(sitting.conference.invitations.values_list("name", "attendance"))
    assert found.pop("Dan Pryce") == Attendance.EXCLUDED
    assert set(found.values()) == {Attendance.PRESENT}


def test_the_chair_does_not_mark_as_here_somebody_who_is_excluded_before_ending_it():
    sitting = an_open_sitting_without_dan()
    with pytest.raises(Invalid, match="end the exclusion first"):
        mark(sitting, ("rosas_father", Attendance.PRESENT))
    exclusions.end_exclusion(by=sitting.chair, invitation=sitting.invitations["rosas_father"], reason="He is calm.")
    mark(sitting, ("rosas_father", Attendance.PRESENT))
    sitting.invitations["rosas_father"].refresh_from_db()
    assert sitting.invitations["rosas_father"].attendance == Attendance.PRESENT


def test_an_exclusion_alone_does_not_count_as_having_marked_who_is_here():
    sitting = an_open_sitting_without_dan()
    with pytest.raises(Invalid, match="Mark the attendance first"):
        attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    assert "Dan Pryce" not in [one.name for one in expected(sitting.conference)]


def test_they_are_not_asked_to_place_the_child_on_the_scale_and_their_view_can_still_be_recorded(client):
    sitting = an_open_sitting_without_dan()
    assert "Dan Pryce" not in [one.name for one in people_scoring(sitting.rows["rosa"])]
    client.force_login(sitting.council.users.chair)
    board = client.get(url(sitting, "conferences:meet")).content.decode()
    assert f"parent_views-0-{sitting.marlows.rosas_father.pk}" in board


def test_closing_says_who_is_in_the_core_group_and_chooses_nobody_in_advance(client):
    sitting = an_open_sitting_without_dan()
    with setting_up():
        for name in ("mother", "rosas_father"):
            person = getattr(sitting.marlows, name)
            CoreGroupMember.objects.create(
                family=sitting.marlows.family, person=person, name=person.full_name, part="Parent", from_on=TODAY
            )
    mark(sitting, *((who, Attendance.PRESENT) for who in sitting.invitations if who != "rosas_father"))
    attendance.confirm_quorum(by=sitting.chair, conference=sitting.conference, quorate=True)
    decide(sitting)
    client.force_login(sitting.council.users.chair)
    page = client.get(url(sitting, "plans:close")).context["form"]
    assert "members" not in page.initial, "nobody is chosen in advance"
    names = dict(page.fields["members"].choices)
    assert "in the core group now" in names[str(sitting.invitations["mother"].pk)]


def test_somebody_excluded_from_part_is_on_the_list_with_their_own_times():
    decision = exclusions.ExclusionDecision(
        **{**vars(PART), "arrives_at": at(TODAY, 10), "leaves_at": at(TODAY, 10, 30), "from_on": TODAY}
    )
    sitting = an_open_sitting_without_dan(decision)
    (dan,) = [one for one in expected(sitting.conference) if one.name == "Dan Pryce"]
    assert (dan.attendance, dan.leaves_at) == (Attendance.UNKNOWN, at(TODAY, 10, 30))
    assert sitting.conference.exclusions.get().state == ExclusionState.IN_FORCE
