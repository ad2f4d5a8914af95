"""What a builder makes is made by the real actions once a run; after that its rows are put back as they were written.

Half of a run went into making the same council and the same family again for the next test. What is put back are the
very rows that the actions wrote, history and trail included, so a test cannot tell the difference. Builders chain: one
that is given what others made, and finds nothing else in the database, is put back too.
"""

import functools
import io
import pickle
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from datetime import time as time_of_day
from hashlib import sha256
from types import SimpleNamespace

import time_machine
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.base import ModelState
from django.utils import timezone

_untouched = None  # the trail as the migrations left it: every other write changes it
_chain = None  # the builders that the database holds, and nothing else: (their trail, their names, when they ended)
_clock = None  # of the build that goes on, where one does


def remember_untouched() -> None:
    """The database is as the migrations left it: to be said once, before the first test."""
    global _untouched
    _untouched = _trail()


@dataclass
class _Kept:
    """What a build gave back, left in its arguments and wrote, and when it ended."""

    result: bytes
    changes: "_Changes"
    ended: datetime
    trail: tuple


def remembered(build):
    """``build(…)`` writes for real the first time, and is put back after that.

    The database must hold nothing, or what other such builders made and nothing else, and the arguments must be the
    same: plain values, or what those builders gave. In any other case it is simply called.

    It is made an hour before the tests' own clock begins, so that nothing in it is later than the test that gets it. A
    build that goes on with what another made goes on after it, even where that was put back in no time.
    """
    kept = {}

    @functools.wraps(build)
    def made(*args, **named):
        global _chain
        names, earlier = _chain_now()
        given = _Given.read((args, sorted(named.items())))
        if names is None or given is None:
            return build(*args, **named)
        key = sha256(repr((names, build.__qualname__, timezone.localdate(), given.text)).encode()).hexdigest()
        if key not in kept:
            before = read_tables()
            with _an_hour_earlier(earlier):
                result = build(*args, **named)
                ended = timezone.now()
            left = given.write([result, [vars(one) for one in given.objects]])
            if left is None:
                return result
            kept[key] = _Kept(left, _Changes(before, read_tables()), ended, _trail())
            result = given.restore(left)  # as it is the next time, so that it is the same argument to the next builder
        elif kept[key].changes.can_be_made():
            kept[key].changes.make()
            result = given.restore(kept[key].result)
        else:
            return build(*args, **named)
        _chain = kept[key].trail, key, kept[key].ended
        _go_on_after(kept[key].ended)
        return result

    return made


# --- The chain ----------------------------------------------------------------------------------------------------


def _trail() -> tuple:
    """What tells one state of the database from another: every act has an id of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(hashtextextended(id::text, 0)) FROM audit_event")
        return cursor.fetchone()


def _chain_now() -> tuple:
    """The names of the builders that filled the database, and when they ended. None if it holds anything else."""
    trail = _trail()
    if trail == _untouched:
        return "", None
    if _chain and trail == _chain[0]:
        return _chain[1:]
    return None, None


@contextmanager
def _an_hour_earlier(earlier):
    global _clock
    if not time_machine.escape_hatch.is_travelling():
        yield
        return
    begins = datetime.combine(timezone.localdate(), time_of_day(8), tzinfo=timezone.get_current_timezone())
    around = _clock
    with time_machine.travel(max(begins, earlier or begins)) as _clock:
        try:
            yield
        finally:
            _clock = around


def _go_on_after(moment) -> None:
    if _clock is not None and timezone.now() < moment:
        _clock.move_to(moment)


# --- What a builder is given, and gives ---------------------------------------------------------------------------


class _Given:
    """The arguments of a builder: as text, which is the same for the same values, and the objects among them."""

    def __init__(self, arguments):
        self.objects = []
        self._places = {}
        self.text = self._dump(arguments, self._note)

    @classmethod
    def read(cls, arguments):
        """The arguments; None where they are not values that can be written down."""
        try:
            return cls(arguments)
        except (pickle.PicklingError, TypeError, AttributeError):
            return None

    def write(self, result) -> bytes | None:
        """The result as text, in which an object that was given is named and not copied."""
        try:
            return self._dump(result, lambda one: self._places.get(id(one)))
        except (pickle.PicklingError, TypeError, AttributeError):
            return None

    def restore(self, text):
        """The result again; the objects that were given are left as the build left them."""
        reader = pickle.Unpickler(io.BytesIO(text))
        reader.persistent_load = self.objects.__getitem__
        result, values = reader.load()
        for one, left in zip(self.objects, values, strict=True):
            vars(one).clear()
            vars(one).update(left)
        return result

    def _note(self, one) -> None:
        known = isinstance(one, Model | ModelState | SimpleNamespace) or is_dataclass(one)
        if known and not isinstance(one, type) and id(one) not in self._places:
            self._places[id(one)] = len(self.objects)
            self.objects.append(one)

    @staticmethod
    def _dump(values, name) -> bytes:
        text = io.BytesIO()
        pickler = pickle.Pickler(text)
        pickler.persistent_id = name
        pickler.dump(values)
        return text.getvalue()


# --- Rows ---------------------------------------------------------------------------------------------------------


class _Changes:
    """What a build changed, table by table: rows that it added, or all rows where it changed some that were there."""

    def __init__(self, before, after):
        self.added, self.replaced = {}, {}
        for table in before.keys() | after.keys():
            old, new = before.get(table, ""), after.get(table, "")
            known = set(old.splitlines())
            if known - set(new.splitlines()):
                self.replaced[table] = sorted(known), new
            elif rows := [line for line in new.splitlines() if line not in known]:
                self.added[table] = "\n".join(rows) + "\n"

    def can_be_made(self) -> bool:
        """Whether the tables in which rows were changed hold what they held before."""
        return all(sorted(_read(table).splitlines()) == old for table, (old, _) in self.replaced.items())

    def make(self) -> None:
        write_tables(self.added | {table: new for table, (_, new) in self.replaced.items()}, empty=self.replaced)


def _read(table) -> str:
    copy = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', copy)
    return copy.getvalue()


def read_tables() -> dict[str, str]:
    """The rows of every table that has any, as PostgreSQL copies them out."""
    rows = {table: _read(table) for table in connection.introspection.table_names()}
    return {table: text for table, text in rows.items() if text}


def write_tables(rows: dict[str, str], empty=()) -> None:
    """Empty the tables in ``empty``, then write these rows without running any trigger."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in empty:
            cursor.execute(f'DELETE FROM "{table}"')
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
