"""What a builder makes is made by the real actions once a run; after that its rows are put back as they were written.

Half of a run went into making the same council and the same family again for the next test. What is put back are the
very rows that the actions wrote, history and trail included, so a test cannot tell the difference.
"""

import functools
import io
import pickle
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as time_of_day

import time_machine
from django.db import connection, transaction
from django.utils import timezone

_PLAIN = (str, int, bool, type(None), date)
_untouched = None  # how many acts the migrations wrote: every other write adds one
_clock = None  # of the build that goes on, where one does


def remember_untouched() -> None:
    """The database is as the migrations left it: to be said once, before the first test."""
    global _untouched
    _untouched = _acts()


def remembered(build):
    """``build(…)``, where it is given plain values only and finds nothing in the database, writes for real the first
    time, and is put back after that. In any other case it is simply called.

    It is made an hour before the tests' own clock begins, so that nothing in it is later than the test that gets it. A
    build that goes on with what another made goes on after it, even where that was put back in no time.
    """
    kept = {}

    @functools.wraps(build)
    def made(*args, **named):
        key = (timezone.localdate(), args, tuple(sorted(named.items())))
        if not all(_is_plain(one) for one in (*args, *named.values())) or _acts() != _untouched:
            return build(*args, **named)
        if key not in kept:
            before = read_tables()
            with _an_hour_earlier():
                result = build(*args, **named)
                ended = timezone.now()
            kept[key] = pickle.dumps(result), _added(before, read_tables()), ended
            _go_on_after(ended)
            return result
        pickled, rows, ended = kept[key]
        if rows is None:  # it changed what migrations wrote, so it cannot be told by rows alone
            return build(*args, **named)
        write_tables(rows)
        _go_on_after(ended)
        return pickle.loads(pickled)

    return made


def _is_plain(value) -> bool:
    return isinstance(value, _PLAIN) or (isinstance(value, tuple) and all(map(_is_plain, value)))


def _acts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        return cursor.fetchone()[0]


@contextmanager
def _an_hour_earlier():
    global _clock
    if not time_machine.escape_hatch.is_travelling():
        yield
        return
    begins = datetime.combine(timezone.localdate(), time_of_day(8), tzinfo=timezone.get_current_timezone())
    around = _clock
    with time_machine.travel(begins) as _clock:
        try:
            yield
        finally:
            _clock = around


def _go_on_after(moment) -> None:
    if _clock is not None and timezone.now() < moment:
        _clock.move_to(moment)


def _added(before, after):
    """The rows of each table that were not there, or None where one that was there is gone or changed."""
    added = {}
    for table, text in after.items():
        old, new = before.get(table, "").splitlines(), text.splitlines()
        if set(old) - set(new):
            return None
        known = set(old)
        if rows := [line for line in new if line not in known]:
            added[table] = "\n".join(rows) + "\n"
    return added if not before.keys() - after.keys() else None


def read_tables() -> dict[str, str]:
    """The rows of every table that has any, as PostgreSQL copies them out."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            copy = io.StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', copy)
            if copy.getvalue():
                rows[table] = copy.getvalue()
    return rows


def write_tables(rows: dict[str, str]) -> None:
    """These rows stand in their tables, past every trigger: nobody acts here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, text in rows.items():
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(text))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def fill_emptied(rows: dict[str, str]) -> None:
    """Those of the tables that were emptied have these rows again."""
    with connection.cursor() as cursor:
        emptied = {}
        for table, text in rows.items():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if not cursor.fetchone()[0]:
                emptied[table] = text
    write_tables(emptied)
