"""A report that was uploaded as a file is submitted, shared and checked like one that was typed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conferences.tests.meeting import a_booked_sitting
from cpc.core.accounts.tests.builders import TODAY, setting_up
from cpc.core.kernel.refusals import Invalid
from reports.incoming.actions import writing
from reports.incoming.actions.quality import check_quality
from reports.incoming.actions.writing import Shared
from reports.incoming.choices import ReportState
from reports.incoming.models import ReportSharing
from reports.incoming.queries.quality import quality_counts
from reports.incoming.queries.requested import people_to_tell
from reports.incoming.queries.words import words_of
from reports.incoming.rules.quality import QUALITY
from reports.tests.builders import a_report, ask_for_reports, submit_report
from reports.tests.test_uploads import upload

pytestmark = pytest.mark.django_db
NOTHING_TYPED = {"worried": ""}


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting(TODAY + timedelta(days=10)))


def test_without_words_it_is_submitted_only_once_its_file_is_there(sitting):
    report = a_report(sitting, "school", **NOTHING_TYPED)
    upload(sitting, who="gp")
    with pytest.raises(Invalid, match="upload it as a file"):
        submit_report(report)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT and words_of(report) == []
    upload(sitting, who="school", children=("rosa",))
    submit_report(report)
    assert report.state == ReportState.SUBMITTED
    [answer] = words_of(report)
    assert answer.statements[0].text == report.versions.get().words == "The report was uploaded as a file."


def test_its_author_says_of_each_parent_and_older_child_when_it_was_shared_or_why_not(sitting):
    with setting_up():
        sitting.marlows.rosa.born_on = TODAY.replace(year=TODAY.year - 12)
        sitting.marlows.rosa.save()
    upload(sitting, who="school", children=("rosa",))
    report = a_report(sitting, "school", **NOTHING_TYPED)
    people = [person for person, _ in people_to_tell(report)]
    but_rosa = [Shared(one, TODAY, "by_hand") for one in people if one != sitting.marlows.rosa]
    with pytest.raises(Invalid, match="Rosa Marlow"):
        writing.submit_report(by=sitting.council.by("school"), report=report, sharings=but_rosa)
    report.refresh_from_db()
    why_not = Shared(sitting.marlows.rosa, not_shared_reason="She is told by her teacher next week.")
    writing.submit_report(by=sitting.council.by("school"), report=report, sharings=[*but_rosa, why_not])
    assert ReportSharing.objects.filter(report=report).count() == len(people)


def test_the_chair_asks_the_same_ten_questions_of_it_and_the_answers_are_counted(sitting, client):
    file = upload(sitting, who="school", children=("rosa",))
    report = submit_report(a_report(sitting, "school", **NOTHING_TYPED))
    client.force_login(sitting.council.users.chair)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    for way in ("reports:check_quality", "reports:file"):
        assert reverse(way, args=[file.pk if way == "reports:file" else report.pk]) in page
    answers = dict.fromkeys(QUALITY, True) | {"child_heard": False}
    check_quality(by=sitting.chair, report=report, number=1, answers=answers, return_reason="What did Rosa say?")
    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    [count] = quality_counts(TODAY.replace(month=1), TODAY + timedelta(days=400))
    assert (count.checked, count.returned) == (1, 1)


def test_another_professional_who_reads_the_report_is_not_shown_a_file_that_they_may_not_open(sitting, client):
    file = upload(sitting, who="school", children=("rosa",))
    report = submit_report(a_report(sitting, "school", **NOTHING_TYPED))
    client.force_login(sitting.council.professionals.police)
    page = client.get(reverse("reports:report", args=[report.pk]))
    assert page.status_code == 200 and reverse("reports:file", args=[file.pk]) not in page.content.decode()
