"""The record: drafted from what was recorded live, edited paragraph by paragraph, approved by its chair alone."""

from datetime import timedelta

import pytest

from conferences.convening.choices import Section
from conferences.convening.models import Conference
from conferences.disclosure.choices import Audience
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace
from conferences.tests.meeting import a_quorate_sitting, at
from cpc.core.accounts.permissions import seen_by
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from families.tests.builders import the_marlows
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.drafting import add_paragraph, draft_record, edit_paragraph, remove_paragraph
from reports.outgoing.choices import RecordPart, RecordState
from reports.outgoing.letters import letter_for
from reports.outgoing.models import ConferenceRecord, Copy, Paragraph
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import (
    a_drafted_record,
    a_held_sitting,
    an_approved_record,
    approve_letters,
    approve_record,
    closed_and_drafted,
    copy_for,
)

pytestmark = pytest.mark.django_db


def edit(by, paragraph, **changes):
    said = {
        "heading": paragraph.heading,
        "text": paragraph.text,
        "audience": paragraph.audience,
        "child": paragraph.child,
        "procedural": paragraph.procedural,
        "version": paragraph.version,
    }
    return edit_paragraph(by=by, paragraph=paragraph, **{**said, **changes})


def test_it_is_drafted_once_from_what_was_recorded_with_a_copy_of_each_kind_for_everybody():
    sitting, record = a_drafted_record()
    assert draft_record(by=sitting.chair, conference=sitting.conference) == record
    parts = list(record.paragraphs.values_list("part", flat=True))
    assert parts == sorted(parts, key=list(RecordPart).index)
    assert {
        "quorum",
        "reason",
        "worried",
        "parent_views",
        "agency_views",
        "dissent",
        "decision",
        "confidential",
    } <= set(parts)
    confidential = record.paragraphs.filter(part="confidential").values_list("child", "audience")
    assert set(confidential) == {(row.child_id, Audience.PROFESSIONALS) for row in sitting.children}
    assert (
        record.paragraphs.get(part="parent_views", person=sitting.marlows.rosas_father).heading == "What Dan Pryce said"
    )
    assert Copy.objects.filter(record=record).count() == 2 * len(sitting.invitations)
    assert Event.objects.filter(act="draft the record and letters").exists()


def test_what_was_noted_about_several_children_is_a_paragraph_of_each_and_a_parents_view_one_of_each_of_theirs():
    sitting, record = a_drafted_record()
    marlows = sitting.marlows

    def about(**wanted):
        return set(record.paragraphs.filter(**wanted).values_list("child", flat=True))

    assert about(part="reason") == {marlows.rosa.pk, marlows.theo.pk}
    assert about(part="parent_views", person=marlows.mother) == {marlows.rosa.pk, marlows.theo.pk}
    assert about(part="parent_views", person=marlows.theos_father) == {marlows.theo.pk}
    assert not record.paragraphs.filter(child=None, procedural=False).exists()


def test_a_conference_that_is_still_open_has_no_record():
    sitting = a_quorate_sitting()
    with pytest.raises(WrongState):
        draft_record(by=sitting.chair, conference=sitting.conference)
    assert not ConferenceRecord.objects.exists()


def test_why_a_chair_who_is_not_independent_was_agreed_appears_in_the_record_and_cannot_be_removed():
    sitting = a_held_sitting()
    with setting_up():
        Conference.objects.filter(pk=sitting.conference.pk).update(
            chair_independent=False, chair_reason="Nobody else was free.", chair_agreed_at=at(TODAY),
            chair_agreed_by=sitting.council.users.service_manager,
        )  # fmt: skip
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    paragraph = record.paragraphs.get(part=RecordPart.CHAIR)
    assert "Ruth Vane" in paragraph.text and "Nobody else was free." in paragraph.text and paragraph.procedural
    with pytest.raises(WrongState):
        remove_paragraph(by=sitting.chair, paragraph=paragraph, reason="Tidier.")


def test_two_people_editing_one_paragraph_both_keep_their_words():
    sitting, record = a_drafted_record()
    paragraph = record.paragraphs.get(part=RecordPart.REASON, child=sitting.marlows.rosa)
    edit(sitting.council.by("administrator"), paragraph, text="The first.")
    with pytest.raises(Stale) as refused:
        edit(sitting.chair, paragraph, text="The second.")
    assert refused.value.mine == "The second." and refused.value.theirs == "The first."


