"""What the family needs to take part: written down from their records, and arranged; no relative interprets."""

import pytest
from django.urls import reverse

from conferences.convening.actions import invitations, notify
from conferences.convening.actions.support import add_support, record_support
from conferences.convening.deadlines import duties
from conferences.convening.models import Support
from conferences.tests.builders import a_booked_conference, second_checked, with_fathers_apart
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import setting_up
from cpc.core.documents.models import Document
from cpc.core.kernel.refusals import Invalid, NotPermitted
from families.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened():
    """A booked conference for which the mother needs a Polish interpreter, written down with the list of people."""
    made = a_booked_conference()
    with setting_up():
        Person.objects.filter(pk=made.marlows.mother.pk).update(interpreter_needed=True, first_language="Polish")
    invitations.propose_list(by=made.by("administrator"), conference=made.conference)
    return made


def needed(convened):
    return {(one.person.first_name, one.kind, one.what, one.state) for one in convened.conference.support.all()}


def its_duty(convened):
    return [duty for duty in duties() if duty.kind == "arrange_support"]


def test_what_people_need_is_written_down_once_and_an_advocate_is_offered_from_the_age_of_five(convened):
    expected = {("Anna", "interpreter", "Polish", "needed"), ("Rosa", "advocate", "", "needed")}
    assert needed(convened) == expected  # Theo is three
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    assert needed(convened) == expected


def test_help_with_reading_or_hearing_is_written_down_as_well_as_help_with_stairs(convened):
    with setting_up():
        Person.objects.filter(pk=convened.marlows.rosas_father.pk).update(
            access_needs="No stairs", communication_needs="Large print"
        )
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    assert ("Dan", "access", "No stairs\nLarge print", "needed") in needed(convened)


def test_somebody_with_a_disability_is_asked_what_would_help_where_nobody_has_recorded_it(convened):
    with setting_up():
        Person.objects.filter(pk=convened.marlows.rosas_father.pk).update(disabilities=["HEAR", "MOB"])
        Person.objects.filter(pk=convened.marlows.mother.pk).update(disabilities=["NONE"])
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    asked = "Ask what would help. Recorded as a disability: hearing and mobility."
    assert ("Dan", "access", asked, "needed") in needed(convened)
    assert not [one for one in needed(convened) if one[:2] == ("Anna", "access")]


def test_it_is_the_administrators_duty_until_all_is_arranged(convened):
    [duty] = its_duty(convened)
    assert convened.council.users.administrator.pk in duty.owners
    interpreter, advocate = convened.conference.support.order_by("kind").reverse()
    by = convened.by("administrator")
    record_support(by=by, support=interpreter, state="booked", booked_with="A. Nowak, Harrow Languages")
    assert len(its_duty(convened)) == 1
    record_support(by=by, support=advocate, state="declined", why_not="Rosa wants her aunt with her")
    assert not its_duty(convened)


def test_who_is_promised_an_interpreter_has_one_to_be_arranged():
    convened = second_checked(with_fathers_apart(a_booked_conference()))
    mother = convened.marlows.mother
    assert not convened.conference.support.filter(person=mother).exists()
    with setting_up():
        Person.objects.filter(pk=mother.pk).update(interpreter_needed=True, first_language="Polish")
    notify.send_invitations(by=convened.by("administrator"), conference=convened.conference)
    letters = Document.objects.filter(recipient_kind="person", recipient_id=mother.pk)
    assert [one for one in letters if one.values.get("interpreter") == "Polish"]
    assert convened.conference.support.get(person=mother).state == "needed"


@pytest.mark.parametrize(
    ("answer", "sentence", "field"),
    [
        ({"state": "booked", "booked_with": " "}, "Say who is booked", "booked_with"),
        ({"state": "declined"}, "Say why", "why_not"),
        ({"state": "needed"}, "Choose what was arranged", "state"),
        ({"state": "booked", "booked_with": "Her mother, JEAN MARLOW"}, "Nobody of the family may", "booked_with"),
    ],
)
def test_an_answer_says_who_or_why_and_a_relative_never_interprets(convened, answer, sentence, field):
    interpreter = convened.conference.support.get(kind="interpreter")
    with pytest.raises(Invalid, match=sentence) as caught:
        record_support(by=convened.by("administrator"), support=interpreter, **answer)
    assert caught.value.field == field
    assert convened.conference.support.get(kind="interpreter").state == "needed"


def test_something_else_is_added_for_somebody_of_this_conference_only(convened):
    by, conference, marlows = convened.by("administrator"), convened.conference, convened.marlows
    add_support(by=by, conference=conference, person=marlows.mother, kind="childcare", what="For Theo")
    assert ("Anna", "childcare", "For Theo", "needed") in needed(convened)
    with pytest.raises(Invalid, match="already recorded for them"):
        add_support(by=by, conference=conference, person=marlows.mother, kind="childcare")
    with pytest.raises(Invalid, match="Choose somebody on the list"):
        add_support(by=by, conference=conference, person=marlows.grandmother, kind="childcare")
    with pytest.raises(NotPermitted):
        add_support(by=convened.by("school"), conference=conference, person=marlows.mother, kind="transport")


def test_professionals_see_none_of_it(convened):
    assert seen_by(convened.by("social_worker"), Support).count() == 2
    assert not seen_by(convened.by("school"), Support).exists()


def test_the_list_shows_it_and_a_wrong_answer_keeps_what_was_typed(client, convened):
    client.force_login(convened.council.users.administrator)
    page = client.get(reverse("conferences:invitations", args=[convened.conference.pk])).content.decode()
    assert "What the family needs to take part" in page and "Polish" in page
    interpreter = convened.conference.support.get(kind="interpreter")
    address = reverse("conferences:record_support", args=[interpreter.pk])
    answer = client.post(address, {"state": "booked", "booked_with": "Jean Marlow, 020 7946 0999"})
    assert "Nobody of the family may interpret" in answer.content.decode()
    assert "020 7946 0999" in answer.content.decode()
    assert client.post(address, {"state": "booked", "booked_with": "A. Nowak"}).status_code == 302
    added = reverse("conferences:add_support", args=[convened.conference.pk])
    assert client.post(added, {"person": convened.marlows.mother.pk, "kind": "transport"}).status_code == 302
    page = client.get(reverse("conferences:invitations", args=[convened.conference.pk])).content.decode()
    assert "A. Nowak" in page and "Transport" in page
