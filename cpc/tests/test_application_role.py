"""The application connects as a role that ``manage.py grant`` made: it works, and cannot change the trail."""

import hashlib
import uuid

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import BinaryField
from django.utils import timezone
from pgtrigger import registry

from cpc.core.accounts import actions as accounts
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Team, TeamEvent, User
from cpc.core.accounts.permissions import Permission, system
from cpc.core.accounts.tests.builders import TODAY, a_team, a_user
from cpc.core.audit import rights, triggers
from cpc.core.audit.door import acting
from cpc.core.audit.looks import looked
from cpc.core.audit.models import Event, Look
from cpc.core.documents.models import Document
from reports.outgoing.actions import releasing
from reports.tests.builders import an_approved_record, copy_for, looked_at

pytestmark = [pytest.mark.django_db, pytest.mark.servers]
YESTERDAY = "6f1d3b06-9a0e-4a3c-8f4e-0c8f6f0f1a11"  # the id of an event that another transaction wrote


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def role(transactional_role):
    """The session is the application's: what follows is done with its rights alone."""
    run(f'SET SESSION AUTHORIZATION "{transactional_role}"')
    yield transactional_role
    run("RESET SESSION AUTHORIZATION")


@pytest.fixture
def transactional_role():
    """A role of the cluster's that has been granted its rights; gone with the test's transaction."""
    name = f"application of {connection.settings_dict['NAME']}"
    run(f'CREATE ROLE "{name}" LOGIN', (settings.BASE_DIR / "docs/how-to/files/no-large-objects.sql").read_text())
    call_command("grant", name, verbosity=0)
    return name


def an_act():
    return acting(system(on=TODAY), Permission.SET_UP)


def check():
    return [error.msg for error in run_checks(tags=["audit"], include_deployment_checks=True)]


ATTEMPTS = {
    "delete from the trail, its trigger ignored": (
        "SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_7a8a1}'", "DELETE FROM audit_event"),
    "change the trail": ("UPDATE audit_event SET reason = 'Another'",),
    "change who looked": ("UPDATE audit_look SET who_name = 'Nobody'",),
    "delete who looked": ("DELETE FROM audit_look",),
    "change history": ("UPDATE accounts_teamevent SET name = 'Another'",),
    "delete history": ("DELETE FROM accounts_teamevent",),
    "add to history": (
        "INSERT INTO accounts_teamevent (pgh_created_at, pgh_label, pgh_obj_id, id, name, kind)"
        " SELECT now(), 'update', id, id, 'Another', kind FROM accounts_team",),
    "empty the trail": ("TRUNCATE audit_event",),
    "empty the looks": ("TRUNCATE audit_look",),
    "empty history": ("TRUNCATE accounts_teamevent",),
    "empty the record": ("TRUNCATE accounts_team CASCADE",),
    "empty the issued documents": ("TRUNCATE documents_document CASCADE",),
    "change issued bytes": ("UPDATE documents_document SET body = 'x' WHERE issued_at IS NOT NULL",),
    "change who typed what is issued": ("UPDATE documents_document SET typed_by = '{9}' WHERE issued_at IS NOT NULL",),
    "change who approved what is issued": (
        "UPDATE documents_document SET approved_by_name = 'Sam' WHERE issued_at IS NOT NULL",),
    "delete what is issued": ("DELETE FROM documents_document WHERE issued_at IS NOT NULL",),
    "turn the triggers off": ("ALTER TABLE accounts_team DISABLE TRIGGER ALL",),
    "turn all triggers off": ("SET LOCAL session_replication_role = replica", "DELETE FROM audit_event"),
    "drop a trigger": ("DROP TRIGGER pgtrigger_no_truncate_0d4ae ON audit_event",),
    "drop a table": ("DROP TABLE accounts_teamevent",),
    "write no event, but a text as the act": ("SET LOCAL cpc.act = 'me'", "UPDATE accounts_team SET name = 'Another'"),
    "write no event, but an act's id": (
        f"SET LOCAL cpc.act = '{uuid.uuid4()}'", "UPDATE accounts_team SET name = 'Another'"),
    "write without an act": ("UPDATE accounts_team SET name = 'Another'",),
    "write without an act, its trigger ignored": (
        "SET LOCAL pgtrigger.ignore = '{pgtrigger_no_act_no_write}'", "UPDATE accounts_team SET name = 'Another'"),
    "change an account without an act": ("UPDATE accounts_user SET email = 'me@example.org'",),
    "make an account without an act": (
        "INSERT INTO accounts_user (email, password, first_name, last_name, job_title, phone, is_active, version)"
        " VALUES ('me@example.org', '', 'A', 'B', '', '', true, 1)",),
    "look for the trail somewhere else": ("CREATE TEMP TABLE audit_event (id uuid, transaction bigint)",),
    "make a schema": ("CREATE SCHEMA mine",),
    "make a table": ("CREATE TABLE public.mine (id int)",),
    "replace a function": ("CREATE OR REPLACE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",),
    "be somebody else": ("SET ROLE postgres",),
    "change which migrations ran": ("DELETE FROM django_migrations",),
    "add a trigger": (
        "CREATE TRIGGER mine BEFORE INSERT ON audit_event FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",),
    "add a rule": ("CREATE RULE mine AS ON INSERT TO audit_event DO INSTEAD NOTHING",),
    "hide rows of the trail": ("ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY",),
    "add a column to the trail": ("ALTER TABLE audit_event ADD COLUMN mine int",),
    "change the trail by MERGE": ("MERGE INTO audit_event USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",),
    "change the trail where it is there already": (
        "INSERT INTO audit_event SELECT * FROM audit_event ON CONFLICT (id) DO UPDATE SET reason = 'Another'",),
    "delete within a block": ("DO $$ BEGIN DELETE FROM audit_event; END $$",),
    "write a file": ("COPY audit_event TO '/tmp/trail'",),
    "run a program": ("COPY accounts_team (name, kind) FROM PROGRAM 'echo x'",),
    "read a file as a large object": ("SELECT lo_import('/etc/hostname')",),
    "make a large object": ("SELECT lo_create(0)",),
    "fill a large object": ("SELECT lo_from_bytea(0, 'x')",),
    "make a view before the trail": ("CREATE TEMP VIEW audit_event AS SELECT 1",),
    "make a function of its own session": (
        "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",),
    "make a function with its maker's rights": (
        "CREATE FUNCTION public.mine() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM audit_event'",),
    "give a trigger's function another path": ("ALTER FUNCTION {function}() RESET ALL",),
    "drop a trigger's function": ("DROP FUNCTION {function}() CASCADE",),
    "give itself a right": ("GRANT DELETE ON audit_event TO CURRENT_USER",),
    "change the catalogue": ("UPDATE pg_trigger SET tgenabled = 'D'",),
    "keep others from the trail": ("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE",),
    "number the looks again": ("SELECT setval(pg_get_serial_sequence('audit_look', 'id'), 1)",),
    "add an event of another transaction": ("INSERT INTO audit_event (id, transaction) VALUES (gen_random_uuid(), 1)",),
    "add a function of an extension": ("CREATE EXTENSION dblink",),
}  # fmt: skip


