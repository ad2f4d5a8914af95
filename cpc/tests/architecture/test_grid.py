"""Every role at every address, with the records of four families: their own, another team's, a restricted one, and one
with which they have a conflict. No page of a family that somebody may not see says a word of it, whatever it answers.
"""

import itertools
import re
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import transaction
from django.db.models import Max
from django.test import Client, TestCase
from django.urls import reverse

from cpc.core.accounts.tests.builders import TODAY, viewer
from cpc.core.audit.models import Look
from cpc.core.documents.text import text_of
from cpc.core.web.guards import ANYBODY
from cpc.core.web.middleware import LAST_SEEN
from cpc.tests.architecture.addresses import addresses
from cpc.tests.architecture.bad_input import BadInput
from cpc.tests.architecture.everybody_twice import WRITTEN, everybody_twice
from cpc.tests.architecture.grid import KINDS, MAY_SEE, STRANGERS, WORDS, WORKERS, a_grid
from cpc.tests.architecture.reading import Reading
from cpc.tests.architecture.relations import ARRANGED
from cpc.tests.architecture.roads import Roads
from cpc.tests.architecture.slots import ABOUT_A_FAMILY, ABOUT_NO_FAMILY
from cpc.tests.examples import is_thorough
from cpc.tests.html import faults
from families.tests.builders import restrict

ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 422}
SHUT = {403, 404, 405}
METHODS = ("get", "post")
HOUR = 3600
SEARCHES = (("families:search", "?q="), ("work:conferences", "?q="))
ADDRESSES = ["Quarry Street", "ZZ9 4QP", "07700", "Mill Close", "reach.me@", "Márl only"]
# The manager of the team arranges who is named for a restricted family; a system administrator ends a conflict, and is
# shown the user it concerns, not the other person.
OPEN_AND_SILENT = {
    *(("team_manager", "restricted", name) for name in ARRANGED),
    *(("system_administrator", kind, "families:end_conflict") for kind in KINDS),
}
WARNED = ("social_worker", "team_manager", "chair", "administrator")
UNWARNED = {"conferences:meet_room"}  # the family reads the room's screen
GRID = None


@dataclass
class Said:
    """What one request was answered: all of it, as the person who asked can read it."""

    who: str
    method: str
    name: str
    path: str
    status: int
    text: str
    looked_at: set

    def __str__(self):
        return f"{self.who}: {self.method} {self.name} {self.path}: {self.status}"

    @property
    def is_page_about_a_family(self):
        """A whole page of our own, as it was asked for or with a form that was refused."""
        return self.name in ABOUT_A_FAMILY and self.status in (200, 409, 422) and "<main" in self.text

    @property
    def warns(self):
        """Whether the risk to workers of their own family is above the page."""
        above = self.text.partition("<main")[0].partition('aria-label="Warnings"')[2]
        return f"<strong>Risk to workers.</strong> {WORDS['own']} fled" in " ".join(above.split())

    def with_any_of(self, words):
        """A line for the report where the answer has one of ``words``, with the text around it; else nothing."""
        for word in words:
            if (at := self.text.find(word)) >= 0:
                return f"{self}: …{self.text[max(0, at - 60) : at + 60]}…"
        return ""


