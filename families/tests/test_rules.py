"""What can be true of a family's people."""

from datetime import date

import pytest

from cpc.core.kernel.dates import age_on
from families.people.rules.people import age_in_words, is_nhs_number, what_is_wrong_with_birth

ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(2018, 5, 14), "8 years"),
        (date(2018, 11, 21), "7 years"),
        (date(2025, 6, 1), "17 months"),
        (date(2026, 10, 30), "3 weeks"),
        (date(2026, 11, 19), "1 day"),
    ],
)
def test_age_is_said_as_people_say_it(born_on, said):
    assert age_in_words(born_on, ON) == said


def test_a_child_of_the_leap_day_is_a_year_older_on_the_first_of_march():
    assert age_on(date(2024, 2, 29), date(2025, 2, 28)) == 0
    assert age_on(date(2024, 2, 29), date(2025, 3, 1)) == 1


@pytest.mark.parametrize(
    ("dates", "field", "part_of_sentence"),
    [
        ({"born_on": date(2026, 11, 21)}, "born_on", "today or in the past"),
        ({"born_on": date(2020, 1, 1), "expected_on": date(2027, 1, 1)}, "expected_on", "not both"),
        ({}, "born_on", "Enter the child’s date of birth"),
        ({"born_on": date(2008, 11, 20)}, "born_on", "18 or older"),
        ({"expected_on": date(2027, 11, 1)}, "expected_on", "next 10 months"),
        ({"expected_on": date(2026, 9, 1)}, "expected_on", "30 days ago"),
        ({"born_on": date(1826, 1, 1)}, "born_on", "Check the year"),
    ],
)
def test_dates_of_a_child_that_cannot_be_get_a_sentence(dates, field, part_of_sentence):
    given = {"born_on": None, "expected_on": None} | dates
    wrong = what_is_wrong_with_birth(is_child=True, on=ON, is_new=True, **given)
    assert wrong[0] == field
    assert part_of_sentence in wrong[1]


def test_an_unborn_child_a_few_days_overdue_can_be_recorded():
    assert not what_is_wrong_with_birth(is_child=True, born_on=None, expected_on=date(2026, 11, 10), on=ON, is_new=True)


def test_a_child_who_has_turned_18_stays_as_recorded():
    assert not what_is_wrong_with_birth(is_child=True, born_on=date(2008, 1, 1), expected_on=None, on=ON, is_new=False)


def test_an_adult_is_never_expected():
    wrong = what_is_wrong_with_birth(is_child=False, born_on=None, expected_on=date(2027, 1, 1), on=ON, is_new=True)
    assert wrong[0] == "expected_on"


@pytest.mark.parametrize(
    ("number", "good"), [("9434765919", True), ("9434765918", False), ("943476591", False), ("١٢٣٤٥٦٧٨٩٠", False)]
)
def test_an_nhs_number_ends_in_its_check_digit(number, good):
    assert is_nhs_number(number) is good