def is_refused(attempt):
    try:
        run(*attempt)
    except DatabaseError:
        return True
    return False


def test_it_cannot_change_the_trail(issued, role):
    function = next(one.pgid for one in triggers.wanted() if one.table == "audit_event" and "append" in one.pgid)
    attempts = {name: [one.replace("{function}", function) for one in sql] for name, sql in ATTEMPTS.items()}
    assert [name for name, attempt in attempts.items() if not is_refused(attempt)] == []


@pytest.fixture
def issued():
    """Something that the attempts could change: a team, a look, a document that was issued, an act of yesterday."""
    team = a_team("Riverside")
    a_user(Role.CHAIR)
    looked(system(on=TODAY), children=[3], page="family")
    with an_act():
        Document.objects.create(
            kind="letter", title="Letter", about_kind="accounts.team", about_id=team.pk, recipient_kind="user",
            recipient_name="Sam", values={}, template_version="1", made_by_name="Sam", state="issued",
            approved_at=timezone.now(), approved_by_name="Gwen", issued_at=timezone.now(), body=b"x", pages=1,
            sha256=hashlib.sha256(b"x").hexdigest(),
        )  # fmt: skip
    yesterday = Event(act="set up the service", by_kind="system", by_name="The system", transaction=1, id=YESTERDAY)
    yesterday.save(force_insert=True)
    return team


AFTERWARDS = {"state", "released_at", "ended_at", "why_ended"}  # what becomes of a document that was issued
OTHERWISE = {
    "bigint": "77", "smallint": "7", "boolean": "NOT {}", "jsonb": """'{{"a": 1}}'""", "bytea": "'y'",
    "timestamp with time zone": "now() - interval '1 day'",
}  # fmt: skip


def test_with_an_act_it_still_changes_nothing_of_what_was_issued_but_what_became_of_it(issued, role):
    accepted = []
    for field in Document._meta.concrete_fields:
        name, kind = connection.ops.quote_name(field.column), field.db_type(connection)
        other = "'{{7}}'" if kind.endswith("[]") else OTHERWISE.get(kind.partition("(")[0], "'other'")
        with an_act():
            sql = f"UPDATE documents_document SET {name} = {other.format(name)} WHERE issued_at IS NOT NULL"
            accepted += [field.column] if field.column not in AFTERWARDS and not is_refused([sql]) else []
    assert accepted == []
    with an_act():
        run("UPDATE documents_document SET why_ended = 'The wrong reader' WHERE issued_at IS NOT NULL")


