"""Each guard is taken away, one at a time, and the leak tests find it out: seeded failures, so that they can fail."""

import pytest

from cpc.core.documents.reading import Reading, read_here
from cpc.tests.leaks.test_leaks import (
    each_family,
    no_email_names_anybody,
    no_file_tells,
    the_net_holds,
    the_walls_hold,
)

pytestmark = pytest.mark.django_db
FAMILIES = 120  # as many are drawn before a guard that is gone must have been missed; the first that misses it ends it


def nothing(*_, **__):
    return []


def only_its_pages(body, name="") -> Reading:
    return Reading(tuple(part for part in read_here(body).parts if part.where.startswith("Page ")))


GUARDS = {
    # the walls: what is made, before anything reads it
    "the audience of a paragraph": (
        the_walls_hold, {"conferences.rules.audience.admits": lambda *_, **__: True}
    ),
    "which children a copy covers": (
        the_walls_hold, {"reports.rules._covered": lambda invited, ties, included: included}
    ),
    "the people who are kept": (the_walls_hold, {"families.rules.knowing._hidden": lambda *_: frozenset()}),
    "the schools that are kept": (the_walls_hold, {"families.rules.knowing._schools": nothing}),
    "where post is safe": (
        the_walls_hold,
        {
            f"{home}.address_for_post": lambda addresses, on: max(addresses, key=lambda one: one.pk, default=None)
            for home in ("conferences.queries.tell", "families.queries.contact")
        },
    ),
    "how a person is safely reached": (
        the_walls_hold, {"conferences.letters.facts.route": lambda *_, **__: ("post", False)}
    ),
    # the net: what somebody typed
    "the release check": (the_net_holds, {"cpc.core.documents.check.all_hits": nothing}),
    "the addresses that it looks for": (the_net_holds, {"families.rules.knowing._places": lambda *_: ([], [])}),
    "the phones that it looks for": (the_net_holds, {"families.rules.knowing._numbers": lambda *_: ([], [])}),
    "the names that it looks for": (the_net_holds, {"families.rules.knowing._names": lambda *_: ([], [])}),
    "the schools that it looks for": (the_net_holds, {"families.rules.knowing.protect_school": nothing}),
    "the facts that it looks for": (the_net_holds, {"families.rules.knowing.protect_fact": nothing}),
    # what somebody else wrote, and uploaded
    "the check of every file": (no_file_tells, {"cpc.core.documents.examination.check_parts": nothing}),
    "what is read beside the pages of a file": (
        no_file_tells, {"cpc.core.documents.examination.read_file": only_its_pages}
    ),
    "whose children a file is about": (
        no_file_tells,
        {f"reports.actions.{home}.why_never": lambda *_: "" for home in ("carrying", "releasing")},
    ),
    "the check of every e-mail": (no_email_names_anybody, {"cpc.core.documents.actions.outbox.check_parts": nothing}),
}  # fmt: skip


@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_the_leak_is_found(guard, monkeypatch):
    told, instead = GUARDS[guard]
    for place, what in instead.items():
        monkeypatch.setattr(place, what)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        each_family(FAMILIES)(told)()
