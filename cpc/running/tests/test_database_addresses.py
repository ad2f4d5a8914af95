"""Two addresses of one database: the owner’s for what changes tables and rights, the application’s for all else."""

import pytest

from manage import set_database

BOTH = {"DATABASE_URL": "postgres://app@db/cpc", "DATABASE_OWNER_URL": "postgres://owner@db/cpc"}


@pytest.mark.parametrize(
    ("command", "role"), [("migrate", "owner"), ("grant", "owner"), ("check", "app"), ("shell", "app"), ("", "app")]
)
def test_only_what_changes_tables_or_rights_runs_as_their_owner(command, role):
    given = dict(BOTH)
    set_database(command, given)
    assert given["DATABASE_URL"] == f"postgres://{role}@db/cpc"


def test_with_one_address_everything_uses_it():
    given = {"DATABASE_URL": "postgres://postgres@db/cpc"}
    set_database("migrate", given)
    assert given == {"DATABASE_URL": "postgres://postgres@db/cpc"}
