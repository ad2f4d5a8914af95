"""The one door for writing. A person acts: who, under which permission, on what; then, and only then, the change."""

from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import NotPermitted

_FIELDS = [field for field in Event._meta.concrete_fields if field.name not in ("part_of", "transaction")]
BEGIN = f"""
WITH before AS MATERIALIZED (SELECT coalesce(current_setting('cpc.act', true), '') AS act),
     event AS (INSERT INTO {Event._meta.db_table} ({", ".join(field.column for field in _FIELDS)}, part_of)
               SELECT {", ".join("%s" for _ in _FIELDS)}, nullif(act, '')::uuid FROM before RETURNING id)
SELECT before.act, set_config('cpc.act', %s, true) FROM before, event
"""


class Act:
    """One act under way: its ``id`` is on the event and on every row of history that it makes."""

    def __init__(self, event: Event):
        self.id = event.id

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
        event = Event(
            act=permission.value,
            by_kind=by.kind,
            by_id=by.id,
            by_name=by.name,
            on_kind=_kind(on),
            on_id=getattr(on, "pk", None),
            about_kind=_kind(subject),
            about_id=getattr(subject, "pk", None),
            reason=reason,
            details=details,
        )
        before = _begin(event)
        yield Act(event)
        # Not in a finally: when the block raises, the rollback of this savepoint puts the old value back. Nor where the
        # transaction ends here: what was set ends with it.
        if not outermost:
            _set(before)


def _lock(record) -> None:
    record.refresh_from_db(from_queryset=_to_lock(type(record)))


@cache
def _to_lock(model):
    # no_key: adding a row that points at this one never waits for us.
    return model._base_manager.select_for_update(of=("self",), no_key=True)


def _begin(event: Event) -> str:
    """Writes the event, as a part of the act under way, and makes it the act under way; gives back the one before.

    One statement: the act before is read first, because the event is made of it, and the settings of the event.
    """
    values = [field.get_db_prep_save(field.pre_save(event, True), connection) for field in _FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [*values, str(event.id)])
        return cursor.fetchone()[0]


def _set(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cpc.act', %s, true)", [act])


def _kind(record) -> str:
    return record._meta.label_lower if record is not None else ""
