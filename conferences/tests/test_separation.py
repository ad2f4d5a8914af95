"""People who must not meet: where each will be, what is refused, who is told, and what stops a letter that waits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import invitations
from conferences.convening.actions.notify import send_again
from conferences.convening.queries.invitations import what_stops
from conferences.convening.queries.letter_context import letter_context
from conferences.meeting.actions.attendance import AttendanceMark, mark_attendance
from conferences.plans.choices import MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.plans.tests.closing import close, write_outline
from conferences.separation.actions import answer_to_share, ask_to_share
from conferences.separation.queries.decisions import is_decided
from conferences.separation.queries.pairs import pairs_to_separate, pairs_who_must_not_meet, who_gives_way
from conferences.separation.queries.presences import presences_of, presences_of_each
from conferences.separation.queries.withheld import protect_presences
from conferences.separation.rules import Presence
from conferences.tests.builders import (
    HELD_ON,
    a_booked_conference,
    an_invited_conference,
    at,
    second_checked,
    send,
    with_fathers_apart,
)
from conferences.tests.meeting import a_quorate_sitting, an_open_sitting, decide, mark
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.documents.models import Document, Outgoing, SecondCheck
from cpc.core.documents.protected import Kind
from cpc.core.documents.sending import why_held
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import Invalid, WrongState
from families.finding.actions import merge
from families.people.choices import Part
from families.people.models import MustNotLearn, MustNotMeet, Person
from families.tests.builders import a_family, an_adult

pytestmark = pytest.mark.django_db


def protect(person) -> None:
    """Of the two fathers, who must not meet, the entry protects this one."""
    with setting_up():
        entry = MustNotMeet.objects.get()
        entry.protects = "one" if entry.one_id == person.pk else "other"
        entry.save()


def decided(sitting, shared, *, agreed=True):
    """The chair's reason that the two fathers may share something, and a manager's answer."""
    marlows = sitting.marlows
    check = ask_to_share(
        by=sitting.chair, conference=sitting.conference, one=marlows.rosas_father, other=marlows.theos_father,
        shared=shared, reason="Both ask for it, and an officer is there.",
    )  # fmt: skip
    answer_to_share(
        by=sitting.council.by("team_manager"), conference=sitting.conference, check=check, agreed=agreed,
        reason="I spoke with Dan.",
    )  # fmt: skip
    return check


# --- Where everybody will be --------------------------------------------------------------------------------------


def test_every_booking_and_core_group_says_where_its_people_are_from_when_until_when():
    convened = a_booked_conference()
    dan, lewis = convened.marlows.rosas_father, convened.marlows.theos_father
    a_core_group(convened, dan)
    found = {(one.person, one.event[0], one.mode, one.starts_at, one.ends_at) for one in presences_of(
        [dan.pk, lewis.pk], at(TODAY)
    )}  # fmt: skip
    assert found == {
        (lewis.pk, "conference", "room", at(HELD_ON, 10), at(HELD_ON, 10, 45)),
        (dan.pk, "conference", "video", at(HELD_ON, 11, 15), at(HELD_ON, 12)),
        (dan.pk, "core group", "room", at(HELD_ON, 11), at(HELD_ON, 13)),
    }
    assert presences_of([dan.pk], at(HELD_ON, 14)) == []


def test_each_of_two_records_of_one_person_that_are_asked_for_together_has_the_presences():
    convened = a_booked_conference()
    lewis = convened.marlows.theos_father
    with setting_up():
        again = Person.objects.create(first_name="Lewis", last_name="Hart", merged_into=lewis)
    found = presences_of_each([lewis.pk, again.pk], at(TODAY))
    assert {(one.person, one.starts_at) for one in found} == {
        (lewis.pk, at(HELD_ON, 10)), (again.pk, at(HELD_ON, 10)),
    }  # fmt: skip
    assert len(presences_of([lewis.pk, again.pk], at(TODAY))) == 1


def a_core_group(convened, person):
    with setting_up():
        CoreGroupMember.objects.create(
            family=convened.marlows.family, person=person, name=person.full_name, part="father", from_on=TODAY
        )
        CoreGroupMeeting.objects.create(
            family=convened.marlows.family, due_on=HELD_ON, starts_at=at(HELD_ON, 11), state=MeetingState.PLANNED,
            place="Civic Centre, 1 Market Place, Northwick", booked_by=convened.council.users.social_worker,
        )  # fmt: skip


def test_a_core_group_in_the_same_building_stops_the_invitation_of_a_person_who_must_not_meet_its_member():
    convened = with_fathers_apart(a_booked_conference())
    assert what_stops(convened.conference) == []
    a_core_group(convened, convened.marlows.rosas_father)
    with setting_up():
        convened.conference.room.address = "Civic Centre, 1 Market Place\nNorthwick"
        convened.conference.room.save()
    said = "Lewis Hart must not come at this time: somebody that they must not meet"
    assert said in what_stops(convened.conference)[0]


def test_the_councils_own_address_at_the_head_of_every_letter_tells_nobody_where_a_meeting_is():
    where = ("Room 4", "Market House", "1 Market Square")
    lewis = Presence(1, "Lewis Hart", "room", at(HELD_ON, 10), at(HELD_ON, 11), where=where)
    places = {one.value for one in protect_presences([lewis], []) if one.kind == Kind.PLACE}
    assert "Room 4" in places and not places & {"Market House", "1 Market Square"}


# --- Who comes first, and who is told -----------------------------------------------------------------------------


@pytest.mark.parametrize(("safe", "other"), [("rosas_father", "theos_father"), ("theos_father", "rosas_father")])
def test_the_protected_person_keeps_the_room_and_alone_is_told_of_the_other(safe, other):
    convened = a_booked_conference()
    protected, away = getattr(convened.marlows, safe), getattr(convened.marlows, other)
    protect(protected)
    with setting_up():
        convened.conference.invitations.filter(person__in=[protected, away]).update(
            apart=False, arrives_at=None, leaves_at=None, mode="room"
        )
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    assert [convened.invitation(one).mode for one in (protected, away)] == ["room", "video"]
    send(second_checked(convened))
    theirs, his = (
        said_in(Document.objects.get(kind="invitation_family", recipient_id=one.pk)) for one in (protected, away)
    )
    assert f"{away.full_name} is invited too" in theirs and "You do not have to come" in theirs
    assert "after you have left, from 11:15am" in theirs
    assert protected.full_name not in his and "10am" not in his and "10:45" not in his and "keep you safe" not in his


def said_in(document) -> str:
    """The words of the finished letter."""
    return " ".join(text_of(bytes(document.body)).split())


def test_where_both_are_protected_neither_letter_tells_of_the_other():
    convened = a_booked_conference()
    send(convened)
    for one, other in (("rosas_father", "theos_father"), ("theos_father", "rosas_father")):
        reader, hidden = getattr(convened.marlows, one), getattr(convened.marlows, other)
        assert hidden.full_name not in said_in(Document.objects.get(kind="invitation_family", recipient_id=reader.pk))
    context = letter_context(convened.conference)
    told = [one.value for one in context.stops_for(convened.invitation(convened.marlows.rosas_father))]
    assert "2 December 2026 at 10am" in told and "2 December 2026 at 11:15am" not in told


def test_where_another_entry_protects_the_other_neither_is_told_of_the_other():
    convened = a_booked_conference()
    dan, lewis = convened.marlows.rosas_father, convened.marlows.theos_father
    protect(dan)
    told = [one.person for one, _ in letter_context(convened.conference).others_kept_apart(convened.invitation(dan))]
    assert told == [lewis]
    must_not_learn(convened, dan, lewis, "whereabouts")
    assert letter_context(convened.conference).others_kept_apart(convened.invitation(dan)) == []


def test_the_protected_parent_comes_first_where_only_one_of_two_can_come_and_then_the_main_carer():
    marlows = a_booked_conference().marlows
    fathers = [marlows.rosas_father.pk, marlows.theos_father.pk]
    assert who_gives_way(fathers) == {marlows.rosas_father.pk}  # Lewis is Theo’s main carer
    protect(marlows.rosas_father)
    assert who_gives_way(fathers) == {marlows.theos_father.pk}
    (pair,) = pairs_to_separate(fathers)
    assert pair.protected == {marlows.rosas_father.pk}


def test_two_who_must_not_meet_do_not_meet_under_any_record():
    marlows = a_booked_conference().marlows
    stones = a_family(marlows.council, name="Stone")
    daniel = an_adult(stones, "Daniel", "Price", part=Part.OTHER)
    merge(
        by=viewer(marlows.council.users.team_manager), kept=marlows.rosas_father, merged=daniel, reason="Same birthday"
    )
    (pair,) = pairs_to_separate([daniel.pk, marlows.theos_father.pk])
    assert (pair.key, pair.why) == ({daniel.pk, marlows.theos_father.pk}, "must not meet")
    both = [daniel.pk, marlows.rosas_father.pk]
    for found in (pairs_to_separate, pairs_who_must_not_meet):
        for order in (both, both[::-1]):
            pairs = found([marlows.theos_father.pk, *order])
            assert {pair.key: pair.protected for pair in pairs} == {
                frozenset({pk, marlows.theos_father.pk}): {pk, marlows.theos_father.pk} for pk in both
            }


# --- What is refused ----------------------------------------------------------------------------------------------


def test_two_who_must_not_meet_are_not_marked_as_here_together_unless_two_people_decided_it():
    sitting = an_open_sitting()
    with setting_up():
        sitting.conference.invitations.filter(mode="phone").update(mode="room")
    with pytest.raises(Invalid, match=r"Dan Pryce and Lewis Hart must not meet|Lewis Hart and Dan Pryce must not meet"):
        mark(sitting)
    ids = {name: sitting.invitations[f"{name}s_father"].pk for name in ("rosa", "theo")}
    left, came = at(TODAY, 10, 30), at(TODAY, 10, 40)
    mark_attendance(
        by=sitting.chair, conference=sitting.conference,
        marks=[AttendanceMark(ids["rosa"], "present", None, left), AttendanceMark(ids["theo"], "present", came)],
    )  # fmt: skip
    decided(sitting, "conference")
    mark(sitting)


def test_two_who_must_not_meet_are_not_marked_as_here_in_one_phone_call_unless_at_different_times():
    sitting = an_open_sitting()
    ids = {name: sitting.invitations[f"{name}s_father"].pk for name in ("rosa", "theo")}
    with setting_up():
        sitting.conference.invitations.filter(pk__in=ids.values()).update(mode="phone")
    with pytest.raises(Invalid, match=r"must not meet, and would both be here now"):
        mark(sitting)
    left, came = at(TODAY, 10, 30), at(TODAY, 10, 40)
    mark_attendance(
        by=sitting.chair, conference=sitting.conference,
        marks=[AttendanceMark(ids["rosa"], "present", None, left), AttendanceMark(ids["theo"], "present", came)],
    )  # fmt: skip


def test_two_who_must_not_meet_are_not_in_one_core_group_unless_two_people_decided_it():
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    both = [sitting.invitations[name] for name in ("rosas_father", "theos_father", "social_worker")]
    with pytest.raises(Invalid, match=r"cannot both be in the core group\. Lewis Hart has priority") as refused:
        close(sitting, members=both)
    assert refused.value.field == "members"
    decided(sitting, "core_group")
    close(sitting, members=both)
    assert CoreGroupMember.objects.filter(person__isnull=False).count() == 2


def test_a_decision_takes_a_reason_and_two_people_and_lapses_when_the_entry_changes(client):
    sitting = an_open_sitting()
    marlows, chair = sitting.marlows, sitting.chair
    two = {"one": marlows.rosas_father, "other": marlows.theos_father, "shared": "conference"}
    with pytest.raises(Invalid, match="Say why"):
        ask_to_share(by=chair, conference=sitting.conference, reason=" ", **two)
    check = ask_to_share(by=chair, conference=sitting.conference, reason="Both ask for it.", **two)
    with pytest.raises(WrongState, match="already been decided"):
        ask_to_share(by=chair, conference=sitting.conference, reason="Again", **two)
    manager = sitting.council.users.team_manager
    client.force_login(manager)
    page = client.get(reverse("conferences:answer_must_not_meet", args=[sitting.conference.pk, check.pk]))
    assert "Both ask for it." in page.content.decode()
    client.post(page.request["PATH_INFO"], {"agreed": "yes", "reason": "I spoke with Dan."})
    check.refresh_from_db()
    assert (check.state, check.by_id, check.asked_by_id) == ("agreed", manager.pk, chair.id)
    protect(marlows.rosas_father)
    with setting_up():
        sitting.conference.invitations.filter(mode="phone").update(mode="room")
    with pytest.raises(Invalid, match="must not meet"):
        mark(sitting)
    assert SecondCheck.objects.filter(kind="together").count() == 1


def test_a_decision_lapses_when_something_more_is_protected():
    sitting = an_open_sitting()
    dan, lewis = sitting.marlows.rosas_father, sitting.marlows.theos_father
    two = ("conference", sitting.conference, dan.pk, lewis.pk)
    decided(sitting, "conference")
    assert is_decided(*two)
    must_not_learn(sitting, dan, lewis, "whereabouts")
    assert not is_decided(*two)


def test_the_chair_gives_the_reason_on_the_page_and_does_not_agree_to_it_alone(client):
    sitting = an_open_sitting()
    client.force_login(sitting.conference.chair)
    address = reverse("conferences:must_not_meet", args=[sitting.conference.pk])
    page = client.get(address).content.decode()
    assert "Dan Pryce and Lewis Hart" in page and "Protected: Dan Pryce and Lewis Hart" in page
    dan, lewis = (getattr(sitting.marlows, one).pk for one in ("rosas_father", "theos_father"))
    given = {"pair": f"{dan}-{lewis}", "shared": "conference", "reason": "Both ask for it."}
    assert client.post(address, given).status_code == 302
    check = SecondCheck.objects.get(kind="together")
    answer = reverse("conferences:answer_must_not_meet", args=[sitting.conference.pk, check.pk])
    assert client.post(answer, {"agreed": "yes", "reason": "Yes"}).status_code == 403


# --- One gate, and what stops a letter that waits -----------------------------------------------------------------


def waiting(convened, person):
    """The letters to this person that are not posted or handed over."""
    found = Outgoing.objects.filter(recipient_kind="person", recipient_id=person.pk, document__isnull=False)
    return list(found.filter(state="queued").order_by("pk"))


def must_not_learn(convened, reader, about, what="school"):
    with setting_up():
        MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source="judgement", reason="He waited at the gate."
        )


def test_sending_again_needs_the_second_check_as_sending_does_and_replaces_what_waits():
    convened = an_invited_conference()
    mother, by = convened.marlows.mother, convened.by("administrator")
    assert not any(why_held(one) for one in waiting(convened, mother))
    must_not_learn(convened, convened.marlows.rosas_father, convened.marlows.rosa)
    with pytest.raises(Invalid, match="Someone other than you must check this list"):
        send_again(by=by, invitation=convened.invitation(mother))
    assert all("must look through the list as it is now" in why_held(one) for one in waiting(convened, mother))
    before = {one.pk for one in waiting(convened, mother)}
    send_again(by=by, invitation=second_checked(convened).invitation(mother))
    after = waiting(convened, mother)
    assert len(after) == len(before) and before.isdisjoint(one.pk for one in after)
    assert not any(why_held(one) for one in after)


def changed(person, **values):
    with setting_up():
        Person.objects.filter(pk=person.pk).update(**values)


@pytest.mark.parametrize(
    ("child", "happened"),
    [
        ("unborn", {"born_on": TODAY, "expected_on": None, "first_name": "Ivy"}),
        ("rosa", {"died_on": TODAY}),
        ("theo", {"first_name": "Teo"}),
    ],
)
def test_a_birth_a_death_or_a_new_name_stops_the_letter_that_waits_until_it_is_written_again(child, happened):
    convened = an_invited_conference()
    mother = convened.marlows.mother
    changed(getattr(convened.marlows, child), **happened)
    held = [one for one in waiting(convened, mother) if one.document.kind == "invitation_family"]
    assert ["has changed since it was written" in why_held(one) for one in held] == [True]
    send_again(by=convened.by("administrator"), invitation=second_checked(convened).invitation(mother))
    fresh = [one for one in waiting(convened, mother) if one.document.kind == "invitation_family"]
    assert [why_held(one) for one in fresh] == [""]
    words = said_in(Document.objects.defer(None).get(pk=fresh[0].document_id))
    assert ("unborn baby" in words) is (child != "unborn") and ("Rosa" in words) is (child != "rosa")


def test_a_childs_invitation_and_form_go_one_way_in_one_envelope():
    convened = an_invited_conference()
    with setting_up():
        Person.objects.filter(pk=convened.marlows.rosa.pk).update(born_on=TODAY - timedelta(days=365 * 14))
    invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="child", person=convened.marlows.rosa,
        reason="She is 14", children=[convened.marlows.rosa],
    )  # fmt: skip
    send(second_checked(convened))
    letters = waiting(convened, convened.marlows.rosa)
    assert {one.document.kind for one in letters} == {"invitation_child", "contribution_form_child"}
    assert len({(one.channel, *one.document.recipient_address) for one in letters}) == 1


@pytest.mark.parametrize("who", ["mother", "rosas_father", "theos_father"])
def test_all_that_is_sent_with_an_invitation_goes_one_way(who):
    convened = an_invited_conference()
    letters = waiting(convened, getattr(convened.marlows, who))
    assert len(letters) > 1
    assert len({(one.channel, *one.document.recipient_address) for one in letters}) == 1
