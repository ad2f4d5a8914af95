"""Shows how soon others see what a chair types, and what it costs: conferences at once, twelve polling pages each.

    python bench/live.py [CONFERENCES] [SECONDS]

Servers and pages are on this machine. It makes a test database and drops it. A page polls as static/js/live.js does.
"""

import http.client
import json
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
CONFERENCES = int(sys.argv[1]) if len(sys.argv) > 1 else 15
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 40
PAGES, EVERY, TYPES_EVERY, FULL, ROOM_FULL = 12, 2.0, 6.0, 10, 2
KEYS = ("reason-0-0", "worried-0-0", "working_well-0-0", "needs_to_happen-0-0")


class Browser:
    """One page of one conference: its own connection and session."""

    def __init__(self, port, session, conference):
        self.port, self.session, self.conference = port, session, conference
        self.connection = None

    def ask(self, method, path, body=None, headers=()):
        sent = {"Cookie": f"sessionid={self.session}; csrftoken={'c' * 32}", **dict(headers)}
        for again in (True, False):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                return answer, answer.read()
            except (http.client.HTTPException, OSError):
                self.connection = None
                if not again:
                    raise
        return None


class Measured:
    """What all pages saw: when each version was acknowledged, and when it was shown where."""

    def __init__(self):
        self.acknowledged, self.shown, self.counts = {}, defaultdict(list), defaultdict(int)
        self.lock, self.until = threading.Lock(), 0.0

    def saw(self, where, conference, key, version):
        now = time.monotonic()
        with self.lock:
            began = self.acknowledged.get((conference, key, version))
            if began is not None:
                self.shown[where].append(now - began)


def follow(browser, token, measured, room):
    """Polls as the page does, until the time is up."""
    have, number, asked = {}, "", 0
    time.sleep(random.uniform(0, EVERY))
    while time.monotonic() < measured.until:
        full = asked % (ROOM_FULL if room else FULL) == 0
        asked += 1
        path = f"/conferences/{browser.conference}/meet/{'room' if room else 'since'}/"
        if not room:
            path += "?have=" + ",".join(f"{key}.{version}" for key, version in have.items())
        headers = {"X-Poll": "1", "X-Poll-Token": token, "X-Poll-Number": "" if full else number}
        answer, body = browser.ask("GET", path, headers=headers)
        number = answer.headers.get("X-Poll-Number", "")
        measured.counts[answer.status] += 1
        if answer.status == 200 and room:
            for key, version in re.findall(r"note/([a-z_0-9-]+)/([0-9]+) ", body.decode()):
                if have.get(key) != version:
                    measured.saw("the room", browser.conference, key, int(version))
                have[key] = version
        elif answer.status == 200:
            for note in json.loads(body)["notes"]:
                if have.get(note["key"]) != note["version"]:
                    measured.saw("a page", browser.conference, note["key"], note["version"])
                have[note["key"]] = note["version"]
        time.sleep(EVERY)


def write(browser, measured):
    """Types into one note after another, each saved as the page saves it."""
    version = defaultdict(int)
    time.sleep(random.uniform(0, TYPES_EVERY))
    while time.monotonic() < measured.until - 5:
        key = random.choice(KEYS)
        coming = version[key] + 1
        text = f"note/{key}/{coming} {'What somebody said at the conference. ' * 8}"
        body = f"key={key}&note-{key}={text.replace(' ', '+')}&audience-{key}=everyone&version-{key}={version[key]}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": "c" * 32}
        headers |= {"X-Part": "1", "Origin": f"http://127.0.0.1:{browser.port}"}
        began = time.monotonic()
        answer, said = browser.ask("POST", f"/conferences/{browser.conference}/meet/note/", body, headers)
        measured.counts[f"save {answer.status}"] += 1
        if answer.status == 200:
            version[key] = json.loads(said)["version"]
            measured.acknowledged[browser.conference, key, version[key]] = time.monotonic()
            measured.shown["saving"].append(time.monotonic() - began)
        time.sleep(random.uniform(TYPES_EVERY * 0.5, TYPES_EVERY * 1.5))


def processor_seconds(pid):
    """User and system time of a process and of all that it started."""
    parts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(parts[11]) + int(parts[12])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return ticks / os.sysconf("SC_CLK_TCK") + sum(processor_seconds(child) for child in children)


