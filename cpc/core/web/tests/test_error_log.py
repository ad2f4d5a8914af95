"""Each error is one short line of the log, with the number that the error page shows and nothing that was typed."""

import io
import logging
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from cpc.core.web.error_log import BriefFormatter
from cpc.core.web.fallback_cache import LimitsUnavailable

TYPED = "Rosa Marlow"


def break_down(request):
    raise ValueError(f"cannot read “{TYPED}”")


def without_database(request):
    raise OperationalError("connection refused\n\tIs the server running?")


def without_a_migration(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT not_yet FROM accounts_user WHERE first_name = %s", [TYPED])


def without_redis(request):
    raise LimitsUnavailable


urlpatterns = [
    path("no-redis/", without_redis),
    path("no-migration/", without_a_migration),
    path("broken/", break_down),
    path("no-database/", without_database),
    path("fine/", lambda request: HttpResponse("fine")),
]
for pattern in urlpatterns:
    pattern.callback.login_required = False
handler500 = "cpc.core.web.views.server_error"


@pytest.fixture
def log():
    """What the root logger's own handler writes."""
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, BriefFormatter))
    written = io.StringIO()
    before = handler.setStream(written)
    yield lambda: written.getvalue().splitlines()
    handler.setStream(before)


@pytest.fixture
def browser(settings, db):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_an_error_is_one_line_with_the_number_of_its_page(browser, log):
    answer = browser.get("/broken/?name=Rosa")
    assert answer.status_code == 500
    number = re.search(r"<strong>(\w{4}-\w{4})</strong>", answer.content.decode())[1]
    assert len(log()) == 1
    line = log()[0]
    assert f"ERROR django.request {number} Internal Server Error: /broken/ ValueError at " in line
    assert "test_error_log.py:" in line and len(line) < 500


def test_what_was_typed_is_not_in_the_log(browser, log):
    browser.get("/broken/?name=Rosa")
    assert log() and "Rosa" not in "".join(log())


def test_the_answer_of_a_mail_server_with_an_address_is_not_in_the_log(log):
    for answer in (SMTPRecipientsRefused({"kim@example.org": (550, b"unknown")}), SMTPDataError(550, b"<kim@x>")):
        try:
            raise answer
        except OSError:
            logging.getLogger("cpc").exception("the invitation could not be sent")
    assert [re.search(r"SMTP\w+ at", line)[0] for line in log()] == ["SMTPRecipientsRefused at", "SMTPDataError at"]
    assert "kim" not in "".join(log())


def test_two_errors_have_two_numbers(browser, log):
    pages = [browser.get("/broken/").content for _ in range(2)]
    assert pages[0] != pages[1] and len(log()) == 2


def test_a_database_that_is_down_is_said_in_one_line(browser, log):
    answer = browser.get("/no-database/")
    assert answer.status_code == 503 and answer["Retry-After"] == "30" and "not available" in answer.content.decode()
    number = re.search(r"<strong>(\w{4}-\w{4})</strong>", answer.content.decode())[1]
    assert len(log()) == 1 and number in log()[0]
    assert "OperationalError (connection refused Is the server running?)" in log()[0]


def test_sign_in_that_is_refused_without_redis_shows_the_number_that_the_log_has(browser, log):
    answer = browser.get("/no-redis/")
    number = re.search(r"<strong>(\w{4}-\w{4})</strong>", answer.content.decode())[1]
    assert answer.status_code == 503 and len(log()) == 1 and number in log()[0]


def test_a_scheduler_without_its_broker_writes_a_short_line(log):
    calls = ["  File celery/beat.py, line 1\n"] * 40
    logging.getLogger("celery.beat").error("Message Error: %s\n%s", "Connection refused", calls)
    assert len(log()) == 1 and log()[0].endswith("Message Error: Connection refused")


def test_a_database_without_a_migration_is_said_on_the_page_and_in_the_log(browser, log):
    answer = browser.get("/no-migration/")
    assert answer.status_code == 503 and "being brought up to date" in answer.content.decode()
    assert len(log()) == 1 and 'column "not_yet" does not exist: see /readyz' in log()[0]
    assert TYPED not in log()[0]


def test_a_page_that_is_not_there_is_no_error(browser, log):
    assert browser.get("/nowhere/").status_code in (302, 404)
    assert browser.get("/fine/").status_code == 200
    assert log() == []


def test_a_task_that_fails_is_one_line_without_its_arguments(log):
    try:
        raise KeyError(TYPED)
    except KeyError:
        logging.getLogger("celery.app.trace").error(
            "Task %(name)s raised: %(exc)s", {"name": "a", "exc": TYPED}, exc_info=True, extra={"data": {"name": "a"}}
        )
    assert len(log()) == 1
    assert "Task a failed: KeyError at" in log()[0] and TYPED not in log()[0]
