"""A baby who was expected: asked about, born, with a twin, or died."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.models import Outgoing
from cpc.core.kernel.duties import Asked
from families.people.deadlines import duties
from families.people.models import Involvement, PossibleDuplicate, Relationship
from families.tests.builders import a_child, a_family, the_marlows

pytestmark = pytest.mark.django_db

EXPECTED_ON = date(2027, 2, 3)


def page_of(client, marlows, name="birth", child=None):
    client.force_login(marlows.worker)
    return reverse(f"families:{name}", args=[marlows.family.pk, (child or marlows.unborn).pk])


def answers(marlows, **changed):
    given = {"born_on": TODAY.isoformat(), "first_name": "Ivy", "last_name": "Marlow", "sex": "F", "has_twin": "no"}
    return given | {f"pr_{marlows.mother.pk}": "birth", f"pr_{marlows.theos_father.pk}": "no"} | changed


def test_a_baby_who_was_expected_is_asked_about_until_the_birth_is_recorded():
    marlows = the_marlows()
    asked = Asked(frozenset({marlows.worker.pk}), EXPECTED_ON - timedelta(days=1))
    assert not duties(asked)
    [duty] = duties(Asked(asked.whose, EXPECTED_ON))
    assert (duty.owners, duty.then) == ({marlows.worker.pk}, {marlows.family.team.manager_id})
    assert duty.due_on == EXPECTED_ON + timedelta(days=7) and duty.path.endswith("/birth/")


def test_a_birth_asks_at_once_about_a_second_baby_and_tells_what_the_two_have_in_common(client):
    marlows = the_marlows()
    asked = client.post(page_of(client, marlows), answers(marlows, has_twin="yes"), follow=True)
    [(address, _)] = asked.redirect_chain
    assert f"?twin={marlows.unborn.pk}" in address
    initial = asked.context["form"].initial
    assert (initial["born_on"], initial["last_name"]) == (TODAY, "Marlow")
    assert initial[f"tie_{marlows.mother.pk}"] == "mother" and initial[f"tie_{marlows.theos_father.pk}"] == "father"


def test_a_second_baby_who_was_expected_too_is_asked_about_on_their_own_page(client):
    marlows = the_marlows()
    twin = a_child(marlows.family, "", expected_on=EXPECTED_ON)
    with setting_up():
        Relationship.objects.create(child=twin, adult=marlows.mother, kind="mother")
    other = a_child(marlows.family, "", expected_on=EXPECTED_ON)  # of another mother
    asked = client.post(page_of(client, marlows), answers(marlows, has_twin="yes"), follow=True)
    assert other.pk > twin.pk and f"/people/{twin.pk}/birth/" in asked.redirect_chain[0][0]
    assert asked.context["form"].initial["born_on"] == TODAY
    assert asked.context["form"]["has_twin"].label == "Was another baby born, besides Ivy Marlow and this baby?"
    assert "besides" not in client.get(page_of(client, marlows, child=other)).context["form"]["has_twin"].label
    assert TODAY.isoformat() not in asked.redirect_chain[0][0], "logs keep addresses"


def test_the_health_visiting_service_is_asked_for_once(client):
    marlows = the_marlows()
    service = marlows.council.agencies.health_visiting
    address = page_of(client, marlows)
    client.post(address, answers(marlows, health_visiting=service.pk))
    known = Involvement.objects.filter(child=marlows.unborn, agency=service)
    assert list(known.values_list("from_on", flat=True)) == [TODAY]
    twin = a_child(marlows.family, "", expected_on=EXPECTED_ON)
    assert "health_visiting" in client.get(page_of(client, marlows, child=twin)).context["form"].fields


def test_a_baby_who_died_has_a_short_page_of_their_own_and_nobody_is_written_to(client):
    marlows = the_marlows()
    address = page_of(client, marlows, "loss")
    shown = client.get(address).content.decode()
    assert "parental responsibility" not in shown and "another baby" not in shown
    assert address in client.get(page_of(client, marlows)).content.decode()
    answered = client.post(address, {"born_on": TODAY.isoformat(), "last_name": "Marlow", "sex": "U"})
    assert answered.status_code == 302
    marlows.unborn.refresh_from_db()
    assert (marlows.unborn.full_name, marlows.unborn.died_on) == ("Baby Marlow", TODAY)
    assert not Outgoing.objects.exists()
    assert not duties(Asked(frozenset({marlows.worker.pk}), EXPECTED_ON))


def test_two_babies_who_are_expected_in_one_family_are_two_and_not_a_likely_duplicate():
    marlows = the_marlows()
    twin = a_child(marlows.family, "", expected_on=EXPECTED_ON)
    assert not PossibleDuplicate.objects.filter(Q(one=twin) | Q(other=twin)).exists()
    elsewhere = a_child(a_family(marlows.council, name="Marlow"), "", expected_on=EXPECTED_ON)
    pairs = set(PossibleDuplicate.objects.filter(other=elsewhere).values_list("one", flat=True))
    assert pairs == {marlows.unborn.pk, twin.pk}, "of another family it may be the same baby"


def test_only_the_mother_is_offered_parental_responsibility_from_the_birth(client):
    marlows = the_marlows()
    page, father = page_of(client, marlows), f"pr_{marlows.theos_father.pk}"
    fields = client.get(page).context["form"].fields
    assert "birth" in dict(fields[f"pr_{marlows.mother.pk}"].choices) and "birth" not in dict(fields[father].choices)
    refused = client.post(page, answers(marlows, **{father: "birth"}))
    assert "Choose where the parental responsibility of" in str(refused.context["form"].errors[father])
    marlows.unborn.refresh_from_db()
    assert marlows.unborn.born_on is None
