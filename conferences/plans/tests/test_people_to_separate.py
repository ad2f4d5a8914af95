"""Two people were told to come, and then it is recorded that they must not meet: who arranges the meeting is told."""

import pytest
from django.urls import reverse

from conferences.plans.actions.child_in_need import book_need_meeting
from conferences.plans.deadlines import duties
from conferences.plans.models import CoreGroupMeeting, CoreGroupMember
from conferences.plans.tests.closing import close, write_outline
from conferences.plans.tests.test_child_in_need import MET, sitting, worker  # noqa: F401 (a fixture)
from conferences.separation.actions import answer_to_share, ask_to_share
from conferences.tests.builders import a_booked_conference, an_invited_conference, at
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.duties import Asked
from families.people.models import MustNotLearn, MustNotMeet
from families.protections.actions.no_contact import record_must_not_meet
from families.tests.builders import a_child, a_family

pytestmark = pytest.mark.django_db


def to_separate(asked=None) -> dict:
    """The owners of each duty to separate two people, by its kind."""
    return {one.kind: one.owners for one in duties(asked) if one.kind.startswith("separate_")}


def must_not_meet(council, marlows, one="mother", other="theos_father"):
    return record_must_not_meet(
        by=council.by("team_manager"), family=marlows.family, one=getattr(marlows, one), other=getattr(marlows, other),
        source="injunction", reason="He hit her.", protects="one",
    )  # fmt: skip


@pytest.fixture
def grouped():
    """A core group with a first meeting. The mother and Theo’s father are members."""
    found = a_quorate_sitting()
    decide(found)
    write_outline(found)
    close(found, members=[found.invitations[name] for name in ("mother", "theos_father", "social_worker")])
    return found


def test_a_core_group_with_two_who_must_not_meet_now_is_on_the_list_of_its_lead_and_the_manager(grouped, client):
    users = grouped.council.users
    assert CoreGroupMeeting.objects.filter(state="planned").count() == 1 and to_separate() == {}
    must_not_meet(grouped.council, grouped.marlows)
    assert to_separate() == {"separate_core_group": {users.social_worker.pk, users.team_manager.pk}}
    assert to_separate(Asked(frozenset({users.social_worker.pk}), TODAY)) == to_separate()
    assert to_separate(Asked(frozenset({users.other_worker.pk}), TODAY)) == {}
    client.force_login(users.social_worker)
    page = client.get("/").content.decode()
    assert "Separate people who must not meet and are both told to come to the core group<" in page


def test_it_is_done_when_one_of_them_leaves_the_group_or_two_people_decided_it(grouped):
    marlows, council = grouped.marlows, grouped.council
    must_not_meet(council, marlows)
    with setting_up():
        member = CoreGroupMember.objects.get(person=marlows.theos_father)
        member.to_on = TODAY
        member.save()
    assert to_separate() == {}
    with setting_up():
        member.to_on = None
        member.save()
    assert "separate_core_group" in to_separate()
    check = ask_to_share(
        by=grouped.chair, conference=grouped.conference, one=marlows.mother, other=marlows.theos_father,
        shared="core_group", reason="Both ask for it, and an officer is there.",
    )  # fmt: skip
    assert "separate_core_group" in to_separate(), "one person alone does not decide it"
    answer_to_share(
        by=council.by("team_manager"), conference=grouped.conference, check=check, agreed=True, reason="I spoke to her."
    )
    assert to_separate() == {}


def test_what_somebody_must_not_learn_by_meeting_counts_and_a_school_does_not(grouped):
    def must_not_learn(what):
        with setting_up():
            return MustNotLearn.objects.create(
                reader=grouped.marlows.theos_father, about=grouped.marlows.mother, what=what, source="judgement",
                reason="He waited at the gate.",
            )  # fmt: skip

    must_not_learn("school")
    assert to_separate() == {}
    must_not_learn("whereabouts")
    assert "separate_core_group" in to_separate()


def test_a_conference_is_on_the_list_of_its_chair_and_administrators_once_both_were_told():
    convened = an_invited_conference()
    users = convened.council.users
    with setting_up():
        convened.conference.invitations.filter(person=convened.marlows.theos_father).update(
            arrives_at=None, leaves_at=None, apart=False, mode="room"
        )
    must_not_meet(convened.council, convened.marlows)
    found = to_separate()
    assert set(found) == {"separate_conference"}
    assert {users.chair.pk, users.administrator.pk} == found["separate_conference"]
    with setting_up():
        convened.conference.invitations.filter(person=convened.marlows.theos_father).update(mode="phone")
    assert to_separate() == {}, "nobody meets anybody by phone"


def test_a_list_that_was_not_sent_is_on_nobodys_list_because_sending_refuses_it():
    convened = a_booked_conference()
    with setting_up():
        convened.conference.invitations.update(arrives_at=None, leaves_at=None, apart=False, mode="room")
    must_not_meet(convened.council, convened.marlows)
    assert to_separate() == {}


def test_a_child_in_need_meeting_and_a_meeting_of_another_family_in_the_same_building_count(sitting):  # noqa: F811
    mother, lewis = sitting.marlows.mother, sitting.marlows.theos_father
    book_need_meeting(
        by=worker(sitting, TODAY), family=sitting.marlows.family, starts_at=at(MET), place="Town Hall", people=[mother]
    )
    other = a_family(sitting.council, name="Hart")
    with setting_up():
        CoreGroupMember.objects.create(
            family=other, person=lewis, name=lewis.full_name, part="stepfather", from_on=TODAY
        )
        meeting = CoreGroupMeeting.objects.create(
            family=other, due_on=MET, starts_at=at(MET), place="Room 2, Town Hall",
            booked_by=sitting.council.users.social_worker,
        )  # fmt: skip
        MustNotMeet.objects.create(one=mother, other=lewis, protects="one", source="injunction", reason="He hit her.")
    assert set(to_separate()) == {"separate_need_meeting", "separate_core_group"}
    with setting_up():
        meeting.place = "School"
        meeting.save()
    assert to_separate() == {}


def test_somebody_of_another_family_who_must_not_learn_it_counts_on_the_list_of_each_who_arranges(sitting):  # noqa: F811
    council, mother, other = sitting.council, sitting.marlows.mother, a_family(sitting.council, name="Hart")
    book_need_meeting(
        by=worker(sitting, TODAY), family=sitting.marlows.family, starts_at=at(MET), place="Town Hall", people=[mother]
    )
    with setting_up():
        carl = a_child(other, "Carl")
        CoreGroupMember.objects.create(family=other, person=carl, name="Carl", part="son", from_on=TODAY)
        CoreGroupMeeting.objects.create(
            family=other,
            due_on=MET,
            starts_at=at(MET),
            place="Room 2, Town Hall",
            booked_by=council.users.social_worker,
        )
        MustNotLearn.objects.create(
            reader=carl, about=mother, what="whereabouts", source="judgement", reason="He waited at the gate."
        )
    assert set(to_separate()) == {"separate_need_meeting", "separate_core_group"}
    lead = frozenset({council.users.social_worker.pk})
    assert "separate_need_meeting" in to_separate(Asked(lead, TODAY)), "nobody else could move it"


def test_each_leads_to_a_page_that_its_owner_may_open(grouped, client):
    must_not_meet(grouped.council, grouped.marlows)
    [duty] = [one for one in duties() if one.kind.startswith("separate_")]
    assert duty.path == reverse("plans:family", args=[grouped.marlows.family.pk])
    client.force_login(grouped.council.users.team_manager)
    assert client.get(duty.path).status_code == 200
