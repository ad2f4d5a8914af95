"""What people are to each other, and their numbers: the rules by themselves."""

from datetime import date

import pytest

from families.people.choices import RelationshipKind
from families.people.rules.kin import (
    Shared,
    in_words,
    inverse,
    inverse_in_words,
    is_own_ancestor,
    of_the_child,
    responsibility_in_words,
    sibling_in_words,
    siblings_of,
    what_is_wrong_with_relationship,
    what_is_wrong_with_responsibility,
)
from families.people.rules.people import (
    is_case_system_id,
    is_upn,
    plain_upn,
    what_is_wrong_with_being_born,
    what_is_wrong_with_disabilities,
)


@pytest.mark.parametrize(
    ("kind", "sex", "said"),
    [
        ("mother", "F", "daughter"),
        ("father", "M", "son"),
        ("father", "U", "child"),
        ("stepfather", "F", "stepdaughter"),
        ("grandmother", "M", "grandson"),
        ("aunt", "U", "niece or nephew"),
        ("uncle", "M", "nephew"),
        ("sister", "M", "brother"),
    ],
)
def test_the_inverse_of_a_relationship_goes_by_the_sex_of_the_other(kind, sex, said):
    assert inverse(kind, sex) == said


@pytest.mark.parametrize("kind", RelationshipKind.values)
def test_every_relationship_is_said_from_both_sides(kind):
    for sex in "FMU":
        assert inverse(kind, sex)
        assert inverse_in_words(kind, sex, "Anna").endswith(" Anna")
    assert "Rosa" in in_words(kind, "Rosa")
    assert "Anna" in of_the_child(kind, "Rosa", "Anna")


def test_the_same_row_is_a_sentence_from_either_side():
    assert in_words("mother", "Rosa") == "Mother of Rosa"
    assert of_the_child("mother", "Rosa", "Anna Marlow") == "Rosa’s mother is Anna Marlow"
    assert inverse_in_words("mother", "F", "Jean") == "Daughter of Jean"
    assert inverse_in_words("carer", "F", "Jean") == "Cared for by Jean"


ANNA, DAN, LEWIS = 1, 2, 3


def parents(**of):
    ids = {"rosa": 11, "theo": 12, "ivy": 13, "kim": 14}
    return {ids[name]: frozenset(adults) for name, adults in of.items()}


def test_children_of_both_the_same_parents_are_full_siblings_and_of_one_are_half():
    found = siblings_of(11, parents(rosa={ANNA, DAN}, theo={ANNA, LEWIS}, ivy={ANNA, DAN}, kim={LEWIS, 9}))
    assert found == {12: Shared.HALF, 13: Shared.FULL}


def test_with_one_parent_not_recorded_it_is_not_said_whether_they_are_half_siblings():
    assert siblings_of(11, parents(rosa={ANNA, DAN}, theo={ANNA})) == {12: Shared.ONE_KNOWN}
    assert siblings_of(12, parents(rosa={ANNA, DAN}, theo={ANNA})) == {11: Shared.ONE_KNOWN}


def test_nobody_is_a_sibling_without_a_parent_in_common():
    assert siblings_of(11, parents(rosa={ANNA}, theo={LEWIS})) == {}
    assert siblings_of(99, parents(rosa={ANNA})) == {}


def test_how_siblings_are_said():
    assert sibling_in_words(Shared.HALF, "F", "Theo") == "Half-sister of Theo"
    assert sibling_in_words(Shared.FULL, "M", "Theo") == "Brother of Theo"
    assert "one parent in common" in sibling_in_words(Shared.ONE_KNOWN, "U", "Theo")


def test_nobody_becomes_their_own_ancestor():
    known = {1: frozenset({2}), 2: frozenset({3})}  # 3 is the grandparent of 1
    assert is_own_ancestor(child=3, adult=1, parents=known)
    assert is_own_ancestor(child=2, adult=1, parents=known)
    assert not is_own_ancestor(child=1, adult=3, parents=known)


