"""Prints how long ten thousand children take to bring in: the file read and checked, then loaded, with what memory.

    python bench/imports.py --families 5000

It makes a database beside the one that DATABASE_URL names, and drops it. What runs is the task that the worker runs.
"""

import argparse
import os
import resource
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cpc.tests.settings"

import django

warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a benchmark
django.setup()

from django.db import connections
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import RoleHeld, Team, User
from cpc.core.accounts.permissions import Permission, system, viewer_of
from cpc.core.audit.door import acting
from cpc.imports import actions, progress
from cpc.imports.choices import ImportState
from cpc.imports.tasks import work
from cpc.imports.tests.made import families, spreadsheet
from families.cases.models import Family
from families.people.models import Person


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Watching(threading.Thread):
    """Looks at the progress as the page does, and keeps when it moved."""

    def __init__(self, run_id):
        super().__init__(daemon=True)
        self.run_id, self.stop, self.moved = run_id, threading.Event(), []

    def run(self):
        """Until it is stopped."""
        last, began = None, time.perf_counter()
        while not self.stop.wait(0.2):
            if (now := progress.percent_of(self.run_id)) != last:
                self.moved.append((time.perf_counter() - began, now))
                last = now
        self.moved.append((time.perf_counter() - began, None))

    def longest(self) -> tuple:
        """The longest that the bar did not move, in seconds, and at how many per cent."""
        self.stop.set()
        self.join()
        return max((b - a, at) for (a, at), (b, _) in zip(self.moved, self.moved[1:], strict=False))


def timed(what, run, do):
    """One line: how long it took, the longest that the bar did not move, the memory."""
    watching = Watching(run.pk)
    watching.start()
    began = time.perf_counter()
    do()
    took = time.perf_counter() - began
    run.refresh_from_db()
    still, at = watching.longest()
    print(f"{what}: {took:.0f} s, the bar stood still for at most {still:.1f} s, at {at}%, {megabytes():.0f} MB; "
          f"{run.get_state_display()}, {run.counts}", flush=True)  # fmt: skip


def killed(by, body):
    """A worker process is killed in the middle of a load: nothing of it stays, and the next worker loads it all."""
    run = actions.bring_in(by=by, file_name="killed.xlsx", body=body)
    work()
    run.refresh_from_db()
    actions.start_loading(by=by, run=run)
    connections.close_all()
    worker = os.fork()
    if not worker:
        work()
        os._exit(0)
    while progress.percent_of(run.pk) < 45 and not os.waitpid(worker, os.WNOHANG)[0]:
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    began = time.perf_counter()
    run.refresh_from_db()
    print(f"Killed at {progress.percent_of(run.pk)}%: {run.get_state_display()}, {Person.objects.count()} people, "
          f"{Family.objects.count()} families", flush=True)  # fmt: skip
    half = Person.objects.count() + Family.objects.count()
    while not work() and time.perf_counter() - began < 120:
        time.sleep(1)
    run.refresh_from_db()
    print(f"Taken up and done after {time.perf_counter() - began:.0f} s: {run.get_state_display()}, "
          f"{Person.objects.count()} people, {Family.objects.count()} families, {run.counts}", flush=True)  # fmt: skip
    return bool(half) or run.state != ImportState.LOADED


def main():
    """A council, a file, the check and the load; twice, for the second writes nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--families", type=int, default=5_000, help="of two children each")
    parser.add_argument("--kill", action="store_true", help="kill a worker in the middle of a load instead")
    options = parser.parse_args()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with acting(system(timezone.localdate()), Permission.SET_UP):
            Team.objects.create(name="North team", kind=TeamKind.SOCIAL_WORK)
            user = User.objects.create(email="ivo@example.org", first_name="Ivo", last_name="Example")
            RoleHeld.objects.create(user=user, role=Role.SYSTEM_ADMINISTRATOR)
        by = viewer_of(user, timezone.localdate())
        body = spreadsheet(families(options.families))
        print(f"{options.families * 2:,} children, {len(body) / 1e6:.1f} MB; {megabytes():.0f} MB before", flush=True)
        if options.kill:
            return killed(by, body)
        for which in ("First time", "Again"):
            run = actions.bring_in(by=by, file_name="old.xlsx", body=body)
            timed(f"{which}, checked", run, work)
            actions.start_loading(by=by, run=run)
            timed(f"{which}, loaded", run, work)
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
