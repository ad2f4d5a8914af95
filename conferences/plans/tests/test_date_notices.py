"""Everybody who takes part in a core group or child in need meeting is told when it is, and nobody else."""

from datetime import date

import pytest

from conferences.plans.actions.core_groups import move_core_group, record_core_group
from conferences.plans.actions.ending import end_core_group
from conferences.plans.actions.members import add_member
from conferences.plans.choices import MEETING_OFF, MEETING_SET, MeetingState
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.plans.queries import core_group
from conferences.plans.queries.attending import attendees
from conferences.plans.queries.members import people_to_add
from conferences.plans.tests.closing import a_closed_sitting
from conferences.tests.meeting import at
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.letters import flowing_text, rebuild
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import why_held
from families.people.models import Person
from families.tests.builders import protect

pytestmark = pytest.mark.django_db
SECOND, THIRD = (date(2026, 11, day) for day in (26, 27))


@pytest.fixture
def sitting():
    """A family with plans, and a first core group that nobody was told of by a message of its own."""
    return a_closed_sitting()


@pytest.fixture
def meeting(sitting):
    return CoreGroupMeeting.objects.get()


def move(sitting, meeting, day, place="School", hour=10):
    return move_core_group(
        by=sitting.council.by("social_worker"), meeting=meeting, starts_at=at(day, hour), place=place
    )


def messages(purpose=MEETING_SET):
    return list(Outgoing.objects.filter(purpose=purpose, state=OutgoingState.QUEUED).order_by("pk"))


def words(one):
    return flowing_text(rebuild(one.document.kind, one.document.values)) if one.document else one.body


def all_leave():
    with setting_up():
        for one in messages():
            one.state, one.sent_at = OutgoingState.SENT, at(date(2026, 11, 20))
            one.save()


def end(sitting, **how):
    with setting_up():
        end_core_group(
            sitting.council.by("team_manager"), sitting.marlows.family.pk, date(2026, 11, 20), Permission.END_PLAN,
            **how,
        )  # fmt: skip


def test_each_member_is_told_once_and_nobody_who_is_not_a_member(sitting, meeting):
    move(sitting, meeting, SECOND)
    told = {(one.recipient_kind, one.recipient_id) for one in messages()}
    members = core_group(sitting.marlows.family, sitting.conference.held_on)
    expected = {("person", one.person_id) for one in members if one.person_id}
    expected |= {("user", one.user_id) for one in members if one.user_id}
    assert told == expected and len(messages()) == len(told)
    assert {kind for kind, _ in told} == {"person", "user"}
    strangers = {sitting.marlows.theos_father.pk, sitting.marlows.grandmother.pk} - {one.person_id for one in members}
    assert strangers and not strangers & {id_ for kind, id_ in told if kind == "person"}
    for one in messages():
        assert "Thursday 26 November 2026" in words(one) and not why_held(one)
        if one.document is None:
            assert "Marlow" not in words(one) and "School" not in words(one)


def test_a_second_move_replaces_what_waits_and_names_only_the_day_that_left(sitting, meeting):
    move(sitting, meeting, SECOND)
    move(sitting, meeting, THIRD)
    assert messages() and all("26 November" not in words(one) and "27 November" in words(one) for one in messages())
    all_leave()
    move(sitting, meeting, THIRD)
    assert not messages(), "nothing has changed"
    move(sitting, meeting, THIRD, place="Civic Centre")
    assert messages() and all("The place" in words(one) for one in messages())
    move(sitting, meeting, SECOND)
    move(sitting, meeting, SECOND, hour=11)
    assert messages() and all("27 November" in words(one) and "11am" in words(one) for one in messages())


def test_what_still_waits_when_the_meeting_is_written_up_is_withdrawn(sitting, meeting):
    move(sitting, meeting, SECOND)
    waited = {one.pk for one in messages()}
    record_core_group(by=sitting.council.by("social_worker", SECOND), meeting=meeting, held_on=SECOND, present="All")
    gone = Outgoing.objects.filter(pk__in=waited)
    assert waited and {one.state for one in gone} == {OutgoingState.WITHDRAWN}
    assert not messages() and not messages(MEETING_OFF)