class Visitor:
    """Somebody who opens addresses; nothing that they do stays done."""

    def __init__(self, who):
        self.who, self.client = who, Client()
        self.client.force_login(GRID.users[who])
        session = self.client.session  # was here this minute, so that no request writes it again
        session[LAST_SEEN] = time.time() + HOUR
        session.save()
        self.viewer = viewer(GRID.users[who])
        self.last_look = Look.objects.aggregate(last=Max("pk"))["last"] or 0

    def may_try(self, name):
        """Whether the guard lets the role in, before any record is looked at."""
        guard = guards()[name]
        return not guard or guard == ANYBODY or any(map(self.viewer.can, guard))

    def opens(self, found, methods=METHODS):
        """What is answered at each of ``found``, but where the guard refuses the role before anything is looked at."""
        for (name, path), method in itertools.product(found, methods):
            if self.may_try(name):
                yield self.open(name, path, method)

    def knocks(self, found, methods):
        """What is answered at each of ``found`` to each of ``methods``, or to the other where that one is not taken."""
        for said in self.opens(found, methods):
            yield said
            if said.status == 405 and len(methods) == 1:
                yield self.open(said.name, said.path, "post" if said.method == "get" else "get")

    def open(self, name, path, method="get"):
        """What is answered to one request."""
        with transaction.atomic():
            answer = getattr(self.client, method)(path, *([{"x": "1"}] if method == "post" else []))
            text = self._all_that_it_says(answer)
            if name in ARRANGED and self.who == "team_manager":  # who is named is arranged by its case number
                text = text.replace(f"{WORDS['restricted']}-001", "")
            looked_at = set() if answer.status_code in SHUT else self._looked_at()
            transaction.set_rollback(True)
        return Said(self.who, method, name, path, answer.status_code, text, looked_at)

    def _looked_at(self):
        return set(Look.objects.filter(pk__gt=self.last_look).values_list("child_id", flat=True))

    @staticmethod
    def _all_that_it_says(answer):
        body = answer.content
        text = text_of(body) if body[:5] == b"%PDF-" else body.decode(errors="replace")  # a picture, else
        where = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        told = " ".join(str(one) for one in get_messages(answer.wsgi_request))
        return f"{where}\n{told}\n{text}"


@cache
def guards():
    """The permissions that each address of ours asks for, by its name."""
    return {address.name: address.view.guarded_by for address in addresses() if address.is_ours}


@cache
def visitor(who):
    """The visitor of that name, signed in once for a test."""
    return Visitor(who)


def lists():
    """(name, path) of every address that does not vary."""
    return [(address.name, address.path) for address in addresses() if address.is_ours and not _varies(address)]


def _varies(address):
    return re.search(r"/(1|a)/", address.path)


def paths(family, names=ABOUT_A_FAMILY, *, after=None, few=False):
    """(name, path) with a family's records in every place; with ``after``, that one's in the first.

    ``few``: one of each kind (of conferences the booked and the declined), for what depends on no state.
    """
    for name in names:
        slots = ABOUT_A_FAMILY[name]
        owners = [after or family, family] if len(slots) == 2 else [family]
        values = [owner.found.get(slot, [slot]) for slot, owner in zip(slots, owners, strict=True)]
        if few:
            ends = {"conference": slice(None, None, len(family["conference"]) - 1)}
            values = [rows[ends.get(slot, slice(1))] for slot, rows in zip(slots, values, strict=True)]
        for each in itertools.product(*values):
            yield name, reverse(name, args=[getattr(one, "pk", one) for one in each])


@cache
def round_of_their_own(who):
    """What a person opens of the family that they work with, and every list; and what they send, once."""
    return [
        *visitor(who).opens(own_records(who), ["get"]), *visitor(who).opens(lists(), ["get"]),
        *visitor(who).opens(paths(GRID.families["own"], sent_by(who), few=True), ["post"]),
    ]  # fmt: skip


def own_records(who):
    """(name, path) of the records of their own family that a person opens.

    At each address the first record, and a share of the others, so that somebody opens each of them. The school opens
    all of them, because least is meant for it; and everybody does in a thorough run.
    """
    for name in ABOUT_A_FAMILY:
        found = list(paths(GRID.families["own"], [name]))
        sharing = staff_at(name)
        if is_thorough() or who not in sharing:
            yield from found
        else:
            yield found[0]
            yield from found[1 + sharing.index(who) :: len(sharing)]


def sent_by(who):
    """The addresses to which a person sends: two members of staff share each, in turn. The school sends to all that it
    may, and everybody does in a thorough run."""
    for number, name in enumerate(ABOUT_A_FAMILY):
        sharing = staff_at(name)
        turns = {sharing[(number + turn) % len(sharing)] for turn in range(2)} if sharing else set()
        if is_thorough() or who not in sharing or who in turns:
            yield name


@cache
def staff_at(name):
    """Everybody but the school with a role that may open the address. No record is looked at yet."""
    return [one for one in WORKERS if one != "school" and visitor(one).may_try(name)]


