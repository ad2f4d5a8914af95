"""The list of people to invite, what is sent, and what must never be in it."""

from datetime import timedelta

import pytest

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.choices import InviteeRole, Reply
from conferences.convening.models import Invitation, NotInvited
from conferences.convening.permissions import open_invitations
from conferences.convening.queries.invitations import closed_agencies, gaps_of, proposals, what_stops
from conferences.separation.actions import ask_to_share
from conferences.separation.choices import AttendMode
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    booking,
    everything_leaves,
    leaks,
    send,
    with_fathers_apart,
)
from cpc.core.accounts.directory import record_closure
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.audit.models import Event
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Document, Outgoing
from cpc.core.documents.sending import drain
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState

pytestmark = pytest.mark.django_db


def together(convened):
    """Everybody of the family is to come to the room at the same time: nobody knew yet that two must not meet."""
    with setting_up():
        family = convened.conference.invitations.filter(person__isnull=False)
        family.update(mode=AttendMode.ROOM, apart=False, arrives_at=None, leaves_at=None)


def test_the_list_is_proposed_with_the_reason_beside_each_name():
    convened = a_booked_conference()
    marlows, rows = convened.marlows, {one.name: one for one in convened.conference.invitations.all()}
    assert set(rows) == {
        "Anna Marlow", "Dan Pryce", "Lewis Hart", "Priya Nandra", "Dele Okoro", "Sam School", "Sam Gp",
        "Sam Health_Visiting", "Sam Midwifery", "Sam Police",
    }  # fmt: skip
    assert rows["Sam School"].reason == "School for Rosa (Alder Lane Primary School)."
    assert rows["Anna Marlow"].reason == (
        "Rosa and Theo’s mother with parental responsibility; "
        "the unborn baby’s mother, with parental responsibility from the birth."
    )
    covered = {name: {row.child_id for row in one.children.all()} for name, one in rows.items()}
    assert covered["Dan Pryce"] == {marlows.rosa.pk}
    assert covered["Sam Midwifery"] == {marlows.unborn.pk}
    assert covered["Sam Police"] == {child.pk for child in marlows.children}


def test_proposing_again_adds_people_recorded_since_and_nobody_who_was_removed():
    convened = a_booked_conference()
    by = convened.by("administrator")
    gp = convened.invitation(convened.council.professionals.gp)
    invitations.remove_invitee(by=by, invitation=gp, reason="Writes only")
    assert invitations.propose_list(by=by, conference=convened.conference) == []
    said = NotInvited.objects.get(conference=convened.conference)
    assert (said.name, said.reason, said.said_by) == ("Sam Gp", "Writes only", convened.council.users.administrator)


def test_a_gap_closes_when_somebody_is_added_or_says_why_not():
    convened = a_booked_conference()
    conference, marlows, by = convened.conference, convened.marlows, convened.by("administrator")
    gaps = {(gap.role, gap.children) for gap in gaps_of(conference)}
    rosa, theo, unborn = ((one.pk,) for one in marlows.children)
    assert gaps == {("school_nurse", rosa), ("nursery", theo), ("health_visitor", unborn)}
    invitations.add_invitee(
        by=by, conference=conference, role=InviteeRole.NURSERY, user=convened.council.professionals.nursery,
        reason="Theo has started there", children=[marlows.theo],
    )  # fmt: skip
    invitations.record_not_invited(
        by=by, conference=conference,
        reasons=[
            (InviteeRole.SCHOOL_NURSE, marlows.rosa.pk, "No such service here"),
            (InviteeRole.NURSERY, marlows.theo.pk, " "),
        ],
    )  # fmt: skip
    assert {(gap.role, gap.children) for gap in gaps_of(conference)} == {("health_visitor", unborn)}


def test_only_an_administrator_makes_the_list_and_sends():
    convened = with_fathers_apart(a_booked_conference())
    for role in ("social_worker", "team_manager", "chair", "service_manager", "school"):
        by = convened.by(role)
        with pytest.raises(NotPermitted):
            invitations.propose_list(by=by, conference=convened.conference)
        with pytest.raises(NotPermitted):
            notify.send_invitations(by=by, conference=convened.conference)
    assert not Outgoing.objects.exclude(purpose="chair").exists()


