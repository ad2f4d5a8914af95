"""What tests share: seeded tables, a clean cache, a browser, accessibility checks, a real worker and real SMTP."""

import email
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from datetime import time as datetime_time
from email import policy
from functools import cache, wraps
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
import time_machine
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from cpc.tests.examples import load_profile

ROOT = Path(__file__).parent


# --- How long the tests search ------------------------------------------------------------------------------------


def pytest_addoption(parser):
    parser.addoption(
        "--thorough",
        action="store_true",
        help="search for longer: ten times as many generated examples, drawn families for each removed guard, and "
        "every record of every kind in the grid of addresses",
    )


def pytest_configure(config):
    load_profile(config.getoption("thorough"))


def _commits(item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and marker.kwargs.get("transaction"))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before -m chooses among the marks
def pytest_collection_modifyitems(config, items):
    """Marks the tests that commit or need a worker; leaves out those that only search for longer, unless asked for.
    A whole story is told on another server by ``bin/demo --check``, so the tests of stories are not marked.

    Long tests come first, then those that commit: browser tests are among them. A long test at the end would keep one
    process busy while the others have nothing left. Tests at the front are also not taken by another process, which
    would have to build again what they share.
    """
    for item in items:
        commits = _commits(item) and not {"live_server", "the_story"} & set(item.fixturenames)
        if commits or "worker_process" in item.fixturenames:
            item.add_marker(pytest.mark.servers)
    if not config.getoption("thorough"):
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left_out)
    yield
    # After the browser's parameter has moved its tests to the middle.
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, not _commits(item)))


# --- The database -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, pdfs_made_once, files_read_once):
    """The test database; whatever still has it open at the end, such as the live server, is cut off."""
    from django.core.management.commands import flush
    from django.db import connection

    from cpc.core.audit.tests.remembering import remember_untouched

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # What migrations did came before the day on which the tests take place.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_event SET at = '2026-01-01Z'")
        cursor.execute("SET session_replication_role = DEFAULT")
        remember_untouched()
    # Deleting from almost empty tables takes a tenth of the time of truncating them. The lock waits, as truncating
    # does, for a request that is still being answered, so that its rows are deleted too.
    connection.ops.sql_flush = lambda style, tables, **_: [
        f"LOCK TABLE {', '.join(map(connection.ops.quote_name, tables))}",
        "SET session_replication_role = replica",
        *(f'DELETE FROM "{table}"' for table in tables),
        "SET session_replication_role = DEFAULT",
    ]
    # Nor are all triggers compiled and all permissions written again: the tables are as they were but for their rows,
    # and what migrations wrote is put back by ``seeded``.
    flush.emit_post_migrate_signal = lambda *_, **__: None
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


PUT_BACK = pytest.StashKey()


@pytest.fixture(scope="session")
def seeds(request, django_db_setup, django_db_blocker):
    """Keeps what migrations wrote, by table, to be put back when a test that commits has emptied the tables."""
    from cpc.core.audit.tests.remembering import fill_emptied, read_tables

    def put_back():
        with django_db_blocker.unblock():
            fill_emptied(kept)

    with django_db_blocker.unblock():
        kept = read_tables()
    request.config.stash[PUT_BACK] = put_back
    yield
    put_back()  # so that a kept test database is whole again


@pytest.fixture(autouse=True)
def seeded(request):
    """A test that commits, as every browser test does, leaves what migrations wrote."""
    if _commits(request.node):
        request.getfixturevalue("seeds")
        request.getfixturevalue("transactional_db")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Puts it back at once: in a database that lacks it, every builder after this test would build for real."""
    yield
    if nextitem and _commits(item) and PUT_BACK in item.config.stash:
        item.config.stash[PUT_BACK]()


# --- The day ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def on_the_day(request):
    """The clock shows the builders’ day, so that no test grows old. A browser, a worker and a story have their own.

    A test that lives on another day travels there itself.
    """
    if {"live_server", "worker_process", "the_story"} & set(request.fixturenames):
        yield
        return
    from cpc.core.accounts.tests.builders import TODAY

    with time_machine.travel(datetime.combine(TODAY, datetime_time(9), tzinfo=UTC), tick=True):
        yield


# --- Cache and broker -------------------------------------------------------------------------------------------


@cache
def redis_server(address):
    """One connection for all tests: to make it takes ten times as long as to ask for a test's keys."""
    return redis.Redis.from_url(address)


def forget_keys():
    """Deletes what this run has put in the cache and the broker, and nothing of anybody else's."""
    server = redis_server(settings.REDIS_URL)
    prefix = settings.CACHES["default"]["KEY_PREFIX"]
    if keys := list(server.scan_iter(f"*{prefix}:*", count=1000)):
        server.delete(*keys)


