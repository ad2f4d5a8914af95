"""The one door: no act, no write; the event first; history carries the act; the trail cannot be altered or emptied."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cpc.core.accounts.choices import Role, TeamKind
from cpc.core.accounts.models import Team, TeamEvent
from cpc.core.accounts.permissions import Permission, Viewer, system
from cpc.core.audit.door import acting
from cpc.core.audit.looks import looked
from cpc.core.audit.models import Event, Look
from cpc.core.kernel.refusals import NotPermitted

TODAY = date(2026, 3, 10)
pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture
def team():
    with acting(system(TODAY), Permission.SET_UP):
        return Team.objects.create(name="Riverside", kind=TeamKind.SOCIAL_WORK)


def a_viewer(*roles):
    return Viewer(id=7, name="Sam Example", roles=frozenset(roles), on=TODAY)


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "write",
    [
        lambda team: Team.objects.create(name="Hillside", kind=TeamKind.SOCIAL_WORK),
        lambda team: Team.objects.bulk_create([Team(name="Hillside", kind=TeamKind.SOCIAL_WORK)]),
        lambda team: Team.objects.filter(pk=team.pk).update(name="Hillside"),
        lambda team: Team.objects.filter(pk=team.pk).delete(),
        lambda team: raw("UPDATE accounts_team SET name = 'Hillside'"),
        lambda team: raw("DELETE FROM accounts_team"),
    ],
    ids=["create", "bulk create", "update", "delete", "raw update", "raw delete"],
)
def test_no_act_no_write_for_anybody(team, write):
    with pytest.raises(DatabaseError, match="Nobody is recorded as doing this"), transaction.atomic():
        write(team)
    assert list(Team.objects.values_list("name", flat=True)) == ["Riverside"]


def test_an_act_writes_the_event_first_and_history_carries_its_id(team):
    with acting(system(TODAY), Permission.SET_UP, on=team, reason="A new name was agreed", was="Riverside") as act:
        assert Event.objects.filter(pk=act.id).exists()
        team.name = "Hillside"
        team.save()
    event = Event.objects.get(pk=act.id, about_kind="accounts.team", about_id=team.pk)
    assert (event.act, event.by_kind, event.reason) == (Permission.SET_UP.value, "system", "A new name was agreed")
    assert event.details == {"was": "Riverside"}
    rows = TeamEvent.objects.filter(pgh_context_id=act.id).values_list("pgh_label", "name")
    assert list(rows) == [("update", "Hillside")]


def test_history_keeps_what_was_deleted(team):
    with acting(system(TODAY), Permission.SET_UP) as act:
        Team.objects.filter(pk=team.pk).delete()
    assert list(TeamEvent.objects.filter(pgh_context_id=act.id).values_list("pgh_label", "name")) == [
        ("delete", "Riverside")
    ]


def test_an_act_within_an_act_is_part_of_it_and_gives_the_outer_one_back(team):
    with acting(system(TODAY), Permission.SET_UP) as outer:
        with acting(system(TODAY), Permission.SET_UP) as inner:
            Team.objects.filter(pk=team.pk).update(name="Inner")
        Team.objects.filter(pk=team.pk).update(name="Outer")
    assert Event.objects.get(pk=inner.id).part_of == outer.id
    assert Event.objects.get(pk=outer.id).part_of is None
    acts = TeamEvent.objects.filter(name__in=["Inner", "Outer"]).values_list("name", "pgh_context_id")
    assert dict(acts) == {"Inner": inner.id, "Outer": outer.id}


def test_the_door_closes_behind_an_act_and_behind_one_that_failed(team):
    with acting(system(TODAY), Permission.SET_UP):
        pass
    with pytest.raises(ZeroDivisionError), acting(system(TODAY), Permission.SET_UP):
        raise ZeroDivisionError
    with pytest.raises(DatabaseError), transaction.atomic():
        Team.objects.filter(pk=team.pk).update(name="After")


def test_a_refused_act_writes_nothing_not_even_an_event(team):
    before = Event.objects.count()
    with pytest.raises(NotPermitted), acting(a_viewer(Role.PROFESSIONAL), Permission.SET_POLICY, on=team):
        Team.objects.filter(pk=team.pk).update(name="Stolen")
    assert Event.objects.count() == before
    assert Team.objects.get().name == "Riverside"


def test_an_act_that_fails_leaves_neither_change_nor_event(team):
    before = Event.objects.count()
    with pytest.raises(ValueError), acting(system(TODAY), Permission.SET_UP):
        Team.objects.filter(pk=team.pk).update(name="Half done")
        raise ValueError
    assert Event.objects.count() == before
    assert Team.objects.get().name == "Riverside"


def test_the_caller_holds_no_stale_copy(team):
    mine = Team.objects.get(pk=team.pk)
    with acting(system(TODAY), Permission.SET_UP):
        Team.objects.filter(pk=team.pk).update(name="Changed meanwhile")
    with acting(system(TODAY), Permission.SET_UP, on=mine):
        assert mine.name == "Changed meanwhile"


def test_what_is_acted_upon_is_locked_and_of_a_copy_with_some_fields_only_these_are_read(team):
    for mine, fields in ((team, 4), (Team.objects.only("name").get(), 2)):
        with CaptureQueriesContext(connection) as asked, acting(system(TODAY), Permission.SET_UP, on=mine):
            pass
        lock = next(query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT"))
        assert 'FOR NO KEY UPDATE OF "accounts_team"' in lock
        assert lock.partition(" FROM ")[0].count(".") == fields


def test_nobody_acts_on_a_record_that_is_gone(team):
    mine = Team.objects.get()
    with acting(system(TODAY), Permission.SET_UP):
        Team.objects.all().delete()
    with pytest.raises(Team.DoesNotExist), acting(system(TODAY), Permission.SET_UP, on=mine):
        pass


@pytest.mark.parametrize("table", ["audit_event", "audit_look", "accounts_teamevent"])
def test_the_trail_and_the_history_cannot_be_altered_or_emptied(team, table):
    looked(a_viewer(), children=[3], page="family")
    column = {"audit_event": "reason", "audit_look": "page", "accounts_teamevent": "name"}[table]
    for attempt in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(attempt)
    with pytest.raises(DatabaseError, match="cannot be emptied"), transaction.atomic():
        raw("SET LOCAL cpc.may_truncate = off")
        raw(f"TRUNCATE {table}")


def test_a_look_is_one_row_a_child_all_in_one_insert():
    with CaptureQueriesContext(connection) as asked:
        looked(a_viewer(), children=[3, 4], page="family", basis="team")
    assert sum(query["sql"].startswith("INSERT") for query in asked.captured_queries) == 1
    assert list(Look.objects.order_by("child_id").values_list("child_id", "who_id", "page")) == [
        (3, 7, "family"),
        (4, 7, "family"),
    ]
    assert Look.objects.get(child_id=4).who_name == "Sam Example"
