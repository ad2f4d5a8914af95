"""One house is one house however it is written: for protections, separation, undone merges and moves alike."""

from datetime import date

import pytest

from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from families.finding import actions
from families.people.actions.contact import record_address
from families.people.choices import ProtectionSource
from families.people.models import Address, Protection
from families.people.rules.house import house_key
from families.protections.actions.entries import record_protection
from families.protections.queries.entries import PROTECTION, entries_of
from families.tests.builders import an_adult, the_marlows

HOUSE = ("12 High Street\nHarrowmere", "ZZ1 2AB")
SPELLINGS = [
    ("12 High St, Harrowmere", "zz12ab"), ("12, HIGH STREET\n  Harrowmere.", "ZZ1  2AB"),
    ("Twelve High Street\nHarrowmere", "ZZ1-2AB"), ("12 Hіgh Street\nHarrowmere", "ZZ1 2AB"),
]  # fmt: skip
OTHERS = [
    ("12a High Street\nHarrowmere", "ZZ1 2AB"), ("12 High Street\nHarrowmere", "ZZ1 2AC"),
    ("Flat 1, 12 High Street\nHarrowmere", "ZZ1 2AB"), ("12 Mill Street\nHarrowmere", "ZZ1 2AB"),
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_house_has_one_key_however_it_is_written(spelling):
    assert house_key(*spelling) == house_key(*HOUSE)


@pytest.mark.parametrize("other", OTHERS)
def test_another_house_has_another_key(other):
    assert house_key(*other) != house_key(*HOUSE)


def test_the_numbers_of_a_flat_and_of_its_house_do_not_run_together():
    assert house_key("Flat 1, 23 High Street", "ZZ1 2AB") != house_key("Flat 12, 3 High Street", "ZZ1 2AB")


@pytest.fixture
def marlows(db):
    return the_marlows()


@pytest.fixture
def lives_at(marlows):
    """Writes an address of somebody of the Marlows."""

    def record(person, spelling, **more):
        lines, postcode = spelling
        return record_address(
            by=viewer(marlows.worker), family=marlows.family, person=person, lines=lines, postcode=postcode, **more
        )

    return record


def test_the_key_follows_the_address_no_matter_who_writes_it(marlows, lives_at):
    row = lives_at(marlows.mother, HOUSE)
    assert row.house_key == house_key(*HOUSE)
    lives_at(marlows.mother, OTHERS[0], address=row)
    assert Address.objects.get(pk=row.pk).house_key == house_key(*OTHERS[0])
    with setting_up():
        Address.objects.bulk_create([Address(person=marlows.rosa, lines=HOUSE[0], postcode=HOUSE[1])])
    assert Address.objects.filter(person=marlows.rosa, house_key=house_key(*HOUSE)).exists()


def test_who_moves_leaves_the_house_however_it_was_written_for_each(marlows, lives_at):
    old = lives_at(marlows.mother, HOUSE, from_on=date(2026, 1, 5))
    rosas = lives_at(marlows.rosa, SPELLINGS[0], from_on=date(2026, 1, 5))
    lives_at(marlows.mother, OTHERS[3], from_on=TODAY, also_for=[marlows.rosa], leaving=[old])
    assert Address.objects.get(pk=rosas.pk).to_on == TODAY


def test_those_at_one_protected_house_are_one_row_however_it_was_written(marlows, lives_at):
    lives_at(marlows.mother, HOUSE, is_protected=True)
    lives_at(marlows.rosa, SPELLINGS[0], is_protected=True)
    found = entries_of(marlows.family).together(PROTECTION)
    together = [[one.record.person for one in entry.everyone] for entry in found if entry.others]
    assert together == [[marlows.mother, marlows.rosa]]


def test_a_house_protected_since_a_merge_is_protected_of_both_however_it_was_written(marlows, lives_at):
    annie = an_adult(marlows.family, "Annie", "Marlow")
    theirs = lives_at(annie, SPELLINGS[0])
    hers = lives_at(marlows.mother, HOUSE)
    manager = viewer(marlows.council.users.service_manager)
    merge = actions.merge(by=manager, kept=marlows.mother, merged=annie, reason="Her passport")
    record_protection(
        by=viewer(marlows.worker), family=marlows.family, person=marlows.mother, detail="address", address=hers,
        from_everyone=True, source=ProtectionSource.JUDGEMENT, reason="He waits outside.",
    )  # fmt: skip
    actions.undo_merge(by=manager, merge=merge, reason="Another woman")
    assert Protection.objects.live().filter(person=annie, address=theirs).exists()
