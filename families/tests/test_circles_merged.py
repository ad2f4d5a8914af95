"""Records that were merged across families, one of them closed: nothing of that one is shown in the other."""

from datetime import date

import pytest
from django.urls import reverse

from cpc.core.accounts.tests.builders import viewer
from families.access.actions import conflicts, emergency
from families.access.queries.access import pages_opened
from families.cases.models import DeclaredConflict
from families.finding import actions
from families.people.actions.contact import record_address, record_contact
from families.people.actions.involvement import record_involvement
from families.people.actions.names import add_name
from families.people.choices import ProtectionSource, SafeContact
from families.people.models import ContactDetails, MustNotLearn, Protection
from families.people.queries.identity import record_in
from families.protections.actions.entries import record_must_not_learn, record_protection
from families.tests.builders import a_child, a_family, an_adult, declare_conflict, restrict, the_marlows

pytestmark = pytest.mark.django_db


@pytest.fixture
def marlows():
    return the_marlows()


@pytest.fixture
def manager(marlows):
    return viewer(marlows.council.users.service_manager)


@pytest.fixture
def stones(marlows):
    """Another team's family, in which Rosa was recorded once more, with a school, a name and a refuge of its own."""
    council = marlows.council
    by = viewer(council.users.other_worker)
    family = a_family(council, name="Stone", worker=council.users.other_worker)
    rosie = a_child(family, "Rosie", last_name="Stone", born_on=date(2018, 5, 14), case_system_id="LA777777")
    record_address(
        by=by, family=family, person=rosie, lines="Refuge House\nEastwick", postcode="ZZ7 7ZZ",
        from_on=date(2026, 11, 3), is_protected=True,
    )  # fmt: skip
    record_contact(by=by, family=family, person=rosie, safe_contact=SafeContact.UNKNOWN, phone="07700 900987")
    add_name(
        by=by, family=family, person=rosie, kind="alias", first_name="Zelda", last_name="Quartz",
        from_on=date(2026, 11, 3),
    )  # fmt: skip
    record_involvement(
        by=by, family=family, children=[rosie], agency=council.agencies.nursery, from_on=date(2026, 11, 3)
    )
    return {"family": family, "rosie": rosie, "by": by, "nursery": council.agencies.nursery.name}


def merge(by, kept, merged):
    return actions.merge(by=by, kept=kept, merged=merged, reason="The same birth certificate")


PAGES = ("family", "contact", "protections", "whiteboard")


def everything_shown(client, user, family, child):
    client.force_login(user)
    addresses = [reverse(f"families:{name}", args=[family.pk]) for name in PAGES]
    addresses += [reverse(f"families:{name}", args=[family.pk, child.pk]) for name in ("person", "timeline")]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_what_only_a_closed_family_recorded_of_a_merged_child_is_not_shown_in_the_other(
    client, marlows, manager, stones
):
    merge(manager, marlows.rosa, stones["rosie"])
    told = ("Refuge House", "Quartz", stones["nursery"], "07700 900987")
    shown = everything_shown(client, marlows.worker, marlows.family, marlows.rosa)
    assert all(words in shown for words in told)  # both families are open: what is known of her is known
    restrict(stones["family"])
    shown = everything_shown(client, marlows.worker, marlows.family, marlows.rosa)
    assert [words for words in told if words in shown] == []


def test_nor_where_the_record_of_the_closed_family_is_the_one_that_was_kept(client, marlows, manager, stones):
    merge(manager, stones["rosie"], marlows.rosa)
    restrict(stones["family"])
    shown = everything_shown(client, marlows.worker, marlows.family, stones["rosie"])
    told = ("Refuge House", "Quartz", stones["nursery"], "07700 900987")
    assert [words for words in told if words in shown] == []


