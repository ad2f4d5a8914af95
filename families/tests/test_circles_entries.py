"""What a closed family said of who may not learn what and who must not meet, and where somebody is kept, is told in no
open family of theirs."""

import pytest
from django.urls import reverse

from cpc.core.accounts.permissions import Viewer
from cpc.core.accounts.tests.builders import setting_up, viewer
from cpc.core.kernel.refusals import Invalid
from families.people.actions.contact import record_address, record_contact
from families.people.actions.names import add_name
from families.people.actions.people import add_person
from families.people.choices import AddressKind, MustNotLearnWhat, Part, ProtectionSource
from families.people.models import MustNotMeet, Protection
from families.people.queries.contact import contact_of
from families.people.queries.duplicates import likely_duplicates
from families.people.queries.household import household
from families.people.queries.search import search
from families.protections.actions.entries import change_protection, record_must_not_learn, record_protection
from families.protections.actions.no_contact import change_must_not_meet, record_must_not_meet
from families.protections.queries.entries import entries_of
from families.protections.queries.warnings import families_about, warnings_for
from families.protections.queries.withheld import withheld_from
from families.tests.builders import restrict
from families.tests.builders_two_families import (
    add_to_family,
    by,
    everything_shown,
    its_record,
    marlows,
    service,
    stones,
    the_day,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
__all__ = ["by", "marlows", "service", "stones", "the_day"]
HIDDEN = "He follows her to the refuge in Eastwick."


@pytest.fixture
def lewis(marlows, stones):
    """Theo’s father, who is in the other family too."""
    add_to_family(stones, marlows.theos_father, Part.PARENT)
    return marlows.theos_father


@pytest.fixture
def why():
    return {"source": ProtectionSource.BAIL, "reason": HIDDEN}


def test_entries_of_a_restricted_family_are_on_no_page_of_the_open_family(client, marlows, stones, service, lewis, why):
    given = {"by": service, "family": stones, **why}
    record_must_not_learn(**given, reader=lewis, about=marlows.mother, what=MustNotLearnWhat.WHEREABOUTS)
    record_must_not_meet(**given, one=marlows.rosa, other=lewis)
    assert HIDDEN in everything_shown(client, marlows, marlows.mother)
    restrict(stones)
    assert HIDDEN not in everything_shown(client, marlows, marlows.mother, lewis, marlows.rosa)
    reader = viewer(marlows.worker)
    about = families_about(reader, [marlows.family])
    shown = [entry for _, found in warnings_for(reader, about) for entry in found]
    assert HIDDEN not in [entry.record.reason for entry in shown]


def test_it_is_kept_and_they_are_kept_apart_all_the_same(marlows, stones, service, lewis, why):
    given = {"by": service, "family": stones, **why}
    before = withheld_from(marlows.family.pk, lewis.pk)
    record_must_not_learn(**given, reader=lewis, about=marlows.mother, what=MustNotLearnWhat.WHEREABOUTS)
    told = "Lewis Hart must not learn where Anna Marlow lives."
    assert told in withheld_from(marlows.family.pk, lewis.pk).sources
    restrict(stones)
    now = withheld_from(marlows.family.pk, lewis.pk)
    assert now.agencies > before.agencies
    assert now.sources == ["Dan Pryce’s address is withheld from everyone outside the case."]  # as this family said it
    assert told in withheld_from(stones.pk, its_record(stones, lewis).pk).sources


def test_what_the_open_family_said_before_the_other_changed_it_is_shown_as_it_was_said(
    marlows, stones, by, service, lewis, why
):
    entry = record_must_not_meet(
        by=by, family=marlows.family, one=marlows.rosa, other=lewis, source=ProtectionSource.JUDGEMENT, reason="Fights"
    )
    change_must_not_meet(by=service, family=stones, entry=entry, **why)
    restrict(stones)
    assert MustNotMeet.objects.get(pk=entry.pk).reason == "Fights"
    assert MustNotMeet.objects.get(one=its_record(stones, marlows.rosa)).reason == HIDDEN
    found = entries_of(marlows.family).all
    assert "Fights" in [one.record.reason for one in found] and HIDDEN not in [one.record.reason for one in found]


def test_nobody_of_another_family_is_named_in_what_is_kept(marlows, stones, by, service):
    """The open family protects an address; the other names somebody who is only there."""
    with setting_up():
        entry = Protection.objects.filter(person=marlows.mother, address__postcode="ZZ1 1AA").first()
    entry = entry or record_protection(
        by=by, family=marlows.family, person=marlows.mother, detail="address", source=ProtectionSource.BAIL,
        reason="So", address=marlows.mother.addresses.get(postcode="ZZ1 1AA"),
    )  # fmt: skip
    stranger = add_person(by=service, family=stones, part=Part.OTHER, first_name="Quentin", last_name="Quartz", sex="M")
    given = {"source": entry.source, "reason": entry.reason, "people": [stranger]}
    change_protection(by=service, family=stones, entry=entry, **given)
    restrict(stones)
    sentence = " ".join(one.sentence for one in entries_of(marlows.family).all)
    assert "outside the case" in sentence and "Quentin" not in sentence


def test_custody_known_only_to_a_restricted_family_is_not_shown(marlows, stones, by, service, lewis):
    with setting_up():
        lewis.addresses.filter(kind=AddressKind.CUSTODY).delete()
    record_address(
        by=service, family=stones, person=lewis, lines="HMP Eastwick", postcode="ZZ6 6HM", kind=AddressKind.CUSTODY,
        care_of="HMP Eastwick, A1234BC",
    )  # fmt: skip
    assert lewis.pk in household(marlows.family, by).in_custody
    restrict(stones)
    assert lewis.pk not in household(marlows.family, by).in_custody


# --- Found by what only a restricted family wrote ---------------------------------------------------------------------


def found_by(viewer: Viewer, typed):
    return [(hit.person, hit.why) for hit in search(viewer, typed).people]


def test_nobody_is_found_by_another_name_that_only_a_restricted_family_wrote(marlows, stones, by):
    (hit,) = found_by(by, "Zelda Quartz")
    assert hit[0] == marlows.rosa and "Quartz" in " ".join(hit[1])
    alike = {"first_name": "Zelda", "last_name": "Quartz", "born_on": marlows.rosa.born_on}
    assert [hit.person for hit in likely_duplicates(by, **alike)] == [marlows.rosa]
    restrict(stones)
    for typed in ("Zelda Quartz", "Zelda", "Quartz"):
        assert found_by(by, typed) == [], typed
    assert likely_duplicates(by, **alike) == []
    assert marlows.rosa in [person for person, _ in found_by(by, "Rosa Quartz")]
    assert not any("Quartz" in " ".join(why) for _, why in found_by(by, "Rosa Quartz"))


def test_a_name_or_a_silence_that_only_a_restricted_family_recorded_is_taken_again_without_a_word(
    marlows, stones, by, service, lewis, why
):
    name = {"person": marlows.rosa, "kind": "alias", "first_name": "Zelda", "last_name": "Quartz"}
    silence = {"reader": lewis, "about": marlows.mother, "what": MustNotLearnWhat.WHEREABOUTS, **why}
    pair = {"one": marlows.rosa, "other": lewis, **why}
    record_must_not_learn(by=service, family=stones, **silence)
    record_must_not_meet(by=service, family=stones, **pair)
    given = {"by": by, "family": marlows.family}
    with pytest.raises(Invalid, match="already"):
        add_name(**given, **name)
    restrict(stones)
    add_name(**given, **name)
    record_must_not_learn(**given, **silence)
    record_must_not_meet(**given, **pair)
    for act, again in (
        (add_name, name),
        (record_must_not_learn, silence),
        (record_must_not_meet, pair),
    ):
        with pytest.raises(Invalid, match="already"):
            act(**given, **again)


# --- What a form says is there already --------------------------------------------------------------------------------


def test_a_protection_that_only_a_restricted_family_made_is_hinted_at_by_no_page_or_form(
    client, marlows, stones, by, service
):
    """She lives where both families know; the other keeps it, and her phone, from everyone outside the case."""
    address = marlows.mother.addresses.get(postcode="ZZ1 1AA")
    why = {"source": ProtectionSource.BAIL, "reason": HIDDEN, "person": marlows.mother}
    ours = record_contact(by=by, family=marlows.family, person=marlows.mother, safe_contact="post", phone="1")
    for what in ({"detail": "address", "address": address}, {"detail": "phone"}):
        record_protection(by=service, family=stones, **why, **what)
        with pytest.raises(Invalid, match="already protected"):
            record_protection(by=by, family=marlows.family, **why, **what)
    client.force_login(marlows.worker)

    def protected():
        shown = contact_of(household(marlows.family, by), by)
        reached = next(one for one in shown if one.member.person == marlows.mother)
        offered = client.get(reverse("families:add_protection", args=[marlows.family.pk])).content.decode()
        return (
            [one.is_protected for one in reached.addresses if one.pk == address.pk],
            f'value="address:{address.pk}"' not in offered, f'value="phone:{ours.person_id}"' not in offered,
        )  # fmt: skip

    assert protected() == ([True], True, True)
    restrict(stones)
    assert protected() == ([False], False, False)
    kept = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    for what in ({"detail": "address", "address": address}, {"detail": "phone"}):
        record_protection(by=by, family=marlows.family, **why | {"reason": "Ours"}, **what)
        with pytest.raises(Invalid, match="already protected"):
            record_protection(by=by, family=marlows.family, **why, **what)
    assert protected() == ([True], True, True)
    theirs = Protection.objects.live().filter(person=its_record(stones, marlows.mother))
    assert {one.detail for one in theirs} == {"address", "phone"}  # neither takes the other’s away
    now = withheld_from(marlows.family.pk, marlows.theos_father.pk)
    assert {(one.kind, one.value) for one in kept.protected} <= {(one.kind, one.value) for one in now.protected}


def test_staff_are_not_told_readers_of_a_protection_who_are_in_a_restricted_family(marlows, stones, by, service, why):
    address = marlows.mother.addresses.get(postcode="ZZ1 1AA")
    entry = record_protection(
        by=by, family=marlows.family, person=marlows.mother, detail="address", address=address, **why
    )
    quentin = add_person(by=service, family=stones, part=Part.OTHER, first_name="Quentin", last_name="Quartz", sex="M")
    change_protection(by=service, family=stones, entry=entry, people=[quentin], **why)
    restrict(stones)
    told = withheld_from(marlows.family.pk, marlows.theos_father.pk).sources
    assert any("outside the case" in one for one in told) and "Quentin" not in str(told)


def test_the_open_family_changes_its_own_copy_of_an_entry_that_the_restricted_family_changed(
    client, marlows, stones, by, service, lewis, why
):
    entry = record_must_not_meet(by=by, family=marlows.family, one=marlows.rosa, other=lewis, **why)
    client.force_login(marlows.worker)
    page = reverse("families:protections", args=[marlows.family.pk])
    links = [reverse(f"families:{act}_must_not_meet", args=[marlows.family.pk, entry.pk]) for act in ("change", "end")]
    assert all(link in client.get(page).content.decode() for link in links)
    change_must_not_meet(by=service, family=stones, entry=entry, **why | {"reason": "Worse"})
    restrict(stones)
    shown = client.get(page).content.decode()
    assert HIDDEN in shown and "Worse" not in shown and all(link in shown for link in links)
    assert [client.get(link).status_code for link in links] == [200, 200]