def told(name, seconds):
    found = sorted(seconds)
    if found:
        high = found[min(len(found) - 1, int(len(found) * 0.95))]
        print(f"{name:<12} {statistics.median(found):6.2f} s in the middle, {high:6.2f} s at the 95th percentile"
              f"  ({len(found)} times)")  # fmt: skip


def measure(server, port, pages):
    """Runs all pages of all conferences against the web server, and prints what they saw."""
    measured, threads = Measured(), []
    measured.until = time.monotonic() + SECONDS
    for pk, (chair, reader) in pages.items():
        browsers = [(reader, False)] * (PAGES - 2) + [(chair, False), (chair, True)]
        for (session, token), room in browsers:
            page = Browser(port, session, pk)
            threads.append(threading.Thread(target=follow, args=(page, token, measured, room)))
        threads.append(threading.Thread(target=write, args=(Browser(port, chair[0], pk), measured)))
    began, before = time.monotonic(), processor_seconds(server.pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cost, lasted = processor_seconds(server.pid) - before, time.monotonic() - began
    print(f"{len(pages)} conferences, {PAGES} polling pages each, {lasted:.0f} s")
    for name in ("a page", "the room", "saving"):
        told(name, measured.shown[name])
    print(
        "answers     ", ", ".join(f"{count} x {status}" for status, count in sorted(measured.counts.items(), key=str))
    )
    print(f"web server   {cost:.1f} s of processor time: {cost / lasted:.0%} of one core")


def main():
    from servers import Processes, postgres, valkey

    with tempfile.TemporaryDirectory(prefix="live-", dir=ROOT / ".local") as folder:
        processes = Processes(Path(folder) / "logs")
        try:
            if not os.environ.get("DATABASE_URL"):
                os.environ["DATABASE_URL"] = postgres(processes, Path(folder) / "postgresql", durable=False)
            if not os.environ.get("REDIS_URL"):
                os.environ["REDIS_URL"] = valkey(processes, Path(folder) / "valkey", durable=False)
            os.environ |= {"DJANGO_SETTINGS_MODULE": "cpc.tests.settings", "CPC_HTTPS": "off"}
            prepare(processes)
        finally:
            processes.stop()


def prepare(processes):
    """Makes the conferences and starts the web server on them, then measures."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases
    from servers import free_port

    made = setup_databases(verbosity=0, interactive=False)
    try:
        pages = conferences()
        parts = urlsplit(os.environ["DATABASE_URL"])
        env = os.environ | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))}
        port = free_port()
        options = "--worker-class gthread --workers 2 --threads 8 --keep-alive 10 --preload --no-control-socket"
        gunicorn = [sys.executable, "-m", "gunicorn", "cpc.wsgi", *options.split(), "--bind", f"127.0.0.1:{port}"]
        server = processes.start("web server", gunicorn, env=env)
        processes.wait(lambda: is_up(port), "web server")
        measure(server, port, pages)
        server.terminate()
        server.wait(10)
        connection.close()
    finally:
        teardown_databases(made, verbosity=0)


def conferences():
    """Conferences being held today: for each its chair's and its administrator's session, with their tokens."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from conferences.tests.meeting import an_open_sitting, mark
    from cpc.core.policy.queries import calendar
    from families.tests.builders import the_marlows

    def signed_in(user, conference):
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        page = client.get(reverse("conferences:meet", args=[conference.pk])).content.decode()
        return client.cookies["sessionid"].value, re.search(r'data-poll-token="([^"]+)"', page)[1]

    pages, first, day = {}, the_marlows(), timezone.localdate()
    for number in range(CONFERENCES):
        marlows = the_marlows(first.council, name=f"Bench{number}") if number else first
        # Nobody sits in two conferences at once: each is on a working day of its own, and all are open.
        day = calendar().previous_working_day(day)
        conference = mark(an_open_sitting(day, marlows=marlows)).conference
        day -= timedelta(days=1)
        pages[conference.pk] = (
            signed_in(conference.chair, conference),
            signed_in(conference.administrator, conference),
        )
    return pages


def is_up(port):
    """Whether the web server answers."""
    try:
        return Browser(port, "", 0).ask("GET", "/account/login/")[0].status == 200
    except OSError:
        return False


if __name__ == "__main__":
    main()
