"""Who may read what, without a database. The cases are those of the Information Commissioner's reprimands: several
fathers and one report for all of them; an address in a document by default."""

from families.people.rules.kin import Tie
from reports.outgoing.rules.copies import (
    A_CHILD,
    COMES_WITH_SOMEBODY,
    DIED,
    EXCLUDED,
    FOR_NO_CHILD,
    NOT_THEIRS,
    Invited,
    ParagraphScope,
    Reader,
    action_appears_in,
    appears_in,
    coverage,
    is_known_to,
    must_not_learn_of,
)

ROSA, THEO = 1, 2

ANNA, DAN, LEWIS, JEAN = 11, 12, 13, 14
BOTH = frozenset({ROSA, THEO})
TIES = (
    Tie(ROSA, ANNA, parental_responsibility=True, main_carer=True, kind="mother"),
    Tie(THEO, ANNA, parental_responsibility=True, main_carer=True, kind="mother"),
    Tie(ROSA, DAN, parental_responsibility=True, kind="father"),
    Tie(THEO, LEWIS, parental_responsibility=True, kind="father"),
    Tie(ROSA, LEWIS),
    Tie(ROSA, JEAN),
    Tie(THEO, JEAN),
)
NOBODY = frozenset()


def family(person, invited_for=NOBODY, **more):
    return Invited(professional=False, invited_for=invited_for, person=person, **more)


def professional(*children, **more):
    return Invited(professional=True, invited_for=frozenset(children), **more)


def covered(invited, ties=TIES):
    return coverage(invited, ties, BOTH).children


def test_each_of_two_fathers_gets_a_copy_of_his_own_child_alone():
    assert covered(family(DAN)) == {ROSA}
    assert covered(family(LEWIS)) == {THEO}


def test_a_mother_with_parental_responsibility_for_all_gets_all():
    assert covered(family(ANNA)) == BOTH


def test_a_grandmother_who_is_the_main_carer_of_one_gets_that_one():
    assert covered(family(JEAN), (*TIES[:5], Tie(THEO, JEAN, main_carer=True))) == {THEO}


def test_a_relative_without_responsibility_or_care_gets_none_and_the_reason_is_said():
    assert coverage(family(JEAN), TIES, BOTH).withheld == NOT_THEIRS


def test_the_narrower_of_the_invitation_and_the_rule_wins():
    assert covered(family(ANNA, frozenset({THEO}))) == {THEO}
    assert covered(family(DAN, BOTH)) == {ROSA}


def test_a_professional_gets_the_children_they_were_invited_for_and_no_child_of_another_conference():
    assert covered(professional(ROSA, 99)) == {ROSA}
    assert coverage(professional(99), TIES, BOTH).withheld == FOR_NO_CHILD


def test_an_unborn_child_is_covered_for_its_parents_though_nobody_is_responsible_before_birth():
    ties = (Tie(THEO, ANNA, kind="mother"), Tie(THEO, LEWIS, kind="father"), Tie(THEO, DAN, kind="stepfather"))
    for person in (ANNA, LEWIS):
        assert coverage(family(person), ties, BOTH, unborn=frozenset({THEO})).children == {THEO}
        assert coverage(family(person), ties, BOTH).withheld == NOT_THEIRS
    assert coverage(family(DAN), ties, BOTH, unborn=frozenset({THEO})).withheld == NOT_THEIRS


def test_a_parent_or_carer_who_was_invited_gets_a_letter_without_responsibility_and_a_grandmother_does_not():
    ties = (Tie(ROSA, DAN, kind="father"), Tie(THEO, DAN, kind="stepfather"), Tie(ROSA, JEAN, kind="grandmother"))

    def letter(person, *children, brings_up=True):
        return coverage(family(person, frozenset(children), brings_up=brings_up), ties, BOTH, is_letter=True)

    assert letter(DAN, ROSA).children == {ROSA} and letter(DAN, ROSA, THEO).children == BOTH
    assert letter(JEAN, ROSA).withheld == letter(DAN, ROSA, brings_up=False).withheld == NOT_THEIRS
    assert coverage(family(DAN, BOTH, brings_up=True), ties, BOTH).withheld == NOT_THEIRS


