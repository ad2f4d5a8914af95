"""A throw-away database is filled with conferences: the history of a large authority, and its work of today.

For benches only: it writes past the door, with triggers and foreign keys asleep. What is in proportion, and to what,
is in ``SHAPE``; whatever a table needs and nobody cares about here is empty.
"""

import io
import time
from pathlib import Path

from django.db import connection, transaction

from families.people.rules.search import search_index

SHAPE = """Four conferences a family; two children and two adults in each; ten people invited to a conference, eight
of them professionals; three reports and a record for each that was held, one copy and one document of
it, two messages, three looks at a child for each child, two events on the trail. Every 100th family is
restricted, every 50th lives at a protected address. One conference in a hundred was declined, one in
fifty cancelled. Of the families, the latest have work under way."""
SQL = Path(__file__).with_name("million.sql")
# How last names begin and end, and first names: all invented, the common ones first.
STARTS, ENDS, FIRST = (line.split() for line in Path(__file__).with_name("names.txt").read_text().splitlines())
MIDDLES = ["", "er", "ing", "le", "o", "wen"]


def names() -> tuple[list[str], list[str]]:
    """(first names, last names), all invented, the common ones first."""
    last = [start + middle + end for middle in MIDDLES for end in ENDS for start in STARTS]
    return FIRST, [name.capitalize() for name in last]


PEOPLE = ("accounts_", "families_")  # the tables that a search reads


def fill(conferences: int, live: int, tell=print, only=()) -> None:
    """The database holds this many conferences; its work under way is that of ``live`` times the largest authority's.

    ``only`` names the beginnings of the tables that are filled, where not all are.
    """
    families = conferences // 4
    first, last = names()
    number = {
        "conferences": conferences, "families": families, "block": max(10, conferences // 100), "firsts": len(first),
        "lasts": len(last), "chairs": max(6, conferences // 25_000), "professionals": max(60, conferences // 50),
        "teams": max(4, families // 4_000), "booked": 420 * live, "agreed": 60 * live, "asked": 20 * live,
        "open_plans": 840 * live,
    }  # fmt: skip
    for name in ("booked", "agreed", "asked", "open_plans"):  # a small trial has little under way
        number[name] = min(number[name], conferences // 20)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica; SET LOCAL work_mem = '256MB'; SELECT setseed(0.5)"
        )
        for table, words in (("bench_first", first), ("bench_last", last)):
            cursor.execute(f"CREATE TEMP TABLE {table} (n int PRIMARY KEY, word text, search_index tsvector)")
            _copy(cursor, table, ((n, word, search_index([word])) for n, word in enumerate(words)))
        cursor.execute("CREATE TEMP TABLE bench_number (n int PRIMARY KEY, search_index tsvector)")
        _copy(cursor, "bench_number", ((n, search_index([f"CN-{n:07}"])) for n in range(1, families + 1)))
        indexes = _without_indexes(cursor)
        for statement in _statements(SQL.read_text().format(**number)):
            if only and statement.startswith("INSERT INTO") and not statement.split()[2].startswith(only):
                continue
            began = time.perf_counter()
            cursor.execute(statement)
            if (took := time.perf_counter() - began) > 5:
                tell(f"  {statement.split('(')[0].strip()}: {cursor.rowcount:,} rows, {took:.0f} s", flush=True)
        began = time.perf_counter()
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        for index in indexes:
            once = time.perf_counter()
            cursor.execute(index)
            if (took := time.perf_counter() - once) > 10:
                tell(f"    {index[:90]}: {took:.0f} s", flush=True)
        tell(f"  indexes: {time.perf_counter() - began:.0f} s", flush=True)
        _sequences(cursor)
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute("VACUUM ANALYZE")
        tell(f"  VACUUM ANALYZE: {time.perf_counter() - began:.0f} s")


def _without_indexes(cursor) -> list[str]:
    """Every index that is no constraint's is gone, which makes writing far faster; how each is made again."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "JOIN pg_class c ON c.oid = indrelid "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '%event' "
        "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    # A room or a chair that is in one place at a time is found row by row, which takes half of all the filling.
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x' "
        "AND conrelid = 'convening_conference'::regclass"
    )
    bound = cursor.fetchall()
    for table, name, _ in bound:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    again = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how in bound]
    return [made for _, made in found] + again


def _copy(cursor, table, rows) -> None:
    """The rows are in the table."""
    lines = ("\t".join(map(str, row)) for row in rows)
    cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO("\n".join(lines)))


def _statements(text) -> list[str]:
    """The statements, each INSERT INTO table (column = expression, …) FROM … written out with what the table needs."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [_whole(each.strip()) for each in "\n".join(lines).rstrip().rstrip(";").split(";\n") if each.strip()]


def _whole(statement) -> str:
    """``FILL table FROM source; column := expression`` as an INSERT that gives every other needed column nothing."""
    if not statement.startswith("FILL "):
        return statement
    head, *columns = [line.strip() for line in statement.splitlines() if line.strip()]
    table, source = head.removeprefix("FILL ").split(" FROM ", 1)
    given = dict(line.split(" := ", 1) for line in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass "
            "AND attnum > 0 "
            "AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = ''", [table],
        )  # fmt: skip
        for name, kind in cursor.fetchall():
            given.setdefault(name, NOTHING.get(kind, "''"))
    names, values = ", ".join(given), ",\n  ".join(given.values())
    return f"INSERT INTO {table} ({names}) SELECT\n  {values}\nFROM {source}"


NOTHING = {
    "boolean": "false", "integer": "0", "smallint": "0", "bigint": "1", "timestamp with time zone": "now()",
    "date": "current_date", "jsonb": "'{}'", "uuid": "gen_random_uuid()", "character varying[]": "'{}'",
}  # fmt: skip


def _sequences(cursor) -> None:
    """What is written after this gets ids of its own."""
    cursor.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND is_identity = 'YES' "
        "AND table_schema = 'public'"
    )
    for (table,) in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))"
        )
