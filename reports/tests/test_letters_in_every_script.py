"""Letters about children with Chinese, Arabic, Bengali, Polish and single names, looked at as pictures.

To see the pages: PICTURES=/tmp/pictures bin/test reports/tests/test_letters_in_every_script.py
"""

import os
from pathlib import Path

import pypdfium2
import pytest

from conferences.meeting.queries.board import included, invited, parents
from conferences.plans.queries import family_plan
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.tests.drawn import is_drawn_in_letters
from families.people.models import Person
from reports.outgoing.actions.drafting import draft_record
from reports.outgoing.letters import letter_for
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of
from reports.tests.builders import a_held_sitting, copy_for

CHILDREN = {
    "chinese": ("小明", "李"),
    "arabic": ("محمد", "الأمين"),
    "bengali": ("রহিমা", "খাতুন"),
    "polish": ("Łucja", "Bąk-Żółć"),
    "single": ("Sukarno", ""),
}


@pytest.fixture
def sitting():
    return a_held_sitting()


def rename(child, first, last) -> None:
    with setting_up():
        Person.objects.filter(pk=child.pk).update(first_name=first, last_name=last, known_as="")


def print_letter(sitting, record, kind) -> bytes:
    copy = copy_for(sitting, record, "mother", kind)
    return render_pdf(letter_for(facts_of(record), copy, on=TODAY, delivery=delivery_of(copy.invitation, TODAY)))


@pytest.mark.django_db
def test_a_decision_letter_names_each_child_in_letters_whatever_the_script(sitting):
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    for called, names in CHILDREN.items():
        rename(sitting.marlows.rosa, *names)
        body = print_letter(sitting, record, "decision_letter")
        keep(called, body)
        assert is_drawn_in_letters(body, "".join(names)), called


@pytest.mark.django_db
def test_two_children_known_by_one_name_are_told_apart_in_every_letter_and_box(sitting):
    with setting_up():
        Person.objects.filter(pk__in=[sitting.marlows.rosa.pk, sitting.marlows.theo.pk]).update(known_as="Jo")
    record = draft_record(by=sitting.chair, conference=sitting.conference)
    headings = [one.heading for one in record.paragraphs.all()]
    assert any("Jo (Rosa)" in one for one in headings) and any("Jo (Theo)" in one for one in headings)
    body = print_letter(sitting, record, "decision_letter")
    keep("one-name", body)
    words = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
    said = " ".join(words.split())
    assert "Jo (Rosa)" in said and "Jo (Theo)" in said
    assert not [at for at in range(len(said)) if said[at : at + 3] == "Jo " and said[at + 3] != "("]


@pytest.mark.django_db
def test_two_children_known_by_one_name_are_told_apart_on_the_chairs_pages_and_where_reviews_are_due(sitting):
    with setting_up():
        Person.objects.filter(pk__in=[sitting.marlows.rosa.pk, sitting.marlows.theo.pk]).update(known_as="Jo")
    conference = sitting.conference
    ties = repr([words for _, words in parents(included(conference), invited(conference))])
    assert "Jo (Rosa)" in ties and "Jo (Theo)" in ties
    assert [names for names, _ in family_plan(sitting.marlows.family).reviews] == ["Rosa Marlow and Theo Marlow"]


def keep(name: str, body: bytes) -> None:
    """Keep each page as a picture, where somebody wants to look at them."""
    if folder := os.environ.get("PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pypdfium2.PdfDocument(body), start=1):
            page.render(scale=1.5).to_pil().save(Path(folder) / f"{name}-{number}.png")
