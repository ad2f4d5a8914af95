"""Each guard is taken away, one at a time, and the leak tests find it out: seeded failures, so that they can fail."""

from contextlib import contextmanager
from functools import partial

import pytest

from cpc.core.documents.reading import Reading, read_trusted_file
from cpc.tests.leaks.test_leaks import (
    for_families,
    holds,
    no_email_names_anybody,
    no_file_tells,
    the_net_holds,
    the_walls_hold,
)
from cpc.tests.leaks.told import the_fixed_family

pytestmark = pytest.mark.django_db
# Times ten, because only thorough tests draw them: as many are tried before a guard counts as missed.
FAMILIES = 12


def nothing(*_, **__):
    return []


def finds_nothing(*_):
    return ()


def only_its_pages(body, name="") -> Reading:
    return Reading(tuple(part for part in read_trusted_file(body).parts if part.where.startswith("Page ")))


WITHHELD = "families.protections.rules.withheld"
GUARDS = {
    # the walls: what is made, before anything reads it
    "the audience of a paragraph": (
        the_walls_hold, {"conferences.disclosure.rules.audience.admits": lambda *_, **__: True}
    ),
    "which children a copy covers": (
        the_walls_hold, {"reports.outgoing.rules.copies._covered": lambda invited, ties, included, unborn: included}
    ),
    "the people who are kept": (the_walls_hold, {f"{WITHHELD}._hidden_people": lambda *_: frozenset()}),
    "the schools that are kept": (the_walls_hold, {f"{WITHHELD}._schools": nothing}),
    "where post is safe": (
        the_walls_hold,
        {"families.people.queries.contact.address_for_post": lambda addresses, on: (
            max(addresses, key=lambda one: one.pk, default=None))},
    ),
    "how a person is safely reached": (
        the_walls_hold,
        {"conferences.convening.letters.facts.route": lambda *_, has_safe_address, **__: (
            "post" if has_safe_address else "hand", False)},
    ),
    # the net: what somebody typed
    "the release check": (the_net_holds, {"cpc.core.documents.check.all_hits": nothing}),
    "the addresses that it looks for": (the_net_holds, {f"{WITHHELD}._addresses": lambda *_: ([], [])}),
    "the phones that it looks for": (the_net_holds, {f"{WITHHELD}._contact_numbers": lambda *_: ([], [])}),
    "the names that it looks for": (the_net_holds, {f"{WITHHELD}._names": lambda *_: ([], [])}),
    "the schools that it looks for": (the_net_holds, {f"{WITHHELD}.protect_school": nothing}),
    "the facts that it looks for": (the_net_holds, {f"{WITHHELD}.protect_fact": nothing}),
    # what somebody else wrote, and uploaded
    "the check of every file": (no_file_tells, {"cpc.core.documents.examination._find": finds_nothing}),
    # Each of these two would do alone: what lies beside the pages is found, and it is not carried.
    "what is read beside the pages of a file, and that only its pages are carried": (
        no_file_tells,
        {
            "reports.incoming.actions.uploads.read_file": only_its_pages,
            "reports.outgoing.actions.file_copies.redraw": lambda body: body,
        },
    ),
    "whose children a file is about": (
        no_file_tells,
        {
            "reports.outgoing.actions.file_copies.why_never_released": lambda *_: "",
            "reports.outgoing.actions.releasing.why_never_released": lambda *_: "",
        },
    ),
    "the check of every e-mail": (no_email_names_anybody, {"cpc.core.documents.actions.outbox.check_parts": nothing}),
}  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_the_leak_is_found_on_the_fixed_family(guard, monkeypatch):
    case = the_fixed_family(held=GUARDS[guard][0] == the_net_holds)  # the guard is away while a record is made, too
    with without(guard, monkeypatch) as told:
        told(case)


@pytest.mark.thorough
@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_the_leak_is_found_on_a_drawn_family(guard, monkeypatch):
    with without(guard, monkeypatch) as told:
        for_families(partial(holds, told), FAMILIES)


@contextmanager
def without(guard, monkeypatch):
    """The guard is gone, and what is done with the property that it serves must fail."""
    told, instead = GUARDS[guard]
    for place, what in instead.items():
        monkeypatch.setattr(place, what)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        yield told