def test_bytes_that_somebody_brought_are_neither_changed_nor_deleted():
    """History does not keep them. Those of an import alone are removed, when its rows are loaded."""
    bring = [model for model in apps.get_models() if any(isinstance(one, BinaryField) for one in model._meta.fields)]
    kept = {name for model, trigger in registry.registered() for name in [model.__name__] if is_kept(trigger)}
    assert {model.__name__ for model in bring} - kept == {"Document", "Import"}


def is_kept(trigger):
    return trigger.name == "file_is_final" and "kept as it came" in trigger.func


def test_ordinary_work_is_done_from_the_first_note_to_the_letter_that_is_sent(issued, role, client):
    sitting, record = an_approved_record()
    copy = copy_for(sitting, record, "gp")
    releasing.release(by=sitting.council.by("administrator"), copy=looked_at(sitting, copy))
    copy.refresh_from_db()
    assert bytes(Document.objects.get(pk=copy.document_id).body).startswith(b"%PDF")
    client.force_login(sitting.council.users.social_worker)
    assert client.get(f"/families/{sitting.marlows.family.pk}/").status_code == 200
    assert Look.objects.filter(who_id=sitting.council.users.social_worker.pk).exists()


def test_a_right_to_truncate_that_somebody_gave_by_mistake_does_not_empty_the_trail(issued, transactional_role):
    run(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{transactional_role}"')
    for table in ("audit_event", "audit_look", "accounts_teamevent"):
        with pytest.raises(DatabaseError, match="cannot be emptied"), transaction.atomic():
            run(f'SET LOCAL ROLE "{transactional_role}"', "SET LOCAL cpc.may_truncate = on", f"TRUNCATE {table}")


def test_signing_in_and_a_new_password_need_no_act_and_an_account_does(issued, role):
    added = accounts.add_user(
        by=system(on=TODAY), email="new@example.org", first_name="New", last_name="Person", roles=[Role.CHAIR]
    )
    User.objects.filter(pk=added.pk).update(last_login=timezone.now(), password="!")
    with pytest.raises(DatabaseError, match="Nobody is recorded"), transaction.atomic():
        User.objects.filter(pk=added.pk).update(first_name="Another", last_login=timezone.now())
    with pytest.raises(DatabaseError, match="Nobody is recorded"), transaction.atomic():
        User.objects.filter(pk=added.pk).delete()


def test_history_names_the_act_whatever_else_the_session_has_set(issued, role):
    run(f"SET LOCAL pghistory.context_id = '{uuid.uuid4()}'")
    with an_act() as act:
        Team.objects.filter(pk=issued.pk).update(name="Hillside")
    assert TeamEvent.objects.get(name="Hillside").pgh_context_id == act.id


def test_an_act_that_is_set_in_the_statement_itself_is_refused_as_well(issued, role):
    with pytest.raises(DatabaseError, match="Nobody is recorded"), an_act():
        run(f"UPDATE accounts_team SET name = set_config('cpc.act', '{YESTERDAY}', true)")


def test_the_check_before_use_finds_nothing_with_such_a_role(role):
    assert check() == []


TOO_MUCH_OR_MISSING = {
    "GRANT TRUNCATE ON accounts_team TO {role}": "may do too much: TRUNCATE on accounts_team",
    "GRANT UPDATE (reason) ON audit_event TO PUBLIC": "may do too much: UPDATE on audit_event",
    "GRANT INSERT ON accounts_teamevent TO {role}": "may do too much: INSERT on accounts_teamevent",
    "REVOKE DELETE ON accounts_team FROM {role}": "may do too little: DELETE on accounts_team",
    "CREATE TABLE public.stray (id int); GRANT SELECT ON stray TO {role}": "may do too much: SELECT on stray",
    "ALTER TABLE accounts_team OWNER TO {role}": "is the owner of accounts_team",
    "ALTER ROLE {role} SUPERUSER": "is a superuser",
    "GRANT pg_write_all_data TO {role}": "is a member of the role pg_write_all_data",
    "GRANT TEMP ON DATABASE {database} TO PUBLIC": "may make temporary tables",
    "GRANT CREATE ON SCHEMA public TO {role}": "may make tables",
    "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC": "may make large objects",
    "ALTER ROLE {role} SET search_path = pg_temp": "has settings of its own",
    "ALTER TABLE audit_event DISABLE TRIGGER USER": "2 triggers that guard the tables are missing",
    "DROP FUNCTION {function} CASCADE": "1 triggers that guard the tables are missing",
}


def test_the_check_before_use_names_what_is_too_much_or_missing(transactional_role):
    [trigger] = [one.pgid for one in triggers.wanted() if one.table == "audit_look" and "append_only" in one.pgid]
    names = {"role": f'"{transactional_role}"', "database": f'"{connection.settings_dict["NAME"]}"'}
    for change, said in TOO_MUCH_OR_MISSING.items():
        with transaction.atomic():
            run(change.format(**names, function=trigger), f'SET SESSION AUTHORIZATION "{transactional_role}"')
            assert any(said in found for found in check()), (change, check())
            transaction.set_rollback(True)


def test_the_check_before_use_refuses_the_owner_of_the_tables():
    [found] = check()
    assert "can do more than read and write rows" in found and "is a superuser" in found


class TestGranting:
    def test_a_role_that_is_not_there_is_refused(self):
        with pytest.raises(CommandError, match="There is no role nobody"):
            call_command("grant", "nobody")

    def test_a_role_that_could_do_more_is_refused(self):
        with pytest.raises(CommandError, match="is a superuser"):
            call_command("grant", "postgres")

    def test_only_the_owner_of_the_tables_gives_rights(self, role):
        with pytest.raises(CommandError, match="Run this as the owner"):
            call_command("grant", role)

    def test_what_it_had_before_is_taken_away(self, transactional_role):
        run(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{transactional_role}"')
        call_command("grant", transactional_role, verbosity=0)
        with connection.cursor() as cursor:
            assert rights.rights_held(cursor, transactional_role) == rights.rights_needed()


class TestTheOwnerOfTheTables:
    """Where the application still connects as the owner, a slip or a setting changes nothing of the trail either."""

    @pytest.mark.parametrize(
        "attempt",
        [
            "DELETE FROM audit_event", "UPDATE audit_look SET page = 'x'", "DELETE FROM accounts_teamevent",
            "TRUNCATE audit_event", "UPDATE accounts_team SET name = 'Another'",
            "UPDATE documents_document SET body = 'y'", "DELETE FROM documents_document",
        ],
    )  # fmt: skip
    def test_no_trigger_is_ignored(self, issued, attempt):
        names = ",".join(one.pgid for one in triggers.wanted())
        with pytest.raises(DatabaseError):
            run(f"SET LOCAL pgtrigger.ignore = '{{{names}}}'", "SET LOCAL cpc.may_truncate = off", attempt)

    @pytest.mark.parametrize("act", ["me", "", "c82df653-d007-4b14-b7eb-dbfa6b02c397", YESTERDAY])
    def test_no_text_is_an_act_but_the_id_of_an_event_of_this_transaction(self, issued, act):
        with pytest.raises(DatabaseError):
            run(f"SET LOCAL cpc.act = '{act}'", "UPDATE accounts_team SET name = 'Another'")
        with an_act():
            run("UPDATE accounts_team SET name = 'Another'")

    @pytest.mark.django_db(transaction=True)
    def test_an_old_event_is_no_act_when_its_number_comes_again_as_after_a_restored_backup(self):
        """The number of a transaction is an event's here before any transaction has it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            now, old = cursor.fetchone()[0], {}
            for number in range(now + 1000, now + 1050):
                old[number] = Event(act="x", by_kind="system", by_name="The system", transaction=number).pk
            Event.objects.bulk_create(
                Event(id=id_, act="x", by_kind="system", by_name="The system", transaction=number)
                for number, id_ in old.items()
            )
            while True:
                with transaction.atomic():
                    cursor.execute("SELECT pg_current_xact_id()::text::bigint")
                    [[number]] = cursor.fetchall()
                    assert number < now + 1050, "somebody else uses this server too much: run it again"
                    if number in old:
                        with pytest.raises(DatabaseError, match="Nobody is recorded"), transaction.atomic():
                            run(f"SET LOCAL cpc.act = '{old[number]}'", "UPDATE accounts_team SET name = 'Another'")
                        break

    def test_a_temporary_table_is_never_taken_for_the_trail(self, issued):
        run("CREATE TEMP TABLE audit_event (id uuid, transaction bigint) ON COMMIT DROP")
        with pytest.raises(DatabaseError, match="Nobody is recorded"):
            run(
                f"INSERT INTO pg_temp.audit_event SELECT '{YESTERDAY}', pg_current_xact_id()::text::bigint",
                f"SET LOCAL cpc.act = '{YESTERDAY}'",
                "UPDATE accounts_team SET name = 'Another'",
            )
