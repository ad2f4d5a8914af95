"""The one door for writing. A person acts: who, under which permission, on what; then, and only then, the change."""

import uuid
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import NotPermitted

_COLUMNS = (
    "id", "at", "act", "by_kind", "by_id", "by_name", "on_kind", "on_id", "about_kind", "about_id", "reason", "details"
)  # fmt: skip
# The row is written before what is returned is worked out: it says which act was under way, and then it is the one.
BEGIN = f"""
INSERT INTO {Event._meta.db_table} ({", ".join(_COLUMNS)}, part_of)
VALUES ({", ".join("%s" for _ in _COLUMNS)}, nullif(current_setting('cpc.act', true), '')::uuid)
RETURNING coalesce(part_of::text, ''), set_config('cpc.act', id::text, true)
"""
_DETAILS = Event._meta.get_field("details")


class Act:
    """One act under way: its ``id`` is on the event and on every row of history that it makes."""

    def __init__(self):
        self.id = uuid.uuid4()

    def then(self, do) -> None:
        """``do()`` is called once the act is committed, and never when it is not."""
        transaction.on_commit(do)


@contextmanager
def acting(by, permission, *, on=None, about=None, reason="", **details):
    """A transaction in which ``by`` may write, recorded before anything is written.

    ``on`` is the record acted upon: it is locked in place and read afresh, so that the caller holds no stale copy. Use
    ``about`` for the record that the trail should name when the act makes something new. ``details`` are plain values
    kept with the event. Raises NotPermitted when ``permission`` does not allow it to ``by``.
    """
    outermost = connection.get_autocommit()
    with transaction.atomic():
        if on is not None:
            _lock(on)
        if not permission.allows(by, on if on is not None else about):
            raise NotPermitted("You cannot do this. Ask the person who runs your team or the conference service.")
        subject = about if about is not None else on
        act = Act()
        before = _begin(
            act.id, timezone.now(), permission.value, by.kind, by.id, by.name, _kind(on), getattr(on, "pk", None),
            _kind(subject), getattr(subject, "pk", None), str(reason), _DETAILS.get_db_prep_save(details, connection),
        )  # fmt: skip
        yield act
        # Not in a finally: when the block raises, the rollback of this savepoint puts the old value back. Nor where the
        # transaction ends here: what was set ends with it.
        if not outermost:
            _set(before)


def _lock(record) -> None:
    model = type(record)
    record.refresh_from_db(from_queryset=_to_lock(model) if record.get_deferred_fields() else _ByKey(model))


@cache
def _to_lock(model):
    # no_key: adding a row that points at this one never waits for us.
    return model._base_manager.select_for_update(of=("self",), no_key=True)


@cache
def _statement(model) -> str:
    return _to_lock(model).filter(pk=0).query.sql_with_params()[0]


class _ByKey:
    """What ``refresh_from_db`` asks of a queryset: one row, locked. Its SQL is made once for each model, because that
    takes longer than to run it.
    """

    def __init__(self, model):
        self.model = model

    def filter(self, pk):
        self.key = pk
        return self

    def get(self):
        for row in self.model._base_manager.raw(_statement(self.model), [self.key]):
            return row
        raise self.model.DoesNotExist(f"{self.model._meta.object_name} {self.key} does not exist.")


def _begin(*values) -> str:
    """Writes the event, as a part of the act under way, and makes it the act under way; returns the one before.

    One statement, which is short: what it costs is mostly to plan it.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, values)
        return cursor.fetchone()[0]


def _set(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cpc.act', %s, true)", [act])


def _kind(record) -> str:
    return record._meta.label_lower if record is not None else ""
