"""What a copy must not contain because of who its reader is: withheld people, relationships, schools and refuges."""

import pytest
from django.utils import timezone

from conferences.convening.models import Companion, Invitation, InvitationChild
from cpc.core.accounts.tests.builders import setting_up
from families.people.choices import WhoIsProtected
from families.people.models import MustNotLearn, MustNotMeet
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters import parts
from reports.outgoing.queries.copies import coverage_by_invitation, withheld_from_readers
from reports.outgoing.queries.facts import facts_of, reader_of
from reports.outgoing.rules.copies import ParagraphScope, Reader, appears_in, is_named_to
from reports.tests.builders import a_held_sitting, approve_record, ask_for_reports, copy_for

pytestmark = pytest.mark.django_db


def kept(reader, about, what, **more):
    """``reader`` must not learn ``what`` about ``about``."""
    with setting_up():
        return MustNotLearn.objects.create(
            reader=reader, about=about, what=what, source="judgement", reason="He has said that he will come.", **more
        )


def comes_with(sitting, who, relative=None):
    """A supporter, Jo Bell or a ``relative``, who was here with this member of the family."""
    marlows, beside = sitting.marlows, sitting.invitations[who]
    name = relative.full_name if relative else "Jo Bell"
    with setting_up():
        companion = Companion.objects.create(
            conference=sitting.conference, person=beside.person, kind="supporter", name=name, relation="A friend",
            relative=relative, asked_by="The chair", recorded_by=marlows.worker, recorded_at=timezone.now(),
        )  # fmt: skip
        made = Invitation.objects.create(
            conference=sitting.conference, kind="professional", role="supporter", name=name, reason="Came with them.",
            companion=companion, attendance="present",
        )  # fmt: skip
        for row in beside.children.all():
            InvitationChild.objects.create(invitation=made, child=row.child)


def keep_apart(protected, other):
    with setting_up():
        MustNotMeet.objects.create(
            one=protected, other=other, protects=WhoIsProtected.ONE, source="judgement", reason="He followed her.",
        )  # fmt: skip


def who_attended(sitting, who):
    facts = facts_of(sitting.conference.record)
    copy = sitting.conference.record.copies.get(kind="record", invitation=sitting.invitations[who])
    return {one.name for one in parts.attended(facts, reader_of(copy, facts=facts))}


def approved(sitting):
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    approve_record(by=sitting.chair, record=record)
    return record


def the_text(copy) -> str:
    """The words of the document as it would be sent, of every part that a reader sees."""
    facts = facts_of(copy.record)
    reader = reader_of(copy, facts=facts)
    told = (
        parts.attended(facts, reader), parts.received(facts, reader), parts.paragraphs(facts, reader),
        parts.decided(facts, reader), parts.steps(facts, reader), parts.aims(facts, reader),
        parts.what_next(facts, reader), parts.subjects(facts, reader), parts.is_incomplete(facts, reader),
    )  # fmt: skip
    return repr(told)


def test_a_paragraph_about_a_withheld_person_appears_in_no_copy_of_that_reader_though_it_covers_the_child():
    reader = Reader(children=frozenset({1, 2}), person=9, withheld_people=frozenset({2, 7}))
    for about_kept in (
        ParagraphScope(child=2),
        ParagraphScope(child=1, person=7),
        ParagraphScope(person=7, procedural=True),
    ):
        assert not appears_in(about_kept, reader)
    assert appears_in(ParagraphScope(child=1), reader)
    assert not is_named_to(7, frozenset({1}), reader, frozenset({1, 2}))


def test_a_father_known_only_as_somebody_else_is_not_named_for_the_withheld_relationship():
    reader = Reader(children=frozenset({1}), person=9, withheld_ties=frozenset({(7, 1)}))
    assert not is_named_to(7, frozenset({1}), reader, frozenset({1, 2}))
    assert is_named_to(8, frozenset({1}), reader, frozenset({1, 2}))


def test_a_copy_covers_no_child_that_its_reader_must_not_learn_of_and_says_nothing_of_them():
    sitting = a_held_sitting()
    marlows = sitting.marlows
    kept(marlows.mother, marlows.theo, "existence")
    record = approved(sitting)
    copy = copy_for(sitting, record, "mother")
    assert {row.child_id for row in copy.children.all()} == {marlows.rosa.pk}
    text = the_text(copy)
    assert "Rosa" in text and "Theo" not in text and "Lewis" not in text
    _, found = coverage_by_invitation(sitting.conference)[sitting.invitations["mother"].pk]
    assert found.children == {marlows.rosa.pk}


def test_the_school_that_is_withheld_from_a_father_appears_nowhere_in_his_copy_and_appears_in_the_mothers():
    sitting = ask_for_reports(a_held_sitting())
    marlows, school = sitting.marlows, sitting.council.agencies.school.name
    kept(marlows.rosas_father, marlows.rosa, "school")
    record = approved(sitting)
    his, hers = the_text(copy_for(sitting, record, "rosas_father")), the_text(copy_for(sitting, record, "mother"))
    assert school in hers and "Sam School" in hers
    assert school not in his and "Sam School" not in his
    assert "A professional who knows Rosa" in his
    said = withheld_from_readers(sitting.conference, [sitting.invitations["rosas_father"]])
    assert [one.name for one in said] == ["Dan Pryce"] and said[0].why


def test_what_a_withheld_person_has_to_do_appears_in_no_copy_of_that_reader():
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


def test_who_came_with_somebody_is_listed_only_for_those_who_may_read_that_that_person_came():
    sitting = a_held_sitting()
    marlows = sitting.marlows
    comes_with(sitting, "mother")
    draft_record(by=sitting.chair, conference=sitting.conference)
    assert {"Anna Marlow", "Jo Bell"} <= who_attended(sitting, "rosas_father") & who_attended(sitting, "school")
    keep_apart(marlows.mother, marlows.rosas_father)
    assert not {"Anna Marlow", "Jo Bell"} & who_attended(sitting, "rosas_father")
    assert {"Anna Marlow", "Jo Bell"} <= who_attended(sitting, "school") & who_attended(sitting, "mother")


def test_a_relative_who_came_with_somebody_is_not_listed_for_those_they_are_protected_from():
    sitting = a_held_sitting()
    marlows = sitting.marlows
    comes_with(sitting, "theos_father", marlows.grandmother)
    draft_record(by=sitting.chair, conference=sitting.conference)
    assert "Jean Marlow" in who_attended(sitting, "mother")
    keep_apart(marlows.grandmother, marlows.mother)
    assert "Jean Marlow" not in who_attended(sitting, "mother")
    assert "Lewis Hart" in who_attended(sitting, "mother") and "Jean Marlow" in who_attended(sitting, "health_visiting")
