"""When a conference is quorate, and what must be done before it closes. No database."""

from datetime import date

import pytest

from conferences.meeting.rules import Attender, may_decide, missing_before_closing, new_date_refusal, quorum
from cpc.core.kernel.dates import Calendar

SOCIAL_CARE = Attender("council", "Social care", True, is_social_care=True)
SCHOOL = Attender("school", "Alder Lane", True)
SCHOOL_NURSE = Attender("nurse", "School nursing", True)
HEALTH_VISITOR = Attender("visitor", "Health visiting", True)
MOTHER = Attender(None, "Mother", True, is_professional=False)


def swindon(*here, others=2, proceed=1):
    return quorum(here, needs_social_care=True, other_agencies=others, may_proceed_with=proceed)


def test_social_care_with_two_other_agencies_is_quorate():
    assert swindon(SOCIAL_CARE, SCHOOL, HEALTH_VISITOR).is_quorate


def test_in_swindon_a_school_a_school_nurse_and_a_health_visitor_each_count():
    assert swindon(SOCIAL_CARE, SCHOOL, SCHOOL_NURSE, HEALTH_VISITOR, others=3).is_quorate


def test_two_teachers_of_one_school_are_one_agency():
    found = swindon(SOCIAL_CARE, SCHOOL, SCHOOL)
    assert not found.is_quorate
    assert "1 other agency that knows the children is present (Alder Lane); 2 are needed." in found.reasons


def test_without_social_care_it_is_not_quorate_however_many_come():
    found = swindon(SCHOOL, SCHOOL_NURSE, HEALTH_VISITOR)
    assert not found.is_quorate and not found.chair_may_proceed
    assert "Children’s social care is not present." in found.reasons


def test_parents_do_not_count():
    assert not swindon(SOCIAL_CARE, SCHOOL, MOTHER, MOTHER).is_quorate


def test_in_sussex_the_chair_may_go_ahead_with_social_care_and_one_other():
    found = swindon(SOCIAL_CARE, SCHOOL)
    assert not found.is_quorate and found.chair_may_proceed


def test_who_is_not_here_does_not_count():
    assert not swindon(SOCIAL_CARE, SCHOOL, Attender("gp", "GP", False)).is_quorate


def test_an_agency_that_knows_none_of_the_children_does_not_count_and_that_is_said():
    found = swindon(SOCIAL_CARE, SCHOOL, Attender("housing", "Housing", True, has_direct_contact=False))
    assert not found.is_quorate
    assert found.reasons[-1] == "Not counted, because they know none of the children: Housing."


def test_the_service_can_ask_for_more_agencies():
    assert not swindon(SOCIAL_CARE, SCHOOL, HEALTH_VISITOR, others=3).is_quorate


@pytest.mark.parametrize(
    ("quorate", "reason", "expected"),
    [(True, "", True), (False, "", False), (False, "Delay would harm", True), (None, "", False)],
)
def test_an_inquorate_conference_decides_only_where_the_chair_says_why(quorate, reason, expected):
    assert may_decide(quorate, reason) is expected


def test_a_new_date_is_a_working_day_after_the_conference():
    calendar = Calendar(frozenset({date(2026, 12, 25)}))
    held = date(2026, 12, 11)
    assert "after this conference" in new_date_refusal(held, held, calendar)
    assert "not a working day" in new_date_refusal(date(2026, 12, 25), held, calendar)
    assert "not a working day" in new_date_refusal(date(2026, 12, 19), held, calendar)
    assert new_date_refusal(date(2026, 12, 18), held, calendar) == ""


def lacking(unmarked=0, quorate=True, reason="", children=((1, "Rosa", True, False),)):
    found = missing_before_closing(
        unmarked=unmarked, invited=4, quorate=quorate, quorum_reason=reason, children=children
    )
    return [each.sentence for each in found]


def test_nothing_is_missing_when_all_is_done():
    assert lacking() == []


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"unmarked": 4}, "Mark the attendance."),
        ({"unmarked": 1}, "1 person has not been marked as present or absent."),
        ({"quorate": None}, "Confirm whether the conference is quorate."),
        ({"children": [(1, "Rosa", False, False)]}, "No decision has been recorded for Rosa."),
        ({"quorate": False}, "The conference is not quorate, so a plan cannot be decided for Rosa."),
    ],
)
def test_each_thing_that_is_missing_is_said(how, sentence):
    assert lacking(**how) == [sentence]


def test_an_inquorate_conference_closes_when_nothing_is_decided_for_anybody():
    assert lacking(quorate=False, children=[(1, "Rosa", True, True)]) == []
