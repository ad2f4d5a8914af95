"""A database that another version made is recognised before a migration fails on it."""

import json

import pytest
from django.db import connection

from demo import version

pytestmark = pytest.mark.django_db


def store(comment):
    """The database says this of how it was made."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE {version.TABLE} IS %s", [comment])


def stored():
    """What the database says of how it was made: {migration: digest of its file}."""
    version.remember_version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass)", [version.TABLE])
        return json.loads(cursor.fetchone()[0])


def test_a_database_of_this_version_is_recognised_and_so_is_one_that_lacks_what_this_version_adds():
    digests = stored()
    assert len(digests) > 10 and not version.made_by_another_version()
    digests.popitem()
    store(json.dumps(digests))
    assert not version.made_by_another_version()


@pytest.mark.parametrize("name", ["families.0001_initial", "families.0099_gone"])
def test_a_migration_that_ran_with_other_contents_or_is_gone_is_another_versions(name):
    store(json.dumps(stored() | {name: "other"}))
    assert version.made_by_another_version()


def test_a_database_that_does_not_say_what_made_it_is_another_versions():
    store(None)
    assert version.made_by_another_version()


def test_an_empty_database_is_nobodys():
    store(None)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {version.TABLE}")
    assert not version.made_by_another_version()