def both_come_by(convened, pair, doors) -> None:
    """One comes in the afternoon and the other in the morning, each by this door."""
    for one, hour, door in zip(pair, (13, 10), doors, strict=True):
        invitations.change_invitee(
            by=convened.by("administrator"), invitation=one, children=[row.child for row in one.children.all()],
            mode=AttendMode.ROOM, apart=True, arrives_at=at(HELD_ON, hour), leaves_at=at(HELD_ON, hour + 1),
            entrance=door,
        )  # fmt: skip


def test_people_who_must_not_meet_stop_the_sending_until_they_are_apart():
    convened = a_booked_conference()
    dan = convened.invitation(convened.marlows.rosas_father)
    together(convened)
    with pytest.raises(Invalid, match="must not meet, and would be in the same building at the same time"):
        send(convened)
    assert not Outgoing.objects.exclude(purpose="chair").exists() and not Document.objects.exists()
    assert not convened.conference.invitations.filter(sent_at__isnull=False).exists()
    invitations.change_invitee(
        by=convened.by("administrator"), invitation=dan, children=[convened.marlows.rosa], mode=AttendMode.ROOM,
        apart=True, arrives_at=at(HELD_ON, 13), leaves_at=at(HELD_ON, 14),
    )  # fmt: skip
    with pytest.raises(Invalid, match=r"to one building at different times.*ask the chair to give the reason"):
        send(convened)
    ask_to_share(
        by=convened.by("chair"), conference=convened.conference, one=convened.marlows.rosas_father,
        other=convened.marlows.theos_father, shared="building", reason="Neither has video, and they use two doors.",
    )  # fmt: skip
    lewis = convened.invitation(convened.marlows.theos_father)
    for doors in (("", ""), ("the side door", "TBC"), ("the side door", "Side entrance")):
        both_come_by(convened, (dan, lewis), doors)
        assert ["a different door for each" in one for one in what_stops(convened.conference)] == [True]
    both_come_by(convened, (dan, lewis), ("the side door", "the front door"))
    assert what_stops(convened.conference) == []
    assert len(send(convened)) == 10
    letter = Document.objects.get(kind="invitation_family", recipient_id=convened.marlows.rosas_father.pk)
    text = text_of(bytes(letter.body))
    assert (
        "the side door" in text
        and "front door" not in text
        and "1pm until 2pm" in text
        and "10am" not in text
        and "separately" in text
    )


def test_sending_twice_sends_once_and_a_late_addition_goes_alone():
    convened = an_invited_conference()
    first = Outgoing.objects.count()
    assert send(convened) == []
    assert Outgoing.objects.count() == first
    late = invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.NURSERY,
        user=convened.council.professionals.nursery, reason="Theo has started there", children=[convened.marlows.theo],
    )  # fmt: skip
    assert send(convened, only=[late]) == [late]
    assert Outgoing.objects.count() == first + 1
    late.refresh_from_db()
    assert late.sent_by == convened.council.users.administrator and late.report_due_on.isoformat() == "2026-11-30"
    assert Event.objects.filter(act="invite people to a conference", details__step="send").count() == 3


def test_one_message_for_each_recipient_and_nothing_for_two():
    convened = an_invited_conference()
    emails = Outgoing.objects.filter(channel=Channel.EMAIL)
    # Seven professionals, and the chair when it was booked.
    assert emails.count() == 8 == emails.values("to_address").distinct().count()
    assert not emails.filter(to_address__contains=",").exists()
    assert {one.document.recipient_id for one in Outgoing.objects.exclude(channel=Channel.EMAIL)} == {
        convened.marlows.mother.pk, convened.marlows.rosas_father.pk, convened.marlows.theos_father.pk,
    }  # fmt: skip


@pytest.mark.parametrize("what", ["invited", "moved", "cancelled", "withdrawn"])
def test_no_email_and_no_calendar_file_names_a_child_a_relative_an_address_or_the_chair(what):
    convened = an_invited_conference()
    by = convened.by("administrator")
    with setting_up():  # so that the check below has something that could leak
        convened.council.agencies.school.email = "office@example.org"
        convened.council.agencies.school.save()
    if what == "moved":
        booking_actions.move(
            by=by,
            conference=convened.conference,
            reason="venue",
            agreed_by="Ann",
            **booking(convened.council, hour=13),
        )
    elif what == "cancelled":
        booking_actions.cancel(
            by=by,
            conference=convened.conference,
            reason="family_ill",
            agreed_by="Ann",
            note="Anna Marlow is ill",
        )
    elif what == "withdrawn":
        gone = convened.invitation(convened.council.professionals.school)
        notify.withdraw_invitation(by=by, invitation=gone, reason="Rosa Marlow has changed school")
    emails = list(Outgoing.objects.filter(channel=Channel.EMAIL))
    assert emails
    writes_only = set(convened.conference.invitations.filter(mode="report").values_list("user", flat=True))
    for one in emails:
        assert leaks(one.subject + one.body + one.calendar_file) == []
        assert one.document_id is None
        if one.recipient_id in writes_only:
            assert one.calendar_file == ""
            continue
        unfolded = one.calendar_file.replace("\r\n ", "")
        attendees = [line for line in unfolded.splitlines() if line.startswith("ATTENDEE")]
        assert [line.rpartition("mailto:")[2] for line in attendees] == [one.to_address], "its reader, and nobody else"
        assert "METHOD:" in unfolded and "UID:" in unfolded and "SEQUENCE:" in unfolded


