"""What makes a model a record: the database refuses any write outside the door, and keeps every version of a row."""

import pghistory
import pgtrigger
from django.db import models

from cpc.core.audit.models import append_only

# The door (door.py) puts the id of the act here for the length of its transaction. No act, no write, whoever tries:
# save, bulk_create, raw SQL and COPY all fire a statement trigger.
NO_ACT_NO_WRITE = pgtrigger.Trigger(
    name="no_act_no_write",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF coalesce(current_setting('cpc.act', true), '') = '' THEN
            RAISE EXCEPTION 'Nobody is recorded as doing this: write to % through the door.', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    """,
)


def recorded(model=None, *, exclude=(), guarded=True):
    """The model's table is guarded, and every insert, update and delete of a row is kept with its act.

    ``exclude`` names fields that history leaves out (large bytes). ``guarded=False`` keeps history only, for the one
    table that a library writes by itself (the user's last sign-in).
    """

    def decorate(cls):
        if guarded:
            pgtrigger.register(NO_ACT_NO_WRITE)(cls)
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude) or None,
            context_field=None,
            attrs={"pgh_context_id": models.UUIDField(null=True, db_index=True)},
            meta={"triggers": append_only()},
            level=pgtrigger.Statement,
            append_only=False,  # append_only() above says the same, and refuses TRUNCATE as well
        )(cls)

    return decorate(model) if model is not None else decorate
