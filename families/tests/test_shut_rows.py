"""One person in two families, without a merge, one of which is closed: the other shows what was written in it."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import WrongState
from families import actions, queries
from families.choices import Detail, Part, ProtectionSource, SafeContact
from families.models import Address, ContactDetails, Membership
from families.queries.elsewhere import elsewhere
from families.queries.standing import entries_of
from families.tests.builders import a_family, restrict, the_marlows

pytestmark = pytest.mark.django_db
PAGES = ("family", "contact", "protections", "whiteboard")


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def by(marlows):
    return viewer(marlows.worker)


@pytest.fixture
def stones(marlows):
    """Another team's family, in which Rosa and her mother stand too, with what only that family wrote of them."""
    council, rosa, mother = marlows.council, marlows.rosa, marlows.mother
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    service = viewer(council.users.other_worker)
    for person, part in ((rosa, Part.CHILD), (mother, Part.PARENT)):
        _stands_in(family, person, part)
    given = {"by": service, "family": family}
    actions.record_address(
        **given, person=rosa, also_for=[mother], lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ",
        from_on=date(2026, 11, 3), is_protected=True,
    )  # fmt: skip
    actions.record_contact(
        **given, person=mother, safe_contact=SafeContact.HAND, hand_by=council.users.other_worker,
        phone="07700 900987", note="Ring twice and hold the door",
    )  # fmt: skip
    actions.add_name(**given, person=rosa, kind="alias", first_name="Zelda", last_name="Quartz")
    nursery = council.agencies.nursery
    actions.record_involvement(**given, children=[rosa], agency=nursery, from_on=date(2026, 11, 3))
    return family


def _stands_in(family, person, part):
    """The person is in one more family, under the same record (as ``add_known_person`` makes it)."""
    with setting_up():
        Membership.objects.create(family=family, person=person, part=part)


def told(marlows):
    nursery = marlows.council.agencies.nursery.name
    return ("Refuge House", "07700 900987", "Quartz", nursery, "hold the door")


def everything_shown(client, marlows, *people):
    family, child = marlows.family, marlows.rosa
    client.force_login(marlows.worker)
    addresses = [reverse(f"families:{name}", args=[family.pk]) for name in PAGES]
    for person in people:
        pages = ("person", "change_contact", "add_address")
        addresses += [reverse(f"families:{name}", args=[family.pk, person.pk]) for name in pages]
    addresses += [reverse("families:timeline", args=[family.pk, child.pk])]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(answer.content.decode() for answer in answers)


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


def test_a_way_recorded_blindly_over_the_one_of_a_restricted_family_is_trusted_by_nobody(client, marlows, stones, by):
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
    _stands_in(stone, marlows.mother, Part.PARENT)
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
