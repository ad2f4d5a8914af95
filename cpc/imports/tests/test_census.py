"""A census file beside the record: matched by LAchildID, what is empty filled in, what differs named and left."""

from datetime import date

import pytest

from conferences.plans.models import EarlierEvent, ProtectionPlan
from cpc.core.accounts.tests.builders import a_council
from cpc.core.policy.queries import review_due
from cpc.imports.choices import ImportState
from cpc.imports.tests.made import census, families
from cpc.imports.tests.test_imports import bring, everything, load
from families.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def council():
    """A council with one family of two children under a plan since 2 March 2026, reviewed on 1 June."""
    council = a_council()
    rows = families(1)
    for row in rows["people"]:
        row.pop("ethnicity", None)
    load(council, bring(council, rows))
    return council


def test_what_is_empty_is_filled_in_and_a_review_is_entered_with_its_date(council):
    file = census({
        "LAchildID": "C000000", "PersonBirthDate": "2011-01-01", "Sex": "F", "Ethnicity": "MWBC",
        "CPPstartDate": "2026-03-02", "reviews": ["2026-06-01", "2026-11-03"],
    })  # fmt: skip
    run = bring(council, file, "census.xml")
    assert (run.state, run.counts["matched"], run.counts["reviews"]) == (ImportState.READY, 1, 1)
    assert Person.objects.get(case_system_id="C000000").ethnicity == ""
    run = load(council, run)
    assert Person.objects.get(case_system_id="C000000").ethnicity == "MWBC"
    assert EarlierEvent.objects.filter(kind="review", happened_on=date(2026, 11, 3)).count() == 1
    plan = ProtectionPlan.objects.get(child__case_system_id="C000000")
    assert plan.review_due_on == review_due(date(2026, 11, 3), first=False).on
    assert run.notes == []
    before = everything()
    load(council, bring(council, file, "census.xml"))
    assert everything() == before


def test_what_differs_and_who_is_not_here_are_named_and_nothing_is_overwritten(council):
    file = census(
        {"LAchildID": "C000000", "PersonBirthDate": "2012-02-02", "CPPstartDate": "2026-03-09", "category": "NEG"},
        {"LAchildID": "C000001"},
        {"LAchildID": "ELSEWHERE9", "PersonBirthDate": "2015-05-05"},
    )
    run = load(council, bring(council, file, "census.xml"))
    said = {(row, column) for _, row, column, _ in run.notes}
    assert said == {(1, "born_on"), (1, "CPPstartDate"), (2, "CPPstartDate"), (3, "LAchildID")}
    assert Person.objects.get(case_system_id="C000000").born_on == date(2011, 1, 1)
    assert run.counts["not_here"] == 1


@pytest.mark.parametrize(
    "child, column",
    [
        ({"LAchildID": "C000000", "PersonBirthDate": "2011-13-01"}, "born_on"),
        ({"LAchildID": "C000000", "Sex": "Q"}, "sex"),
        ({"LAchildID": "C000000", "UPN": "A1"}, "upn"),
        ({"LAchildID": "C000000", "Ethnicity": "XXXX"}, "ethnicity"),
        ({"LAchildID": "C000000", "CPPstartDate": "sometime"}, "CPPstartDate"),
    ],
)
def test_a_fault_in_the_file_is_reported_on_its_child_and_nothing_is_written(council, child, column):
    before = everything()
    run = bring(council, census(child), "census.xml")
    assert run.state == ImportState.FAULTY
    assert [fault[1:3] for fault in run.faults] == [[1, column]]
    assert everything() == before


def test_the_same_child_twice_in_the_file_is_a_fault(council):
    run = bring(council, census({"LAchildID": "C000000"}, {"LAchildID": "c000000"}), "census.xml")
    assert [fault[1:3] for fault in run.faults] == [[2, "LAchildID"]]


def test_a_fault_of_a_child_who_is_not_here_is_named_and_the_others_are_loaded(council):
    file = census(
        {"LAchildID": "STRANGER1", "UPN": "A1", "Sex": "Q", "PersonBirthDate": "2011-13-01"},
        {"PersonBirthDate": "2011-01-01"},
        {"LAchildID": "STRANGER2"},
        {"LAchildID": "STRANGER2", "CPPstartDate": "sometime"},
        {"LAchildID": "C000000", "Ethnicity": "MWBC", "CPPstartDate": "2026-03-02"},
    )
    run = bring(council, file, "census.xml")
    assert (run.state, run.faults) == (ImportState.READY, [])
    run = load(council, run)
    assert run.state == ImportState.LOADED
    assert Person.objects.get(case_system_id="C000000").ethnicity == "MWBC"
    named = {(row, column) for _, row, column, _ in run.notes}
    assert {(1, "upn"), (1, "sex"), (1, "born_on"), (2, "LAchildID"), (4, "LAchildID")} <= named


def test_the_same_fault_of_a_child_who_is_here_stops_the_file(council):
    run = bring(
        council, census({"LAchildID": "STRANGER1", "UPN": "A1"}, {"LAchildID": "C000000", "UPN": "A1"}), "c.xml"
    )
    assert run.state == ImportState.FAULTY
    assert [fault[1:3] for fault in run.faults] == [[2, "upn"]]
