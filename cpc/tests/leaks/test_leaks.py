"""Random families, protections and documents: nothing that would leave tells its reader what they must not learn.

``test_guards`` takes the guards away one by one and shows that each of these fails for it.
"""

import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from cpc.core.accounts.permissions import Permission
from cpc.core.accounts.tests.builders import a_council
from cpc.core.audit.door import acting
from cpc.core.documents.actions import queue
from cpc.core.documents.check import release_check
from cpc.core.documents.choices import Channel
from cpc.core.documents.examination import preview
from cpc.core.documents.protected import STOPS
from cpc.core.documents.readers import Recipient
from cpc.core.documents.reading.extract import read_trusted_file
from cpc.core.kernel.refusals import Invalid
from cpc.tests.examples import examples
from cpc.tests.leaks.drawn import CHILDREN, HOMES, MOTHER, NAMES, PHONES, REFUGE, STAFF, WHAT, Drawn, families
from cpc.tests.leaks.packs import packs_given
from cpc.tests.leaks.rich import RICH
from cpc.tests.leaks.told import OnRecord, Text, files_sent, letters_of, the_fixed_family
from reports.outgoing.queries.protected import names_of

pytestmark = pytest.mark.django_db
TOKENS_OF_THE_FAMILY = ["Vantry", *CHILDREN, *(name for pair in NAMES.values() for name in pair)]


class _Back(Exception):
    """Takes the family off the record again."""


def taken_back(check, *arguments) -> None:
    """Runs the check; what it wrote is taken off the record again."""
    try:
        with transaction.atomic():
            check(*arguments)
            raise _Back
    except _Back:
        pass


