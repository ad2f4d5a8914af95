"""What finds a person: pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.rules import search as rules

MAY = date(2018, 5, 14)


@pytest.mark.parametrize(
    "typed", ["14/5/2018", "14 May 2018", "2018-05-14", "14.05.2018", "14-5-18", "14th May 2018", "May 14, 2018",
              "14 05 2018", "14 of may 2018", "5/14/2018"]
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(typed):
    asked = rules.read(f"rosa {typed}")
    assert asked.born[0] == MAY and asked.words_typed == ["rosa"]


def test_a_date_near_the_one_that_was_typed_has_day_and_month_changed_about():
    assert rules.read("4/5/2018").born_near == (date(2018, 5, 4).replace(month=4, day=5),)
    assert rules.read("14/5/2018").born_near == ()


def test_numbers_are_read_with_their_spaces_and_no_date_is_taken_for_one():
    assert rules.read("943 476 5919").numbers == ("9434765919",)
    assert rules.read("a123456789012").numbers == ("A123456789012",)
    assert rules.read("CN-00012").numbers == ("CN-00012",)
    assert rules.read("14 May 2018").numbers == ()
    assert not rules.read("  –  ")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zoe", "Zoë"), ("obrien", "O’Brien"), ("O'Brien", "OBrien"), ("soren", "Søren"), ("strauss", "Strauß"),
     ("lukasz", "Łukasz"), ("annemarie", "Anne-Marie"), ("marie", "Anne-Marie"), ("mcdonald", "Mc Donald"),
     ("marl", "Marlow"), ("marlwo", "Marlow"), ("marow", "Marlow"), ("marrlow", "Marlow"), ("shivon", "Siobhán"),
     ("kate", "Katherine"), ("katherine", "Kate"), ("mohammed", "Muhammad"), ("philips", "Fillips"), ("smyth", "Smith"),
     ("mackenzie", "McKenzie"), ("steven", "Stephen"), ("neave", "Niamh")]
)  # fmt: skip
def test_a_name_is_met_however_it_is_spelled(typed, name):
    kept = set(rules.marks_of([name]))
    (word,) = [rules.word_asked(text) for text in rules.words_of(typed)]
    assert kept & set(word.marks)
    assert rules.likeness([word.text], [name]) >= 0.6


@pytest.mark.parametrize(("typed", "name"), [("rosa", "Theo"), ("ann", "Ian"), ("marlow", "Hart"), ("jon", "Jan")])
def test_another_name_is_not_met(typed, name):
    assert not set(rules.marks_of([name])) & set(rules.word_asked(typed).marks)


@given(st.text(max_size=80))
def test_every_mark_fits_the_column_and_reading_never_fails(text):
    rules.read(text)
    assert all(1 < len(mark) <= 12 for mark in rules.marks_of([text]))


@given(st.text("abcdefghijklmnop", min_size=5, max_size=11), st.integers(0, 10), st.sampled_from("abcxyz"))
def test_one_wrong_letter_is_always_met(word, at, letter):
    at = at % len(word)
    wrong = word[:at] + letter + word[at + 1 :]
    assert set(rules.marks_of([word])) & set(rules.word_asked(wrong).marks)


def details(first="Rosa", last="Marlow", born_on=MAY, **more):
    return {"names": [first, last], "firsts": [first], "born_on": born_on, **more}


@pytest.mark.parametrize(
    ("other", "likely"),
    [
        (details(), True),
        (details("Rosie"), True),
        (details("Rosa", "Pryce"), True),  # the last name changed
        (details(born_on=date(2018, 5, 15)), True),  # one figure wrong
        (details(born_on=date(2017, 3, 2)), False),  # another child of the same name
        (details("Theo"), False),  # a twin
        (details(born_on=None), True),
        (details("Rosa", "Pryce", born_on=None), False),
        (details("Lee", "Chan", nhs_number="9434765919"), True),
    ],
)
def test_who_may_be_the_same_person(other, likely):
    assert rules.is_likely_duplicate(details(nhs_number="9434765919"), other) is likely


def test_an_unborn_child_may_be_one_born_within_weeks_of_the_day_expected():
    unborn = {"names": ["Marlow"], "firsts": [], "born_on": None, "expected_on": date(2018, 5, 1)}
    assert rules.is_likely_duplicate(details(), unborn)
    assert not rules.is_likely_duplicate(details(born_on=date(2018, 9, 1)), unborn)


def test_days_near_have_one_figure_wrong_or_day_and_month_changed_about():
    near = rules.days_near(date(2018, 5, 4))
    assert {date(2018, 4, 5), date(2018, 5, 14), date(2019, 5, 4), date(2018, 5, 4)} <= set(near)
    assert date(2016, 6, 4) not in near
