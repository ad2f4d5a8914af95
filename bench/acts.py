"""Prints what the guard and the history cost a statement that writes one row: decision 23 has the numbers.

    python bench/acts.py

It makes a test database beside the one that DATABASE_URL names, on this machine, and drops it.
"""

import os
import re
import statistics
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "cpc.tests.settings"

import django

django.setup()

from django.db import connection

from cpc.core.accounts.models import Team
from cpc.core.accounts.permissions import Permission, system
from cpc.core.audit.door import acting

ACTS, ROUNDS, WRITES = 5000, 10, 150
TRIGGER = re.compile(r"Trigger pgtrigger_(\w+)_[0-9a-f]{5}: time=([\d.]+)")


def measured() -> dict[str, list[float]]:
    """The microseconds that each trigger took for each of the writes."""
    by, found = system(date(2026, 11, 20)), defaultdict(list)
    for _ in range(ACTS):
        with acting(by, Permission.SET_UP):
            pass
    with acting(by, Permission.SET_UP):
        team = Team.objects.create(name="North", kind="social_work")
    for _ in range(ROUNDS):
        with acting(by, Permission.SET_UP), connection.cursor() as cursor:
            for number in range(WRITES):
                update = "EXPLAIN (ANALYZE) UPDATE accounts_team SET name = %s WHERE id = %s"
                cursor.execute(update, [f"Team {number}", team.pk])
                for (line,) in cursor.fetchall():
                    if took := TRIGGER.match(line):
                        found[took[1]].append(float(took[2]) * 1000)
    return found


if __name__ == "__main__":
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for trigger, took in measured().items():
            sys.stdout.write(f"{trigger}: {statistics.median(took):.0f} µs, at best {min(took):.0f} µs\n")
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
