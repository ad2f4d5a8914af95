"""The words of each letter as its reader meets them. After a wanted change: WRITE_GOLDEN=1, and read the diff."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from conferences.convening.choices import ConferenceKind, InviteeRole, Outcome, Section
from conferences.convening.models import Invitation
from conferences.disclosure.choices import InviteeKind
from conferences.meeting.actions.notes import save_note
from conferences.meeting.queries.board import NotePlace
from conferences.plans.actions import close
from conferences.plans.tests.closing import reasons_for_gaps
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text, letter_called, rebuild, render_pdf, values
from cpc.core.documents.tests.compliance import assert_pdf_ua
from cpc.core.documents.text import text_of
from cpc.core.kernel.refusals import WrongState
from families.people.models import Person
from families.people.rules.short_names import tell_apart
from reports.outgoing.actions.drafting import draft_record, edit_paragraph
from reports.outgoing.letters import letter_for, parts
from reports.outgoing.models import Copy
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of, name_in_copy
from reports.outgoing.rules.copies import Reader
from reports.tests.builders import (
    CHILDREN,
    a_held_sitting,
    a_report,
    approve_letters,
    ask_for_reports,
    closed_and_drafted,
    copy_for,
    submit_report,
)

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "golden"


def letter(sitting, record, copy):
    found = letter_for(facts_of(record), copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY))
    return replace(found, reference="CN-00001")


def is_golden(name, found):
    text, path = flowing_text(found) + "\n", GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()
    assert_pdf_ua(found)


@pytest.fixture
def held(monkeypatch):
    sitting = a_held_sitting()
    return sitting, draft_record(by=sitting.chair, conference=sitting.conference)


@pytest.mark.parametrize(
    ("name", "who", "kind"),
    [
        ("record_family", "mother", "record"),
        ("record_family_one_child", "rosas_father", "record"),
        ("record_professional", "gp", "record"),
        ("decision_family", "mother", "decision_letter"),
        ("decision_family_one_child", "theos_father", "decision_letter"),
        ("decision_professional", "school", "decision_letter"),
    ],
)
def test_each_letter_says_what_its_golden_text_says(held, name, who, kind):
    sitting, record = held
    is_golden(name, letter(sitting, record, copy_for(sitting, record, who, kind)))


def test_a_childs_own_letter_says_what_its_golden_text_says(held):
    sitting, record = held
    with setting_up():
        invitation = Invitation.objects.create(
            conference=sitting.conference, kind=InviteeKind.FAMILY, role=InviteeRole.CHILD, person=sitting.marlows.rosa,
            name="Rosa Marlow", reason="Old enough", sent_by=sitting.conference.administrator,
            sent_at=timezone.now(),
        )  # fmt: skip
        copy = Copy.objects.create(record=record, kind="decision_letter", invitation=invitation)
    is_golden("decision_child", letter(sitting, record, copy))


def test_a_letter_is_rebuilt_from_its_stored_values_and_makes_the_same_bytes(held, no_kept_pdfs):
    sitting, record = held
    first = letter(sitting, record, copy_for(sitting, record, "mother", "decision_letter"))
    again = rebuild("decision_family", values(first))
    assert again == first and render_pdf(again) == render_pdf(first)
    assert letter_called("record_professional")


def test_no_letter_says_lawful_or_names_a_person_in_its_title(held):
    sitting, record = held
    for copy in Copy.objects.filter(record=record, withheld_reason=""):
        found = letter(sitting, record, copy)
        assert "lawful" not in flowing_text(found).lower()
        assert not any(name in str(found.title) for name in ("Marlow", "Rosa", "Theo", "Anna", "Dan"))


def test_the_record_lists_the_reports_and_whether_they_were_shared_with_people_the_copy_may_name():
    sitting = ask_for_reports(a_quorate_sitting(children=("rosa", "theo")))
    for who in ("school", "health_visiting"):
        submit_report(a_report(sitting, who))
    record = _closed(sitting, Outcome.NO_PLAN)
    dans = flowing_text(letter(sitting, record, copy_for(sitting, record, "rosas_father")))
    assert "Sam School, Alder Lane Primary School" in dans and "Shared with you on 19 November 2026" in dans
    assert "Health" not in dans and "Anna Marlow on" not in dans
    gp = flowing_text(letter(sitting, record, copy_for(sitting, record, "gp")))
    assert "Shared with Anna Marlow and Dan Pryce on 19 November 2026" in gp


def _closed(sitting, outcome, **words):
    decide(sitting, outcome=outcome, **words)
    gaps = reasons_for_gaps(sitting.conference)
    close.close_conference(by=sitting.chair, conference=sitting.conference, gap_reasons=gaps, at=timezone.now())
    sitting.conference.refresh_from_db()
    return draft_record(by=sitting.chair, conference=sitting.conference)


def test_a_review_says_that_the_plan_has_ended_or_continues():
    first = a_held_sitting(on=TODAY.replace(month=9, day=1))
    review = a_quorate_sitting(kind=ConferenceKind.REVIEW, marlows=first.marlows, children=("rosa", "theo"))
    decide(review, ["rosa"], Outcome.NO_PLAN, reasons="Rosa is safe.")
    decide(review, ["theo"], Outcome.CHILD_IN_NEED, reasons="Theo needs help still.")
    close.close_conference(
        by=review.chair, conference=review.conference, gap_reasons=reasons_for_gaps(review.conference),
        end_reasons={row.child_id: "safe" for row in review.children}, at=timezone.now(),
    )  # fmt: skip
    review.conference.refresh_from_db()
    record = draft_record(by=review.chair, conference=review.conference)
    found = flowing_text(letter(review, record, copy_for(review, record, "mother", "decision_letter")))
    assert "Rosa’s child protection plan has ended." in found
    assert "Theo’s child protection plan has ended. Theo will have a child in need plan" in found
    assert "review" in found


def test_an_inquorate_conference_says_what_happens_meanwhile_and_when_it_meets_again():
    sitting = a_quorate_sitting(children=("rosa",))
    record = _closed(sitting, Outcome.NOT_DECIDED)
    found = flowing_text(letter(sitting, record, copy_for(sitting, record, "mother", "decision_letter")))
    assert "Nothing has been decided for Rosa yet, because too few agencies took part." in found
    assert "Jean stays with them." in found and "meets again on" in found


def test_the_issued_file_is_pdf_ua_with_a_language_and_a_title(held):
    import io

    import pikepdf

    sitting, record = held
    pdf = render_pdf(letter(sitting, record, copy_for(sitting, record, "mother")))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang).lower() == "en-gb" and opened.Root.MarkInfo.Marked
        assert opened.open_metadata().get("pdfuaid:part") == "1"
    assert "The record of the initial child protection conference" in text_of(pdf)


def test_a_letter_that_goes_late_does_not_shorten_the_right_that_it_tells_of(held):
    sitting, record = held
    late = TODAY + timedelta(days=40)

    def said(who, on):
        copy = copy_for(sitting, record, who, "decision_letter")
        return letter_for(facts_of(record), copy, on=on, delivery=delivery_of(copy.invitation, on))

    assert said("mother", TODAY).disagree.by == "Friday 18 December 2026"
    assert said("mother", late).disagree.by == "Wednesday 27 January 2027"  # 28 days after 30 December
    assert "by Monday 23 November 2026" in said("school", TODAY).dissent_words
    assert "by Monday 4 January 2027" in said("school", late).dissent_words  # 72 hours end on a Saturday


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("next",), "the parts: what happens next."),
        (("steps",), "the parts: the plan."),
        (("steps", "next"), "the parts: the plan and what happens next."),
        (("decisions",), "the parts: what was decided, and why."),
        (("names", "children"), "the parts: the children it is about."),
        ((), ""),
    ],
)
def test_a_corrected_letter_says_in_which_parts_it_differs(held, change, said):
    sitting, record = held
    copy = copy_for(sitting, record, "mother", "decision_letter")
    first = letter(sitting, record, copy)
    before = rebuild(first.name, values(first))
    other = {
        "steps": first.steps[:1], "next": replace(first.next, review="by Monday 1 February 2027"),
        "decisions": first.decisions[:1], "names": "Rosa", "children": first.decisions[:1],
    }  # fmt: skip
    again = replace(first, **{name: other[name] for name in change if hasattr(first, name)})
    corrected = replace(again, differs=parts.differences(again, before), replaces="1 May 2026")
    text = flowing_text(corrected)
    if not said:
        assert not corrected.differs and "It is different" not in text
    else:
        assert said.replace("the parts", "It is different in these parts") in text and "destroy" not in text


def test_a_child_who_is_not_born_is_the_unborn_baby_to_the_family_and_has_a_name_for_professionals():
    baby, rosa = (
        Person(pk=1, last_name="Marlow", expected_on=TODAY),
        Person(pk=2, first_name="Rosa", last_name="Marlow"),
    )
    twin = Person(pk=3, last_name="Marlow", expected_on=TODAY)
    mine = SimpleNamespace(adult=7, child=1, is_own=True)

    def called(child, *children, **reader):
        facts = SimpleNamespace(children=children, ties=(mine,))
        return name_in_copy(facts, Reader(children=frozenset({1, 2, 3}), **reader), child)

    assert called(baby, baby, rosa, person=7) == "your unborn baby"
    assert called(baby, baby, rosa, person=8) == "the unborn baby"
    assert called(baby, baby, rosa, professional=True) == "Unborn Marlow"
    assert called(rosa, baby, rosa, person=7) == "Rosa"
    tell_apart([baby, twin])
    assert called(baby, baby, twin, person=7) == "Unborn Marlow (1 of 2)", "twins need what tells them apart"


def test_what_a_mother_says_would_help_reaches_the_outline_the_record_and_her_letter_alone(client):
    sitting = a_quorate_sitting(children=CHILDREN)
    place = NotePlace(Section.WOULD_HELP, None, sitting.marlows.mother.pk)
    save_note(by=sitting.chair, conference=sitting.conference, place=place, text="Somebody to fetch Rosa.")
    client.force_login(sitting.conference.chair)
    outline = client.get(f"/plans/conferences/{sitting.conference.pk}/outline/").content.decode()
    assert "Somebody to fetch Rosa." in outline
    record = closed_and_drafted(sitting)
    assert record.paragraphs.filter(heading="What Anna Marlow said would help", text="Somebody to fetch Rosa.")
    own, other = (
        flowing_text(letter(sitting, record, copy_for(sitting, record, who, "decision_letter")))
        for who in ("mother", "rosas_father")
    )
    assert "What you said would help Somebody to fetch Rosa." in " ".join(own.split()) and "fetch" not in other
    approve_letters(by=sitting.chair, record=record)
    one = record.paragraphs.filter(heading="What Anna Marlow said would help").first()
    with pytest.raises(WrongState, match="what is in them is final"):
        edit_paragraph(
            by=sitting.chair, paragraph=one, version=one.version, heading=one.heading, text="Other words.",
            audience=one.audience, child=one.child,
        )  # fmt: skip


def test_a_child_who_came_is_not_told_that_others_met_without_them(held):
    sitting, record = held
    with setting_up():
        invitation = Invitation.objects.create(
            conference=sitting.conference, kind=InviteeKind.FAMILY, role=InviteeRole.CHILD, person=sitting.marlows.rosa,
            name="Rosa Marlow", reason="Old enough", attendance="present",
        )  # fmt: skip
        copy = Copy.objects.create(record=record, kind="decision_letter", invitation=invitation)
    assert "you and some of the people who know you met" in flowing_text(letter(sitting, record, copy))
    with setting_up():
        row = sitting.conference.children.get(child=sitting.marlows.rosa)
        row.participation = "PN6"
        row.save()
    said = flowing_text(letter(sitting, record, copy))
    assert "some of the people who know you met" in said and "you and some" not in said


def test_nobody_is_said_to_have_asked_an_unborn_child_what_they_think_and_views_are_about_children():
    sitting = a_quorate_sitting()
    place = NotePlace(Section.PARENT_VIEWS, None, sitting.marlows.mother.pk)
    save_note(by=sitting.chair, conference=sitting.conference, place=place, text="I am tired.")
    record = closed_and_drafted(sitting)
    for who in ("mother", "gp"):
        headings = [one.heading for one in letter(sitting, record, copy_for(sitting, record, who)).paragraphs]
        theirs = [one for one in headings if "thinks" in one or one.startswith("The child’s views")]
        assert theirs and not any("nborn" in one for one in theirs), headings
        assert any(one.startswith("What Anna Marlow said about ") for one in headings), headings
