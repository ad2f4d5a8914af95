"""Searches a million people as four roles, on a throw-away database; prints how long each search takes.

Run as: python bench/search.py [--people 1000000] [--keep]. One line for each thing that is typed and each role: how
many people were found, the median of five searches in milliseconds, how much of that PostgreSQL took, and the slowest
statement.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cpc.tests.settings")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from bench import million
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import viewer_of
from families.people.models import NameWord, Person
from families.people.queries.duplicates import likely_duplicates
from families.people.queries.search import search

ROLES = {"service manager": 1, "chair": 101, "team manager": 1001, "social worker": 2001}


def what_is_typed(child):
    """(how, what): the ways in which people look for somebody."""
    first, last = child.first_name, child.last_name
    yield "a common last name", last
    yield "first and last name", f"{first} {last}"
    yield "a slip in the last name", last[:-2] + last[-1]
    yield "two letters changed about", f"{first} {last[:2]}{last[3]}{last[2]}{last[4:]}"
    yield "as it sounds", f"{first} {last.replace('ck', 'k').replace('w', 'wh')}"
    yield "the beginnings of both", f"{first[:3]} {last[:3]}"
    yield "two letters", last[:2]
    yield "name and date", f"{last} {child.born_on:%d/%m/%Y}"
    yield "a date", f"{child.born_on:%d/%m/%Y}"
    yield "a number", child.case_system_id
    yield "nobody", "Zzyzx Qwrtp"


def measure(call):
    """(what it answered, median milliseconds, milliseconds of them in PostgreSQL, of the slowest statement)."""
    call()
    took, asked = [], []
    for _ in range(5):
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            answer = call()
            took.append(1000 * (time.perf_counter() - began))
        times = [1000 * float(query["time"]) for query in captured.captured_queries]
        asked.append((sum(times), max(times, default=0)))
    return answer, statistics.median(took), *map(statistics.median, zip(*asked, strict=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="keep the database, and use it where it is filled already")
    options = parser.parse_args()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False, keepdb=options.keep, serialized_aliases=[])
    try:
        if not Person.objects.exists():
            began = time.perf_counter()
            million.fill(options.people, 1, only=million.PEOPLE)
            print(f"Filled in {time.perf_counter() - began:.0f} s", flush=True)
        print(f"{Person.objects.count():,} people, {NameWord.objects.count():,} different words in names", flush=True)
        child = Person.objects.get(pk=4 * (options.people // 8) - 3)
        today = timezone.localdate()
        for how, typed in what_is_typed(child):
            for role, pk in ROLES.items():
                viewer = viewer_of(User.objects.get(pk=pk), today)
                found, *times = measure(lambda viewer=viewer, typed=typed: search(viewer, typed))
                people = f"{len(found.people)}{'+' if found.more else ''}"
                print(f"{how:27} {role:16} {people:>4}  " + "  ".join(f"{each:7.0f}" for each in times), flush=True)
        viewer = viewer_of(User.objects.get(pk=1), today)
        details = {"first_name": child.first_name, "last_name": child.last_name, "born_on": child.born_on}
        found, *times = measure(lambda: likely_duplicates(viewer, **details))
        print(f"{'likely duplicates':44} {len(found):>4}  " + "  ".join(f"{each:7.0f}" for each in times))
    finally:
        if not options.keep:
            teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