def test_a_place_that_bears_a_childs_name_is_left_out_of_the_email():
    convened = with_fathers_apart(a_booked_conference())
    room = convened.conference.room
    with setting_up():
        room.name, room.address = "The Rosa Room", "1 Market Place"
        room.save()
    send(convened)
    notices = Outgoing.objects.filter(channel=Channel.EMAIL, purpose="invitation")
    assert all("Rosa" not in one.body + one.calendar_file for one in notices)
    [notice] = notices.filter(recipient_id=convened.council.professionals.police.pk, recipient_kind="user")
    assert "it is shown when you sign in" in notice.body


def test_a_child_called_april_stops_no_notice():
    convened = with_fathers_apart(a_booked_conference())
    with setting_up():
        convened.marlows.rosa.first_name = "December"
        convened.marlows.rosa.save()
    assert len(send(convened)) == 10


def test_what_leaves_by_smtp_is_what_was_queued(mailoutbox):
    an_invited_conference()
    drain()
    assert len(mailoutbox) == 8
    for message in mailoutbox:
        assert leaks(message.message().as_string()) == []
        assert len(message.recipients()) == 1


# --- After sending --------------------------------------------------------------------------------------------------


def test_a_withdrawn_invitation_closes_the_conference_to_them_at_once_and_they_are_told():
    convened = an_invited_conference()
    school = convened.council.professionals.school
    invitation, theirs = convened.invitation(school), convened.by("school")
    assert [one.pk for one in open_invitations(theirs)] == [invitation.pk]
    everything_leaves()
    notify.withdraw_invitation(by=convened.by("administrator"), invitation=invitation, reason="Rosa has moved school")
    assert not open_invitations(theirs).exists()
    assert not seen_by(theirs, type(convened.conference)).exists()
    said = Outgoing.objects.get(purpose="withdrawn")
    assert said.recipient_id == school.pk and "METHOD:CANCEL" in said.calendar_file
    with pytest.raises(WrongState):
        notify.withdraw_invitation(by=convened.by("administrator"), invitation=invitation, reason="Again")


def test_somebody_withdrawn_can_be_invited_after_all():
    convened = an_invited_conference()
    school, by = convened.council.professionals.school, convened.by("administrator")
    notify.withdraw_invitation(by=by, invitation=convened.invitation(school), reason="By mistake")
    back = invitations.add_invitee(
        by=by, conference=convened.conference, role=InviteeRole.SCHOOL, user=school, reason="After all",
        children=[convened.marlows.rosa],
    )  # fmt: skip
    send(convened, only=[back])
    assert Invitation.objects.filter(conference=convened.conference, user=school).count() == 1
    assert Outgoing.objects.filter(purpose="invitation", recipient_kind="user", recipient_id=school.pk).count() == 2
    assert [one.pk for one in open_invitations(convened.by("school"))] == [back.pk]


def test_a_professional_answers_their_own_invitation_and_nobody_elses():
    convened = an_invited_conference()
    invitation = convened.invitation(convened.council.professionals.school)
    invitations.answer_invitation(by=convened.by("school"), invitation=invitation, reply=Reply.COMING)
    invitation.refresh_from_db()
    assert invitation.reply == Reply.COMING and invitation.replied_at
    for other in ("gp", "administrator", "social_worker"):
        with pytest.raises(NotPermitted):
            invitations.answer_invitation(by=convened.by(other), invitation=invitation, reply=Reply.NOT_COMING)
    invitations.record_reply(by=convened.by("administrator"), invitation=invitation, reply=Reply.NOT_COMING)
    invitation.refresh_from_db()
    assert invitation.reply == Reply.NOT_COMING


