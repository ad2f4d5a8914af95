"""First pages and the page of the service say when email or background jobs do not run, and name nobody."""

import time
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from cpc.celery import app
from cpc.core.accounts.choices import Role
from cpc.core.accounts.tests.builders import a_council, a_user
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import Outgoing
from cpc.core.documents.sending import drain
from cpc.running.models import JobRun
from cpc.running.queries import STILL_AFTER, failed_jobs, jobs
from cpc.running.tests.test_restore import message

pytestmark = pytest.mark.django_db
DRAIN = "documents.drain_outbox"


@pytest.fixture
def council():
    JobRun.objects.create(name=DRAIN, ended_at=Now())
    return a_council()


def home(client, user):
    client.force_login(user)
    return " ".join(client.get(reverse("work:home")).content.decode().split())


def test_when_all_is_well_the_first_page_says_nothing(client, council):
    for user in (council.users.chair, council.users.system_administrator):
        page = home(client, user)
        assert "have not run" not in page and "email and background jobs run" not in page


def test_first_pages_say_that_jobs_do_not_run(client, council):
    JobRun.objects.update(ended_at=Now() - STILL_AFTER - timedelta(seconds=5))
    assert "Background jobs have not run since" in home(client, council.users.chair)
    assert "Background jobs have not run since" in home(client, council.users.social_worker)
    assert "have not run" not in home(client, council.professionals.school), "it is no concern of another agency’s"


def test_first_pages_say_that_jobs_have_never_run(client, council):
    JobRun.objects.all().delete()
    assert "Background jobs have not run yet" in home(client, council.users.chair)


def test_first_pages_say_that_email_waits_and_since_when(client, council, by, postbox):
    postbox.greeting = "554 No mail today"
    message(by, "1")
    drain()
    page = home(client, council.users.chair)
    assert "Email has been waiting since" in page and "554" not in page
    client.force_login(council.users.system_administrator)
    page = client.get(reverse("running:service")).content.decode()
    assert "554 No mail today" in page and "Petroc" not in page
    postbox.greeting = ""
    client.post(reverse("running:try_now"))
    assert drain() == 1
    assert "Email has been waiting" not in home(client, council.users.chair)


def test_those_who_can_act_are_told_what_was_not_sent_and_send_it_all_again(client, council, by, postbox):
    for number in range(3):
        message(by, str(number))
    postbox.answers = ["550 5.1.1 No such person"] * 3
    drain()
    assert "Emails that could not be sent: 3." in home(client, council.users.system_administrator)
    assert "could not be sent" not in home(client, council.users.chair)
    client.force_login(council.users.system_administrator)
    answer = client.post(reverse("running:retry_all"), follow=True)
    assert "3 emails will be sent again" in answer.content.decode()
    assert drain() == 3 and set(Outgoing.objects.values_list("state", flat=True)) == {OutgoingState.SENT}


@pytest.mark.parametrize("name", ["service", "try_now", "retry_all", "release"])
def test_only_those_who_run_the_service_reach_its_page(client, name):
    open_to = {Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.SYSTEM_ADMINISTRATOR}
    for role in Role:
        client.force_login(a_user(role))
        ask = client.get if name in ("service", "release") else client.post
        assert (ask(reverse(f"running:{name}")).status_code != 403) == (role in open_to), role


@app.task(name=DRAIN + "_copy")
def job():
    pass


def test_each_end_of_a_job_is_written_down_and_no_other_task(settings):
    settings.CELERY_BEAT_SCHEDULE = {"try it": {"task": job.name}}
    assert jobs().ran_at is None
    job.apply()
    assert not jobs().stand_still and failed_jobs() == []
    settings.CELERY_BEAT_SCHEDULE = {}
    JobRun.objects.all().delete()
    job.apply()
    assert not JobRun.objects.exists()


def test_a_job_that_fails_is_named_until_it_ends_well(settings, monkeypatch):
    settings.CELERY_BEAT_SCHEDULE = {"try it": {"task": job.name}}
    monkeypatch.setattr(job, "run", lambda: 1 / 0)
    job.apply()
    assert failed_jobs() == ["try it"] and not jobs().stand_still
    monkeypatch.setattr(job, "run", lambda: None)
    job.apply()
    JobRun.objects.update(failed_at=Now() - timedelta(minutes=1))  # one transaction has one moment
    assert failed_jobs() == []


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_down_that_it_ran(celery_worker):
    app.send_task(DRAIN)
    until = time.monotonic() + 20
    while not JobRun.objects.filter(name=DRAIN, ended_at__isnull=False).exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert JobRun.objects.filter(name=DRAIN, ended_at__isnull=False).exists()
