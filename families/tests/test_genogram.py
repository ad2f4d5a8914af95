"""The genogram's layout: everybody once, nobody on anybody else, every tie by a line, the same every time."""

import random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpc.tests.effort import calls
from cpc.tests.examples import examples
from families.overview.queries.genogram import Picture, words_under
from families.overview.rules.genogram import PITCH, Couple, Home, Someone, genogram
from families.people.choices import PartnershipKind, RelationshipKind
from families.people.rules.kin import Tie

K = RelationshipKind
IDS = st.integers(0, 39)


@st.composite
def random_families(draw):
    """People with any ties at all among them, sensible or not: a slip of the keyboard must not break a page."""
    people = [Someone(pk, draw(st.integers(0, 30)), draw(st.booleans())) for pk in draw(st.sets(IDS, max_size=40))]
    ids = st.sampled_from([one.id for one in people]) if people else st.nothing()
    few = {"max_size": 40} if people else {"max_size": 0}
    ties = draw(st.lists(st.builds(Tie, ids, ids, st.sampled_from(list(K))), **few))
    couples = draw(st.lists(st.builds(Couple, ids, ids, st.sampled_from(list(PartnershipKind))), **few))
    homes = [Home(key, frozenset(draw(st.sets(ids, **few)))) for key in range(3)]
    return people, ties, couples, homes


def no_two_overlap(drawing):
    places = [(one.x, one.y) for one in drawing.placed]
    for at, (x, y) in enumerate(places):
        for other_x, other_y in places[at + 1 :]:
            assert abs(y - other_y) >= 130 or (y == other_y and abs(x - other_x) >= PITCH - 1)


@settings(max_examples=examples(150))
@given(random_families())
def test_everybody_is_drawn_once_on_nobody_else_and_every_tie_has_a_line(family):
    people, ties, couples, homes = family
    drawing = genogram(people, ties, couples, homes)
    assert sorted(one.id for one in drawing.placed) == sorted(one.id for one in people)
    no_two_overlap(drawing)
    said = {tie for line in drawing.lines for tie in line.ties}
    assert {(tie.child, tie.adult) for tie in ties if tie.child != tie.adult} <= said
    drawn = {line.couple for line in drawing.lines}
    assert {frozenset((one.one, one.other)) for one in couples if one.one != one.other} <= drawn
    for line in drawing.lines:
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in line.points)
        assert len(line.points) > 1 or line.points[0] is not None


@settings(max_examples=examples(40))
@given(random_families(), st.randoms())
def test_the_order_in_which_rows_were_read_changes_nothing(family, chance):
    people, ties, couples, homes = family
    couples = list({frozenset((one.one, one.other)): one for one in couples}.values())
    ties = list({(tie.child, tie.adult): tie for tie in ties}.values())
    again = [list(rows) for rows in (people, ties, couples, homes)]
    for rows in again:
        chance.shuffle(rows)
    assert genogram(people, ties, couples, homes) == genogram(*again)


def crowded_family(size):
    """(people, ties) of ``size`` tens of people: three tens of children, two tens of parents, more adults."""
    chance = random.Random(1)
    children = 3 * size
    people = [Someone(pk, pk, pk < children) for pk in range(10 * size)]
    ties = [Tie(child, children + child % (size + 1), K.MOTHER) for child in range(children)]
    ties += [Tie(child, 4 * size + 1 + child % size, K.FATHER) for child in range(children)]
    ties += [Tie(children + parent, 5 * size + 1 + parent, K.MOTHER) for parent in range(2 * size + 1)]
    others = range(7 * size + 2, 10 * size)
    ties += [Tie(chance.randrange(children), pk, chance.choice([K.AUNT, K.UNCLE, K.CARER])) for pk in others]
    return people, ties


def test_the_work_of_drawing_grows_little_faster_than_the_family():
    twenty, forty = crowded_family(2), crowded_family(4)
    assert calls(lambda: genogram(*forty)) < 3 * calls(lambda: genogram(*twenty))


ROSA, THEO, ANNA, DAN, LEWIS, JEAN = range(1, 7)
PEOPLE = [Someone(ROSA, 1, True), Someone(THEO, 2, True), *(Someone(pk) for pk in (ANNA, DAN, LEWIS, JEAN))]
TIES = [
    Tie(ROSA, ANNA, K.MOTHER), Tie(THEO, ANNA, K.MOTHER), Tie(ROSA, DAN, K.FATHER), Tie(THEO, LEWIS, K.FATHER),
    Tie(ROSA, LEWIS, K.STEPFATHER), Tie(ROSA, JEAN, K.GRANDMOTHER), Tie(THEO, JEAN, K.GRANDMOTHER),
]  # fmt: skip


def at(drawing, pk):
    return next(one for one in drawing.placed if one.id == pk)


def test_three_generations_are_under_one_another_and_partners_side_by_side():
    drawing = genogram(PEOPLE, TIES)
    assert at(drawing, JEAN).y < at(drawing, ANNA).y < at(drawing, ROSA).y == at(drawing, THEO).y
    assert at(drawing, DAN).y == at(drawing, ANNA).y == at(drawing, LEWIS).y
    middle = sorted((DAN, ANNA, LEWIS), key=lambda pk: at(drawing, pk).x)[1]
    assert middle == ANNA  # the mother of half-siblings is between their fathers


def test_a_grandmother_of_all_a_mothers_children_is_worked_out_to_be_her_mother():
    drawing = genogram(PEOPLE, TIES)
    assert drawing.worked_out == {(ANNA, JEAN)}
    assert {line.style for line in drawing.lines if (ROSA, JEAN) in line.ties} == {"worked_out"}