def for_families(check, number) -> None:
    """Runs ``check(drawn)`` for this number of drawn families; for ten times as many, and others each time, when the
    tests are thorough."""

    @settings(
        max_examples=examples(number), database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(drawn=families())
    def run(drawn: Drawn):
        taken_back(check, drawn)

    run()


def holds(wanted, drawn) -> None:
    """The property holds of one family."""
    wanted(OnRecord(drawn, a_council()))


def nothing_of(words, text) -> None:
    """None of ``words`` is in the text, in capitals or not, with spaces or without."""
    said = text.words.casefold()
    close = "".join(said.split())
    found = [word for word in sorted(words) if word.casefold() in said or "".join(word.casefold().split()) in close]
    assert not found, f"{text.what} for {text.reader} says {found}"


def the_walls_hold(case) -> None:
    """No letter, e-mail, calendar entry or copy holds it even before the release check reads it."""
    drawn = case.drawn
    for text in letters_of(case.sitting):
        nothing_of(drawn.never(text.reader), text)
        if text.what.endswith("e-mail"):
            nothing_of(TOKENS_OF_THE_FAMILY, text)
        _the_envelope_is_safe(drawn, text)
    for text, copy in case.copies:
        nothing_of(drawn.never_in_a_copy(text.reader, copy.kind), text)
        _the_envelope_is_safe(drawn, text)


def _the_envelope_is_safe(drawn, text) -> None:
    printed = [line for line in text.envelope if any(line in home for home in HOMES.values())]
    if drawn.hides_address(text.reader):
        assert not printed, f"{text.what} for {text.reader} goes to {printed}"
    else:
        assert set(printed) <= set(HOMES.get(text.reader, ())), f"{text.what} for {text.reader} goes to {printed}"


def the_net_holds(case) -> None:
    """Whatever of it somebody types into a paragraph, in a spelling that people use, blocks the release.

    Everything is typed at once, each secret in its own sentence. The check must find it in that sentence.
    """
    for text, protected, known in case.checks:
        # She may write of where she is, and a teacher's own name says no school: the walls print neither.
        not_stopped = {*(REFUGE if text.reader == MOTHER else ()), *STAFF}
        typed = [one for secret in sorted(case.drawn.never(text.reader) - not_stopped) for one in spelt(secret)]
        mark = marks()
        sentences = [f"It was said in note {next(mark)} that {one} was mentioned." for one in typed]
        stopped = release_check("\n\n".join([text.words, *sentences]), protected, known)
        found = {(passage.sentence, passage.found) for finding in stopped for passage in finding.passages}
        for one, sentence in zip(typed, sentences, strict=True):
            blocked = [said for where, said in found if where == sentence and typed_in(one, said)]
            assert blocked, f"“{one}” went through to {text.reader} in a {text.what}"


def marks():
    """Words that nobody is called, each once."""
    return map("".join, itertools.product("bcdfg", "aeiou", "bcdfg", "aeiou", "bcdfg"))


def spelt(secret) -> list[str]:
    """The secret as it was recorded, and as people type it."""
    if secret in PHONES.values():
        return [f"{secret[:5]} {secret[5:]}", f"+44 {secret[1:]}"]
    if secret[:2] == "QX":
        return [secret, secret.replace(" ", ""), secret.lower()]
    if secret[0].isdigit():
        return [secret, f"{secret.split()[0]}, {secret.split(' ', 1)[1]}", secret.replace("Street", "St")]
    return [secret]


def typed_in(typed, found) -> bool:
    """Whether what was found is (a part of) what was typed, and not something else in the text."""
    return "".join(found.casefold().split()).strip(",.") in "".join(typed.casefold().split())


def the_paper_says_no_more(case) -> None:
    """The finished PDF of every copy, its properties and its name hold nothing that its words do not."""
    for text, copy in case.copies:
        read = read_trusted_file(preview(copy.document), copy.document.file_name, own=True)
        words = "\n".join([read.text, read.metadata, copy.document.file_name])
        nothing_of(
            case.drawn.never_in_a_copy(text.reader, copy.kind), Text(text.reader, f"{text.what}, as paper,", words)
        )


def no_file_tells(case) -> None:
    """No file that can be brought on its way to anybody is about a child who is not theirs, or tells what they must
    not learn, on a page or off it, or on its envelope; and what tells nothing does reach somebody."""
    drawn = case.drawn
    sent = files_sent(drawn, case.sitting)
    for reader, child, text in sent:
        assert child in drawn.own_children(reader), f"{reader} got a report about {CHILDREN[child]}"
        own = REFUGE if reader == MOTHER else ()
        nothing_of(drawn.never_in_a_copy(reader) - set(own), text)
        _the_envelope_is_safe(drawn, text)
    assert MOTHER in {reader for reader, *_ in sent}


def no_pack_tells(case) -> None:
    """No reading pack holds a typed report about a child who is not its reader's, or tells what they must not learn;
    and what tells nothing does reach somebody."""
    drawn, given = case.drawn, packs_given(case.drawn, case.sitting)
    for reader, child, text in given:
        assert child in drawn.own_children(reader), f"{reader} got a report about {CHILDREN[child]}"
        own = REFUGE if reader == MOTHER else ()
        nothing_of(drawn.never_in_a_copy(reader) - set(own), text)


def no_email_names_anybody(case) -> None:
    """An e-mail that says a name of the family, in its subject or in its words, is not queued for anybody."""
    house, by = case.house, case.house.council.by("administrator")
    names = names_of(house.family)
    for child in (CHILDREN[number] for number in case.drawn.children):
        for said in ({"subject": f"About {child}"}, {"body": f"Dear Robin\n\n{child.upper()} is expected."}):
            email = {"subject": "A meeting", "body": "Please sign in."} | said
            with acting(by, Permission.INVITE, on=house.family), pytest.raises(Invalid):
                queue(
                    by, key=f"leak:{child}:{email}", purpose="invitation", channel=Channel.EMAIL,
                    recipient=Recipient(kind="user", id=by.id, name=by.name), to_address="robin@example.org",
                    about=house.family, must_not_name=names, **email,
                )  # fmt: skip


def the_check_is_quiet(case) -> None:
    """What the walls let through is not stopped either, so that the check stays worth reading."""
    for text, protected, known in case.checks:
        stops = [found for found in release_check(text.words, protected, known) if found.kind in STOPS]
        assert not stops, f"{text.what} for {text.reader} is stopped by {stops[0].reason}"


# How many of the drawn families each property is tried on; the fixed family has something of everything and is tried
# with all. Files first: no report is uploaded once the record is made.
PROPERTIES = {
    no_file_tells: 2,
    no_pack_tells: 2,
    no_email_names_anybody: 1,
    the_walls_hold: 4,
    the_net_holds: 3,
    the_paper_says_no_more: 1,
    the_check_is_quiet: 3,
}


def all_hold(case, properties=PROPERTIES) -> None:
    """The properties hold of one family, that is put on record once for all of them."""
    for wanted in properties:
        taken_back(wanted, case) if wanted in (no_file_tells, no_pack_tells) else wanted(case)


@pytest.mark.long
def test_nothing_of_any_drawn_family_leaves_that_its_reader_must_not_learn_and_nothing_else_is_stopped():
    turns = itertools.count()

    def check(drawn):
        turn = next(turns)
        wanted = [one for one, number in PROPERTIES.items() if turn < examples(number)]
        all_hold(OnRecord(drawn, a_council()), wanted)

    for_families(check, max(PROPERTIES.values()))


def test_the_fixed_family_has_something_of_everything_and_nothing_of_it_leaves():
    """Without this, a guard of ``test_guards`` could seem to be missed because the fixed family fails by itself."""
    assert {one.what for one in RICH.silences} == set(WHAT)
    all_hold(the_fixed_family(held=False))
