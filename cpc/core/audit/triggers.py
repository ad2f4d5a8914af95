"""Installs the triggers of the models, in a form that no session can turn off.

The trigger library's own form leaves out every trigger that the session's setting ``pgtrigger.ignore`` names, and finds
the tables that it writes by the session's ``search_path``. Here a function has neither: it runs with the rights of the
tables' owner, and with a path of its own. So the application's role needs no right to write history.
"""

import pgtrigger
from django.db import connections
from pgtrigger import registry
from pgtrigger.compiler import UpsertTriggerSql

# Where the path names pg_temp last, a temporary table is never taken for one of ours.
TEMPLATE = """
    CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
        {declare}
        BEGIN
            {func}
        END;
    $$ LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;

    DROP TRIGGER IF EXISTS {pgid} ON {table};
    CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing} {referencing}
        FOR EACH {level} {condition} EXECUTE FUNCTION {execute};

    COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
"""
INSTALLED = """
    SELECT tgrelid::regclass::text, tgname, obj_description(oid, 'pg_trigger'), tgenabled = 'O'
    FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%' AND tgparentid = 0
"""


class PlainTriggerSql(UpsertTriggerSql):
    """The SQL that installs one trigger."""

    def get_template(self):
        return TEMPLATE


def wanted() -> list[PlainTriggerSql]:
    """The triggers of every model, as they should be in the database."""
    return [PlainTriggerSql(**trigger.compile(model).sql.kwargs) for model, trigger in registry.registered()]


def missing(cursor) -> list[PlainTriggerSql]:
    """Those that the database does not have, has in another form, or has turned off. One query."""
    cursor.execute(INSTALLED)
    there = {(table.strip('"'), name): (said, is_on) for table, name, said, is_on in cursor.fetchall()}
    return [sql for sql in wanted() if there.get((sql.table, sql.pgid)) != (sql.hash, True)]


def install(using="default", **_) -> None:
    """After each migration: install what is missing, and remove what no model has any more."""
    with connections[using].cursor() as cursor:
        for sql in missing(cursor):
            cursor.execute(str(sql))
    pgtrigger.prune(database=using)
