"""Every table is guarded by the database itself, or is on a short list with its reason."""

import pytest
from django.db import connection

from cpc.tests.architecture.places import is_history, our_models

pytestmark = pytest.mark.servers
# Tables that are not records, by the beginning of their name, each with its reason.
NOT_RECORDS = {
    "django_": "Django's own: sessions, content types, which migrations ran",
    "auth_": "Django's own groups and permissions, which nobody holds",
    "account_": "sign-in addresses, written by the sign-in library",
    "pghistory_context": "the history library's own, which we never use: the door keeps who and why",
    "mfa_": "second factors, written by the sign-in library",
}
# Tables of ours that no act writes, each with its reason.
WRITTEN_WITHOUT_AN_ACT = {
    "audit_event": "the trail itself: written before the act that it opens, and append-only",
    "audit_look": "who looked: nothing is changed, and append-only",
    "documents_mailqueue": "whether email may leave now: one row that says nothing about any message",
    "running_jobrun": "when each background job ran: nothing about any record",
}
# Tables that only an act writes and that have no history, each with its reason.
WITHOUT_HISTORY = {"people_nameword": "words that occur in names, and not whose: rows are added and never changed"}
TRIGGERS = """
    SELECT c.relname, coalesce(array_agg(t.tgname) FILTER (WHERE t.tgenabled = 'O'), '{}')
    FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY c.relname
"""


def triggers():
    """The names of the triggers on each table, as PostgreSQL's catalogue has them."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        return {table: [name.removeprefix("pgtrigger_") for name in names] for table, names in cursor.fetchall()}


def has(names, trigger):
    return any(name.startswith(trigger) for name in names)


def histories():
    return {kind._meta.db_table for kind in our_models(include_history=True) if is_history(kind)}


def unguarded(found):
    """The tables that anybody could write without leaving a trail."""
    return sorted(
        table
        for table, names in found.items()
        if not has(names, "no_act_no_write")
        and table not in {*WRITTEN_WITHOUT_AN_ACT, *histories()}
        and not table.startswith(tuple(NOT_RECORDS))
    )


@pytest.mark.django_db
def test_every_table_is_guarded_or_on_the_short_list():
    found = triggers()
    assert len(found) > 30, "too few tables were found: this test looks in the wrong place"
    assert unguarded(found) == []


@pytest.mark.django_db
def test_every_guarded_table_keeps_its_history():
    kept = {kind.pgh_tracked_model._meta.db_table for kind in our_models(include_history=True) if is_history(kind)}
    kept |= {*WITHOUT_HISTORY}
    assert [table for table, names in triggers().items() if has(names, "no_act_no_write") and table not in kept] == []


@pytest.mark.django_db
def test_the_trail_and_every_history_only_grow():
    found = triggers()
    growing = {"audit_event", "audit_look", *histories()}
    missing = [t for t in growing for trigger in ("append_only", "no_truncate") if not has(found.get(t, []), trigger)]
    assert missing == []


@pytest.mark.django_db
def test_a_table_without_its_guard_is_named():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE stray (id int)")
        cursor.execute("ALTER TABLE cases_family DISABLE TRIGGER USER")
    assert unguarded(triggers()) == ["cases_family", "stray"]