def test_who_has_died_or_was_excluded_gets_none_whatever_they_would_cover():
    assert coverage(family(ANNA, died=True, excluded=True), TIES, BOTH).withheld == DIED
    assert coverage(family(ANNA, excluded=True), TIES, BOTH).withheld == EXCLUDED
    assert coverage(professional(ROSA, excluded=True), TIES, BOTH).withheld == EXCLUDED


def test_a_child_is_covered_for_themselves_and_gets_a_copy_only_where_the_chair_says_so():
    assert coverage(family(ROSA, is_child=True), TIES, BOTH) == coverage(family(ROSA, BOTH, is_child=True), TIES, BOTH)
    assert coverage(family(ROSA, is_child=True), TIES, BOTH).children == {ROSA}
    assert coverage(family(ROSA, is_child=True), TIES, BOTH).withheld == A_CHILD


def test_a_supporter_or_interpreter_gets_none():
    assert coverage(professional(ROSA, supports=True), TIES, BOTH).withheld == COMES_WITH_SOMEBODY


DANS = Reader(children=frozenset({ROSA}), person=DAN)
ANNAS = Reader(children=BOTH, person=ANNA)
SCHOOL = Reader(children=frozenset({ROSA}), professional=True)


def test_a_paragraph_about_one_child_appears_where_that_child_is_covered():
    assert appears_in(ParagraphScope(child=ROSA), DANS)
    assert not appears_in(ParagraphScope(child=THEO), DANS)
    assert appears_in(ParagraphScope(child=THEO), ANNAS)


def test_a_parents_own_view_appears_in_their_copy_and_the_other_fathers_does_not():
    assert appears_in(ParagraphScope(child=THEO, person=DAN), DANS)
    assert not appears_in(ParagraphScope(child=THEO, person=LEWIS), DANS)
    assert appears_in(ParagraphScope(child=THEO, person=LEWIS), ANNAS)


def test_what_is_for_professionals_never_appears_in_a_family_copy_not_even_as_ones_own_view():
    assert not appears_in(ParagraphScope("professionals", child=ROSA, person=DAN), DANS)
    assert appears_in(ParagraphScope("professionals", child=ROSA), SCHOOL)


def test_what_is_for_the_chair_alone_appears_in_nobodys_copy():
    assert not appears_in(ParagraphScope("chair", child=ROSA), SCHOOL)
    assert not appears_in(ParagraphScope("chair", procedural=True), ANNAS)


def test_how_the_conference_was_run_appears_in_every_copy_that_its_audience_allows():
    assert appears_in(ParagraphScope(procedural=True), DANS)
    assert not appears_in(ParagraphScope("professionals", procedural=True), DANS)


def test_an_action_appears_where_a_child_it_is_for_is_covered_and_one_for_no_child_is_for_all():
    assert action_appears_in(frozenset({ROSA}), DANS, BOTH)
    assert action_appears_in(BOTH, DANS, BOTH)
    assert action_appears_in(NOBODY, DANS, BOTH)
    assert not action_appears_in(frozenset({THEO}), DANS, BOTH)


def test_where_the_service_says_so_a_professional_reads_about_the_siblings_too_and_nobody_of_the_family_does():
    assert coverage(professional(ROSA), TIES, BOTH, siblings_together=True).children == BOTH
    assert coverage(professional(99), TIES, BOTH, siblings_together=True).withheld == FOR_NO_CHILD
    assert coverage(family(DAN), TIES, BOTH, siblings_together=True).children == {ROSA}


def test_people_are_named_where_they_share_a_covered_child():
    assert is_known_to(frozenset({ROSA}), DANS, BOTH)
    assert not is_known_to(frozenset({THEO}), DANS, BOTH)
    assert not is_known_to(NOBODY, DANS, BOTH)


def test_a_father_must_not_learn_of_the_other_child_or_of_its_father_who_is_his_own_childs_stepfather():
    assert must_not_learn_of(DANS, TIES, BOTH) == {THEO, LEWIS}
    assert must_not_learn_of(ANNAS, TIES, BOTH) == NOBODY


def test_a_child_of_the_family_who_was_left_out_of_the_conference_is_not_named_either():
    assert must_not_learn_of(ANNAS, TIES, BOTH | {3}) == {3}
