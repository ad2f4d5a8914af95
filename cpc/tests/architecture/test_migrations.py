"""The migrations make the tables that the models describe, and do it in seconds."""

import io
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db.migrations.operations import RunPython, RunSQL

from cpc.core.audit.at_once import AtOnce
from cpc.tests.architecture.places import our_files

pytestmark = pytest.mark.servers
MANY = 10


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_a_long_migration_that_moves_no_data_is_done_at_once():
    slow = []
    for path in our_files("migrations/0*.py"):
        migration = import_module(".".join(path.with_suffix("").parts)).Migration
        moves = any(isinstance(operation, RunPython | RunSQL) for operation in migration.operations)
        if len(migration.operations) > MANY and not moves and not issubclass(migration, AtOnce):
            slow.append(str(path))
    assert slow == [], "write 'class Migration(AtOnce)', from cpc.core.audit.at_once"