def test_a_move_replaces_what_waits_under_another_record_of_the_same_person(sitting, meeting):
    move(sitting, meeting, SECOND)
    mother = sitting.marlows.mother
    with setting_up():
        again = Person.objects.create(first_name="Anna", last_name="Marlow", merged_into=mother)
        assert Outgoing.objects.filter(recipient_kind="person", recipient_id=mother.pk, purpose=MEETING_SET).update(
            recipient_id=again.pk
        )
    move(sitting, meeting, THIRD)
    [waiting] = [one for one in messages() if one.recipient_id in (mother.pk, again.pk)]
    assert "Friday 27 November 2026" in words(waiting)


def test_the_next_core_group_that_is_booked_is_told_to_its_members(sitting, meeting):
    record_core_group(
        by=sitting.council.by("social_worker", THIRD), meeting=meeting, held_on=THIRD, present="All",
        next_at=at(date(2027, 1, 6)), next_place="School",
    )  # fmt: skip
    following = CoreGroupMeeting.objects.get(state=MeetingState.PLANNED)
    assert {one.about_id for one in messages()} == {following.pk}
    assert len(messages()) == len(attendees(following, THIRD))


def test_who_joins_is_told_and_what_waits_for_who_left_does_not_go(sitting, meeting):
    move(sitting, meeting, SECOND)
    all_leave()
    family, by = sitting.marlows.family, sitting.council.by("social_worker")
    joan = next(one for one in people_to_add(family, by.on) if one.person_id == sitting.marlows.grandmother.pk)
    add_member(by=by, family=family, who=joan.key, children=[sitting.marlows.rosa])
    [one] = messages()
    assert one.recipient_id == sitting.marlows.grandmother.pk and not why_held(one)
    with setting_up():
        CoreGroupMember.objects.filter(person=sitting.marlows.grandmother).update(to_on=by.on)
    assert "do not take part" in why_held(one)


def test_who_was_told_is_told_that_it_is_off_and_the_family_not_after_a_death(sitting, meeting):
    move(sitting, meeting, SECOND)
    all_leave()
    move(sitting, meeting, THIRD)  # nobody has read of this day
    end(sitting)
    off = messages(MEETING_OFF)
    assert {one.recipient_kind for one in off} == {"user", "person"} and not messages()
    assert all("26 November" in words(one) and "will not take place" in words(one) for one in off)
    assert not any("27 November" in words(one) for one in off)


def test_after_a_death_the_family_is_told_in_person_and_the_professionals_by_email(sitting, meeting):
    move(sitting, meeting, SECOND)
    all_leave()
    end(sitting, to_family=False)
    assert {one.recipient_kind for one in messages(MEETING_OFF)} == {"user"}


def test_nobody_is_told_that_a_meeting_is_off_if_they_were_never_told_of_it(sitting, meeting):
    move(sitting, meeting, SECOND)
    end(sitting)
    assert not messages() and not messages(MEETING_OFF)


def test_a_place_that_its_reader_must_not_learn_is_left_out(sitting, meeting):
    mother = sitting.marlows.mother
    with setting_up():
        member = CoreGroupMember.objects.create(
            family=sitting.marlows.family, person=sitting.marlows.grandmother, name="Joan", part="Grandmother",
            from_on=sitting.conference.held_on,
        )  # fmt: skip
    address = mother.addresses.first()
    protect(address)
    move(sitting, meeting, SECOND, place="\n".join(address.envelope))
    [letter] = [one for one in messages() if (one.recipient_kind, one.recipient_id) == ("person", member.person_id)]
    assert "ask where it is" in words(letter)
    assert not any(line in words(letter) for line in address.envelope)
