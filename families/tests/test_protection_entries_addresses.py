"""Addresses and how somebody is reached, beside what is protected: moves, envelopes, custody, a refuge."""

import pytest

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.actions.contact import confirm_contact, record_address, record_contact
from families.people.choices import AddressKind, Detail
from families.people.models import Address, Protection
from families.people.queries.contact import envelope_of
from families.protections.actions.entries import record_protection
from families.tests.builders import the_marlows
from families.tests.entries import WHY

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def worker(marlows):
    return viewer(marlows.worker)


def test_a_new_address_may_close_the_old_for_everybody_who_moves(marlows, worker):
    old = marlows.mother.addresses.get()
    record_address(
        by=worker, family=marlows.family, person=marlows.mother, lines="6 Hidden Row\nEastwick", postcode="ZZ7 7HR",
        from_on=TODAY, also_for=[marlows.rosa], leaving=[old], is_protected=True, kind=AddressKind.REFUGE,
    )  # fmt: skip
    left = Address.objects.filter(lines=old.lines, to_on=TODAY)
    assert {one.person for one in left} == {marlows.mother, marlows.rosa}
    live = Protection.objects.filter(ended_on__isnull=True, address__kind=AddressKind.REFUGE)
    assert {one.person for one in live} == {marlows.mother, marlows.rosa}
    assert {one.agreed_by for one in live} == {None} and live[0].review_on


def test_correcting_an_address_leaves_its_protection_as_it_is(marlows, worker):
    address = marlows.rosas_father.addresses.get()
    record_address(
        by=worker, family=marlows.family, person=marlows.rosas_father, address=address,
        lines="Flat 4, 9 Quarry Street\nEastwick", postcode="ZZ9 4QP",
    )  # fmt: skip
    assert Address.objects.get(pk=address.pk).is_protected


def test_post_to_somebody_in_custody_goes_care_of_it(marlows, worker):
    given = {"lines": "1 Fort Road\nEastwick", "postcode": "ZZ9 1PR", "kind": AddressKind.CUSTODY}
    record = {"by": worker, "family": marlows.family, "person": marlows.grandmother} | given
    with pytest.raises(Invalid) as refused:
        record_address(**record)
    assert refused.value.field == "care_of"
    record_address(
        care_of="HMP Eastwick, A1234BC", from_on=TODAY, leaving=[marlows.grandmother.addresses.get()], **record
    )
    record_contact(by=worker, family=marlows.family, person=marlows.grandmother, safe_contact="post")
    lines = ["Care of HMP Eastwick, A1234BC", "1 Fort Road", "Eastwick", "ZZ9 1PR"]
    assert envelope_of(marlows.grandmother, TODAY) == lines


def test_no_envelope_where_post_is_not_the_route_or_the_address_is_protected(marlows, worker):
    assert envelope_of(marlows.mother, TODAY) == ["14 Alder Lane", "Northwick", "ZZ1 1AA"]
    assert envelope_of(marlows.rosas_father, TODAY) == []
    address = marlows.mother.addresses.get()
    record_protection(
        by=worker, family=marlows.family, person=marlows.mother, detail=Detail.ADDRESS, address=address, **WHY
    )
    assert envelope_of(marlows.mother, TODAY) == []


def test_how_somebody_is_reached_is_made_sure_of(marlows, worker):
    with setting_up():
        marlows.mother.contact_details.confirmed_on = None
        marlows.mother.contact_details.save()
    confirmed = confirm_contact(by=worker, family=marlows.family, person=marlows.mother)
    assert confirmed.confirmed_on == TODAY
    with pytest.raises(WrongState):
        confirm_contact(by=worker, family=marlows.family, person=marlows.grandmother)


def test_a_refuge_is_printed_on_no_envelope_though_nobody_has_protected_it(marlows, worker):
    record_address(
        by=worker, family=marlows.family, person=marlows.mother, lines="6 Hidden Row", postcode="ZZ7 7HR",
        kind=AddressKind.REFUGE,
    )  # fmt: skip
    assert envelope_of(marlows.mother, TODAY) == []
