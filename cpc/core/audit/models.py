"""The trail: what was done, who did it, and who looked. No foreign keys, so the trail never hinders the record."""

import uuid

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast

THIS_TRANSACTION = Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())
# A trail that can be emptied is no trail. Only the tests' superuser may truncate, between tests, and must say so.
NO_TRUNCATE = pgtrigger.Trigger(
    name="no_truncate",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func="""
        IF current_setting('is_superuser') <> 'on'
           OR coalesce(current_setting('cpc.may_truncate', true), '') <> 'on' THEN
            RAISE EXCEPTION 'The trail and the history cannot be emptied.';
        END IF;
        RETURN NULL;
    """,
)


def append_only():
    """The two triggers that make a table one that only grows."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        NO_TRUNCATE,
    ]


class Event(models.Model):
    """One act: written before the change that it explains, in the same transaction, and never altered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=60, help_text="The permission that was used.")
    by_kind = models.CharField(max_length=20)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    on_kind = models.CharField(max_length=60, blank=True)
    on_id = models.BigIntegerField(null=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    part_of = models.UUIDField(null=True)
    transaction = models.BigIntegerField(
        db_default=THIS_TRANSACTION, help_text="The one that wrote it: its id is an act there and nowhere else."
    )

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["on_kind", "on_id", "-at"], name="event_on"),
            models.Index(fields=["about_kind", "about_id", "-at"], name="event_about"),
            models.Index(fields=["by_id", "-at"], name="event_by"),
        ]


class Look(models.Model):
    """Somebody saw a child's record: who, which child, on which page, and on what basis."""

    at = models.DateTimeField(auto_now_add=True)
    who_kind = models.CharField(max_length=20)
    who_id = models.BigIntegerField(null=True)
    who_name = models.CharField(max_length=200)
    child_id = models.BigIntegerField()
    page = models.CharField(max_length=100)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["child_id", "-at"], name="look_child"),
            BrinIndex(fields=["at"], name="look_at"),
        ]
