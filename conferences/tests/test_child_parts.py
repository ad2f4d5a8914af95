"""Whether a child wants to come, how they take part as the chair decides, and the worry in the family's letter."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.convening.actions import invitations
from conferences.convening.actions.child_parts import decide_part, record_answer
from conferences.convening.actions.worry import write_worry
from conferences.convening.forms.taking_part import WorryForm
from conferences.convening.letters.invitation_child import invitation_child
from conferences.convening.letters.invitation_family import invitation_family, who_comes
from conferences.convening.models import Invitation
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import typed_for
from conferences.convening.queries.taking_part import worry_left_out
from conferences.tests.builders import a_booked_conference
from conferences.tests.meeting import an_open_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import MustNotLearn, Person
from families.tests.builders import a_child, a_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    """A booked conference about Rosa, who is twelve, and her brother."""
    made = a_booked_conference()
    with setting_up():
        Person.objects.filter(pk=made.marlows.rosa.pk).update(born_on=date(2014, 5, 14))
    invitations.propose_list(by=made.by("administrator"), conference=made.conference)
    return made


def decided(convened, **given):
    given = {"part": "some", "how": "You can come for the first half hour.", "reason": "She asked for it"} | given
    return decide_part(by=convened.by("chair"), conference=convened.conference, child=convened.marlows.rosa, **given)


def letter(convened, who, made):
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.person_id == getattr(convened.marlows, who).pk)
    return made(context, mine) if made is who_comes else made(context, mine, TODAY)


def test_a_child_was_asked_by_somebody_on_a_day(convened):
    asked = {"by": convened.by("social_worker"), "conference": convened.conference, "child": convened.marlows.rosa}
    for wrong in ({"asked_by": " "}, {"asked_on": date(2030, 1, 1)}, {"answer": "perhaps"}):
        with pytest.raises(Invalid):
            record_answer(**asked, **{"asked_by": "Priya Nandra", "asked_on": TODAY, "answer": "some"} | wrong)
    record_answer(**asked, asked_by="Priya Nandra", asked_on=TODAY, answer="some")
    [part] = convened.conference.child_parts.all()
    assert (part.answer, part.asked_by, part.part) == ("some", "Priya Nandra", "")
    decided(convened)
    assert convened.conference.child_parts.get().answer == "some"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"how": " "}, "how"), ({"reason": ""}, "reason"), ({"part": "none"}, "part")]
)
def test_the_chair_says_which_part_and_why(convened, wrong, field):
    with pytest.raises(Invalid) as caught:
        decided(convened, **wrong)
    assert caught.value.field == field
    with pytest.raises(NotPermitted):
        decide_part(
            by=convened.by("social_worker"), conference=convened.conference, child=convened.marlows.rosa, part="all",
            reason="She wants to",
        )  # fmt: skip


def test_the_childs_letter_names_nobody_else(convened):
    with pytest.raises(Invalid, match="must not name anyone else"):
        decided(convened, how="You can come when Lewis Hart has left.")
    with pytest.raises(Invalid, match="must not name anyone else"):
        decided(convened, how="You can come while your grandmother Jean is there.")


@pytest.mark.parametrize(
    ("given", "hers", "theirs"),
    [
        (
            {},
            "part of the meeting. You can come for the first half hour. You do not have to come.",
            "who may come to part of the meeting",
        ),
        ({"part": "all"}, "You can come to all of the meeting.", "who may come to all of the meeting"),
        (
            {"part": "another", "how": "I will talk with you on Monday."},
            "heard in another way. I will talk with you on Monday.",
            "who will be heard in another way",
        ),
    ],
)
def test_the_letters_follow_the_decision(convened, given, hers, theirs):
    assert letter(convened, "rosa", invitation_child).meeting.part == ""
    assert "Rosa Marlow, who may choose whether to come" in letter(convened, "mother", who_comes)
    assert "Anna Marlow, from your family" in letter(convened, "rosa", who_comes), "no “parent”, to that child"
    decided(convened, **given)
    assert hers in letter(convened, "rosa", invitation_child).meeting.part
    mothers = letter(convened, "mother", invitation_family)
    assert f"Rosa Marlow, {theirs}" in mothers.who_comes and mothers.meeting.part == ""


def test_the_worry_is_in_the_letter_of_a_parent_of_every_child_that_it_names(convened):
    write = {"by": convened.by("social_worker"), "conference": convened.conference}
    write_worry(**write, worry="Theo had a bruise.\nNobody knows why.")
    convened.conference.refresh_from_db()
    assert letter(convened, "mother", invitation_family).worry == "Theo had a bruise. Nobody knows why."
    # Dan is Rosa's father, and his letter is not about Theo.
    assert letter(convened, "rosas_father", invitation_family).worry == ""
    assert worry_left_out(convened.conference) == ["Dan Pryce"]


def test_the_worry_is_in_no_letter_of_a_relative_who_is_neither_parent_nor_carer(convened):
    write_worry(by=convened.by("social_worker"), conference=convened.conference, worry="Rosa is often cold.")
    convened.conference.refresh_from_db()
    father = {"conference": convened.conference, "person": convened.marlows.rosas_father}
    for role, worry in (("relative", ""), ("carer", "Rosa is often cold."), ("parent", "Rosa is often cold.")):
        with setting_up():
            Invitation.objects.filter(**father).update(role=role)
        assert letter(convened, "rosas_father", invitation_family).worry == worry
        assert typed_for(letter_context(convened.conference), Invitation.objects.get(**father)) == (
            (worry,) if worry else ()
        )
    assert worry_left_out(convened.conference) == []


def test_the_writer_of_the_worry_is_told_who_reads_it_and_to_leave_out_what_a_child_said():
    hint = WorryForm().fields["worry"].help_text
    assert "no other relative" in hint and "Do not write what a child told you." in hint and "said" not in hint


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("some", "You can come to part of the meeting. You do not have to come."),
        ("another", "You will not be at the meeting. You will be heard in another way."),
    ],
)
def test_a_childs_letter_says_the_chairs_decision_where_the_way_would_now_tell_them_something(convened, part, sentence):
    zelda = a_child(a_family(convened.marlows.council, name="Quartz"), "Zelda", last_name="Quartz")
    decided(convened, part=part, how="You can talk when Zelda Quartz has gone.")
    assert "Zelda" in letter(convened, "rosa", invitation_child).meeting.part
    with setting_up():
        MustNotLearn.objects.create(
            reader=convened.marlows.rosa, about=zelda, what="existence", source="judgement", reason="Adopted.",
        )  # fmt: skip
    assert letter(convened, "rosa", invitation_child).meeting.part == sentence


@pytest.mark.parametrize(
    "worry", ["Rosa was hurt by Dan.", "Lewis Hart shouts.", "They live at 3 Quarry Row, ZZ9 4QP."]
)
def test_the_worry_names_nobody_but_the_children_and_no_protected_place(convened, worry):
    with pytest.raises(Invalid, match="name only the children"):
        write_worry(by=convened.by("social_worker"), conference=convened.conference, worry=worry)
    for other in ("school", "other_chair"):
        with pytest.raises(NotPermitted):
            write_worry(by=convened.by(other), conference=convened.conference, worry="Rosa is sad.")
    write_worry(by=convened.by("chair"), conference=convened.conference, worry="Rosa is sad.")


def test_a_child_who_is_heard_in_another_way_is_not_marked_present_with_everybody_else(client):
    sitting = an_open_sitting()
    conference, rosa = sitting.conference, sitting.marlows.rosa
    with setting_up():
        rosas = conference.invitations.create(kind="family", role="child", person=rosa, name="Rosa Marlow", reason="x")
        conference.child_parts.create(
            child=rosa, part="another", how="The chair talks with you.", reason="She asked", decided_at=timezone.now(),
            decided_by=conference.chair,
        )  # fmt: skip
    client.force_login(conference.chair)
    address = reverse("conferences:meet_attendance", args=[conference.pk])
    assert "the chair decided: another way" in " ".join(client.get(address).content.decode().split())
    client.post(address, {"rest_here": "yes"})
    marks = dict(conference.invitations.values_list("pk", "attendance"))
    assert marks.pop(rosas.pk) == "absent" and "present" in marks.values()
