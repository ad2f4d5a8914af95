"""What makes a model a record: the database refuses any write outside the door, and keeps every version of a row."""

import pghistory
import pgtrigger
from django.db import models
from pghistory import config
from pghistory.trigger import Event as HistoryTrigger

from cpc.core.audit.models import append_only

# The door (door.py) puts the id of the act here for the length of its transaction. It counts only while it is the id of
# an event that this very transaction has written: any other text names nobody. The age of the row is asked as well. The
# server starts its transaction numbers again after a restore, so the number of an old event may come again.
CURRENT_ACT = """
    SELECT event.id FROM audit_event event
    WHERE event.id = nullif(current_setting('cpc.act', true), '')::uuid
      AND event.transaction = pg_current_xact_id()::text::bigint
      AND age(event.xmin) <= 0
"""
RAISE = """
    RAISE EXCEPTION 'Nobody is recorded as doing this: write to % through the door.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
"""
REFUSED = f"IF NOT EXISTS ({CURRENT_ACT}) THEN {RAISE} END IF;"
# No act, no write, for anybody: save, bulk_create, raw SQL and COPY all fire a statement trigger.
NO_ACT_NO_WRITE = pgtrigger.Trigger(
    name="no_act_no_write",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"{REFUSED} RETURN NULL;",
)


def original_kept(*but):
    """The two triggers of a table of files that were brought in: a row is never deleted, and nothing of
    it changes except the fields ``but``. History does not keep such bytes, so a change would lose them.
    """
    refuse = {
        "level": pgtrigger.Row,
        "when": pgtrigger.Before,
        "func": "RAISE EXCEPTION 'What came is kept as it came: upload another version.';",
    }
    return [
        pgtrigger.Trigger(name="file_stays", operation=pgtrigger.Delete, **refuse),
        pgtrigger.Trigger(
            name="file_is_final", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=but), **refuse
        ),
    ]


def no_act_no_write_but(*fields):
    """The same, but for a change of nothing except ``fields``."""
    return [
        pgtrigger.Trigger(
            name="no_act_no_write",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Delete,
            func=f"{REFUSED} RETURN NULL;",
        ),
        pgtrigger.Trigger(
            name="no_act_no_change",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(exclude=fields),
            func=f"{REFUSED} RETURN NEW;",
        ),
    ]


class Versioned(models.Model):
    """A row with a ``version`` that each save raises, in the database: what a page carries, to be told of a later save.

    A save that changes nothing but what ``recorded(exclude=…)`` leaves out of the history does not count.
    """

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True


def _next_version(unsaid):
    return pgtrigger.Trigger(
        name="next_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=[*unsaid, "version"]) if unsaid else None,
        func="NEW.version := OLD.version + 1; RETURN NEW;",
    )


class _Version(HistoryTrigger):
    """Copies the rows that a statement wrote into the history, with the act that wrote them."""

    def get_declare(self, model):
        return [("current_act", "uuid")]

    def get_func(self, model):
        rows = {"NEW": "new_values", "OLD": "old_values"}[self.row]
        names = {field.name for field in model._meta.concrete_fields}
        columns = {field.column for field in self.event_model._meta.concrete_fields if field.name in names}
        copied = {f'"{column}"': f'{rows}."{column}"' for column in sorted(columns)}
        copied |= {
            "pgh_created_at": config.created_at_function(),
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": f'{rows}."{model._meta.pk.column}"',
            "pgh_context_id": "current_act",
        }
        # Asked again: the statement itself may have set another act.
        return pgtrigger.Func(
            f"current_act := ({CURRENT_ACT}); "
            f'INSERT INTO "{self.event_model._meta.db_table}" ({", ".join(copied)}) '
            f"SELECT {', '.join(copied.values())} FROM {{cond_{rows}}}; "
            f"IF FOUND AND current_act IS NULL THEN {RAISE} END IF; RETURN NULL;"
        )


class _Versions:
    """Mixed into the library's trackers: what they note is written by the trigger above."""

    def add_event_trigger(self, event_model):
        pgtrigger.register(
            _Version(
                event_model=event_model, label=self.label, name=self.trigger_name, row=self.row,
                operation=self.operation, condition=self.condition, level=pgtrigger.Statement,
            )
        )(event_model.pgh_tracked_model)  # fmt: skip


class _Insert(_Versions, pghistory.InsertEvent):
    pass


class _Update(_Versions, pghistory.UpdateEvent):
    pass


class _Delete(_Versions, pghistory.DeleteEvent):
    pass


def recorded(model=None, *, exclude=(), unguarded=()):
    """The model's table is guarded, and every insert, update and delete of a row is kept with its act.

    ``exclude`` names fields that history leaves out (large bytes). ``unguarded`` names the fields that may change
    without an act, for the one table that a library writes by itself (the user's last sign-in).
    """

    def decorate(cls):
        pgtrigger.register(*(no_act_no_write_but(*unguarded) if unguarded else [NO_ACT_NO_WRITE]))(cls)
        left_out = list(exclude)
        if issubclass(cls, Versioned):
            pgtrigger.register(_next_version(exclude))(cls)
            left_out.append("version")
        return pghistory.track(
            _Insert(),
            _Update(),
            _Delete(),
            exclude=left_out or None,
            context_field=None,
            attrs={"pgh_context_id": models.UUIDField(null=True, db_index=True)},
            meta={"triggers": append_only()},
            append_only=False,  # append_only() above says the same, and refuses TRUNCATE as well
        )(cls)

    return decorate(model) if model is not None else decorate
