"""Babies and young children: no form, no question and no gap that makes no sense at their age, on any page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions.child_parts import decide_part, record_answer
from conferences.convening.actions.invitations import add_invitee
from conferences.convening.choices import Outcome, Section
from conferences.convening.letters.occasions import letters_now
from conferences.convening.queries.letter_context import letter_context
from conferences.meeting.actions.decisions import record_child_views
from conferences.meeting.queries.board import all_places, board
from conferences.plans.queries.gaps import closing_gaps
from conferences.plans.tests.closing import a_quorate_sitting, decide
from conferences.tests.builders import HELD_ON, a_booked_conference, with_fathers_apart
from conferences.tests.meeting import an_open_sitting, at
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text
from cpc.core.kernel.refusals import Invalid
from families.people.models import Person

pytestmark = pytest.mark.django_db


def aged(person, years, on=TODAY):
    with setting_up():
        Person.objects.filter(pk=person.pk).update(born_on=on.replace(year=on.year - years))


@pytest.mark.parametrize("years, has_form", [(9, False), (10, True)])
def test_an_invited_child_gets_a_form_from_the_age_of_ten(years, has_form):
    convened = with_fathers_apart(a_booked_conference())
    rosa = convened.marlows.rosa
    aged(rosa, years, HELD_ON)
    hers = add_invitee(
        by=convened.by("administrator"), conference=convened.conference, role="child", person=rosa,
        reason="The chair decided that she may come.", children=[rosa],
    )  # fmt: skip
    context = letter_context(convened.conference)
    mine = next(one for one in context.invitations if one.pk == hers.pk)
    letters = letters_now(context, mine, TODAY, stamped_at=at(TODAY))
    assert ("contribution_form_child" in {one.name for one in letters}) == has_form
    assert ("Fill in the form that comes with this letter" in flowing_text(letters[0])) == has_form


def test_a_child_under_four_is_asked_nothing_on_the_page_of_who_takes_part(client):
    convened = a_booked_conference()
    conference, theo = convened.conference, convened.marlows.theo
    client.force_login(convened.council.users.social_worker)
    page = client.get(reverse("conferences:taking_part", args=[conference.pk])).content.decode()
    asked = [reverse("conferences:child_asked", args=[conference.pk, one.pk]) for one in (convened.marlows.rosa, theo)]
    assert asked[0] in page and asked[1] not in page and "Under 4: not asked" in page
    assert client.get(asked[0]).status_code == 200 and client.get(asked[1]).status_code == 404
    for act, given in (
        (record_answer, {"by": convened.by("social_worker"), "asked_by": "x", "asked_on": TODAY, "answer": "some"}),
        (decide_part, {"by": convened.by("chair"), "part": "all", "reason": "x"}),
    ):
        with pytest.raises(Invalid, match="4 or older"):
            act(conference=conference, child=theo, **given)


def test_the_live_page_asks_how_a_child_took_part_from_the_age_of_four(client):
    sitting = an_open_sitting()
    client.force_login(sitting.conference.chair)
    for name, says in (("rosa", "How the child took part"), ("theo", "is under 4"), ("unborn", "does not take part")):
        url = reverse("conferences:meet_child", args=[sitting.conference.pk, sitting.rows[name].pk])
        answer = client.get(url)
        assert says in answer.content.decode()
        assert ("participation" in answer.context["form"].fields) == (name == "rosa")
        if name == "rosa":
            assert "PN0" not in dict(answer.context["form"].fields["participation"].choices)
    found = {one.row.child_id: one.participation for one in board(sitting.conference).children}
    marlows = sitting.marlows
    assert found == {marlows.rosa.pk: "", marlows.theo.pk: "Under 4 years old", marlows.unborn.pk: ""}
    page = client.get(reverse("conferences:meet", args=[sitting.conference.pk])).content.decode()
    assert page.count("How the child took part is not recorded yet") == 1
    assert "What life is like for Theo" in page and "Theo says would help" not in page and "Rosa’s views" in page


def test_what_a_child_under_four_says_would_help_has_no_place():
    sitting = an_open_sitting()
    marlows, places = sitting.marlows, all_places(sitting.conference)
    of = {pk: {one.section for one in places if one.child_id == pk} for pk in (one.pk for one in marlows.children)}
    assert {Section.CHILD_VIEWS, Section.WOULD_HELP} <= of[marlows.rosa.pk]
    assert Section.CHILD_VIEWS in of[marlows.theo.pk] and Section.WOULD_HELP not in of[marlows.theo.pk]
    assert not {Section.CHILD_VIEWS, Section.WOULD_HELP} & of[marlows.unborn.pk]


@pytest.mark.parametrize("name, code", [("rosa", "PN0"), ("theo", "PN0"), ("theo", "PN6"), ("unborn", "PN7")])
def test_a_code_that_does_not_fit_the_age_is_refused(name, code):
    sitting = an_open_sitting()
    with pytest.raises(Invalid) as refused:
        record_child_views(by=sitting.chair, conference_child=sitting.rows[name], participation=code)
    assert refused.value.field == "participation"


def test_closing_asks_of_each_child_what_their_age_allows():
    sitting = a_quorate_sitting()
    for name in ("rosa", "theo", "unborn"):
        decide(sitting, [name], Outcome.NO_PLAN)
    said = [gap.sentence for gap in closing_gaps(sitting.conference)]
    assert "How Rosa took part is not recorded." in said and "Rosa’s views are not recorded." in said
    assert "What life is like for Theo is not recorded." in said and not any(
        "How Theo took part" in one for one in said
    )
    unborn = sitting.marlows.unborn.short_name
    assert not any(f"How {unborn} took part" in one or f"life is like for {unborn}" in one for one in said)
    assert f"The views of Anna Marlow about {unborn} are not recorded." in said


def test_a_baby_who_is_born_before_it_is_written_up_was_unborn_at_the_conference():
    sitting = a_quorate_sitting()
    decide(sitting, ["unborn"], Outcome.NO_PLAN)
    with setting_up():
        born = {"born_on": sitting.conference.held_on + timedelta(days=1), "expected_on": None, "first_name": "Ivy"}
        Person.objects.filter(pk=sitting.marlows.unborn.pk).update(**born)
    assert not any("Ivy took part" in gap.sentence or ("for Ivy" in gap.sentence and "life" in gap.sentence)
                   for gap in closing_gaps(sitting.conference))  # fmt: skip
