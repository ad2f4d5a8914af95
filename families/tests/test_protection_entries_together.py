"""A household at one protected address is one row, agreed to and looked at once, with an act on the trail of each."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import viewer
from cpc.core.audit.models import Event
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Stale
from families.people.actions.contact import record_address
from families.people.models import Protection
from families.protections import deadlines
from families.protections.actions.entries import change_protection
from families.protections.actions.reviews import agree
from families.protections.queries.entries import PROTECTION, entries_of
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    """Anna, Rosa and Theo have fled to one address, which a worker has recorded as protected."""
    found = the_marlows()
    record_address(
        by=viewer(found.worker), family=found.family, person=found.mother, also_for=[found.rosa, found.theo],
        lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ", from_on=date(2026, 11, 3), is_protected=True,
    )  # fmt: skip
    return found


def rows(marlows):
    found = entries_of(marlows.family, naming_the_address=True).together(PROTECTION)
    return [entry for entry in found if entry.others]


def at_the_refuge():
    return list(Protection.objects.filter(address__postcode="ZZ7 7ZZ").order_by("pk"))


def test_everybody_at_the_address_is_in_one_row(marlows):
    [entry] = rows(marlows)
    assert entry.sentence == (
        "The address of Anna Marlow, Rosa Marlow and Theo Marlow, Refuge House, Eastwick, ZZ7 7ZZ, is withheld from "
        "everyone outside the case."
    )


def test_who_is_kept_apart_from_others_has_a_row_of_their_own(marlows):
    hers = Protection.objects.get(person=marlows.mother, address__postcode="ZZ7 7ZZ")
    change_protection(
        by=viewer(marlows.worker), family=marlows.family, entry=hers, source="bail", reason="Bail", from_everyone=False,
        people=[marlows.theos_father],
    )  # fmt: skip
    [entry] = rows(marlows)
    assert [one.record.person for one in entry.everyone] == [marlows.rosa, marlows.theo]


def test_a_manager_agrees_to_all_of_them_at_once_and_the_trail_says_each(client, marlows):
    manager = marlows.council.users.team_manager
    client.force_login(manager)
    first = at_the_refuge()[0]
    address = reverse("families:agree_protection", args=[marlows.family.pk, first.pk])
    page = client.get(address)
    assert "Anna Marlow, Rosa Marlow and Theo Marlow" in page.content.decode()
    client.post(address, {"seen": page.context["form"].initial["seen"]})
    assert {one.agreed_by for one in at_the_refuge()} == {manager}
    acts = Event.objects.filter(act=Permission.AGREE_PROTECTIONS.value, by_id=manager.pk)
    assert {act.details["entry"] for act in acts} == {one.pk for one in at_the_refuge()}


def test_none_is_agreed_to_where_one_of_them_changed_meanwhile(marlows):
    entries, by = at_the_refuge(), viewer(marlows.council.users.team_manager)
    seen = versions(*entries)
    change_protection(
        by=viewer(marlows.worker), family=marlows.family, entry=at_the_refuge()[-1], source="bail", reason="Bail"
    )
    with pytest.raises(Stale):
        agree(by=by, family=marlows.family, entries=entries, seen=seen)
    assert {one.agreed_by for one in at_the_refuge()} == {None}


def test_the_work_list_asks_for_one_agreement(marlows):
    asked = [one for one in deadlines.duties() if one.kind == "agree_protection"]
    assert len([one for one in asked if one.id in {each.pk for each in at_the_refuge()}]) == 1


def test_one_of_them_can_still_be_ended_alone(client, marlows):
    client.force_login(marlows.worker)
    page = client.get(reverse("families:protections", args=[marlows.family.pk])).content.decode()
    for one in at_the_refuge():
        assert reverse("families:end_protection", args=[marlows.family.pk, one.pk]) in page