def test_a_grandmother_whose_side_cannot_be_known_hangs_from_no_parent():
    ties = [Tie(ROSA, ANNA, K.MOTHER), Tie(ROSA, DAN, K.FATHER), Tie(ROSA, JEAN, K.GRANDMOTHER)]
    drawing = genogram([one for one in PEOPLE if one.id in (ROSA, ANNA, DAN, JEAN)], ties)
    assert drawing.worked_out == frozenset()
    assert {line.style for line in drawing.lines if (ROSA, JEAN) in line.ties} == {"other"}
    assert at(drawing, JEAN).y < at(drawing, ANNA).y


def test_a_grandmother_recorded_as_the_mothers_mother_needs_nothing_worked_out():
    drawing = genogram(PEOPLE, [*TIES, Tie(ANNA, JEAN, K.MOTHER)])
    assert drawing.worked_out == frozenset()
    assert {line.style for line in drawing.lines if (ROSA, JEAN) in line.ties} == {"birth"}


def test_a_couples_line_says_whether_they_are_together_and_is_cut_once_or_twice():
    couples = [Couple(ANNA, LEWIS, "separated"), Couple(ANNA, DAN, "divorced")]
    drawing = genogram(PEOPLE, TIES, couples)
    assert sorted(cut.count for cut in drawing.slashes) == [1, 2]
    styles = {line.style for line in drawing.lines if line.couple == {ANNA, DAN}}
    assert styles == {"divorced", "birth"}  # Rosa hangs from a plain line
    assert genogram(PEOPLE, TIES, [Couple(ANNA, DAN, "married")]).slashes == ()


def test_parents_not_recorded_as_a_couple_have_a_line_of_their_own_kind():
    drawing = genogram(PEOPLE, TIES)
    assert "parents" in {line.style for line in drawing.lines if line.couple == {ANNA, DAN}}


def test_a_household_is_outlined_with_its_own_people_and_nobody_else_inside():
    drawing = genogram(PEOPLE, TIES, homes=[Home(1, frozenset((ANNA, ROSA, THEO)), is_main=True)])
    (outline,) = drawing.outlines
    assert outline.is_main
    for one in drawing.placed:
        assert _is_inside(outline, one) == (one.id in (ANNA, ROSA, THEO)), one


def _is_inside(outline, one):
    """By the number of upright edges to the left."""
    edges = 0
    for loop in outline.loops:
        for (x, y), (x2, y2) in zip(loop, (*loop[1:], loop[0]), strict=True):
            edges += x == x2 and x < one.x and min(y, y2) <= one.y < max(y, y2)
    return edges % 2 == 1


@settings(max_examples=examples(60))
@given(random_families())
def test_every_outline_holds_its_people_and_no_others(family):
    people, ties, couples, homes = family
    drawing = genogram(people, ties, couples, homes)
    of = {home.key: home.people for home in homes}
    for outline in drawing.outlines:
        for one in drawing.placed:
            assert _is_inside(outline, one) == (one.id in of[outline.key])


def test_brothers_and_sisters_are_eldest_first():
    people = [Someone(9), *(Someone(pk, rank, True) for pk, rank in ((1, 3), (2, 1), (3, 2)))]
    drawing = genogram(people, [Tie(pk, 9, K.MOTHER) for pk in (1, 2, 3)])
    assert at(drawing, 2).x < at(drawing, 3).x < at(drawing, 1).x


def test_somebody_tied_to_nobody_is_drawn_under_the_others():
    drawing = genogram([*PEOPLE, Someone(99)], TIES)
    assert at(drawing, 99).y > at(drawing, ROSA).y


def test_people_who_cannot_be_as_they_are_recorded_are_drawn_all_the_same():
    ties = [Tie(1, 2, K.MOTHER), Tie(2, 1, K.MOTHER), Tie(2, 1, K.GRANDMOTHER), Tie(1, 2, K.SISTER)]
    drawing = genogram([Someone(1, 1, True), Someone(2, 2)], ties)
    assert len(drawing.placed) == 2
    no_two_overlap(drawing)


@pytest.mark.parametrize(
    ("children", "adults", "said"),
    [(19, 1, "19 children and 1 adult, "), (1, 2, "1 child and 2 adults, "), (0, 1, "0 children and 1 adult, ")],
)
def test_the_drawing_counts_people_in_words_that_fit_their_number(children, adults, said):
    members = [SimpleNamespace(member=SimpleNamespace(is_child=at < children)) for at in range(children + adults)]
    assert Picture(None, tuple(members), (), (), ()).says.startswith(said)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Wren Quillfeather", ["Wren", "Quillfeather"]),
        ("Kit Arrowsmith", ["Kit Arrowsmith"]),
        ("Żaneta Wiśniewska-Święcicka", ["Żaneta", "Wiśniewska-", "Święcicka"]),
        ("Nurbek", ["Nurbek"]),
        ("Bartholomewfitzgerald", ["Bartholomewfitz", "gerald"]),
    ],
)
def test_a_name_is_broken_so_that_it_stays_inside_the_outline_of_a_household(name, lines):
    assert words_under(name, ["b. 1 May 2018"]) == [*lines, "b. 1 May 2018"]


def test_a_name_that_needs_more_lines_than_there_are_says_that_it_is_cut():
    lines = words_under("Ana Maria Guadalupe Montenegro de la Torre", ["b. 1 May 2018", "d. 2 May 2018"])
    assert lines == ["Ana Maria", "Guadalupe…", "b. 1 May 2018", "d. 2 May 2018"]
