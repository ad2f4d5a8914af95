"""How several people on the list attend, changed in one step, and never two together who must not meet."""

import pytest
from django.urls import reverse

from conferences.convening.actions.booking import move
from conferences.convening.actions.invitations import change_invitee
from conferences.convening.actions.several_invitees import change_modes
from conferences.convening.choices import InviteeRole, Reply
from conferences.convening.models import Conference, Invitation
from conferences.convening.queries.invitations import invitations_of, who_would_meet
from conferences.separation.actions import answer_to_share, ask_to_share
from conferences.separation.choices import AttendMode
from conferences.separation.queries.presences import presence_at
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    booking,
    everything_leaves,
    send,
    with_fathers_apart,
)
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db


def of(convened, *people):
    return [convened.invitation(one) for one in people]


def by_phone_and_by_video(convened):
    """The two fathers, who must not meet: one attends by phone, the other by video, for the whole conference."""
    one, other = of(convened, convened.marlows.rosas_father, convened.marlows.theos_father)
    with setting_up():
        Invitation.objects.filter(pk__in=[one.pk, other.pk]).update(apart=False, arrives_at=None, leaves_at=None)
        Invitation.objects.filter(pk=one.pk).update(mode=AttendMode.PHONE)
        Invitation.objects.filter(pk=other.pk).update(mode=AttendMode.VIDEO)
    return of(convened, one.person, other.person)


def modes(convened):
    return dict(convened.conference.invitations.values_list("pk", "mode"))


def change(convened, invitations, mode, by="administrator"):
    return change_modes(
        by=convened.by(by), conference=convened.conference, invitations=invitations, mode=AttendMode(mode)
    )


def test_everybody_who_is_ticked_attends_by_video_and_nobody_else_changes(client):
    convened = with_fathers_apart(a_booked_conference())
    path = reverse("conferences:change_several", args=[convened.conference.pk])
    client.force_login(convened.council.users.administrator)
    shown = client.get(f"{path}?tick=professionals").content.decode()
    professionals = convened.conference.invitations.filter(person=None).exclude(mode=AttendMode.REPORT)
    assert shown.count(" checked") == convened.conference.invitations.filter(person=None).count()
    separate = convened.invitation(convened.marlows.rosas_father)
    assert f'value="{separate.pk}"' not in shown and separate.name in shown, "they attend separately: not changed here"
    before = modes(convened)
    client.post(path, {"people": [one.pk for one in professionals], "mode": "video"})
    changed = {pk for pk, mode in modes(convened).items() if mode != before[pk]}
    assert changed == {one.pk for one in professionals}


@pytest.mark.parametrize("mode", ["room", "video", "phone"])
def test_two_who_must_not_meet_are_never_changed_to_attend_in_one_way(mode):
    convened = a_booked_conference()
    fathers = by_phone_and_by_video(convened)
    before = modes(convened)
    with pytest.raises(Invalid, match="must not meet, and would be") as caught:
        change(convened, fathers, mode)
    assert modes(convened) == before and fathers[0].name in str(caught.value)


def test_nobody_is_changed_to_be_where_somebody_else_is_who_must_not_meet_them():
    convened = a_booked_conference()
    one, other = by_phone_and_by_video(convened)
    mother = convened.invitation(convened.marlows.mother)
    with pytest.raises(Invalid, match="must not meet"):
        change(convened, [one, mother], "video")
    with pytest.raises(Invalid, match="must not meet"):
        change(convened, [other], "phone")
    with pytest.raises(Invalid, match="must not meet"):
        change(convened, [one, mother], "room")
    assert modes(convened)[mother.pk] == AttendMode.ROOM, "nothing is changed for anybody"


def attend(convened, invitation, mode, *hours):
    """Have one person attend in this way, on the page for that person alone: in a part of their own, from hour to hour,
    if hours are given.
    """
    begins, ends = (at(HELD_ON, hour) for hour in hours) if hours else (None, None)
    change_invitee(
        by=convened.by("administrator"), invitation=invitation, mode=AttendMode(mode), apart=bool(hours),
        children=[row.child for row in invitation.children.all()], arrives_at=begins, leaves_at=ends,
    )  # fmt: skip


