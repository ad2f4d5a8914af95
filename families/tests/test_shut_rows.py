"""One person in two families, without a merge, one of which is closed: the other shows what was written in it."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import WrongState
from families import actions, queries
from families.choices import Detail, Part, ProtectionSource, SafeContact
from families.models import Address, ContactDetails
from families.queries.elsewhere import elsewhere
from families.queries.standing import entries_of
from families.tests.builders import a_family, restrict
from families.tests.builders_two_families import by, everything_shown, marlows, service, stands_in, stones

pytestmark = pytest.mark.django_db
__all__ = ["by", "marlows", "service", "stones"]


def told(marlows):
    nursery = marlows.council.agencies.nursery.name
    return ("Refuge House", "07700 900987", "Quartz", nursery, "hold the door")


def test_what_only_a_restricted_family_wrote_of_somebody_is_not_shown_in_their_open_one(client, marlows, stones):
    people = [marlows.rosa, marlows.mother]
    shown = everything_shown(client, marlows, *people)
    assert [words for words in told(marlows) if words not in shown] == []  # both are open: it is known
    restrict(stones)
    shown = everything_shown(client, marlows, *people)
    assert [words for words in told(marlows) if words in shown] == []


def test_what_their_open_family_wrote_is_still_shown_there(client, marlows, stones):
    restrict(stones)
    shown = everything_shown(client, marlows, marlows.rosa, marlows.mother)
    ours = ("14 Alder Lane", "07700 900111", marlows.council.agencies.school.name)
    assert [words for words in ours if words not in shown] == []


def test_who_is_named_for_the_restricted_family_reads_both(client, marlows, stones):
    restrict(stones, to=[marlows.worker])
    shown = everything_shown(client, marlows, marlows.rosa, marlows.mother)
    assert [words for words in told(marlows) if words not in shown] == []


def test_an_address_that_the_restricted_family_corrected_is_shown_as_the_open_one_wrote_it(client, marlows, stones):
    row = marlows.mother.addresses.get(postcode="ZZ1 1AA")
    actions.record_address(
        by=viewer(marlows.council.users.other_worker), family=stones, person=marlows.mother, address=row,
        lines="5 Secret Row\nEastwick", postcode="ZZ5 5SR",
    )  # fmt: skip
    restrict(stones)
    shown = everything_shown(client, marlows, marlows.mother)
    assert "Secret Row" not in shown and "14 Alder Lane" in shown
    for change in (row, Address.objects.get(person=marlows.mother, lines__startswith="Refuge")):
        address = reverse("families:change_address", args=[marlows.family.pk, change.pk])
        assert client.get(address).status_code == 404


def test_what_is_protected_in_the_restricted_family_is_no_entry_of_the_open_one(client, marlows, stones):
    restrict(stones)
    entries = entries_of(marlows.family, viewer=viewer(marlows.worker), naming_the_address=True)
    assert not any("Refuge" in entry.says for entry in entries.all)
    entry = Address.objects.filter(lines__startswith="Refuge").first().protections.get()
    client.force_login(marlows.worker)
    assert client.get(reverse("families:change_protection", args=[marlows.family.pk, entry.pk])).status_code == 404


def test_what_the_restricted_family_protected_is_kept_in_the_papers_of_the_open_one_all_the_same(marlows, stones):
    restrict(stones)
    kept = queries.kept_from(marlows.family.pk, marlows.theos_father.pk)
    assert any("Refuge House" in str(one) for one in kept.protected)


def test_a_way_recorded_blindly_over_the_one_of_a_restricted_family_is_trusted_by_nobody(marlows, stones, by):
    restrict(stones)
    given = {"by": by, "family": marlows.family, "person": marlows.mother}
    actions.record_contact(**given, safe_contact=SafeContact.POST, phone="07700 900333")
    row = ContactDetails.objects.get(person=marlows.mother)
    assert (row.safe_contact, row.hand_by, row.confirmed_on) == (SafeContact.UNKNOWN, None, None)
    assert queries.envelope_of(marlows.mother, TODAY) == []


def test_nobody_makes_sure_of_a_way_that_they_are_not_shown(marlows, stones, by):
    restrict(stones)
    with pytest.raises(WrongState):
        actions.confirm_contact(by=by, family=marlows.family, person=marlows.mother)


def test_what_was_brought_in_before_they_stood_in_the_restricted_family_is_still_shown(client, marlows):
    with setting_up():
        Address.objects.create(person=marlows.mother, lines="7 Brought Way", postcode="ZZ8 8BW")
    stone = a_family(marlows.council, name="Stone", worker=marlows.council.users.other_worker)
    stands_in(stone, marlows.mother, Part.PARENT)
    with setting_up():
        Address.objects.create(person=marlows.mother, lines="8 Later Way", postcode="ZZ8 8LW")
    restrict(stone)
    shown = everything_shown(client, marlows, marlows.mother)
    assert "7 Brought Way" in shown and "8 Later Way" not in shown


def test_a_protection_of_a_phone_recorded_in_the_restricted_family_is_not_told_in_the_open_one(marlows, stones):
    actions.record_protection(
        by=viewer(marlows.council.users.other_worker), family=stones, person=marlows.mother, detail=Detail.PHONE,
        source=ProtectionSource.BAIL, reason="He rings her at the refuge.",
    )  # fmt: skip
    here = [entry.record.reason for entry in entries_of(marlows.family, viewer=viewer(marlows.worker)).all]
    assert "He rings her at the refuge." in here
    restrict(stones)
    here = [entry.record.reason for entry in entries_of(marlows.family, viewer=viewer(marlows.worker)).all]
    assert "He rings her at the refuge." not in here


# --- Before a family is restricted --------------------------------------------------------------------------------


def test_whoever_restricts_is_told_first_who_stands_elsewhere_and_what_is_still_shown_there(client, marlows, stones):
    client.force_login(marlows.council.users.service_manager)
    shown = client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
    assert "Anna Marlow" in shown and "Rosa Marlow" in shown and "Marlow family" in shown
    told = elsewhere(stones, viewer(marlows.council.users.service_manager))
    assert {one.person.full_name: one.shows for one in told} == {
        "Anna Marlow": "1 address and a phone number",
        "Rosa Marlow": "1 address and 2 agencies that know them",
    }
    restrict(stones)
    shown = queries.contact_of(queries.household(marlows.family, viewer(marlows.worker)), viewer(marlows.worker))
    anna = next(one for one in shown if one.member.person == marlows.mother)
    assert len(anna.addresses) == 1 and anna.contact.phone == "07700 900111"  # as it was said


def test_a_family_that_they_may_not_see_is_not_named_and_a_restricted_one_not_told_of(client, marlows, stones):
    manager = marlows.council.users.other_manager
    client.force_login(manager)
    shown = client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
    assert "a family of another team" in shown and "Marlow family" not in shown
    restrict(marlows.family)
    assert elsewhere(stones, viewer(manager)) == []
    assert "stand in other families" not in client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