def hidden_records(people, names=ABOUT_A_FAMILY, **places):
    """(who, kind, [(name, path)], methods) of records that a person may not see.

    Every person tries every address with one kind of family, to read or to write in turn; and every kind is tried at
    every address by somebody, in both ways. In a thorough run everybody tries every kind in both ways.
    """
    for name in names:
        admitted = [(who, kind) for who in people if visitor(who).may_try(name) for kind in KINDS]
        pairs = [(who, kind) for who, kind in admitted if kind not in MAY_SEE[who]]
        pairs = pairs if is_thorough() else _each_once(pairs)
        for who, kind in pairs:
            same = [pair for pair in pairs if pair[1] == kind]
            turn = same.index((who, kind)) % 2
            methods = METHODS if is_thorough() or len(same) == 1 else METHODS[turn : turn + 1]
            yield who, kind, list(paths(GRID.families[kind], [name], few=True, **places)), methods


def _each_once(pairs):
    """As few of the (who, kind) pairs as hold every person and every kind."""
    chosen = []
    for who in dict.fromkeys(who for who, _ in pairs):
        tried = Counter(kind for _, kind in chosen)
        chosen.append(min((pair for pair in pairs if pair[0] == who), key=lambda pair: tried[pair[1]]))
    for kind in dict.fromkeys(kind for _, kind in pairs):
        if kind not in {kind for _, kind in chosen}:
            chosen.append(next(pair for pair in pairs if pair[1] == kind))
    return chosen


def wrong(lines):
    lines = [line for line in lines if line]
    assert lines == [], f"{len(lines)} answers:\n" + "\n".join(map(str, lines))