def test_two_who_must_not_meet_are_in_one_phone_call_by_neither_page_unless_each_is_called_alone():
    convened = a_booked_conference()
    one, other = by_phone_and_by_video(convened)
    before = modes(convened)
    with pytest.raises(Invalid, match=r"must not meet, and would be in one phone call\. Give each a start and an end"):
        attend(convened, other, "phone")
    with pytest.raises(Invalid, match="must not meet"):
        change(convened, [other], "phone")
    assert modes(convened) == before
    attend(convened, one, "phone", 11, 12)
    attend(convened, other, "phone", 10, 11)
    assert who_would_meet(convened.conference, invitations_of(convened.conference)) == []
    with pytest.raises(Invalid, match="would be in one phone call"):
        attend(convened, one, "phone")
    check = ask_to_share(
        by=convened.by("chair"), conference=convened.conference, one=one.person, other=other.person,
        shared="conference", reason="Both ask for it.",
    )  # fmt: skip
    answer_to_share(
        by=convened.by("team_manager"), conference=convened.conference, check=check, agreed=True, reason="I asked both."
    )
    attend(convened, one, "phone")


@pytest.mark.parametrize(("mode", "where"), [("room", "in the same building"), ("video", "at the same video link")])
def test_the_page_for_one_person_refuses_the_same_room_and_the_same_screen(mode, where):
    convened = a_booked_conference()
    one, other = of(convened, convened.marlows.rosas_father, convened.marlows.theos_father)
    with setting_up():
        Invitation.objects.filter(pk__in=[one.pk, other.pk]).update(apart=False, arrives_at=None, leaves_at=None)
        Invitation.objects.filter(pk=one.pk).update(mode=mode)
        Invitation.objects.filter(pk=other.pk).update(mode=AttendMode.PHONE)
    with pytest.raises(Invalid, match=f"must not meet, and would be {where} at the same time"):
        attend(convened, other, mode)
    mother = convened.invitation(convened.marlows.mother)
    attend(convened, mother, mode)
    assert modes(convened)[other.pk] == AttendMode.PHONE and modes(convened)[mother.pk] == mode


def test_two_by_phone_in_two_conferences_of_one_sitting_are_in_one_call():
    convened = a_booked_conference()
    conference, mother = convened.conference, convened.invitation(convened.marlows.mother)
    mother.mode = AttendMode.PHONE
    calls = {presence_at(Conference(pk=pk, chair_id=chair), mother).screen for pk, chair in (
        (conference.pk, conference.chair_id), (conference.pk + 1, conference.chair_id)
    )}  # fmt: skip
    assert len(calls) == 1
    assert presence_at(Conference(pk=conference.pk, chair_id=conference.chair_id + 1), mother).screen not in calls


def test_a_family_is_not_asked_for_reports_and_who_only_writes_one_is_not_asked_to_come():
    convened = an_invited_conference()
    school, mother = of(convened, convened.council.professionals.school, convened.marlows.mother)
    before, interpreter = modes(convened), of(convened, convened.council.professionals.police)[0]
    with setting_up():
        Invitation.objects.filter(pk=interpreter.pk).update(role=InviteeRole.INTERPRETER)
    for one in (mother, interpreter):
        with pytest.raises(Invalid, match=f"{one.name} .* writes no report"):
            change(convened, [school, one], "report")
    assert modes(convened) == before
    with setting_up():
        Invitation.objects.filter(pk=school.pk).update(reply=Reply.COMING)
    change(convened, [school], "report")
    school.refresh_from_db()
    assert (school.reply, school.awaits_reply) == (Reply.NONE, False)


def test_who_only_writes_a_report_has_no_calendar_entry_and_loses_the_one_from_before():
    convened = an_invited_conference()
    gp, school = of(convened, convened.council.professionals.gp, convened.council.professionals.school)
    everything_leaves()

    def last_entry(invitation):
        return Outgoing.objects.filter(recipient_kind="user", recipient_id=invitation.user_id).last().calendar_file

    assert (gp.mode, last_entry(gp)) == (AttendMode.REPORT, "") and "STATUS:CONFIRMED" in last_entry(school)
    change(convened, [school], "report")
    send(convened)
    assert "STATUS:CANCELLED" in last_entry(school) and "SEQUENCE:1" in last_entry(school)
    everything_leaves()
    change(convened, [school], "video")
    send(convened)
    assert "STATUS:CONFIRMED" in last_entry(school) and "SEQUENCE:2" in last_entry(school)
    change(convened, [school], "report")
    send(convened)
    everything_leaves()
    move(by=convened.by("administrator"), conference=convened.conference, reason="venue", agreed_by="Ann",
         **booking(convened.council, hour=14))  # fmt: skip
    assert last_entry(school) == ""
