"""Whether a demonstration's database was made by this version: its migrations, as they were when they ran, say so."""

import hashlib
import json

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

TABLE = "django_migrations"  # its comment holds the digest of each migration that ran
FRESH = "This demonstration was made by another version of CPC: run bin/demo --fresh to begin again."
OWN = "The database of DATABASE_URL was filled by another version of CPC: empty it, or name another one."


def made_by_another_version() -> bool:
    """Whether a migration ran on this database that this version has not, or has with other contents.

    A database on which nothing ran is no other version's; what this version adds is still to run. Two queries.
    """
    if not MigrationLoader(connection).applied_migrations:
        return False
    stored = _stored()
    return not stored or not stored.items() <= _digests().items()


def remember_version() -> None:
    """Stores in the database which migrations it is made by; before they run, so that an interrupted run can go on."""
    MigrationRecorder(connection).ensure_schema()
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {TABLE} IS %s", [json.dumps(_digests())])


def _stored() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [TABLE])
        return json.loads(cursor.fetchone()[0] or "{}")


def _digests() -> dict[str, str]:
    """For each migration of ours the digest of its file."""
    found = {}
    for (app, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        path = settings.BASE_DIR.joinpath(*migration.__module__.split(".")).with_suffix(".py")
        if path.exists():
            found[f"{app}.{name}"] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return found
