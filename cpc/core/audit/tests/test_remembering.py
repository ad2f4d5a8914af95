"""What a builder made once is put back as it was written; nothing is put back where something exists already."""

import pytest
from django.db import connection, transaction
from django.db.models import Max

from cpc.core.accounts.models import Team
from cpc.core.accounts.tests.builders import a_council, a_team, setting_up
from cpc.core.audit.models import Event
from cpc.core.audit.tests.remembering import read_tables, remembered

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


def all_rows() -> dict[str, list[str]]:
    """The rows of every table, sorted: a table that was written in another order holds the same."""
    return {table: sorted(text.splitlines()) for table, text in read_tables().items()}


def a_council_and_all_rows():
    """What the builder gives, and what is then in every table; undone again."""
    with transaction.atomic():
        council = a_council()
        rows = all_rows()
        transaction.set_rollback(True)
    return council, rows


def test_what_is_put_back_is_what_was_written_history_and_trail_included():
    untouched = all_rows()
    council, rows = a_council_and_all_rows()
    assert all_rows() == untouched
    again, same = a_council_and_all_rows()
    assert again.team == council.team and again.users.chair.get_full_name() == "Gwen Ashby"
    assert same == rows
    assert {"accounts_teamevent", "audit_event"} <= {table for table in rows if rows[table] != untouched.get(table)}


def test_where_something_exists_already_the_builder_writes_for_real():
    a_council_and_all_rows()
    here = a_team("Here before")
    council = a_council()
    assert council.team.pk > here.pk
    assert set(Team.objects.values_list("name", flat=True)) >= {"Here before", "North team"}


def test_what_is_made_after_putting_back_gets_a_number_of_its_own():
    a_council_and_all_rows()
    council = a_council()
    assert a_team("New").pk > max(council.team.pk, council.other_team.pk, council.service.pk)


def test_what_a_build_does_after_something_was_put_back_comes_after_it_on_the_trail():
    @remembered
    def two_teams():
        a_team("First")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        a_team("Second, later")

    @remembered
    def one_more_team():
        two_teams()
        until = Event.objects.aggregate(last=Max("at"))["last"]
        a_team("More")
        return until

    with transaction.atomic():
        two_teams()
        transaction.set_rollback(True)
    assert one_more_team() < Event.objects.aggregate(last=Max("at"))["last"]


def a_builder_that_counts():
    """A builder that gives a team of the council another name, and how often it ran for real."""
    ran = []

    @remembered
    def renamed(council, name):
        ran.append(name)
        with setting_up():
            council.team.name = name
            council.team.save()
        return council.team

    return renamed, ran


def undone(make):
    """What ``make`` gives, undone again in the database, together with every row that it left."""
    with transaction.atomic():
        result, rows = make(), read_tables()
        transaction.set_rollback(True)
    return result, rows


def test_a_builder_that_is_given_what_another_made_is_put_back_with_the_rows_that_it_changed():
    renamed, ran = a_builder_that_counts()

    def two_builders():
        council = a_council()
        return council, renamed(council, "East team")

    (_, team), rows = undone(two_builders)
    (again, same), as_before = undone(two_builders)
    assert ran == ["East team"]
    assert {table: sorted(text.splitlines()) for table, text in as_before.items()} == {
        table: sorted(text.splitlines()) for table, text in rows.items()
    }
    assert same == team and same is again.team and again.team.name == "East team"
    assert same is not team


def test_a_builder_runs_for_real_when_its_arguments_differ_or_anything_else_was_done():
    renamed, ran = a_builder_that_counts()

    def something_else_done():
        council = a_council()
        a_team("Here before")
        return renamed(council, "East team")

    def changed_in_memory():
        council = a_council()
        council.team.name = "Changed"
        return renamed(council, "East team")

    undone(lambda: renamed(a_council(), "East team"))
    for make in (lambda: renamed(a_council(), "West team"), something_else_done, changed_in_memory):
        before = len(ran)
        undone(make)
        assert len(ran) == before + 1


def test_a_builder_runs_for_real_when_a_row_that_it_changes_was_changed_without_an_act():
    renamed, ran = a_builder_that_counts()

    def make():
        council = a_council()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE accounts_team SET name = 'Far' WHERE name = 'South team'")
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        return renamed(council, "East team")

    undone(lambda: renamed(a_council(), "East team"))
    undone(make)
    assert len(ran) == 2
