"""The words of each letter as its reader meets them. After a wanted change: WRITE_GOLDEN=1, and read the diff."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from conferences.choices import ConferenceKind, InviteeKind, InviteeRole, Outcome
from conferences.models import Invitation
from conferences.plans.actions import close
from conferences.tests.meeting import a_quorate_sitting, decide
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import flowing_text, letter_called, rebuild, render_pdf, values
from cpc.core.documents.text import text_of
from reports import actions
from reports.letters import letter_for
from reports.models import Copy
from reports.queries.delivery import delivery_of
from reports.queries.facts import facts_of
from reports.tests.builders import a_held_sitting, a_report, ask_for_reports, copy_for, hand_in

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


@pytest.fixture
def held(monkeypatch):
    sitting = a_held_sitting()
    return sitting, actions.draft_record(by=sitting.chair, conference=sitting.conference)


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


def test_a_letter_is_rebuilt_from_what_was_kept_and_makes_the_same_bytes(held):
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


def test_the_record_lists_the_reports_and_whether_they_were_shared_with_whom_the_copy_may_name():
    sitting = ask_for_reports(a_quorate_sitting(children=("rosa", "theo")))
    for who in ("school", "health_visiting"):
        hand_in(a_report(sitting, who))
    record = _closed(sitting, Outcome.NO_PLAN)
    dans = flowing_text(letter(sitting, record, copy_for(sitting, record, "rosas_father")))
    assert "Sam School, Alder Lane Primary School" in dans and "Shared with you on 19 November 2026" in dans
    assert "Health" not in dans and "Anna Marlow on" not in dans
    gp = flowing_text(letter(sitting, record, copy_for(sitting, record, "gp")))
    assert "shared with Dan Pryce on 19 November 2026" in gp.replace("Shared", "shared")


def _closed(sitting, outcome, **words):
    decide(sitting, outcome=outcome, **words)
    close.close_conference(by=sitting.chair, conference=sitting.conference, at=timezone.now())
    sitting.conference.refresh_from_db()
    return actions.draft_record(by=sitting.chair, conference=sitting.conference)


def test_a_review_says_that_the_plan_has_ended_or_continues():
    first = a_held_sitting(on=TODAY.replace(month=9, day=1))
    review = a_quorate_sitting(kind=ConferenceKind.REVIEW, marlows=first.marlows, children=("rosa", "theo"))
    decide(review, ["rosa"], Outcome.NO_PLAN, reasons="Rosa is safe.")
    decide(review, ["theo"], Outcome.CHILD_IN_NEED, reasons="Theo needs help still.")
    close.close_conference(by=review.chair, conference=review.conference, at=timezone.now())
    review.conference.refresh_from_db()
    record = actions.draft_record(by=review.chair, conference=review.conference)
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
