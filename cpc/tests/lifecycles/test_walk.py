"""Every state of every kind: somebody can act, those who can have the duty, and there is a way to an end."""

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from cpc.core.accounts.choices import CoverKind, Role
from cpc.core.accounts.lifecycles import FOLLOWS, KINDS, SOFTWARE
from cpc.core.accounts.models import TeamCover, User
from cpc.core.accounts.tests.builders import TODAY, setting_up, viewer
from cpc.core.kernel.refusals import NotPermitted, Refusal
from cpc.reminders.queries import duties, duties_of, every_duty
from cpc.tests.lifecycles import enquiries, families, papers  # noqa: F401  (their kinds are registered with the others)
from cpc.tests.lifecycles.acts import ACTS, NOT_TRIED
from cpc.tests.lifecycles.records import WALKS


@contextmanager
def undone():
    """What is done here is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everybody():
    """The viewer for each active user, by their id."""
    return {user.pk: viewer(user) for user in User.objects.filter(is_active=True)}


def able(moves, record, people):
    """Those of ``people`` (ids) who may do at least one of ``moves`` with the record, by the real permission checks."""
    return {
        pk
        for pk, by in people.items()
        if any(one.allows(by, move.asked_of(record)) for move in moves for one in move.permissions)
    }


def personal(row):
    """The moves that a person makes."""
    return [move for move in row.moves if move.who not in (FOLLOWS, SOFTWARE)]


# --- The table ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", sorted(KINDS))
def test_the_table_has_every_state_and_each_leads_to_an_end_and_can_be_undone(noun):
    kind = KINDS[noun]
    model = apps.get_model(kind.model)
    if not kind.of:
        assert set(kind.states) == {value for value, _ in model._meta.get_field(kind.field).choices}
    for state, row in kind.states.items():
        assert _ends_from(kind, state), f"{noun}, {state}: no move leads to an end"
        assert row.undoing or row.undone, f"{noun}, {state}: nothing undoes it"
        assert row.ends or row.duties or row.waits, f"{noun}, {state}: nobody has a duty, and nothing says why"
        assert row.moves or row.way, f"{noun}, {state}: it does not say what can be done instead"
        for move in personal(row):
            assert move.permissions and move.who.away, f"{noun}, {state}: {move.act}"


def _ends_from(kind, state):
    seen, waiting = set(), [state]
    while waiting:
        now = waiting.pop()
        if kind.states[now].ends:
            return True
        seen.add(now)
        waiting += kind.moves[now] - seen
    return False


def test_every_model_with_a_state_has_a_table():
    fields = {
        model._meta.label_lower
        for model in apps.get_models()
        if not model._meta.label.endswith("Event")
        and any(
            field.name == "state" and field.choices for field in model._meta.get_fields() if hasattr(field, "choices")
        )
    }
    assert fields and fields <= {kind.model for kind in KINDS.values()}


def test_every_duty_that_a_state_names_is_one_that_some_deadlines_list():
    from cpc.tests.architecture.places import ROOT, our_files

    text = "".join((ROOT / path).read_text() for path in our_files("*.py") if "deadlines" in str(path))
    named = {duty for kind in KINDS.values() for row in kind.states.values() for duty in row.duties}
    unknown = {one for one in named if f'"{one}"' not in text and not one.startswith(("agree_", "review_"))}
    assert not unknown


# --- The walk -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(KINDS))
def test_in_every_state_somebody_can_act_and_the_duty_is_on_the_list_of_those_who_can(noun):
    kind, walk = KINDS[noun], WALKS[noun]
    assert set(walk.states) == set(kind.states)
    found = walk.base()
    people = everybody()
    for state, make in walk.states.items():
        with undone():
            record = make(deepcopy(found))
            assert kind.now(record) == state
            row, place = kind.states[state], f"{noun}, {state}"
            for move in personal(row):
                assert able([move], record, people), f"{place}: nobody may {move.act}"
            if row.duties:
                _check_duties(place, row, record, people)


def _check_duties(place, row, record, people):
    can, gathered = able(row.moves, record, people), duties()
    mine = [duty for duty in gathered if duty.kind in row.duties]
    assert mine, f"{place}: nobody has the duty {row.duties}"
    for duty in mine:
        first = duty.owners or duty.then
        assert first, f"{place}: {duty.kind} is nobody’s"
        assert first <= can, f"{place}: {duty.kind} is on the list of somebody who cannot do it"
        overdue = replace(duty, due_on=TODAY - timedelta(days=1))
        late = {pk for pk, by in people.items() if _has(duties_of(by, [overdue]), duty)}
        assert first <= late, f"{place}: {duty.kind} is hidden from its owner"
        assert late <= first | duty.then, f"{place}: {duty.kind} is on a stranger’s list"
        for pk in first:  # the list as its page makes it
            assert _has(every_duty(people[pk]), duty), f"{place}: {duty.kind} is lost by what the page asks for"
        if len(first & can) == 1:
            _check_away(place, duty, row, record, people, *first)


def _has(found, duty):
    return (duty.kind, duty.id) in {(one.kind, one.id) for one in found}


def _check_away(place, duty, row, record, people, owner):
    """The owner's cover has the duty and can do it; without anybody, those who are told when it is late."""
    user = User.objects.get(pk=owner)
    if people[owner].holds(Role.PROFESSIONAL):
        assert able(row.moves, record, people) & duty.then, f"{place}: nobody does it for the invited person"
        return
    covering = _who_covers(user)
    assert covering, f"{place}: nobody can cover for the owner of {duty.kind}"
    with undone(), setting_up():
        is_manager = people[owner].holds(Role.TEAM_MANAGER)
        TeamCover.objects.create(
            user=covering, team=user.team or covering.team, absent=None if is_manager else user, kind=CoverKind.COVER,
            from_on=TODAY, until_on=TODAY + timedelta(days=5), reason="Ill", granted_by=user,
        )  # fmt: skip
        by = viewer(covering)
        assert _has(every_duty(by), duty), f"{place}: who covers does not have {duty.kind}"
        assert covering.pk in able(row.moves, record, {covering.pk: by}), f"{place}: who covers cannot do {duty.kind}"


