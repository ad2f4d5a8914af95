"""A core group belongs to plans: who is in it is chosen at a conference and changed between conferences."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.choices import ConferenceKind, Outcome
from conferences.convening.models import InvitationChild
from conferences.plans.actions.ending import reopen_plan
from conferences.plans.actions.members import add_member, change_member, remove_member
from conferences.plans.choices import CORE_GROUP_CHANGED
from conferences.plans.models import CoreGroupMember, ProtectionPlan
from conferences.plans.queries import core_group
from conferences.plans.queries.gaps import priorities
from conferences.plans.queries.members import core_groups_of, members_with_plans, people_to_add
from conferences.plans.tests.closing import a_closed_sitting, a_review_sitting, close, reasons_for_gaps, write_outline
from conferences.tests.builders import leaks
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.door import acting
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from families.cases.models import Family
from families.people.choices import MustNotLearnWhat
from families.tests.builders import declare_conflict, end_entries, restrict
from families.tests.entries import silence

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


def worker(sitting, name="social_worker"):
    """The viewer on the day after the conference."""
    return sitting.council.by(name, TOMORROW)


def group(sitting, on=TOMORROW) -> dict:
    """The members of that day, with the first names of the children that each is there for."""
    rows = members_with_plans(sitting.marlows.family, on)
    return {member.name: {child.first_name or "unborn" for child in children} for member, children in rows}


def in_the_group(sitting, *names):
    """The invitations with these names."""
    return [sitting.invitations[name] for name in names]


def test_an_initial_conference_about_one_child_leaves_the_core_group_of_the_others_plan():
    first = a_quorate_sitting(TODAY - timedelta(weeks=3), children=("rosa",))
    decide(first)
    write_outline(first)
    close(first, members=in_the_group(first, "mother", "social_worker", "school"))
    second = a_quorate_sitting(TODAY, marlows=first.marlows, children=("theo",))
    decide(second)
    write_outline(second)
    close(second, members=in_the_group(second, "mother", "social_worker", "health_visiting"))
    school, visitor = (str(first.invitations["school"].name), str(second.invitations["health_visiting"].name))
    assert group(second) == {
        "Anna Marlow": {"Rosa", "Theo"}, "Priya Nandra": {"Rosa", "Theo"}, school: {"Rosa"}, visitor: {"Theo"},
    }  # fmt: skip


def test_a_member_is_there_for_the_children_that_they_were_invited_for():
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    close(sitting, members=in_the_group(sitting, "mother", "school"))
    assert group(sitting)["Anna Marlow"] == {"Rosa", "Theo", "unborn"}
    assert group(sitting)[sitting.invitations["school"].name] == {"Rosa"}


def test_a_professional_finds_their_own_core_groups_with_their_children_alone_on_their_first_page(client):
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    close(sitting, members=in_the_group(sitting, "mother", "school"))
    [own] = core_groups_of(worker(sitting, "school"))
    assert [child.first_name for child in own.children] == ["Rosa"] and own.meeting is not None
    assert core_groups_of(worker(sitting, "gp")) == []
    client.force_login(sitting.council.professionals.school)
    shown = client.get(reverse("work:home")).content.decode().partition("Core groups you belong to")[2]
    assert "Rosa Marlow" in shown and "Priya Nandra" in shown
    assert "Theo" not in shown and "The children are safe at home" not in shown
    assert own.meeting.place not in shown and "Ask the lead social worker where" in shown, "somebody is protected here"
    end_entries()
    assert own.meeting.place in client.get(reverse("work:home")).content.decode()


def test_no_core_group_of_a_family_that_is_closed_to_its_member_is_shown():
    sitting = a_quorate_sitting()
    decide(sitting)
    write_outline(sitting)
    close(sitting, members=in_the_group(sitting, "mother", "school", "gp"))
    school, gp = sitting.council.professionals.school, sitting.council.professionals.gp
    declare_conflict(gp, sitting.marlows.family)
    assert core_groups_of(worker(sitting, "gp")) == [] and core_groups_of(worker(sitting, "school"))
    restrict(sitting.marlows.family, to=[])
    assert core_groups_of(worker(sitting, "school")) == []
    with setting_up():
        CoreGroupMember.objects.filter(user=school).update(to_on=TOMORROW)
        Family.objects.filter(pk=sitting.marlows.family.pk).update(restricted=False)
    assert core_groups_of(worker(sitting, "school")) == []


def test_who_knows_only_a_child_whose_plan_ended_leaves_and_the_others_stay():
    first = a_quorate_sitting(TODAY - timedelta(weeks=8))
    decide(first)
    write_outline(first)
    close(first, members=in_the_group(first, "mother", "school", "health_visiting"))
    review = a_review_sitting(first)
    decide(review, ["rosa"], Outcome.NO_PLAN)
    decide(review, ["theo", "unborn"])
    write_outline(review, ["theo", "unborn"])
    close(review, members=in_the_group(review, "mother", "health_visiting"), core_group_at=None)
    assert review.invitations["school"].name not in group(review)
    assert group(review)["Anna Marlow"] == {"Theo", "unborn"}


def test_a_professional_joins_between_conferences_for_a_child_and_hears_of_it_without_a_name():
    sitting = a_closed_sitting()
    school = sitting.council.professionals.school
    member = add_member(
        by=worker(sitting), family=sitting.marlows.family, who=f"user-{school.pk}", children=[sitting.marlows.rosa]
    )
    assert group(sitting)[member.name] == {"Rosa"}
    told = Outgoing.objects.get(purpose=CORE_GROUP_CHANGED)
    assert told.to_address == school.email
    assert not leaks(told.subject + told.body)
    change_member(by=worker(sitting), member=member, children=[sitting.marlows.theo])
    assert group(sitting)[member.name] == {"Theo"}
    remove_member(by=worker(sitting), member=member, reason="Rosa changed school")
    assert member.name not in group(sitting)
    assert Outgoing.objects.filter(purpose=CORE_GROUP_CHANGED).count() == 2
    with pytest.raises(WrongState):
        remove_member(by=worker(sitting), member=member, reason="Again")


def test_nobody_joins_who_must_not_meet_a_member_and_nothing_has_changed_then():
    sitting = a_closed_sitting()
    marlows = sitting.marlows
    add_member(
        by=worker(sitting), family=marlows.family, who=f"person-{marlows.rosas_father.pk}", children=[marlows.rosa],
        gap_reasons={f"first-{marlows.theos_father.pk}-{marlows.rosas_father.pk}": "He asked not to come."},
    )  # fmt: skip
    with pytest.raises(Invalid, match="must be kept separate") as refused:
        add_member(
            by=worker(sitting), family=marlows.family, who=f"person-{marlows.theos_father.pk}", children=[marlows.theo]
        )
    assert refused.value.field == "who"
    assert "Lewis Hart" not in group(sitting)


def test_who_comes_first_is_not_left_out_between_conferences_without_a_reason(client):
    sitting = a_closed_sitting()
    marlows, family = sitting.marlows, sitting.marlows.family
    first, other = marlows.theos_father, marlows.rosas_father
    client.force_login(sitting.council.users.social_worker)
    add, why = reverse("plans:add_member", args=[family.pk]), f"gap_first-{first.pk}-{other.pk}"
    joins = {"who": f"person-{other.pk}", "children": [marlows.rosa.pk]}
    assert "Say why: Lewis Hart has priority for the core group" in client.post(add, joins).content.decode()
    assert "Dan Pryce" not in group(sitting)
    assert client.post(add, joins | {why: "He asked not to come."}).status_code == 302
    with setting_up():
        member = CoreGroupMember.objects.create(
            family=family, person=first, name=first.full_name, from_on=TODAY - timedelta(days=1)
        )
    remove = reverse("plans:remove_member", args=[member.pk])
    said = client.post(remove, {"reason": "He has moved."}).content.decode()
    assert "If Dan Pryce is in the core group and Lewis Hart is not: why?" in said and "Lewis Hart" in group(sitting)
    assert client.post(remove, {"reason": "He has moved.", why: "He asked not to come."}).status_code == 302
    assert "Lewis Hart" not in group(sitting)


def test_who_comes_first_is_not_left_out_of_one_more_plan_without_a_reason(client):
    sitting = a_closed_sitting()
    marlows, first, other = sitting.marlows, sitting.marlows.theos_father, sitting.marlows.rosas_father
    why = f"first-{first.pk}-{other.pk}"
    member = add_member(
        by=sitting.council.by("social_worker", TODAY), family=marlows.family, who=f"person-{other.pk}",
        children=[marlows.rosa], gap_reasons={why: "He asked not to come."},
    )  # fmt: skip
    client.force_login(sitting.council.users.social_worker)
    change, both = reverse("plans:change_member", args=[member.pk]), {"children": [marlows.rosa.pk, marlows.theo.pk]}
    assert "Say why: Lewis Hart has priority for the core group" in client.post(change, both).content.decode()
    assert group(sitting)["Dan Pryce"] == {"Rosa"}
    assert client.post(change, both | {f"gap_{why}": "He asked not to come."}).status_code == 302
    assert client.post(change, {"children": [marlows.theo.pk]}).status_code == 302, "nobody more is left out"
    assert group(sitting)["Dan Pryce"] == {"Theo"}


def test_nobody_joins_the_core_group_of_a_child_that_they_must_not_learn_of():
    sitting = a_closed_sitting()
    marlows, jean = sitting.marlows, f"person-{sitting.marlows.grandmother.pk}"
    silence(marlows, worker(sitting), reader=marlows.grandmother, about=marlows.theo, what=MustNotLearnWhat.EXISTENCE)
    add = {"by": worker(sitting), "family": marlows.family, "who": jean}
    with pytest.raises(Invalid, match="Jean Marlow and Theo Marlow cannot be in one core group"):
        add_member(**add, children=[marlows.theo])
    member = add_member(**add, children=[marlows.rosa])
    with pytest.raises(Invalid, match="Theo Marlow"):
        change_member(by=worker(sitting), member=member, children=[marlows.rosa, marlows.theo])
    assert group(sitting)["Jean Marlow"] == {"Rosa"}


def test_a_conference_refuses_a_member_who_must_not_meet_one_that_stays_for_another_plan():
    first = a_quorate_sitting(TODAY - timedelta(weeks=3), children=("rosa",))
    decide(first)
    write_outline(first)
    close(first, members=in_the_group(first, "rosas_father", "social_worker"))
    second = a_quorate_sitting(TODAY, marlows=first.marlows, children=("theo",))
    decide(second)
    write_outline(second)
    with pytest.raises(Invalid, match="must be kept separate"):
        close(second, members=in_the_group(second, "theos_father", "social_worker"))
    assert not ProtectionPlan.objects.filter(child=second.marlows.theo).exists()


def test_a_conference_refuses_a_member_who_would_learn_there_what_they_must_not():
    sitting = a_quorate_sitting(TODAY)
    marlows, father = sitting.marlows, sitting.marlows.rosas_father
    with setting_up():
        InvitationChild.objects.create(invitation=sitting.invitations["rosas_father"], child=marlows.theo)
    silence(marlows, worker(sitting), reader=father, about=marlows.theo, what=MustNotLearnWhat.EXISTENCE)
    decide(sitting)
    write_outline(sitting)
    with pytest.raises(Invalid, match="Dan Pryce and Theo Marlow cannot be in one core group") as refused:
        reasons = reasons_for_gaps(sitting.conference)
        reasons |= {one.gap.key: "He asked not to come." for one in priorities(sitting.conference)}
        members = in_the_group(sitting, "mother", "rosas_father", "social_worker")
        close(sitting, members=members, gap_reasons=reasons)
    assert refused.value.field == "members"
    close(sitting, members=in_the_group(sitting, "mother", "social_worker"))


def test_the_list_of_who_may_join_has_nobody_with_a_conflict_nobody_who_died_and_no_member():
    sitting = a_closed_sitting()
    family = sitting.marlows.family
    declare_conflict(sitting.council.professionals.gp, family)
    names = {one.name for one in people_to_add(family, TOMORROW)}
    assert sitting.council.professionals.school.get_full_name() in names
    assert {"Rosa Marlow", "Lewis Hart", "Jean Marlow"} <= names
    assert sitting.council.professionals.gp.get_full_name() not in names
    assert not {"Anna Marlow", "Priya Nandra"} & names


def test_what_is_missing_is_said_and_only_the_familys_social_worker_changes_the_group():
    sitting = a_closed_sitting()
    family, rosa = sitting.marlows.family, [sitting.marlows.rosa]
    with pytest.raises(Invalid, match="Choose a person"):
        add_member(by=worker(sitting), family=family, who="user-0", children=rosa)
    jean = f"person-{sitting.marlows.grandmother.pk}"
    with pytest.raises(Invalid, match="at least one child"):
        add_member(by=worker(sitting), family=family, who=jean, children=[])
    for name in ("chair", "other_worker", "administrator"):
        with pytest.raises(NotPermitted):
            add_member(by=worker(sitting, name), family=family, who=jean, children=rosa)
    member = CoreGroupMember.objects.first()
    with pytest.raises(Invalid, match="Say why"):
        remove_member(by=worker(sitting), member=member, reason=" ")
    assert len(core_group(family, TOMORROW)) == 2


def test_the_pages_add_change_and_remove_a_member(client):
    sitting = a_closed_sitting()
    family, jean = sitting.marlows.family, sitting.marlows.grandmother
    client.force_login(sitting.council.users.social_worker)
    add = reverse("plans:add_member", args=[family.pk])
    assert add in client.get(reverse("plans:family", args=[family.pk])).content.decode()
    answer = client.post(add, {"who": f"person-{jean.pk}", "children": [str(sitting.marlows.theo.pk)]})
    assert answer.status_code == 302, answer.content.decode()
    member = CoreGroupMember.objects.get(person=jean)
    change = reverse("plans:change_member", args=[member.pk])
    assert client.get(change).context["form"].initial["children"] == [str(sitting.marlows.theo.pk)]
    client.post(change, {"children": [str(sitting.marlows.rosa.pk)]})
    assert [link.plan.child for link in member.plans.all()] == [sitting.marlows.rosa]
    remove = reverse("plans:remove_member", args=[member.pk])
    assert "Say why they are leaving" in client.post(remove, {"reason": ""}).content.decode()
    client.post(remove, {"reason": "She asked for it"})
    member.refresh_from_db()
    assert member.to_on is not None


def test_each_childs_aim_and_lead_are_shown_as_theirs_alone(client):
    first = a_quorate_sitting(TODAY - timedelta(weeks=3), children=("rosa",))
    decide(first)
    write_outline(first)
    close(first, aim="Rosa is in school.")
    second = a_quorate_sitting(TODAY, marlows=first.marlows, children=("theo",), kind=ConferenceKind.INITIAL)
    decide(second)
    write_outline(second)
    close(second, aim="Theo is fed.")
    client.force_login(second.council.users.social_worker)
    page = client.get(reverse("plans:family", args=[first.marlows.family.pk]))
    told = {names: plan.aim for names, plan in page.context["details"]}
    assert told == {"Rosa Marlow": "Rosa is in school.", "Theo Marlow": "Theo is fed."}


def test_a_member_who_was_removed_by_name_that_day_does_not_come_back_with_the_plan():
    sitting = a_review_sitting()
    family, day = sitting.marlows.family, sitting.conference.held_on
    gone, back = family.core_group_members.filter(to_on=None).order_by("pk")[:2]
    remove_member(by=sitting.council.by("social_worker", day), member=gone, reason="She has moved away")
    decide(sitting, outcome=Outcome.NO_PLAN)
    close(sitting, core_group_at=None)
    for one in (gone, back):
        one.refresh_from_db()
    assert gone.to_on == back.to_on == day
    with acting(sitting.chair, Permission.CORRECT, on=sitting.conference):
        reopen_plan(ProtectionPlan.objects.get(child=sitting.marlows.theo))
    for one in (gone, back):
        one.refresh_from_db()
    assert (gone.to_on, back.to_on) == (day, None)
