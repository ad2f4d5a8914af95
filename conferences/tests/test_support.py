"""What the family needs to take part: written down from their records, and arranged; no relative interprets."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.convening.actions import booking as booking_actions
from conferences.convening.actions import invitations, notify
from conferences.convening.actions.support import add_support, record_advocate, record_support
from conferences.convening.deadlines import duties
from conferences.convening.models import Support
from conferences.convening.queries.letter_context import letter_context
from conferences.tests.builders import a_booked_conference, booking, second_checked, with_fathers_apart
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Document
from cpc.core.kernel.refusals import Invalid, NotPermitted
from cpc.core.policy.tests.test_words import set_words
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
    record_support(by=by, support=interpreter, state="booked", booked_with="A. Nowak, Languages", is_outsider=True)
    assert not its_duty(convened)  # an advocate is first offered, and that is the social worker's
    with pytest.raises(Invalid, match="Choose what was arranged"):
        record_support(by=by, support=advocate, state="declined", why_not="Rosa wants her aunt with her")


OFFERED = {"offered_by": "Priya Nandra, social worker", "offered_on": TODAY}


def to_offer():
    return [duty for duty in duties() if duty.kind == "offer_advocate"]


def test_an_advocate_is_the_workers_to_offer_then_the_administrators_to_book_and_each_step_keeps_its_day(convened):
    advocate, by = convened.conference.support.get(kind="advocate"), convened.by("social_worker")
    interpreter = convened.conference.support.get(kind="interpreter")
    nowak = {"booked_with": "A. Nowak", "is_outsider": True}
    record_support(by=convened.by("administrator"), support=interpreter, state="booked", **nowak)
    [duty] = to_offer()
    assert duty.owners == {convened.council.users.social_worker.pk} and not its_duty(convened)
    record_advocate(by=by, support=advocate, state="offered", **OFFERED)
    assert to_offer()
    with pytest.raises(Invalid, match="Enter the day on which they answered"):
        record_advocate(by=by, support=advocate, state="accepted", **OFFERED)
    record_advocate(by=by, support=advocate, state="accepted", answered_on=TODAY, **OFFERED)
    assert not to_offer() and its_duty(convened)
    referral = {"referred_to": "Voice for Children", "referred_on": TODAY}
    record_advocate(by=by, support=advocate, state="referred", answered_on=TODAY, **OFFERED, **referral)
    assert its_duty(convened)
    administrator = convened.by("administrator")
    record_advocate(
        by=administrator, support=advocate, state="booked", answered_on=TODAY, booked_with="Kay Low", **OFFERED
    )
    advocate.refresh_from_db()
    assert not its_duty(convened) and (advocate.referred_to, advocate.booked_with) == ("Voice for Children", "Kay Low")


def test_who_declines_says_why_and_may_accept_afterwards(convened):
    advocate, by = convened.conference.support.get(kind="advocate"), convened.by("team_manager")
    said = {"by": by, "support": advocate, "answered_on": TODAY, **OFFERED}
    with pytest.raises(Invalid, match="Say why"):
        record_advocate(state="declined", **said)
    record_advocate(state="declined", why_not="Rosa wants her aunt with her", **said)
    assert not to_offer() and not [one for one in its_duty(convened) if "advocate" in one.says]
    record_advocate(state="accepted", **said)
    assert (advocate.state, advocate.why_not) == ("accepted", "")
    with pytest.raises(NotPermitted):
        record_advocate(state="accepted", **said | {"by": convened.by("school")})
    with pytest.raises(Invalid, match="The day of the answer cannot be before the day of the offer"):
        record_advocate(state="accepted", **said | {"answered_on": TODAY - timedelta(days=1)})


def test_a_parent_is_offered_one_where_the_service_names_who_helps_parents(convened):
    set_words(by=convened.by("system_administrator"), parent_advocacy="Parents First, 020 7946 0011")
    invitations.propose_list(by=convened.by("administrator"), conference=convened.conference)
    assert ("Anna", "advocate", "", "needed") in needed(convened)


def test_the_childs_letter_says_that_they_wanted_one_and_the_page_shows_each_step(client, convened):
    advocate = convened.conference.support.get(kind="advocate")
    client.force_login(convened.council.users.social_worker)
    page = reverse("conferences:taking_part", args=[convened.conference.pk])
    assert "Not offered yet" in client.get(page).content.decode()
    day = {f"{name}_{part}": getattr(TODAY, part) for name in ("offered_on", "answered_on") for part in
           ("day", "month", "year")}  # fmt: skip
    answers = {"offered_by": "Priya Nandra", "state": "accepted", **day}
    assert client.post(reverse("conferences:record_advocate", args=[advocate.pk]), answers).status_code == 302
    shown = client.get(page).content.decode()
    assert "Accepted, not referred yet" in shown and "Offered by Priya Nandra" in shown
    assert letter_context(convened.conference).advocates == {convened.marlows.rosa.pk}


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


def test_what_was_booked_is_to_be_arranged_again_once_the_conference_is_moved(convened, client):
    by, interpreter = convened.by("administrator"), convened.conference.support.get(kind="interpreter")
    booked = {"state": "booked", "booked_with": "Ola Wrona, of Lingua", "is_outsider": True}
    record_support(by=by, support=interpreter, **booked)
    assert its_duty(convened) == []
    later = booking(convened.council, hour=14)
    booking_actions.move(by=by, conference=convened.conference, reason="venue", agreed_by="Ann", **later)
    assert len(its_duty(convened)) == 1
    client.force_login(convened.council.users.administrator)
    page = reverse("conferences:invitations", args=[convened.conference.pk])
    assert "Arrange it for the new one" in client.get(page).content.decode()
    interpreter.refresh_from_db()
    record_support(by=by, support=interpreter, **booked)
    assert its_duty(convened) == [] and "Arrange it for the new one" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("answer", "sentence", "field"),
    [
        ({"state": "booked", "booked_with": " "}, "Say who is booked", "booked_with"),
        ({"state": "declined"}, "Say why", "why_not"),
        ({"state": "needed"}, "Choose what was arranged", "state"),
        ({"state": "booked", "booked_with": "Her mother, JEAN MARLOW"}, "Nobody of the family may", "booked_with"),
        (
            {"state": "booked", "booked_with": "Marlow, Jean (on 020 7946 0999)", "is_outsider": True},
            "Nobody of the family may",
            "booked_with",
        ),
        ({"state": "booked", "booked_with": "Bea Hart, her sister"}, "not a relative or friend", "is_outsider"),
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
    nowak = {"state": "booked", "booked_with": "A. Nowak"}
    assert "Confirm that the interpreter is not a relative" in client.post(address, nowak).content.decode()
    assert client.post(address, nowak | {"is_outsider": "on"}).status_code == 302
    assert " checked" not in re.search(r"<input[^>]*is_outsider[^>]*>", client.get(address).content.decode())[0]
    added = reverse("conferences:add_support", args=[convened.conference.pk])
    assert client.post(added, {"person": convened.marlows.mother.pk, "kind": "transport"}).status_code == 302
    page = client.get(reverse("conferences:invitations", args=[convened.conference.pk])).content.decode()
    assert "A. Nowak" in page and "Transport" in page
