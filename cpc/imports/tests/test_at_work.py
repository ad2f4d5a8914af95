"""A worker at an import: killed in the middle, beating while it lives, and how the bar moves as it goes."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import a_council, viewer
from cpc.core.audit.door import acting
from cpc.imports import progress
from cpc.imports.actions.bringing import start_loading
from cpc.imports.actions.people import load_people
from cpc.imports.actions.plans import load_plans
from cpc.imports.choices import ImportState
from cpc.imports.rules.columns import BY_NAME
from cpc.imports.rules.rows import read_sheet
from cpc.imports.tasks import DEAD_SECONDS, alive, work
from cpc.imports.tests.made import families
from cpc.imports.tests.test_imports import bring, everything


def until(what, seconds=20):
    """What ``what()`` answers as soon as it is something."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "It did not come to that in time."
        time.sleep(0.02)
    return found


def waiting_for_plans():
    """The processes of the database that would write a plan, and wait until they may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'plans_protectionplan'::regclass")
        return [pid for (pid,) in cursor.fetchall()]


def is_at_work(pid):
    """Whether this process of the database is still there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone() is not None


def hands_of(worker):
    """The process that does the work of a Celery worker: the one that the system kills when memory runs out."""
    listed = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return int(listed[0]) if listed else None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_load_leaves_nothing_and_the_next_loads_all(celery_worker):
    council = a_council()
    run = bring(council, families(3))
    start_loading(by=viewer(council.users.system_administrator), run=run)
    before, key = everything(), f"import-at-work:{run.pk}"
    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody can write a plan while this holds: the worker stops there, with people and families behind it.
        cursor.execute("LOCK TABLE plans_protectionplan IN EXCLUSIVE MODE")
        work.delay()
        [writing] = until(waiting_for_plans)
        assert 50 < progress.percent_of(run.pk) < 100
        dead = hands_of(celery_worker)
        os.kill(dead, signal.SIGKILL)
    until(lambda: not is_at_work(writing))
    run.refresh_from_db()
    assert (run.state, everything()) == (ImportState.LOADING, before)
    assert work() == 0  # the dead worker's minute is not over: somebody slow is not taken for dead
    assert cache.touch(key, 1)
    until(lambda: cache.get(key) is None)
    until(lambda: hands_of(celery_worker) not in (None, dead))
    work.delay()
    until(lambda: run.refresh_from_db() or run.state == ImportState.LOADED)
    assert {name: run.counts[name] for name in ("people", "families", "plans", "events", "meetings")} == {
        "people": 9, "families": 3, "plans": 6, "events": 24, "meetings": 3,
    }  # fmt: skip
    assert everything() != before
    until(lambda: cache.get(key) is None)


def left_of(key) -> int:
    """How many seconds the key would still stay."""
    return cache._cache.get_client(key).ttl(cache.make_and_validate_key(key))


def test_a_worker_says_that_it_is_alive_as_long_as_it_works_and_no_longer():
    key = f"import-at-work:test-{os.getpid()}"
    assert cache.add(key, 1, 2)
    with alive(key, every=0.05):
        until(lambda: left_of(key) > DEAD_SECONDS - 5)
        cache.touch(key, 1)
        until(lambda: left_of(key) > DEAD_SECONDS - 5)  # again and again, however long a statement takes
        assert not cache.add(key, 1, DEAD_SECONDS)  # so no other worker takes it up
    assert cache.add(key, 1, DEAD_SECONDS)
    time.sleep(0.2)
    assert 0 < left_of(key) <= DEAD_SECONDS
    cache.touch(key, 2)
    time.sleep(0.2)
    assert left_of(key) <= 2  # its beat has stopped with it
    cache.delete(key)


def test_the_bar_moves_with_every_part_of_the_rows_within_its_own_stretch():
    told, rows = [], range(progress.AT_A_TIME * 2 + 1)
    parts = list(progress.in_parts(rows, progress.stretch(told.append, 1, 30)))
    assert [row for part in parts for row in part] == list(rows)
    assert told == sorted(told) and len(told) == len(parts) == 3
    assert 1 < told[0] < told[-1] == 30


@pytest.mark.django_db
def test_a_load_tells_how_far_it_is_and_never_goes_back():
    council, told = a_council(), []
    by = viewer(council.users.system_administrator)
    rows = {name: read_sheet(BY_NAME[name], *typed(name, each))[0] for name, each in families(3).items()}
    with acting(by, Permission.IMPORT_RECORDS):
        load_people(rows, by, told.append)
        assert told == sorted(set(told)) and len(told) >= 3
        told.clear()
        load_plans(rows, by, told.append)
    assert told == sorted(set(told)) and len(told) >= 3


def typed(name, rows):
    """(headings, numbered cells) of the rows of one sheet."""
    headings = BY_NAME[name].headings
    return headings, [(number, [row.get(one) for one in headings]) for number, row in enumerate(rows, start=2)]
