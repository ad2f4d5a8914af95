"""A question is added to a report in one place: everything that writes, saves or reads a report follows the list."""

import pytest
from django.urls import reverse

from conferences.convening.letters.contribution_form import asked_questions
from conferences.convening.rules.family_words import QUESTIONS, questions_for
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import sources_of
from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import setting_up, viewer
from families.people.models import Person
from reports.incoming.actions.writing import as_text
from reports.incoming.choices import ReportKind
from reports.incoming.forms import writing as forms
from reports.incoming.forms.contributions import contribution_form
from reports.incoming.models import Contribution, Report, ReportChild
from reports.incoming.rules.sections import CHILD_SECTIONS, FAMILY_SECTIONS, SECTIONS, questions_about, questions_of
from reports.tests.builders import TODAY, a_report, ask_for_reports

pytestmark = pytest.mark.django_db
NAMES = [section.name for section in FAMILY_SECTIONS]
OF_A_CHILD = [section.name for section in CHILD_SECTIONS]
SAID = {name: f"Said under {name}." for name in NAMES}


def test_no_section_is_listed_twice_and_each_is_asked_by_some_report():
    every = [section.name for section in SECTIONS]
    assert len(set(every)) == len(every) and sorted(every) == sorted([*NAMES, *OF_A_CHILD])
    assert {name for kind in ReportKind for name in questions_of(kind)} == set(NAMES)
    assert {name for kind in ReportKind for name in questions_about(kind, "Rosa")} == set(OF_A_CHILD)


def test_the_social_workers_report_has_the_chronology_a_danger_statement_the_analysis_and_each_child_apart():
    asked = set(questions_of(ReportKind.SOCIAL_WORK))
    assert asked >= {"chronology", "danger_statement", "analysis", "recommendation", "family_views"}
    assert "danger_statement" not in questions_of(ReportKind.SCHOOL)
    of_each = set(questions_about(ReportKind.SOCIAL_WORK, "Rosa"))
    assert of_each >= {"seen", "needs", "wishes", "harm", "child_recommendation"}


@pytest.mark.parametrize("kind", ReportKind.values)
def test_a_report_to_a_review_has_the_same_sections_and_asks_about_the_time_since_the_last_conference(kind):
    first, again = questions_of(kind), questions_of(kind, is_review=True)
    assert list(first) == list(again)
    for name in ("involvement", "chronology"):
        assert "since the last conference" in again[name].label and "last conference" not in first[name].label
    form = forms.report_form(kind, [], asks_author=False, asks_restricted=False, is_review=True)()
    assert {name: form.fields[name].label for name in again} == {name: one.label for name, one in again.items()}
    assert not any("review" in one.hint for one in first.values())


def test_every_column_that_holds_the_words_of_a_report_is_a_section():
    apart = {"restricted", "restricted_reason", "return_reason"}
    texts = {field.name for field in Report._meta.fields if field.get_internal_type() == "TextField"}
    assert texts - apart == set(NAMES)
    of_child = {field.name for field in ReportChild._meta.fields if field.get_internal_type() == "TextField"}
    assert of_child == set(OF_A_CHILD)


@pytest.mark.parametrize("kind", ReportKind.values)
def test_the_form_asks_each_question_of_its_kind_once_in_the_order_of_the_list(kind):
    form = forms.report_form(kind, [], asks_author=False, asks_restricted=False)()
    asked = [(name, field.label) for name, field in form.fields.items() if name in NAMES]
    assert asked == [(name, question.label) for name, question in questions_of(kind).items()]


@pytest.mark.parametrize("kind", ReportKind.values)
def test_the_form_asks_each_question_about_a_child_by_name_for_each_child(kind):
    children = [Person(pk=1, first_name="Rosa", born_on=TODAY), Person(pk=2, first_name="Theo", born_on=TODAY)]
    form = forms.report_form(kind, children, asks_author=False, asks_restricted=False)()
    for child in children:
        asked = [(name, field.label) for name, field in form.fields.items() if name.endswith(f"_{child.pk}")]
        assert asked == [
            (f"{name}_{child.pk}", question.label) for name, question in questions_about(kind, child.first_name).items()
        ]
        assert all(child.first_name in label for _, label in asked)


def test_what_is_written_into_every_section_is_saved_shown_again_and_on_the_page(client):
    sitting = ask_for_reports(a_booked_sitting())
    for who, kind in (("school", ReportKind.SCHOOL), ("social_worker", ReportKind.SOCIAL_WORK)):
        asked = {name: SAID[name] for name in questions_of(kind)}
        report = Report.objects.get(pk=a_report(sitting, who, **asked).pk)
        assert {name: text for name, text in report.sections.items() if text} == asked
        assert all(text in as_text(report) for text in asked.values())
        assert {name: forms.report_initial(report)[name] for name in asked} == asked
        client.force_login(sitting.invitations[who].user)
        page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
        assert [text for text in asked.values() if text not in page] == []


def test_every_section_of_a_report_told_by_word_of_mouth_is_a_source_of_restricted_text():
    sitting = ask_for_reports(a_booked_sitting())
    report = a_report(sitting, "school", **SAID)
    with setting_up():
        report.audience = Audience.CHAIR
        report.save()
    texts = [one.text for one in sources_of(sitting.conference.family_id, viewer(sitting.council.users.chair))]
    assert any(all(text in each for text in SAID.values()) for each in texts)


@pytest.mark.parametrize("group", ["", "10-12", "13-15", "16-17"])
def test_the_page_of_a_contribution_asks_what_the_printed_form_asks(group):
    form = contribution_form(group, TODAY)()
    asked = [(question.name, words) for question, words in questions_for(group)]
    assert [(name, form.fields[name].label) for name, _ in asked] == asked
    on_paper = [one.words for one in asked_questions(group)]
    assert on_paper == [words for question, words in questions_for(group) if not question.apart]
    assert {one.name for one in QUESTIONS} <= {field.name for field in Contribution._meta.fields}