@pytest.fixture(autouse=True)
def clean_cache(request):
    """Nothing that an earlier test left in the cache, such as a count of wrong passwords, is met by the next."""
    if {"db", "transactional_db", "live_server", "client"} & set(request.fixturenames):
        forget_keys()


@pytest.fixture(autouse=True)
def not_for_a_worker(request, monkeypatch):
    """No worker is told of what a test commits: the one of an earlier test still runs, and would send its messages."""
    if _commits(request.node) and "worker_process" not in request.fixturenames:
        monkeypatch.setattr("cpc.core.documents.worker_notice._down_until", float("inf"))


@pytest.fixture(scope="session")
def smtp_sink():
    """A real SMTP server on this machine: `smtp_sink.messages` are the messages that it has taken."""

    class Kept:
        def __init__(self):
            self.messages = []

        async def handle_DATA(self, server, session, envelope):
            message = email.message_from_bytes(envelope.content, policy=policy.default)
            message.recipients = envelope.rcpt_tos
            self.messages.append(message)
            return "250 Kept"

    kept = Kept()
    kept.port = free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def worker_process(smtp_sink, django_db_setup, tmp_path_factory):
    """One real Celery worker for the session, on this session's test database, broker name and SMTP sink."""
    from django.db import connection

    address = urlsplit(os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/cpc")
    database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cpc.tests.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_sink.port}",
        "CONN_MAX_AGE": "0",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "cpc",
        "worker",
        "-c",
        "1",
        "-l",
        "INFO",
        "-n",
        f"{os.getpid()}@%h",
    ]
    command += ["--without-mingle", "--without-gossip", "--without-heartbeat"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    until = time.monotonic() + 60
    while "ready." not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            pytest.fail(f"The Celery worker did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.05)
    process.log = log
    yield process
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture
def celery_worker(worker_process, smtp_sink, transactional_db):
    """The real worker is running, and the SMTP sink is empty; `celery_worker.log` is what the worker says."""
    smtp_sink.messages.clear()
    return worker_process


# --- Files ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """``made_once(key, make)``: the bytes of ``make()``, which are made once a run, whichever process asks for them."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "made"
    folder.mkdir(exist_ok=True)

    def once(key, make):
        kept = folder / hashlib.sha256(key).hexdigest()
        if not kept.exists():
            half = kept.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            half.write_bytes(make())
            half.rename(kept)  # another process finds the whole file or none
        return kept.read_bytes()

    return once


@pytest.fixture(scope="session")
def pdfs_made_once(made_once):
    """A PDF is made once a run: many tests send the same letters to the same family."""
    from cpc.core.documents import pdf

    @wraps(pdf.to_pdf.__wrapped__)
    def to_pdf(html):
        return made_once(html.encode(), lambda: to_pdf.__wrapped__(html))

    pdf.to_pdf = to_pdf


@pytest.fixture
def no_kept_pdfs(monkeypatch):
    """Every PDF is made again: a test that compares two of them then compares more than the kept file with itself."""
    from cpc.core.documents import pdf

    monkeypatch.setattr(pdf, "to_pdf", pdf.to_pdf.__wrapped__)


@pytest.fixture(scope="session")
def files_read_once(made_once):
    """A file is read or drawn again by a sandboxed process once a run: many tests upload the same report.

    What the process refuses, or does not finish, is not kept.
    """
    from cpc.core.documents import sandbox

    @wraps(sandbox.run)
    def run(module, argument, body, seconds):
        def read():
            done = run.__wrapped__(module, argument, body, seconds)
            done.check_returncode()
            return done.stdout

        try:
            return subprocess.CompletedProcess([], 0, made_once(f"{module} {argument} ".encode() + body, read))
        except subprocess.CalledProcessError as refused:
            return subprocess.CompletedProcess([], refused.returncode, refused.stdout)

    sandbox.run = run


@pytest.fixture
def no_kept_files(monkeypatch):
    """Every file is read or drawn again in a process of its own: for tests of these processes."""
    from cpc.core.documents import sandbox

    monkeypatch.setattr(sandbox, "run", getattr(sandbox.run, "__wrapped__", sandbox.run))


# --- The browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's own browser, with nothing that would reach out of this machine."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": browser, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def phone(new_context):
    """A page as wide as a small phone's."""
    return new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).new_page()


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` fails where the page breaks WCAG 2.2 AA, and says what and where."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    program = Axe()

    def check(page):
        found = program.run(page, options=options)
        said = [
            f"{v['id']}: {v['help']}\n    " + "\n    ".join(node["html"] for node in v["nodes"])
            for v in found.response["violations"]
        ]
        assert not said, f"{page.url} has accessibility faults:\n" + "\n".join(said)

    return check
