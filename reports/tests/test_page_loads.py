"""How many pages it takes to write, submit and approve a report, to type in a family's form, and to record a talk."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from conferences.convening.models import ChairTalk
from conferences.tests.meeting import a_booked_sitting
from conferences.tests.test_page_loads import Walk
from cpc.core.accounts.tests.builders import TODAY
from reports.incoming.models import Contribution, Report
from reports.tests.builders import a_report, ask_for_reports, submit_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    """Set the day of the builders."""
    with time_machine.travel(f"{TODAY} 09:00+00:00", tick=True):
        yield


@pytest.fixture
def sitting():
    return ask_for_reports(a_booked_sitting())


def write_report(client, sitting, who):
    """An author writes a report, says how it was shared and submits it, from their own page or the conference's."""
    invitation = sitting.invitations[who]
    own = reverse("conferences:invitation", args=[invitation.pk])
    start = reverse("conferences:conference", args=[sitting.conference.pk]) if who == "social_worker" else own
    walk = Walk(client, invitation.user, start).follow(reverse("reports:write", args=[invitation.pk]))
    walk.press({"worried": "She is tired.", "version": 0})
    people = {name for name in walk.names("(?:parent|child)_") if name.partition("_")[2].isdigit()}
    assert people
    day = (TODAY - timedelta(days=1)).isoformat()
    walk.press({
        key: value for one in people for key, value in ((one, "yes"), (f"{one}_on", day), (f"{one}_how", "by_hand"))
    })  # fmt: skip
    assert Report.objects.get().state == "submitted"
    return walk.loads


def write_as_school(client, sitting):
    return write_report(client, sitting, "school")


def write_as_social_worker(client, sitting):
    return write_report(client, sitting, "social_worker")


def approve(client, sitting):
    """The manager reads the social work report and approves it, from their first page."""
    report = submit_report(a_report(sitting, "social_worker"))
    page = reverse("reports:report", args=[report.pk])
    walk = Walk(client, sitting.council.users.team_manager, "/").follow(page)
    walk.press({}, reverse("reports:approve", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == "approved"
    return walk.loads


def type_in(client, sitting):
    """The administrator types in what the mother wrote, from the page of the conference."""
    start = reverse("conferences:conference", args=[sitting.conference.pk])
    form = reverse("reports:contribute", args=[sitting.conference.pk, sitting.marlows.mother.pk])
    walk = Walk(client, sitting.council.users.administrator, start).follow(form)
    walk.press({"received_on": TODAY.isoformat(), "working_well": "We cook.", "version": 0, "audience": "everyone"})
    assert Contribution.objects.exists()
    return walk.loads


def talk(client, sitting):
    """The chair records a talk with the mother, from the page of the conference."""
    start = reverse("conferences:conference", args=[sitting.conference.pk])
    form = reverse("reports:chair_talk", args=[sitting.conference.pk])
    walk = Walk(client, sitting.council.users.chair, start)
    [with_her] = [way for way in walk.ways("href") if way.partition("?")[0] == form][:1]
    walk.follow(with_her).press({
        "person": sitting.marlows.mother.pk, "held": "yes", "held_on": TODAY.isoformat(),
        "what_was_said": "She will come.", "form": "not_there", "audience": "everyone",
    })  # fmt: skip
    assert ChairTalk.objects.exists()
    return walk.loads


# The pages that it took when the pages were first walked by somebody new to them. None takes more than today.
TASKS = [(write_as_school, 3), (write_as_social_worker, 3), (approve, 2), (type_in, 2), (talk, 3)]


@pytest.mark.parametrize("task, first", TASKS, ids=lambda one: getattr(one, "__name__", one))
def test_no_task_about_reports_and_the_familys_words_takes_more_pages_than_it_did(client, sitting, task, first):
    assert task(client, sitting) <= first
