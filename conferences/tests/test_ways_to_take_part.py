"""How each adult of the family wants to take part, and why each person is invited, as the family's letter says them."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.convening.actions import invitations
from conferences.convening.actions.ways_to_take_part import record_way
from conferences.convening.choices import InviteeRole
from conferences.convening.letters.contribution_form import contribution_form
from conferences.convening.letters.invitation_family import (
    ANOTHER,
    UNNAMED,
    WHO_COMES,
    invitation_family,
    who_comes,
)
from conferences.convening.models import Invitation
from conferences.convening.queries.letter_context import letter_context
from conferences.convening.queries.list_checks import typed_for, why_not_second_person
from conferences.tests.builders import a_booked_conference
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import MustNotLearn, MustNotMeet
from families.tests.builders import end_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    return a_booked_conference()


def of_mother(convened):
    return Invitation.objects.get(conference=convened.conference, person=convened.marlows.mother)


def talked(convened, **given):
    given = {"talked_by": "Priya Nandra", "talked_on": TODAY, "wanted_mode": "room", "what_helps": "A break"} | given
    return record_way(by=convened.by("social_worker"), invitation=of_mother(convened), **given)


def letter(convened, made=invitation_family, reader="mother"):
    context = letter_context(convened.conference)
    person = getattr(convened.marlows, reader)
    mine = next(one for one in context.invitations if one.person_id == person.pk)
    return made(context, mine) if made is who_comes else made(context, mine, TODAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"talked_by": " "}, "talked_by"), ({"talked_on": date(2030, 1, 1)}, "talked_on"),
     ({"wanted_mode": "report"}, "wanted_mode")],
)  # fmt: skip
def test_who_talked_with_them_when_and_what_they_want_is_recorded(convened, wrong, field):
    with pytest.raises(Invalid) as caught:
        talked(convened, **wrong)
    assert caught.value.field == field
    with pytest.raises(NotPermitted):
        record_way(
            by=convened.by("school"), invitation=of_mother(convened), talked_by="A", talked_on=TODAY, wanted_mode="room"
        )
    talked(convened)
    found = of_mother(convened)
    assert (found.talked_by, found.talked_on, found.wanted_mode) == ("Priya Nandra", TODAY, "room")


def test_the_letter_says_who_talked_with_them_and_that_it_is_not_as_they_want(convened):
    assert letter(convened).meeting.talked == ""
    talked(convened)
    said = letter(convened).meeting.talked
    assert said.startswith("Priya Nandra talked with you on") and "Call us" not in said
    talked(convened, wanted_mode="video")
    words = " ".join(flowing_text(letter(convened)).split())
    assert "to take part by video. We have arranged it in another way. Call us if this does not suit you." in words
    assert "A break" not in words
    assert typed_for(letter_context(convened.conference), of_mother(convened)) == (letter(convened).meeting.talked,)


def test_the_letter_does_not_name_somebody_that_its_reader_must_not_learn_of(convened):
    with setting_up():
        MustNotLearn.objects.create(
            reader=convened.marlows.mother, about=convened.marlows.rosas_father, what="fact",
            words="Ivy Larch", reason="He told her in confidence.", source="Dan",
        )  # fmt: skip
    talked(convened, talked_by="Ivy Larch")
    assert letter(convened).meeting.talked == ""


def test_each_person_on_the_list_is_invited_for_a_reason_of_their_role(convened):
    said = letter(convened, who_comes)
    assert any(one.endswith("who looks after the health of young children") for one in said)
    assert all(one == ANOTHER or ", " in one for one in said), said
    roles = {InviteeRole(role) for role in WHO_COMES}
    assert not roles & set(UNNAMED) and all(one.why.startswith("who ") for one in WHO_COMES.values())


@pytest.mark.parametrize(
    ("reader", "called"), [("mother", "each child"), ("rosas_father", "Rosa Marlow"), ("theos_father", "each child")]
)
def test_a_letter_about_one_child_is_about_that_child_and_none_calls_them_the_readers_own(convened, reader, called):
    form = letter(convened, contribution_form, reader)
    asked = flowing_text(form)
    assert form.children and all(f"How safe is {child} now?" in asked for child in form.children)
    words = " ".join(flowing_text(letter(convened, reader=reader)).split())
    for sentence in (
        f"the chair decides whether {called} needs a child protection plan", f"say how safe {called} is",
        f"The chair decides for {called}, after hearing everyone", "cannot decide where a child lives",
    ):  # fmt: skip
        assert sentence in words
    assert ("each child" in words) == (called == "each child") and "your child" not in words


@pytest.mark.parametrize("role", [InviteeRole.ADVOCATE, InviteeRole.INTERPRETER])
def test_who_comes_for_one_of_them_is_told_to_nobody_where_two_must_not_meet(convened, role):
    marlows = convened.marlows
    end_entries()
    invitations.add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role=role, reason="She asked for it",
        user=convened.council.users.other_manager, children=[marlows.rosa, marlows.theo],
    )  # fmt: skip
    context = letter_context(convened.conference)
    readers = [one for one in context.invitations if one.person_id and one.role != InviteeRole.CHILD]
    assert all(any(WHO_COMES[role].why in each for each in who_comes(context, one)) for one in readers)
    with setting_up():
        MustNotMeet.objects.create(
            one=marlows.mother, other=marlows.theos_father, protects="one", source="injunction", reason="He hit her."
        )
    context = letter_context(convened.conference)
    told = repr([who_comes(context, one) for one in readers])
    assert WHO_COMES[role].why not in told and ANOTHER in told


def test_the_person_who_typed_who_talked_with_them_is_not_the_second_person_of_the_list(convened):
    worker = convened.by("social_worker")
    assert why_not_second_person(worker, convened.conference) == ""
    talked(convened)
    assert "You made part of this list" in why_not_second_person(worker, convened.conference)


def test_the_page_shows_who_was_not_talked_with_and_records_it(convened, client):
    client.force_login(convened.council.users.social_worker)
    page = reverse("conferences:taking_part", args=[convened.conference.pk])
    assert "Not talked about yet" in client.get(page).content.decode()
    answers = {"talked_by": "Priya Nandra", "talked_on_day": TODAY.day, "talked_on_month": TODAY.month,
               "talked_on_year": TODAY.year, "wanted_mode": "phone"}  # fmt: skip
    client.post(reverse("conferences:way", args=[of_mother(convened).pk]), answers)
    assert "Not as they want" in client.get(page).content.decode()
    school = Invitation.objects.filter(conference=convened.conference, person=None).first()
    assert client.get(reverse("conferences:way", args=[school.pk])).status_code == 404