@pytest.mark.long
class TestTheGrid(Roads, BadInput, Reading, TestCase):
    """One council for all these tests; each request is undone by itself."""

    @classmethod
    def setUpClass(cls):
        cls.clock = time_machine.travel(f"{TODAY} 09:00+00:00", tick=True)
        cls.clock.start()
        cls.addClassCleanup(cls.clock.stop)
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        global GRID
        round_of_their_own.cache_clear()
        GRID = a_grid()

    def setUp(self):
        visitor.cache_clear()  # a sign-in is undone with its test

    def test_what_is_theirs_never_fails(self):
        answers = [said for who in WORKERS for said in round_of_their_own(who)]
        assert sum(said.status == 200 for said in answers) > 300, "too few pages opened: this looks in the wrong place"
        wrong(said for said in answers if said.status not in ANSWERS)

    def test_nothing_of_theirs_and_no_list_says_a_word_of_a_family_that_they_may_not_see(self):
        wrong(
            said.with_any_of([WORDS[kind] for kind in KINDS if kind not in MAY_SEE[who]])
            for who in WORKERS
            for said in round_of_their_own(who)
        )

    def test_no_search_finds_a_family_that_they_may_not_see(self):
        found, lines = 0, []
        for who in WORKERS:
            for kind, (name, query) in itertools.product(KINDS, SEARCHES):
                # The beginning of the word, so that the box with what was typed is not taken for a find.
                asked = visitor(who).opens([(name, reverse(name) + query + WORDS[kind][:-1])], ["get"])
                for said in asked:
                    if kind in MAY_SEE[who]:
                        found += WORDS[kind] in said.text
                    else:
                        lines.append(said.with_any_of([WORDS[kind]]))
        assert found > 5, "no search found anything: this test looks in the wrong place"
        wrong(lines)

    def test_the_records_of_a_family_that_somebody_may_not_see_are_closed_and_say_nothing(self):
        lines, tried = [], set()
        for who, kind, found, methods in hidden_records([*WORKERS, *STRANGERS]):
            for said in visitor(who).knocks(found, methods):
                tried.add(said.name)
                shut = said.status in SHUT or (who, kind, said.name) in OPEN_AND_SILENT
                lines.append(said.with_any_of([WORDS[kind]]) if shut else said)
        assert tried == set(ABOUT_A_FAMILY) and len(lines) > 3 * len(tried), "too few were tried"
        wrong(lines)

    def test_a_record_of_another_family_is_not_reached_through_ones_own(self):
        two_places = [name for name, slots in ABOUT_A_FAMILY.items() if _two_records(slots)]
        assert len(two_places) > 10
        lines, tried = [], set()
        for who, kind, found, methods in hidden_records(WORKERS, two_places, after=GRID.families["own"]):
            for said in visitor(who).knocks(found, methods):
                tried.add(said.name)
                lines.append(said if said.status not in SHUT else said.with_any_of([WORDS[kind]]))
        assert tried == set(two_places), "too few were tried"
        wrong(lines)

    def test_a_professional_meets_no_other_child_no_other_father_and_no_address_of_a_family_that_they_know(self):
        # The school knows Rosa, and is asked which of her parents the report was shared with. Theo and his are news.
        own = GRID.families["own"]
        theo, lewis, jean = own.marlows.theo, own.marlows.theos_father, own.marlows.grandmother
        never = [*(name for person in (theo, lewis, jean) for name in (person.first_name, person.last_name)),
                 *ADDRESSES, "14 Alder Lane", "ZZ1 1AA", f"{own.word} draft", "said for chair"]  # fmt: skip
        answers = round_of_their_own("school")
        assert sum(own.marlows.rosa.first_name in said.text for said in answers) > 5
        wrong(said.with_any_of(never) for said in answers)

    def test_who_may_not_read_contact_details_meets_no_protected_address_and_no_number(self):
        wrong(
            said.with_any_of(ADDRESSES)
            for who in ("chair", "service_manager", "school")
            for said in round_of_their_own(who)
        )

    def test_every_page_about_a_family_begins_with_its_warnings_for_those_who_may_read_them(self):
        pages = [said for who in WARNED for said in round_of_their_own(who) if said.is_page_about_a_family]
        assert len({said.name for said in pages}) > 100, "too few pages: this looks in the wrong place"
        wrong(said for said in pages if (said.name in UNWARNED) == said.warns)
        printing = [said for said in round_of_their_own("administrator") if said.name == "documents:print_room"]
        assert [said.warns for said in printing] == [True]

    def test_every_page_is_html_that_needs_no_mending_and_can_be_followed_without_a_screen(self):
        pages = {
            (said.name, said.method, said.status): said
            for who in (*WORKERS, "system_administrator")
            for said in round_of_their_own(who)
            if "<!DOCTYPE html>" in said.text
        }
        assert len(pages) > 200, "too few pages: this looks in the wrong place"
        wrong(
            f"{said}: {fault}"
            for said in pages.values()
            for fault in faults(said.text[said.text.index("<!DOCTYPE html>") :])
        )

    def test_no_page_warns_those_who_may_not_read_the_warnings(self):
        pages = [said for who in ("service_manager", "school") for said in round_of_their_own(who)]
        assert sum(said.is_page_about_a_family for said in pages) > 50
        wrong(said for said in pages if said.warns or "Risk to workers" in said.text)

    def test_every_page_that_names_a_child_is_written_down_as_a_look(self):
        marlows = GRID.families["own"].marlows
        for said in (said for who in WORKERS for said in round_of_their_own(who) if said.status != 302):
            said.unseen = [c.first_name for c in (marlows.rosa, marlows.theo) if c.pk not in said.looked_at]
        wrong(
            said.with_any_of(said.unseen) for who in WORKERS for said in round_of_their_own(who) if said.status != 302
        )

    def test_what_a_restricted_family_wrote_of_everybody_is_on_no_page_of_the_open_one(self):
        own = GRID.families["own"]
        with time_machine.travel(f"{TODAY} 10:00+00:00", tick=True):  # after all that the grid is made of
            family = everybody_twice(own, GRID.users["other_worker"])
        few = [*paths(own, few=True), *lists()]
        answers = list(visitor("chair").opens(few, ["get"]))
        told = {said.path for said in answers if said.with_any_of(WRITTEN)}
        assert len(told) > 30, "while it is open it shows: this test looks in the wrong place"
        restrict(family)
        # What showed it, and what the chair may not open, is opened by everybody; the rest by one of them, in turn.
        rest = sorted({said.path for said in answers} - told)
        wrong(
            said.with_any_of(WRITTEN)
            for turn, who in enumerate(("social_worker", "chair", "administrator"))
            for said in visitor(who).opens(
                [one for one in few if is_thorough() or one[1] not in rest or rest.index(one[1]) % 3 == turn], ["get"]
            )
        )


def _two_records(slots):
    return len(slots) == 2 and all(slot in GRID.families["own"].found for slot in slots)


def test_every_address_of_ours_is_in_the_grid():
    varying = {address.name for address in addresses() if address.is_ours and _varies(address)}
    assert varying - set(ABOUT_A_FAMILY) - ABOUT_NO_FAMILY == set()
    assert set(ABOUT_A_FAMILY) <= {address.name for address in addresses()}
