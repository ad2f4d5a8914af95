"""What the application's database role may do with each table, and whether a role has exactly that.

A right is a triple: the table, the column ("" where the right is of the whole table), and what may be done.
"""

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder

from cpc.core.audit.models import Event, Look

COLUMN_RIGHTS = ("SELECT", "INSERT", "UPDATE")
TABLE_RIGHTS = ("DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# Tables that only a migration writes, or that nothing of ours uses.
ONLY_READ = ("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
NOT_USED = ("pghistory_context",)
# A role that holds any of these can do more than rows: the word of PostgreSQL, and how a sentence says it.
ATTRIBUTES = {
    "rolsuper": "is a superuser",
    "rolcreaterole": "may make roles",
    "rolcreatedb": "may make databases",
    "rolreplication": "may replicate the database",
    "rolbypassrls": "may pass over row security",
}
# What makes a large object, which no trigger sees. Only a superuser takes it from everybody: no-large-objects.sql.
LARGE_OBJECTS = ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)")
COLUMNS = """
    SELECT c.relname, a.attname, p.right
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN unnest(%(rights)s) p("right")
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
      AND has_column_privilege(%(role)s, c.oid, a.attnum, p.right)
"""
TABLES = """
    SELECT c.relname, '', p.right FROM pg_class c CROSS JOIN unnest(%(rights)s) p("right")
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = 'public'::regnamespace
      AND has_table_privilege(%(role)s, c.oid, p.right)
"""
OWNED = """
    SELECT relname FROM pg_class WHERE relowner = %(role)s::regrole AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE proowner = %(role)s::regrole
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = %(role)s::regrole
    UNION ALL SELECT datname FROM pg_database WHERE datdba = %(role)s::regrole
"""


def rights_needed() -> set[tuple[str, str, str]]:
    """The rights that the application's role has, and no others.

    It reads everything. It adds to the trail and to the looks. History it only reads: triggers write it. In every other
    table it writes rows, but never gives a row another id.
    """
    models = apps.get_models(include_auto_created=True)
    found = {("django_migrations", column.column, "SELECT") for column in MigrationRecorder.Migration._meta.fields}
    for model in models:
        meta = model._meta
        if meta.proxy or not meta.managed or meta.db_table in NOT_USED:
            continue
        columns = [field.column for field in meta.local_concrete_fields]
        found |= {(meta.db_table, column, "SELECT") for column in columns}
        if meta.db_table in ONLY_READ or hasattr(model, "pgh_tracked_model"):
            continue
        by_itself = {"transaction"} if model is Event else set()
        found |= {(meta.db_table, column, "INSERT") for column in columns if column not in by_itself}
        if model in (Event, Look):
            continue
        found |= {(meta.db_table, column, "UPDATE") for column in columns if column != meta.pk.column}
        found.add((meta.db_table, "", "DELETE"))
    return found


def rights_held(cursor, role: str) -> set[tuple[str, str, str]]:
    """The rights that the role has, of its own, through PUBLIC or through another role. Two queries."""
    cursor.execute(COLUMNS, {"role": role, "rights": list(COLUMN_RIGHTS)})
    found = set(cursor.fetchall())
    cursor.execute(TABLES, {"role": role, "rights": list(TABLE_RIGHTS)})
    return found | set(cursor.fetchall())


def owns_the_tables(cursor) -> bool:
    """Whether the connected role may give rights on the tables, and they are there."""
    cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE relname = %s", [Event._meta.db_table])
    return cursor.fetchone() == (True,)


def what_is_too_much(cursor, role: str) -> list[str]:
    """What makes the role more than a reader and writer of rows, each as a sentence's end: "is a superuser"."""
    cursor.execute(f"SELECT {', '.join(ATTRIBUTES)} FROM pg_roles WHERE rolname = %s", [role])
    found = [words for words, held in zip(ATTRIBUTES.values(), cursor.fetchone(), strict=True) if held]
    cursor.execute("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", [_quoted(role)])
    found += [f"is a member of the role {other}" for (other,) in cursor.fetchall()]
    cursor.execute(OWNED, {"role": _quoted(role)})
    if owned := sorted(name for (name,) in cursor.fetchall()):
        more = f" and {len(owned) - 1} more" if len(owned) > 1 else ""
        found.append(f"is the owner of {owned[0]}{more}")
    return found


def what_may_be_made(cursor, role: str) -> list[str]:
    """What the role may add to the database beside rows: temporary tables, things in its schemas, large objects. Also
    whether its sessions begin with settings of its own, such as another search path.
    """
    cursor.execute(
        "SELECT has_database_privilege(%(role)s, current_database(), 'TEMP'),"
        " has_database_privilege(%(role)s, current_database(), 'CREATE'),"
        " has_schema_privilege(%(role)s, 'public', 'CREATE'),"
        " (SELECT bool_or(has_function_privilege(%(role)s, made, 'EXECUTE')) FROM unnest(%(large)s) made),"
        " EXISTS (SELECT FROM pg_db_role_setting WHERE setrole = %(quoted)s::regrole)",
        {"role": role, "quoted": _quoted(role), "large": [f"pg_catalog.{one}" for one in LARGE_OBJECTS]},
    )
    said = (
        "may make temporary tables", "may make schemas", "may make tables", "may make large objects",
        "has settings of its own",
    )  # fmt: skip
    return [words for words, may in zip(said, cursor.fetchone(), strict=True) if may]


def statements(role: str, database: str) -> list[str]:
    """The SQL that takes every right from the role, and gives it those that it needs."""
    role, database = _quoted(role), _quoted(database)
    kinds: dict[tuple[str, str], list[str]] = {}
    for table, column, right in sorted(rights_needed()):
        kinds.setdefault((table, right), []).append(_quoted(column) if column else "")
    return [
        f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {role}",
        f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        *(
            f"GRANT {right} {'(' + ', '.join(columns) + ')' if any(columns) else ''} ON {_quoted(table)} TO {role}"
            for (table, right), columns in kinds.items()
        ),
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
