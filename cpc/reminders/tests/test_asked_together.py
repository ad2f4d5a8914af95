"""What found nothing is asked again in one statement, and is found as soon as there is something."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conferences.convening.actions.booking import book, cancel
from conferences.tests.builders import HELD_ON, an_agreed_conference, at, booking, declare, send
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import Agency, RoleHeld
from cpc.core.accounts.queries import roles_read_once
from cpc.core.accounts.tests.builders import TODAY, a_council, setting_up, viewer
from cpc.core.kernel.duties import Asked
from cpc.core.policy.asked_together import _remembered, asked_together, one_kind
from cpc.reminders.queries import every_duty, first_duties
from families.tests.builders import the_marlows

pytestmark = pytest.mark.django_db


def kinds_for(user, on=TODAY):
    return {duty.kind for duty in first_duties(viewer(user, on), 50)[0]}


def test_a_kind_without_anything_appears_as_soon_as_there_is_something_and_is_gone_after_it():
    council = a_council()
    manager, administrator = council.users.team_manager, council.users.administrator
    assert [kinds_for(one) for one in (manager, administrator, manager, administrator)] == [set()] * 4
    agreed = an_agreed_conference(marlows=the_marlows(council))
    assert "book_conference" in kinds_for(administrator)
    cancel(by=viewer(administrator), conference=agreed.conference, reason="no_longer_needed", agreed_by="Jo Finch")
    assert kinds_for(administrator) == kinds_for(administrator) == set()


def test_who_became_an_administrator_today_has_an_administrators_work():
    agreed = an_agreed_conference()
    chair = agreed.council.users.chair
    assert kinds_for(chair) == kinds_for(chair) == set()
    with setting_up():
        RoleHeld.objects.create(user=chair, role=Role.ADMINISTRATOR)
    assert "book_conference" in kinds_for(chair)


def test_the_next_day_is_asked_for_itself():
    manager, later = an_agreed_conference().council.users.service_manager, TODAY + timedelta(days=60)
    assert kinds_for(manager) == kinds_for(manager) == set()
    with time_machine.travel(at(later, 9), tick=False):
        assert "book_conference" in kinds_for(manager, later), "it is late now"


def agree_book_send_and_cancel(council):
    """Stops after each act."""
    yield
    agreed = an_agreed_conference(marlows=the_marlows(council))
    yield
    by = agreed.by("administrator")
    booked = book(by=by, conference=agreed.conference, **booking(council))
    yield
    declare(viewer(booked.chair), booked)
    send(agreed)
    yield
    cancel(by=by, conference=booked, reason="no_longer_needed", agreed_by="Jo Finch")
    yield


def test_after_each_act_everybody_has_the_duties_that_they_have_when_nothing_is_remembered():
    council = a_council()
    users = [getattr(council.users, name) for name in ("social_worker", "administrator", "chair")]

    def on_two_days():
        for day in (TODAY, HELD_ON + timedelta(days=1)):
            with time_machine.travel(at(day, 9), tick=False):
                yield [every_duty(viewer(one, day)) for one in users]

    seen = set()
    for _ in agree_book_send_and_cancel(council):
        remembering = list(on_two_days())
        _remembered.cache_clear()
        assert remembering == list(on_two_days())
        seen |= {duty.kind for day in remembering for found in day for duty in found}
    assert {"book_conference", "declare_independence", "hold_conference"} <= seen, seen


def test_a_kind_within_another_is_asked_with_it():
    @one_kind
    def within(_asked):
        return Agency.objects.filter(name="Kestrel Nursery")

    @one_kind
    def around(asked):
        return within(asked)

    asked = Asked(frozenset({1}), TODAY)
    for kind in (within, around):
        with roles_read_once(), asked_together(asked):
            assert not list(kind(asked))
    with setting_up():
        Agency.objects.create(name="Kestrel Nursery", kind="nursery")
    with roles_read_once(), asked_together(asked):
        assert list(around(asked))


def test_a_second_look_asks_all_that_found_nothing_in_one_statement():
    worker, day, asked = a_council().users.social_worker, TODAY + timedelta(days=33), []  # no other test asks that day
    with time_machine.travel(at(day, 9), tick=False):
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                every_duty(viewer(worker, day))
            asked.append(len(captured))
    assert asked[0] > 50 and asked[1] < 15, asked