def test_a_parent_is_older_and_an_aunt_need_not_be():
    dates = {"adult_born_on": date(2010, 1, 1), "child_born_on": date(2000, 1, 1)}
    assert "born before" in what_is_wrong_with_relationship(kind="mother", **dates)
    assert what_is_wrong_with_relationship(kind="aunt", **dates) is None


@pytest.mark.parametrize("upn", ["H801200001001", "h80 1200 0010 01"])
def test_a_upn_with_its_check_letter_is_one(upn):
    assert is_upn(plain_upn(upn))


@pytest.mark.parametrize(
    "upn", ["A801200001001", "H801200001002", "H80120000100", "I801200001001", "H80120000100I", "", "Ω801200001001"]
)
def test_a_upn_with_a_slip_is_none(upn):
    assert not is_upn(upn)


def test_a_temporary_upn_ends_in_a_letter_that_counts_by_its_place():
    # 53 for the first eleven characters, less 13 for the last 1, and 13 times 3 for D: 79. Less 3 times 23: 10, L.
    assert is_upn("L80120000100D")


@pytest.mark.parametrize(("text", "is_one"), [("A1", True), ("9" * 20, True), ("9" * 21, False), ("A-1", False)])
def test_a_number_of_the_case_system_has_up_to_twenty_letters_and_digits(text, is_one):
    assert is_case_system_id(text) is is_one


@pytest.mark.parametrize(
    ("born", "died", "field"),
    [
        (date(2027, 2, 5), None, None),
        (date(2026, 9, 4), None, None),  # 22 weeks early
        (date(2026, 9, 1), None, "born_on"),
        (date(2027, 3, 21), None, "born_on"),  # more than 45 days late
        (date(2027, 2, 5), date(2027, 2, 5), None),  # stillborn
        (date(2027, 2, 5), date(2027, 2, 4), "died_on"),
        (date(2027, 6, 2), None, "born_on"),  # tomorrow
    ],
)
def test_a_birth_is_near_the_day_on_which_it_was_expected(born, died, field):
    wrong = what_is_wrong_with_being_born(born_on=born, expected_on=date(2027, 2, 3), died_on=died, on=date(2027, 6, 1))
    assert (wrong and wrong[0]) == field


def test_no_disability_is_recorded_only_by_itself():
    assert what_is_wrong_with_disabilities(["NONE", "HEAR"])
    assert what_is_wrong_with_disabilities(["NONE"]) is None
    assert what_is_wrong_with_disabilities(["HEAR", "VIS"]) is None


@pytest.mark.parametrize(
    ("has", "source", "kind", "wrong"),
    [
        (True, "birth", "mother", None),
        (True, "birth", "father", "Only a mother has parental responsibility from the birth"),
        (True, "birth", "grandmother", "Only a mother has parental responsibility from the birth"),
        (True, "marriage", "father", None),
        (True, "registration", "father", None),
        (True, "agreement", "stepfather", None),
        (True, "order", "grandmother", None),
        (True, "", "carer", None),
        (False, "order", "carer", "has a source only where somebody has it"),
        (True, "luck", "father", "Choose where the parental responsibility comes from"),
    ],
)
def test_parental_responsibility_comes_from_a_source_that_fits(has, source, kind, wrong):
    said = what_is_wrong_with_responsibility(has=has, source=source, kind=kind)
    assert (wrong is None and said is None) or wrong in said


def test_parental_responsibility_is_said_with_its_source_and_begins_with_the_birth():
    assert responsibility_in_words(False, "", False) == ""
    assert responsibility_in_words(True, "", False) == "with parental responsibility"
    assert responsibility_in_words(True, "order", False) == "with parental responsibility (court order or adoption)"
    unborn = responsibility_in_words(True, "birth", True)
    assert unborn == "with parental responsibility when born (mother, from the birth)"
