"""Imports of people who are in several families: recorded once, and nothing is written past a restricted family."""

import pytest

from cpc.core.accounts.tests.builders import a_council, viewer
from cpc.imports.choices import ImportState
from cpc.imports.models import SetAside
from cpc.imports.queries import set_aside_for
from cpc.imports.tests.made import families
from cpc.imports.tests.test_imports import bring, load
from families.cases.models import Family
from families.people.choices import Part
from families.people.models import Membership, Person, Relationship
from families.people.queries.identity import record_in
from families.tests.builders import a_family, restrict
from families.tests.builders_two_families import add_to_family

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def council():
    return a_council()


def the_other_family(**changed):
    """A second family, with children who are related to the mother of the first."""
    rows = families(2)
    people = [row for row in rows["people"] if row["family_number"] == "IM00001"]
    people[-1] |= {
        "person_id": "M00000",
        "last_name": "Ashdown",
        "relationship": "stepmother",
        "responsibility_source": "order",
    } | changed
    return {"people": people}


@pytest.mark.parametrize("turned", [False, True])
def test_a_parent_with_children_in_two_open_families_is_recorded_once_from_either_side(council, turned):
    files = [families(1), the_other_family()]
    for rows in reversed(files) if turned else files:
        run = load(council, bring(council, rows))
        assert (run.state, run.faults) == (ImportState.LOADED, [])
    parent = Person.objects.get(case_system_id="M00000")
    assert set(parent.memberships.values_list("family__case_number", flat=True)) == {"IM00000", "IM00001"}
    assert Relationship.objects.filter(adult=parent).count() == 4


@pytest.mark.parametrize("turned", [False, True])
def test_a_parent_of_two_families_has_a_row_in_each_of_one_file(council, turned):
    rows = families(2)
    mother = rows["people"][2] | {"phone": "01632 960001"}
    rows["people"][2] = mother
    rows["people"][-1] |= {
        "person_id": "M00000",
        "last_name": "Ashdown",
        "relationship": "stepmother",
        "responsibility_source": "order",
    }
    if turned:
        rows["people"].reverse()
    run = load(council, bring(council, rows))
    assert (run.state, run.faults, run.counts["people"]) == (ImportState.LOADED, [], 5)
    parent = Person.objects.get(case_system_id="M00000")
    assert set(parent.memberships.values_list("family__case_number", flat=True)) == {"IM00000", "IM00001"}
    assert Relationship.objects.filter(adult=parent).count() == 4
    again = load(council, bring(council, rows))
    assert again.wrote_nothing


def test_one_number_for_two_people_in_one_file_is_a_fault(council):
    rows = families(2)
    rows["people"][-1] |= {"person_id": "M00000"}
    [fault] = bring(council, rows).faults
    assert fault[:3] == ["people", 7, "person_id"] and "Row 4 gives this number to somebody else" in fault[4]


def test_a_tie_to_a_child_of_another_family_says_that_a_second_row_is_needed(council):
    rows = families(2)
    rows["people"][2]["relationship_to"] += ";C000010"
    [fault] = bring(council, rows).faults
    assert "give this person a row there too" in fault[4]


def test_a_number_of_somebody_of_another_name_in_another_family_is_a_fault_still(council):
    load(council, bring(council, families(1)))
    run = bring(council, the_other_family(last_name="Somebodyelse"))
    assert any("somebody of another family" in fault[4] for fault in run.faults)


def test_a_new_name_or_tie_of_somebody_in_a_restricted_family_too_waits_for_those_who_see_both(council):
    load(council, bring(council, families(1)))
    mother = Person.objects.get(case_system_id="M00000")
    other = a_family(council, name="Stone", worker=council.users.other_worker)
    add_to_family(other, mother, Part.PARENT)
    restrict(other, to=[council.users.other_worker])
    rows = families(1)
    rows["people"][-1]["known_as"] = "Addie"
    run = load(council, bring(council, rows))
    assert run.state == ImportState.LOADED and run.counts["filled_in"] == 1  # as if it were written
    mother.refresh_from_db()
    assert mother.known_as == "" == record_in(other, mother).known_as
    [aside] = set_aside_for(viewer(council.users.other_worker))
    assert aside.family == other and any(said.get("known_as") == "Addie" for _, _, said in aside.rows)


def test_somebody_in_a_restricted_family_too_joins_the_family_that_the_row_names(council):
    load(council, bring(council, families(1)))
    mother = Person.objects.get(case_system_id="M00000")
    other = a_family(council, name="Stone", worker=council.users.other_worker)
    add_to_family(other, mother, Part.PARENT)
    restrict(other, to=[council.users.other_worker])
    load(council, bring(council, the_other_family()))
    second = Family.objects.get(case_number="IM00001")
    assert Membership.objects.filter(family=second, person=mother).exists()
    assert not Relationship.objects.filter(adult=mother, child__memberships__family=second).exists()
    assert SetAside.objects.filter(family=other).exists()
