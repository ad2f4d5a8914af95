"""Check before an installation is used: the trail holds against the application itself."""

from django.core.checks import Error, register
from django.db import DatabaseError, connection

from cpc.core.audit import rights, triggers


@register("audit", deploy=True)
def the_trail_holds(app_configs, **kwargs):
    """No error if the connected role has exactly its rights and every trigger is in place. Seven queries."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            [role] = cursor.fetchone()
            return [*_role(cursor, role), *_triggers(cursor)]
    except DatabaseError as refused:
        return [Error(f"The database does not answer: {refused}".strip(), id="audit.E004")]


def _role(cursor, role):
    hint = f"Run manage.py grant {role} as the owner of the tables, after each migration."
    if wrong := [*rights.what_is_too_much(cursor, role), *rights.what_may_be_made(cursor, role)]:
        return [
            Error(
                f"The database role {role} can do more than read and write rows: it {', '.join(wrong)}.",
                hint="Let DATABASE_URL name a role of its own for the application, made by createuser, and run "
                "docs/how-to/files/no-large-objects.sql in this database as a superuser. Then: " + hint,
                id="audit.E001",
            )
        ]
    held, needed = rights.rights_held(cursor, role), rights.rights_needed()
    return [
        Error(f"The database role {role} {words}: {_in_words(found)}.", hint=hint, id="audit.E002")
        for words, found in (("may do too much", held - needed), ("may do too little", needed - held))
        if found
    ]


def _triggers(cursor):
    if gone := triggers.missing(cursor):
        return [
            Error(
                f"{len(gone)} triggers that guard the tables are missing, turned off or not up to date, such as "
                f"{gone[0].pgid} on {gone[0].table}.",
                hint="Run manage.py migrate as the owner of the tables.",
                id="audit.E003",
            )
        ]
    return []


def _in_words(found) -> str:
    kinds = sorted({f"{right} on {table}" for table, _, right in found})
    return ", ".join(kinds[:5]) + (f" and {len(kinds) - 5} more" if len(kinds) > 5 else "")
