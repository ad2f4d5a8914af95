"""Each guard of the months is taken away, one at a time, and the months find it out: seeded failures, so that they can
fail. Played only with ``--thorough``, but for the first.
"""

from dataclasses import replace

import pytest
from django.db.models import Q

from conferences.convening.actions import booking
from conferences.convening.queries import last_told
from conferences.plans.actions.reviews import keep_review
from cpc.core.accounts.holdings import KINDS
from cpc.core.documents import sending
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.queries import account_is_closed
from cpc.tests.examples import is_thorough
from cpc.tests.lifecycles.test_months import play
from cpc.tests.lifecycles.test_walk import undone

pytestmark = pytest.mark.django_db
SEEDS = 10  # as many are tried before a guard counts as missed


def nothing(*_, **__):
    return None


def without(found, gone):
    return [one for one in found if one is not gone]


def and_not(key):
    return KINDS | {key: replace(KINDS[key], give=nothing)}


HELD = "cpc.core.accounts.holdings.KINDS"
LEFT = ("waits for a closed account", "has left and holds")
# What the months say, and what is put instead of what.
GUARDS = {
    "what was withdrawn before it left told nothing": (
        ("never told",),
        lambda: {
            "conferences.convening.queries.last_told.HAS_LEFT": last_told.HAS_LEFT | Q(state=OutgoingState.WITHDRAWN)
        },
    ),
    "the last that left counts": (
        ("never told",),
        lambda: {"conferences.convening.queries.last_told._when": lambda outgoing: -outgoing.pk},
    ),
    "what waits to leave told nothing": (
        ("left with a wrong day",),
        lambda: {"conferences.convening.queries.last_told.WAITING": ()},
    ),
    "a cancelled review is asked for again": (
        ("no review to come",),
        lambda: {
            "conferences.convening.actions.booking._after_cancelling": without(booking._after_cancelling, keep_review)
        },
    ),
    "plans go to another lead": (LEFT, lambda: {HELD: and_not("leads")}),
    "families go to another worker": (LEFT, lambda: {HELD: and_not("families")}),
    "nothing is sent to a closed account": (
        ("goes to a closed account",),
        lambda: {
            "cpc.core.documents.sending._questions": without(sending._questions, account_is_closed),
            "conferences.convening.actions.acting.withdraw_messages": nothing,
            "conferences.convening.holdings.withdraw_messages": nothing,
        },
    ),
}


@pytest.mark.parametrize("guard", GUARDS if is_thorough() else list(GUARDS)[:1])
def test_the_months_find_out_that_a_guard_is_taken_away(guard, monkeypatch):
    says, gone = GUARDS[guard]
    for name, instead in gone().items():
        monkeypatch.setattr(name, instead)
    for seed in range(SEEDS):
        try:
            with undone():  # or the second seed would find the service of the first
                play(seed)
        except AssertionError as found:
            assert any(one in str(found) for one in says)
            return
    pytest.fail(f"{SEEDS} seeds did not find out that this is gone: {guard}")