def test_who_has_looked_does_not_say_that_a_child_is_of_a_restricted_family_too(client, marlows, manager, stones):
    council = marlows.council
    merge(manager, marlows.rosa, stones["rosie"])
    restrict(stones["family"], to=[council.users.other_worker])
    client.force_login(council.users.other_worker)
    assert client.get(reverse("families:family", args=[stones["family"].pk])).status_code == 200
    address = reverse("families:looks", args=[marlows.family.pk, marlows.rosa.pk])
    theirs = record_in(stones["family"], marlows.rosa)
    client.force_login(council.users.team_manager)
    shown = client.get(address).content.decode()
    assert "named for this restricted family" not in shown.lower() and "Who has viewed this record" in shown
    restrict(stones["family"], to=[council.users.team_manager])
    assert "named for this restricted family" not in client.get(address).content.decode()
    address = reverse("families:looks", args=[stones["family"].pk, theirs.pk])
    assert "named for this restricted family" in client.get(address).content.decode().lower()


# --- Parting them again -----------------------------------------------------------------------------------------


def test_what_was_withheld_since_a_merge_stays_withheld_from_both_after_it_is_undone(marlows, manager, stones):
    other = stones["by"]
    father = an_adult(stones["family"], "Gareth", "Stone")
    found = merge(manager, marlows.rosa, stones["rosie"])
    record_must_not_learn(
        by=other, family=stones["family"], reader=father, about=marlows.rosa, what="existence",
        source=ProtectionSource.JUDGEMENT, reason="He threatened to take her.",
    )  # fmt: skip
    actions.undo_merge(by=manager, merge=found, reason="Another child")
    standing = MustNotLearn.objects.filter(reader=father, ended_on=None)
    assert set(standing.values_list("about", flat=True)) == {marlows.rosa.pk, stones["rosie"].pk}


def test_a_detail_protected_since_a_merge_is_protected_of_both_when_it_is_undone(marlows, manager, stones):
    annie = an_adult(stones["family"], "Annie", "Stone")
    found = merge(manager, marlows.mother, annie)
    record_protection(
        by=stones["by"], family=stones["family"], person=marlows.mother, detail="phone", from_everyone=True,
        source=ProtectionSource.JUDGEMENT, reason="He rings her.",
    )  # fmt: skip
    actions.undo_merge(by=manager, merge=found, reason="Another child")
    standing = Protection.objects.filter(detail="phone", ended_on=None)
    assert set(standing.values_list("person", flat=True)) == {marlows.mother.pk, annie.pk}


def test_a_safe_way_that_changed_since_a_merge_is_not_trusted_when_it_is_undone(marlows, manager, stones):
    annie = an_adult(stones["family"], "Annie", "Stone")
    record_contact(by=stones["by"], family=stones["family"], person=annie, safe_contact=SafeContact.POST)
    found = merge(manager, marlows.mother, annie)
    record_contact(
        by=viewer(marlows.worker), family=marlows.family, person=marlows.mother, safe_contact=SafeContact.HAND,
        hand_by=marlows.worker,
    )  # fmt: skip
    actions.undo_merge(by=manager, merge=found, reason="Another woman")
    assert ContactDetails.objects.get(person=annie).safe_contact == SafeContact.UNKNOWN
    assert ContactDetails.objects.get(person=marlows.mother).safe_contact == SafeContact.HAND


# --- Found by the number of any record ---------------------------------------------------------------------------


def test_a_conflict_declared_by_a_childs_number_bars_every_family_of_the_child(marlows, manager, stones):
    merge(manager, stones["rosie"], marlows.rosa)  # the number is on the record of the other family
    worker = viewer(marlows.council.users.team_manager)
    conflicts.declare_own(by=worker, whom="LA777777", reason="My niece")
    barred = DeclaredConflict.objects.filter(user=worker.id).values_list("family", flat=True)
    assert set(barred) == {marlows.family.pk, stones["family"].pk}


def test_an_emergency_look_is_reviewed_under_any_record_of_the_child(client, marlows, manager, stones):
    merge(manager, marlows.rosa, stones["rosie"])
    restrict(stones["family"], to=[marlows.council.users.other_manager])
    curious = marlows.council.users.chair
    [opened] = emergency.open_in_emergency(
        by=viewer(curious), number=stones["family"].case_number, reason="A neighbour heard screaming tonight and rang",
        agreed_by=marlows.council.users.other_manager,
    )  # fmt: skip
    declare_conflict(curious, marlows.family)  # no other road leads to the child
    client.force_login(curious)
    client.get(reverse("families:family", args=[stones["family"].pk]))
    assert [one["page"] for one in pages_opened(opened)] == ["family"]
