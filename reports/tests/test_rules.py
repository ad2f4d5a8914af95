"""Who may read what, without a database. The cases are those of the Information Commissioner's reprimands: several
fathers and one report for all of them; an address in a document by default."""

from reports.rules import (
    A_CHILD,
    COMES_WITH_SOMEBODY,
    DIED,
    EXCLUDED,
    FOR_NO_CHILD,
    NOT_THEIRS,
    Invited,
    Reader,
    Tie,
    Written,
    action_stands_in,
    is_known_to,
    must_not_learn_of,
    reach,
    stands_in,
)

ROSA, THEO = 1, 2
ANNA, DAN, LEWIS, JEAN = 11, 12, 13, 14
BOTH = frozenset({ROSA, THEO})
TIES = (
    Tie(ANNA, ROSA, parental_responsibility=True, main_carer=True, parent=True),
    Tie(ANNA, THEO, parental_responsibility=True, main_carer=True, parent=True),
    Tie(DAN, ROSA, parental_responsibility=True, parent=True),
    Tie(LEWIS, THEO, parental_responsibility=True, parent=True),
    Tie(LEWIS, ROSA),
    Tie(JEAN, ROSA),
    Tie(JEAN, THEO),
)
NOBODY = frozenset()


def family(person, invited_for=NOBODY, **more):
    return Invited(professional=False, invited_for=invited_for, person=person, **more)


def professional(*children, **more):
    return Invited(professional=True, invited_for=frozenset(children), **more)


def covered(invited, ties=TIES):
    return reach(invited, ties, BOTH).children


def test_each_of_two_fathers_gets_a_copy_of_his_own_child_alone():
    assert covered(family(DAN)) == {ROSA}
    assert covered(family(LEWIS)) == {THEO}


def test_a_mother_with_parental_responsibility_for_all_gets_all():
    assert covered(family(ANNA)) == BOTH


def test_a_grandmother_who_is_the_main_carer_of_one_gets_that_one():
    assert covered(family(JEAN), (*TIES[:5], Tie(JEAN, THEO, main_carer=True))) == {THEO}


def test_a_relative_without_responsibility_or_care_gets_none_and_the_reason_is_said():
    assert reach(family(JEAN), TIES, BOTH).withheld == NOT_THEIRS


def test_the_narrower_of_the_invitation_and_the_rule_wins():
    assert covered(family(ANNA, frozenset({THEO}))) == {THEO}
    assert covered(family(DAN, BOTH)) == {ROSA}


def test_a_professional_gets_the_children_they_were_invited_for_and_no_child_of_another_conference():
    assert covered(professional(ROSA, 99)) == {ROSA}
    assert reach(professional(99), TIES, BOTH).withheld == FOR_NO_CHILD


def test_who_has_died_or_was_excluded_gets_none_whatever_they_would_cover():
    assert reach(family(ANNA, died=True, excluded=True), TIES, BOTH).withheld == DIED
    assert reach(family(ANNA, excluded=True), TIES, BOTH).withheld == EXCLUDED
    assert reach(professional(ROSA, excluded=True), TIES, BOTH).withheld == EXCLUDED


def test_a_child_is_covered_for_themselves_and_gets_a_copy_only_where_the_chair_says_so():
    assert reach(family(ROSA, is_child=True), TIES, BOTH) == reach(family(ROSA, BOTH, is_child=True), TIES, BOTH)
    assert reach(family(ROSA, is_child=True), TIES, BOTH).children == {ROSA}
    assert reach(family(ROSA, is_child=True), TIES, BOTH).withheld == A_CHILD


def test_a_supporter_or_interpreter_gets_none():
    assert reach(professional(ROSA, supports=True), TIES, BOTH).withheld == COMES_WITH_SOMEBODY


DANS = Reader(children=frozenset({ROSA}), person=DAN)
ANNAS = Reader(children=BOTH, person=ANNA)
SCHOOL = Reader(children=frozenset({ROSA}), professional=True)


def test_a_paragraph_about_one_child_stands_where_that_child_is_covered():
    assert stands_in(Written(child=ROSA), DANS, BOTH)
    assert not stands_in(Written(child=THEO), DANS, BOTH)
    assert stands_in(Written(child=THEO), ANNAS, BOTH)


def test_a_paragraph_about_all_the_children_stands_only_where_all_are_covered():
    assert stands_in(Written(), ANNAS, BOTH)
    assert not stands_in(Written(), DANS, BOTH)
    assert stands_in(Written(), DANS, frozenset({ROSA}))


def test_a_parents_own_view_stands_in_their_copy_and_the_other_fathers_does_not():
    assert stands_in(Written(person=DAN), DANS, BOTH)
    assert not stands_in(Written(person=LEWIS), DANS, BOTH)
    assert stands_in(Written(person=LEWIS), ANNAS, BOTH)


def test_what_is_for_professionals_never_stands_in_a_family_copy_not_even_as_ones_own_view():
    assert not stands_in(Written("professionals", child=ROSA, person=DAN), DANS, BOTH)
    assert stands_in(Written("professionals", child=ROSA), SCHOOL, BOTH)


def test_what_is_for_the_chair_alone_stands_in_nobodys_copy():
    assert not stands_in(Written("chair", child=ROSA), SCHOOL, BOTH)
    assert not stands_in(Written("chair", procedural=True), ANNAS, BOTH)


def test_how_the_conference_was_run_stands_in_every_copy_that_its_audience_admits():
    assert stands_in(Written(procedural=True), DANS, BOTH)
    assert not stands_in(Written("professionals", procedural=True), DANS, BOTH)


def test_a_copy_that_was_widened_holds_what_is_about_all_the_children():
    widened = Reader(children=BOTH, person=DAN)
    assert stands_in(Written(child=THEO), widened, BOTH) and stands_in(Written(), widened, BOTH)


def test_an_action_for_two_children_stands_only_where_both_are_covered():
    assert action_stands_in(frozenset({ROSA}), DANS, BOTH)
    assert not action_stands_in(BOTH, DANS, BOTH)
    assert not action_stands_in(NOBODY, DANS, BOTH)


def test_people_are_named_where_they_share_a_covered_child():
    assert is_known_to(frozenset({ROSA}), DANS, BOTH)
    assert not is_known_to(frozenset({THEO}), DANS, BOTH)
    assert not is_known_to(NOBODY, DANS, BOTH)


def test_a_father_must_not_learn_of_the_other_child_or_of_its_father_who_is_his_own_childs_stepfather():
    assert must_not_learn_of(DANS, TIES, BOTH) == {THEO, LEWIS}
    assert must_not_learn_of(ANNAS, TIES, BOTH) == NOBODY


def test_a_child_of_the_family_who_was_left_out_of_the_conference_is_not_named_either():
    assert must_not_learn_of(ANNAS, TIES, BOTH | {3}) == {3}