def test_a_letter_is_sent_again_at_most_once_a_day():
    convened = an_invited_conference()
    by, anna = convened.by("administrator"), convened.invitation(convened.marlows.mother)
    school = convened.invitation(convened.council.professionals.school)
    before = Outgoing.objects.count()
    notify.send_again(by=by, invitation=school)
    assert Outgoing.objects.count() == before + 1
    with pytest.raises(WrongState, match="sent again today"):
        notify.send_again(by=by, invitation=school)
    notify.send_again(by=by, invitation=anna)
    assert Outgoing.objects.count() == before + 3
    with pytest.raises(WrongState, match="sent again today"):
        notify.send_again(by=by, invitation=anna)
    notify.send_again(by=viewer(convened.council.users.administrator, TODAY + timedelta(days=3)), invitation=school)


def test_an_agency_with_no_named_professional_is_asked_who_will_come_at_its_own_address():
    convened = with_fathers_apart(a_booked_conference())
    nursery = convened.council.agencies.nursery
    row = invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=InviteeRole.NURSERY, agency=nursery,
        reason="Theo goes there", children=[convened.marlows.theo],
    )  # fmt: skip
    with pytest.raises(Invalid, match="There is no email address for Little Acorns Nursery"):
        send(convened)
    with setting_up():
        nursery.email = "office@example.org"
        nursery.save()
    send(convened, only=[row])
    notice = Outgoing.objects.get(to_address="office@example.org")
    assert "say who will come" in notice.body and "http" not in notice.body


def test_an_agency_that_no_longer_exists_is_not_proposed_and_stops_the_sending():
    convened = a_booked_conference()
    school = convened.council.agencies.school
    assert not any("no longer in use" in why for why in what_stops(convened.conference))
    with setting_up():
        school.is_active = False
        school.save()
    assert not any("Alder Lane" in one.reason for one in proposals(convened.conference))
    row = convened.invitation(convened.council.professionals.school)
    with setting_up():
        Invitation.objects.filter(pk=row.pk).update(user=None, agency=school)
    assert any("Alder Lane Primary School is no longer in use" in why for why in what_stops(convened.conference))


def test_the_list_says_who_is_closed_on_the_day_or_when_their_report_is_due():
    convened = a_booked_conference()
    rows = list(convened.conference.invitations.select_related("user"))
    assert closed_agencies(convened.conference, rows) == []
    gp = next(one for one in rows if one.user == convened.council.professionals.gp)
    with setting_up():
        gp.report_due_on = HELD_ON - timedelta(days=5)
        gp.save()
    days = [("school", HELD_ON, "training day"), ("gp", gp.report_due_on, "moving house"),
            ("midwifery", HELD_ON + timedelta(days=30), "holidays")]  # fmt: skip
    for name, on, why in days:
        record_closure(
            by=convened.by("administrator"), agency=getattr(convened.council.agencies, name), from_on=on, until_on=on,
            why=why,
        )  # fmt: skip
    school, practice = sorted(closed_agencies(convened.conference, rows))
    assert school.startswith("Alder Lane") and school.endswith(
        "(training day). The conference is on one of these days."
    )
    assert "(moving house). Its report is due on" in practice and "midwi" not in school + practice


def test_what_cannot_be_right_on_the_list_is_refused_with_a_sentence():
    convened = a_booked_conference()
    by, conference, marlows = convened.by("administrator"), convened.conference, convened.marlows
    nursery = convened.council.professionals.nursery
    cases = [
        ({"role": "nursery", "user": nursery, "reason": " ", "children": [marlows.theo]}, "Say why"),
        ({"role": "nursery", "user": nursery, "reason": "x", "children": []}, "Select the children"),
        ({"role": "nursery", "user": nursery, "reason": "x", "children": [marlows.mother]}, "only children this"),
        ({"role": "nursery", "reason": "x", "children": [marlows.theo]}, "Choose a professional or an agency"),
        (
            {"role": "nursery", "person": marlows.grandmother, "reason": "x", "children": []},
            "Choose this person’s role",
        ),
        ({"role": "parent", "person": marlows.mother, "reason": "x", "children": []}, "is already on the list"),
    ]
    for details, sentence in cases:
        with pytest.raises(Invalid, match=sentence):
            invitations.add_invitee(by=by, conference=conference, **details)
    row = convened.invitation(marlows.mother)
    with pytest.raises(Invalid, match="Enter the times, the room or the video link"):
        invitations.change_invitee(by=by, invitation=row, children=[], mode="room", apart=True)
    assert conference.invitations.count() == 10
