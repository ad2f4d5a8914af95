"""What finds a person: pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.people.rules import search as rules

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
    [("zoe", "Zoë"), ("obrien", "O’Brien"), ("soren", "Søren"), ("annemarie", "Anne-Marie"), ("marl", "Marlow"),
     ("marlwo", "Marlow"), ("marow", "Marlow"), ("shivon", "Siobhán"), ("kate", "Katherine"), ("katherine", "Kate"),
     ("philips", "Fillips"), ("smyth", "Smith"), ("mackenzie", "McKenzie"), ("steven", "Stephen"), ("neave", "Niamh")]
)  # fmt: skip
def test_a_name_is_like_another_spelling_of_it(typed, name):
    (word,) = rules.words_of(typed)
    assert rules.likeness([word], [name]) >= 0.6


@pytest.mark.parametrize(("typed", "name"), [("rosa", "Theo"), ("ann", "Ian"), ("marlow", "Hart"), ("jon", "Jan")])
def test_another_name_is_not_like_it(typed, name):
    assert rules.likeness([typed], [name]) < 0.5


@given(st.text(max_size=80))
def test_reading_never_fails_and_words_need_no_quotation_marks_of_their_own(text):
    asked = rules.read(text)
    assert not any(sign in word for word in [*asked.words_typed, *rules.words_of(text)] for sign in "'\\\0")


def test_a_word_says_what_meets_it_in_python_as_in_the_database():
    spellings = [rules.Spelling("fillips", True), rules.Spelling("philip", False), rules.Spelling("phial", False)]
    word = rules.word_asked("philips", spellings)
    assert word.query == "'philips' | 'philips':* | 'philip' | 'fillips'"
    for met in ("philips", "philipson", "philip", "fillips"):
        assert word.is_met_by({"x", met})
    assert not word.is_met_by({"phial", "phil"})
    assert not word.without_sounds().is_met_by({"fillips"})


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


@pytest.mark.parametrize(
    "names, typed",
    [
        (("小明", "李"), "李小明"),
        (("小明", "李"), "小明李"),
        (("小明", "李"), "李 小明"),
        (("李小明", ""), "小明"),
        (("李小明", ""), "李 小明"),
        (("娜娜", "欧阳"), "欧阳娜娜"),
        (("欧阳娜娜", ""), "娜娜 欧阳"),
        (("민준", "김"), "김민준"),
        (("さくら", "佐藤"), "佐藤さくら"),
        (("Sukarno", ""), "sukarno"),
        (("Юлия", "Иванова"), "иванова"),
        (("محمد", "الأمين"), "محمد"),
        (("রহিমা", "খাতুন"), "খাতুন রহিমা"),
    ],
)
def test_a_name_is_found_with_or_without_a_space_and_with_either_name_first(names, typed):
    indexed = {word.strip("'") for word in rules.search_index(names).split(" ")}
    asked = rules.read(typed)
    assert asked.words and all(word.is_met_by(indexed) for word in asked.words)
    assert rules.likeness(asked.words_typed, names) == 1


@pytest.mark.parametrize("typed", ["王小明", "李小红", "明李"])
def test_another_name_without_a_space_is_not_the_same(typed):
    indexed = {word.strip("'") for word in rules.search_index(("小明", "李")).split(" ")}
    assert not all(word.is_met_by(indexed) for word in rules.read(typed).words)


BORN = {"firsts": ["Rosa"], "names": ["Rosa", "Marlow"], "born_on": date(2018, 5, 14), "nhs_number": "", "upn": ""}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nhs_number": "9434765919"}, "the same NHS number"),
        ({"firsts": ["Rosie"], "names": ["Rosie", "Marlow"]}, "names that are alike, and the same date of birth"),
        ({"born_on": date(2018, 5, 15)}, "names that are alike, and nearly the same date of birth"),
        ({"born_on": None}, "the same names, and one has no date of birth"),
        ({"firsts": ["Ian"], "names": ["Ian", "Stone"], "born_on": date(1990, 1, 1)}, ""),
    ],
)
def test_why_two_may_be_one_person_is_said(change, why):
    number = {"nhs_number": change.get("nhs_number", "")}
    assert rules.why_likely(BORN | number, BORN | change) == why
    assert rules.is_likely_duplicate(BORN | number, BORN | change) == bool(why)
