"""The days of discussions, enquiries and safety plans, and which discussions belong together: rules alone."""

from datetime import date

import pytest

from conferences.convening.rules import enquiries
from conferences.convening.rules.safety_plans import what_is_wrong_with_review_date

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


@pytest.mark.parametrize(
    ("held_on", "sentence"),
    [(WEDNESDAY, "today or in the past"), (MONDAY, "before the case"), (TUESDAY, "")],
)
def test_a_strategy_discussion_is_held_after_the_referral_and_not_in_the_future(held_on, sentence):
    found = enquiries.what_is_wrong_with_strategy_date(held_on=held_on, opened_on=TUESDAY, on=TUESDAY)
    assert sentence in (found or "") and bool(found) is bool(sentence)


@pytest.mark.parametrize(
    ("outcome_on", "sentence"), [(WEDNESDAY, "today or in the past"), (MONDAY, "before the strategy"), (TUESDAY, "")]
)
def test_an_enquiry_ends_after_its_discussion_and_not_in_the_future(outcome_on, sentence):
    found = enquiries.what_is_wrong_with_outcome_date(outcome_on=outcome_on, held_on=TUESDAY, on=TUESDAY)
    assert sentence in (found or "") and bool(found) is bool(sentence)


@pytest.mark.parametrize(
    ("to_on", "sentence"), [(MONDAY, "is the date that is recorded"), (WEDNESDAY, "after the"), (TUESDAY, "")]
)
def test_the_date_of_a_discussion_changes_to_another_day_before_the_outcome(to_on, sentence):
    found = enquiries.what_is_wrong_with_new_date(to_on=to_on, now=MONDAY, outcome_on=TUESDAY)
    assert sentence in (found or "") and bool(found) is bool(sentence)


@pytest.mark.parametrize(
    ("review_on", "sentence"), [(MONDAY, "today or in the future"), (WEDNESDAY, "by the last day"), (TUESDAY, "")]
)
def test_a_safety_plan_is_reviewed_before_the_conference(review_on, sentence):
    found = what_is_wrong_with_review_date(review_on=review_on, on=TUESDAY, conference_by=TUESDAY)
    assert sentence in (found or "") and bool(found) is bool(sentence)


def test_education_is_asked_where_a_child_is_old_enough():
    assert "education" in enquiries.agencies_to_ask([None, date(2022, 11, 16)], MONDAY, 4)
    assert "education" not in enquiries.agencies_to_ask([None, date(2022, 11, 17)], MONDAY, 4)


def test_all_discussions_that_follow_one_another_belong_together():
    continues = {1: None, 2: 1, 3: 2, 4: 1, 5: None}
    assert enquiries.linked(3, continues) == {1, 2, 3, 4} and enquiries.linked(5, continues) == {5}