def _who_covers(user):
    same = User.objects.filter(is_active=True, roles_held__role__in=user.roles_held.values("role")).exclude(pk=user.pk)
    return same.filter(team=user.team).first() or same.first()


# --- What the table forbids ---------------------------------------------------------------------------------------


def test_every_move_that_some_state_forbids_is_tried_there_or_says_why_not():
    for noun, kind in KINDS.items():
        rows = kind.states.values()
        everywhere = set.intersection(*({move.act for move in row.moves} for row in rows))
        forbidden = {move.act for row in rows for move in personal(row)} - everywhere
        assert forbidden == set(ACTS.get(noun, ())) | set(NOT_TRIED.get(noun, ())), noun
        assert not set(ACTS.get(noun, ())) & set(NOT_TRIED.get(noun, ())), noun


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(ACTS))
def test_what_the_table_forbids_is_refused_with_the_way_that_is_open(noun):
    kind, walk, tried = KINDS[noun], WALKS[noun], set()
    found = walk.base()
    for state, make in walk.states.items():
        with undone():
            mine = deepcopy(found)
            record = make(mine)
            for act, do in ACTS[noun].items():
                if any(move.act == act for move in kind.states[state].moves):
                    continue
                record = type(record).objects.get(pk=record.pk)
                with undone(), pytest.raises(Refusal) as refused:
                    do(mine, record)
                if isinstance(refused.value, NotPermitted):
                    continue  # in this state they do not see it, or have no part in it yet
                assert kind.way(state) in refused.value.sentence, f"{noun}, {state}: {act}"
                tried.add(act)
    assert tried == set(ACTS[noun])
