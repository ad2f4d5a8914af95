"""Where somebody of an open and of a restricted family lives and how they are reached: each record says its own."""

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.people.actions.contact import record_address, record_contact
from families.people.choices import Detail, Part, ProtectionSource, SafeContact
from families.people.models import Address, ContactDetails
from families.people.queries.contact import contact_of, envelope_of, ways_to
from families.people.queries.household import household
from families.protections.actions.entries import record_protection
from families.protections.queries.entries import entries_of
from families.protections.queries.withheld import withheld_from
from families.tests.builders import a_family, restrict
from families.tests.builders_two_families import (
    add_to_family,
    by,
    everything_shown,
    its_record,
    marlows,
    service,
    stones,
)

pytestmark = pytest.mark.django_db
__all__ = ["by", "marlows", "service", "stones"]


def told(marlows):
    nursery = marlows.council.agencies.nursery.name
    return ("Refuge House", "07700 900987", "Quartz", nursery, "hold the door")


def test_facts_written_only_by_a_restricted_family_are_not_shown_in_the_open_family(client, marlows, stones):
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


def test_who_is_named_for_the_restricted_family_reads_each_on_its_own_pages(client, marlows, stones):
    restrict(stones, to=[marlows.worker])
    people = [marlows.rosa, marlows.mother]
    shown = everything_shown(client, marlows, *people)
    assert [words for words in told(marlows) if words in shown] == []
    shown = everything_shown(client, marlows, *people, family=stones)
    assert [words for words in told(marlows) if words not in shown] == []
    assert "14 Alder Lane" in shown  # what it knew a moment ago it goes on to know


def test_an_address_that_the_restricted_family_corrected_is_shown_as_the_open_one_wrote_it(client, marlows, stones):
    row = marlows.mother.addresses.get(postcode="ZZ1 1AA")
    record_address(
        by=viewer(marlows.council.users.other_worker), family=stones, person=marlows.mother, address=row,
        lines="5 Secret Row\nEastwick", postcode="ZZ5 5SR",
    )  # fmt: skip
    restrict(stones)
    shown = everything_shown(client, marlows, marlows.mother)
    assert "Secret Row" not in shown and "14 Alder Lane" in shown
    row.refresh_from_db()
    assert row.lines == "14 Alder Lane\nNorthwick" and not Address.objects.filter(
        person=marlows.mother, lines__startswith="Refuge"
    )
    theirs = its_record(stones, marlows.mother).addresses
    assert {one.lines.split("\n")[0] for one in theirs.all()} == {"5 Secret Row", "Refuge House"}
    for change in theirs.all():
        address = reverse("families:change_address", args=[marlows.family.pk, change.pk])
        assert client.get(address).status_code == 404


def test_what_is_protected_in_the_restricted_family_is_no_entry_of_the_open_one(client, marlows, stones):
    restrict(stones)
    entries = entries_of(marlows.family, naming_the_address=True)
    assert not any("Refuge" in entry.sentence for entry in entries.all)
    entry = Address.objects.filter(lines__startswith="Refuge").first().protections.get()
    client.force_login(marlows.worker)
    assert client.get(reverse("families:change_protection", args=[marlows.family.pk, entry.pk])).status_code == 404


def test_what_a_restricted_family_protects_is_withheld_in_documents_of_the_open_family(marlows, stones):
    restrict(stones)
    kept = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    assert any("Refuge House" in str(one) for one in kept.protected)


def test_where_the_records_name_different_ways_to_reach_somebody_none_is_trusted(marlows, stones, by):
    restrict(stones)
    given = {"by": by, "family": marlows.family, "person": marlows.mother}
    record_contact(**given, safe_contact=SafeContact.POST, phone="07700 900333")
    assert ContactDetails.objects.get(person=marlows.mother).safe_contact == SafeContact.POST
    theirs = its_record(stones, marlows.mother)
    assert ContactDetails.objects.get(person=theirs).safe_contact == SafeContact.HAND
    for record in (marlows.mother, theirs):
        assert ways_to([record.pk]) == {record.pk: SafeContact.UNKNOWN}
        assert envelope_of(record, TODAY) == []


def test_a_refuge_recorded_only_by_the_restricted_family_stops_post_of_the_open_family(marlows, stones, by, service):
    for each, family in ((by, marlows.family), (service, stones)):
        record_contact(by=each, family=family, person=marlows.mother, safe_contact=SafeContact.POST)
    restrict(stones)
    assert ways_to([marlows.mother.pk]) == {marlows.mother.pk: SafeContact.POST}
    assert envelope_of(marlows.mother, TODAY) == []


def test_what_was_brought_in_before_they_were_in_the_restricted_family_is_still_shown(client, marlows):
    with setting_up():
        Address.objects.create(person=marlows.mother, lines="7 Brought Way", postcode="ZZ8 8BW")
    stone = a_family(marlows.council, name="Stone", worker=marlows.council.users.other_worker)
    add_to_family(stone, marlows.mother, Part.PARENT)
    with setting_up():
        Address.objects.create(person=marlows.mother, lines="8 Later Way", postcode="ZZ8 8LW")
    restrict(stone)
    shown = everything_shown(client, marlows, marlows.mother)
    assert "7 Brought Way" in shown and "8 Later Way" not in shown


def test_a_phone_protection_of_the_restricted_family_is_not_shown_in_the_open_family(marlows, stones):
    record_protection(
        by=viewer(marlows.council.users.other_worker), family=stones, person=marlows.mother, detail=Detail.PHONE,
        source=ProtectionSource.BAIL, reason="He rings her at the refuge.",
    )  # fmt: skip
    here = [entry.record.reason for entry in entries_of(marlows.family).all]
    assert "He rings her at the refuge." in here
    restrict(stones)
    here = [entry.record.reason for entry in entries_of(marlows.family).all]
    assert "He rings her at the refuge." not in here


# --- Before a family is restricted --------------------------------------------------------------------------------


def test_before_restricting_the_page_lists_people_in_other_families_and_what_those_still_show(client, marlows, stones):
    client.force_login(marlows.council.users.service_manager)
    shown = client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
    assert "Anna Marlow" in shown and "Rosa Marlow" in shown and "Theo" not in shown
    restrict(stones)
    shown = contact_of(household(marlows.family, viewer(marlows.worker)), viewer(marlows.worker))
    anna = next(one for one in shown if one.member.person == marlows.mother)
    assert len(anna.addresses) == 1 and anna.contact.phone == "07700 900111"  # as it was said


def test_the_other_family_is_not_named_and_a_restricted_one_not_told_of(client, marlows, stones):
    client.force_login(marlows.council.users.other_manager)
    shown = client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
    assert "are in other families too" in shown and "Marlow family" not in shown
    restrict(marlows.family)
    assert "in other families" not in client.get(reverse("families:restrict", args=[stones.pk])).content.decode()
