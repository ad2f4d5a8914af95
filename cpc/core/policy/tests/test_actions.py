"""What a system administrator does with the rules: state, trail and refusal."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from cpc.core.audit.models import Event
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.core.policy import queries
from cpc.core.policy.actions import (
    add_bank_holiday,
    remove_bank_holiday,
    set_local_limit,
    withdraw_local_limit,
)
from cpc.core.policy.bank_holidays import shipped
from cpc.core.policy.models import BankHoliday, LocalLimit

from .conftest import TODAY


def a_limit(by, **change):
    given = {
        "key": "record", "amount": 10, "unit": "working days", "from_on": TODAY, "reason": "Agreed", "on": TODAY,
    } | change  # fmt: skip
    return set_local_limit(by=by, **given)


@pytest.mark.django_db
def test_the_table_is_seeded_with_what_ships_under_an_event_of_the_system():
    assert dict(BankHoliday.objects.values_list("falls_on", "name")) == dict(shipped())
    history = BankHoliday.pgh_event_model.objects.first()
    assert Event.objects.get(pk=history.pgh_context_id).by_kind == "system"


def test_adding_a_bank_holiday_moves_dates_and_leaves_a_trail(administrator):
    before = queries.due("icpc", TODAY).on
    add_bank_holiday(by=administrator, falls_on=date(2026, 3, 20), name=" A royal day ", reason="Proclaimed")
    assert queries.due("icpc", TODAY).on == before + timedelta(days=1)
    event = Event.objects.get(by_id=administrator.id)
    assert (event.reason, event.details["bank_holiday"]) == ("Proclaimed", "2026-03-20")


def test_removing_a_bank_holiday_makes_the_day_count(administrator):
    holiday = BankHoliday.objects.get(falls_on=date(2026, 4, 3))
    remove_bank_holiday(by=administrator, holiday=holiday, reason="Entered by mistake")
    assert queries.calendar().is_working_day(date(2026, 4, 3))


def test_a_bank_holiday_removed_twice_gets_a_sentence(administrator):
    one, same = (BankHoliday.objects.get(falls_on=date(2026, 4, 3)) for _ in range(2))
    remove_bank_holiday(by=administrator, holiday=one, reason="Entered by mistake")
    with pytest.raises(WrongState, match="removed already"):
        remove_bank_holiday(by=administrator, holiday=same, reason="Entered by mistake")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"falls_on": date(2026, 3, 21)}, "falls_on", "not counted anyway"),
        ({"falls_on": date(2026, 4, 3)}, "falls_on", "already"),
        ({"falls_on": date(2090, 4, 3)}, "falls_on", "between 2000 and 2050"),
        ({"name": "  "}, "name", "name"),
        ({"reason": " "}, "reason", "reason"),
    ],
)
def test_a_bank_holiday_that_cannot_be_is_refused_and_nothing_changes(administrator, change, field, said):
    count = BankHoliday.objects.count()
    given = {"falls_on": date(2026, 3, 20), "name": "A day", "reason": "Proclaimed"} | change
    with pytest.raises(Invalid, match=said) as refused:
        add_bank_holiday(by=administrator, **given)
    assert refused.value.field == field
    assert BankHoliday.objects.count() == count
    assert not Event.objects.filter(by_id=administrator.id).exists()


def test_only_who_may_set_policy_changes_the_rules(administrator, social_worker):
    row = a_limit(administrator)
    holiday = BankHoliday.objects.first()
    for attempt in (
        lambda: add_bank_holiday(by=social_worker, falls_on=date(2026, 3, 20), name="A day", reason="x"),
        lambda: remove_bank_holiday(by=social_worker, holiday=holiday, reason="x"),
        lambda: a_limit(social_worker, key="visit", unit="weeks", amount=1),
        lambda: withdraw_local_limit(by=social_worker, row=row, reason="x"),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert BankHoliday.objects.filter(pk=holiday.pk).exists() and LocalLimit.objects.count() == 1


def test_a_local_limit_holds_from_its_day_and_not_before(administrator):
    a_limit(administrator, from_on=date(2026, 4, 1))
    assert queries.limit("record", date(2026, 3, 31)).standing == "preset"
    local = queries.limit("record", date(2026, 4, 1))
    assert (local.amount, local.standing, local.source) == (10, "local", "This service from 01/04/2026: Agreed")


def test_a_withdrawn_limit_gives_way_to_the_one_before(administrator):
    row = a_limit(administrator)
    withdraw_local_limit(by=administrator, row=row, reason="A mistake")
    assert queries.limit("record", TODAY).standing == "preset"
    assert (row.withdrawn_by, LocalLimit.objects.count()) == (administrator.name, 1)
    with pytest.raises(WrongState, match="already"):
        withdraw_local_limit(by=administrator, row=row, reason="Again")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"key": "icpc", "amount": 16}, "amount", "can end later than the national limit of 15 working days"),
        ({"key": "icpc", "amount": 1, "unit": "months"}, "amount", "never longer"),
        ({"key": "first_core_group", "amount": 11}, "amount", "never longer"),
        ({"key": "first_review", "amount": 4, "unit": "months"}, "amount", "never longer"),
        ({"key": "next_review", "amount": 7, "unit": "months"}, "amount", "never longer"),
        ({"key": "transfer_in_conference", "amount": 22, "unit": "days"}, "amount", "never longer"),
        ({"key": "nothing"}, None, "no limit called"),
        ({"unit": "fortnights"}, "unit", "Choose a unit"),
        ({"amount": 0}, "amount", "from 1 to 260"),
        ({"amount": 13, "unit": "months"}, "amount", "from 1 to 12"),
        ({"counting": "clear"}, "counting", "clear days"),
        ({"from_on": TODAY - timedelta(days=1)}, "from_on", "today’s date or a later one"),
        ({"reason": ""}, "reason", "reason"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_and_nothing_changes(administrator, change, field, said):
    with pytest.raises(Invalid, match=said) as refused:
        a_limit(administrator, **change)
    assert refused.value.field == field
    assert not LocalLimit.objects.exists()


@pytest.mark.parametrize(
    "change", [{"key": "icpc", "amount": 10}, {"key": "first_review", "amount": 10, "unit": "weeks"}]
)
def test_a_national_limit_may_be_made_shorter(administrator, change):
    a_limit(administrator, **change)
    assert queries.limit(change["key"], TODAY).standing_in_words == "set by this service"


def test_two_values_from_one_day_are_refused_by_sentence_and_by_the_database(administrator):
    a_limit(administrator)
    with pytest.raises(Invalid, match="already"):
        a_limit(administrator, amount=5)
    assert LocalLimit.objects.get().amount == 10


@pytest.mark.django_db
def test_nobody_writes_a_bank_holiday_outside_the_door():
    with pytest.raises(DatabaseError, match="Nobody is recorded"), transaction.atomic():
        BankHoliday.objects.create(falls_on=date(2026, 3, 20), name="A day")
