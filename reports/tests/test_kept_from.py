"""What a copy must not hold because of who its reader is: people, ties, schools and refuges that are kept from them."""

import pytest

from cpc.core.accounts.tests.builders import setting_up
from families.models import MustNotLearn
from reports import actions
from reports.letters import parts
from reports.queries.copies import kept_from_readers, reaches
from reports.queries.facts import facts_of, reader_of
from reports.rules import Reader, Written, is_named_to, stands_in
from reports.tests.builders import a_held_sitting, ask_for_reports, copy_for

pytestmark = pytest.mark.django_db


def kept(reader, about, what, **more):
    """``reader`` must not learn ``what`` of ``about``."""
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source="judgement", reason="He has said that he will come.", **more
        )


def approved(sitting):
    record = actions.draft_record(by=sitting.chair, conference=sitting.conference)
    actions.approve_record(by=sitting.chair, record=record)
    return record


def the_text(copy) -> str:
    """The words of the paper as it would go out, of every part that a reader meets."""
    facts, reader = facts_of(copy.record), reader_of(copy)
    told = (
        parts.attended(facts, reader), parts.received(facts, reader), parts.paragraphs(facts, reader),
        parts.decided(facts, reader), parts.steps(facts, reader), parts.aims(facts, reader),
        parts.what_next(facts, reader), parts.subjects(facts, reader), parts.is_part_only(facts, reader),
    )  # fmt: skip
    return repr(told)


def test_a_paragraph_about_somebody_kept_stands_in_no_copy_of_that_reader_though_it_covers_the_child():
    reader = Reader(children=frozenset({1, 2}), person=9, kept=frozenset({2, 7}))
    for about_kept in (Written(child=2), Written(child=1, person=7), Written(person=7, procedural=True)):
        assert not stands_in(about_kept, reader, frozenset({1, 2}))
    assert stands_in(Written(child=1), reader, frozenset({1, 2}))
    assert not is_named_to(7, frozenset({1}), reader, frozenset({1, 2}))


def test_a_father_known_only_as_somebody_else_is_not_named_for_the_tie_that_is_kept():
    reader = Reader(children=frozenset({1}), person=9, kept_ties=frozenset({(7, 1)}))
    assert not is_named_to(7, frozenset({1}), reader, frozenset({1, 2}))
    assert is_named_to(8, frozenset({1}), reader, frozenset({1, 2}))


def test_a_copy_covers_no_child_of_whom_its_reader_must_not_learn_and_says_nothing_of_them():
    sitting = a_held_sitting()
    marlows = sitting.marlows
    kept(marlows.mother, marlows.theo, "existence")
    record = approved(sitting)
    copy = copy_for(sitting, record, "mother")
    assert {row.child_id for row in copy.children.all()} == {marlows.rosa.pk}
    text = the_text(copy)
    assert "Rosa" in text and "Theo" not in text and "Lewis" not in text
    _, found = reaches(sitting.conference)[sitting.invitations["mother"].pk]
    assert found.children == {marlows.rosa.pk}


def test_the_school_that_is_kept_from_a_father_stands_nowhere_in_his_copy_and_stands_in_the_mothers():
    sitting = ask_for_reports(a_held_sitting())
    marlows, school = sitting.marlows, sitting.council.agencies.school.name
    kept(marlows.rosas_father, marlows.rosa, "school")
    record = approved(sitting)
    his, hers = the_text(copy_for(sitting, record, "rosas_father")), the_text(copy_for(sitting, record, "mother"))
    assert school in hers and "Sam School" in hers
    assert school not in his and "Sam School" not in his
    assert "A professional who knows Rosa" in his
    said = kept_from_readers(sitting.conference, [sitting.invitations["rosas_father"]])
    assert [one.name for one in said] == ["Dan Pryce"] and said[0].why


def test_what_somebody_who_is_kept_has_to_do_stands_in_no_copy_of_that_reader():
    sitting = a_held_sitting()
    marlows = sitting.marlows
    kept(marlows.rosas_father, marlows.theos_father, "existence")
    with setting_up():
        action = sitting.conference.plan_actions.filter(action="Walk Rosa to school").get()
        action.who = "Lewis"
        action.save()
    record = approved(sitting)
    assert "Walk Rosa to school" in the_text(copy_for(sitting, record, "mother"))
    assert "Walk Rosa to school" not in the_text(copy_for(sitting, record, "rosas_father"))