def test_what_is_for_the_chair_alone_is_read_and_changed_by_that_chair_alone():
    sitting, record = a_drafted_record()
    paragraph = edit(
        sitting.chair,
        record.paragraphs.get(part=RecordPart.REASON, child=sitting.marlows.rosa),
        audience=Audience.CHAIR,
    )
    for name in ("administrator", "other_chair", "social_worker", "service_manager"):
        assert paragraph not in seen_by(sitting.council.by(name), Paragraph)
    assert paragraph in seen_by(sitting.chair, Paragraph)
    with pytest.raises(NotPermitted):
        edit(sitting.council.by("administrator"), paragraph, text="Now for all.", audience=Audience.EVERYONE)


def test_the_reasons_for_a_decision_stay_with_their_child_and_are_final_once_the_letters_are_approved():
    sitting, record = a_drafted_record()
    paragraph = record.paragraphs.get(part=RecordPart.DECISION, child=sitting.marlows.rosa)
    with pytest.raises(Invalid, match="one child"):
        edit(sitting.chair, paragraph, child=None, procedural=True)
    with pytest.raises(Invalid, match="Choose the child"):
        edit(sitting.chair, paragraph, child=None)
    approve_letters(by=sitting.chair, record=record)
    with pytest.raises(WrongState, match="letters have been approved"):
        edit(sitting.chair, paragraph, text="Other reasons.")
    edit(
        sitting.chair,
        record.paragraphs.get(part=RecordPart.REASON, child=sitting.marlows.rosa),
        text="The record is still open.",
    )


def test_only_its_chair_approves_and_an_approved_record_is_changed_only_as_a_correction():
    sitting, record = a_drafted_record()
    for name in ("other_chair", "administrator", "team_manager", "service_manager", "social_worker"):
        for act in (approve_record, approve_letters):
            with pytest.raises(NotPermitted):
                act(by=sitting.council.by(name), record=record)
    approve_record(by=sitting.chair, record=record)
    assert record.state == RecordState.APPROVED and record.letters_approved_at
    with pytest.raises(WrongState, match="correction"):
        edit(sitting.chair, record.paragraphs.first(), text="Other.")
    with pytest.raises(Invalid):
        reopen(by=sitting.chair, record=record, reason="")
    reopen(by=sitting.chair, record=record, reason="A wrong date.")
    assert record.state == RecordState.DRAFT and record.letters_approved_at is None
    assert not Copy.objects.filter(record=record, document__state="approved").exists()


def test_nobody_outside_the_authority_drafts_edits_or_reads_the_record():
    sitting, record = an_approved_record()
    for name in ("school", "gp", "police"):
        by = sitting.council.by(name)
        assert not seen_by(by, ConferenceRecord).exists() and not seen_by(by, Paragraph).exists()
        with pytest.raises(NotPermitted):
            add_paragraph(by=by, record=record, heading="x", text="x", audience="everyone")


def test_the_facts_of_a_record_take_the_same_number_of_queries_for_one_child_and_for_two(django_assert_max_num_queries):
    sitting, record = a_drafted_record()
    with django_assert_max_num_queries(40) as counted:
        facts_of(record)
    two = len(counted)
    others = the_marlows(sitting.council, name="Tarrant")
    _, record = a_drafted_record(children=("rosa",), marlows=others, on=TODAY - timedelta(days=1))
    with django_assert_max_num_queries(40) as counted:
        facts_of(record)
    assert len(counted) == two


def test_what_was_noted_about_each_child_is_in_the_order_of_their_age_whichever_was_typed_first():
    sitting = a_quorate_sitting(children=("rosa", "theo"))
    rosa, theo = sitting.marlows.rosa, sitting.marlows.theo
    for text, child in (("Theo was cold.", theo), ("Rosa was alone.", rosa), ("Both are tired.", None)):
        place = NotePlace(Section.WORRIED, child.pk if child else None)
        save_note(by=sitting.chair, conference=sitting.conference, place=place, text=text, at=at(TODAY, 11))
    record = closed_and_drafted(sitting)
    copy = copy_for(sitting, record, "mother")
    facts = facts_of(record)
    letter = letter_for(facts, copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY))
    worries = [one for one in letter.paragraphs if one.heading.startswith(str(Section.WORRIED.label))]
    assert [one.lines for one in worries] == [("Both are tired.",), ("Rosa was alone.",), ("Theo was cold.",)]
