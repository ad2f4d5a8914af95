"""Random families, protections and documents: nothing that would leave tells its reader what they must not learn.

``test_guards`` takes the guards away one by one and shows that each of these fails for it.
"""

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
from cpc.core.documents.reading.here import read_here
from cpc.core.kernel.refusals import Invalid
from cpc.tests.leaks.drawn import CHILDREN, HOMES, MOTHER, NAMES, PHONES, REFUGE, STAFF, Drawn, families
from cpc.tests.leaks.told import Text, a_sitting, checked_for, copies_made, files_sent, hold, letters_of, on_record
from reports.queries.protected import names_of

pytestmark = pytest.mark.django_db
TOKENS_OF_THE_FAMILY = ["Vantry", *CHILDREN, *(name for pair in NAMES.values() for name in pair)]


class _Back(Exception):
    """Takes the family off the record again."""


def each_family(examples):
    """Runs the test for ``examples`` drawn families, each taken off the record again afterwards."""

    def decorate(told):
        @settings(
            max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(drawn=families())
        def run(drawn: Drawn):
            try:
                with transaction.atomic():
                    told(drawn, a_council())
                    raise _Back
            except _Back:
                pass

        return run

    return decorate


def nothing_of(words, text) -> None:
    """None of ``words`` stands in the text, in capitals or not, with spaces or without."""
    said = text.words.casefold()
    close = "".join(said.split())
    found = [word for word in sorted(words) if word.casefold() in said or "".join(word.casefold().split()) in close]
    assert not found, f"{text.what} for {text.reader} says {found}"


def the_walls_hold(drawn, council) -> None:
    """No letter, e-mail, calendar entry or copy holds it even before the release check reads it."""
    house = on_record(drawn, council)
    sitting = a_sitting(drawn, house)
    for text in letters_of(sitting):
        nothing_of(drawn.never(text.reader), text)
        if text.what.endswith("e-mail"):
            nothing_of(TOKENS_OF_THE_FAMILY, text)
        _the_envelope_is_safe(drawn, text)
    record = hold(drawn, sitting)
    for text, _ in copies_made(sitting, record):
        nothing_of(drawn.never_in_a_copy(text.reader), text)
        _the_envelope_is_safe(drawn, text)


def _the_envelope_is_safe(drawn, text) -> None:
    printed = [line for line in text.envelope if any(line in home for home in HOMES.values())]
    if drawn.hides_address(text.reader):
        assert not printed, f"{text.what} for {text.reader} goes to {printed}"
    else:
        assert set(printed) <= set(HOMES.get(text.reader, ())), f"{text.what} for {text.reader} goes to {printed}"


def the_net_holds(drawn, council) -> None:
    """Whatever of it somebody types into a paragraph, in a spelling that people use, blocks the release."""
    house = on_record(drawn, council)
    sitting = a_sitting(drawn, house)
    record = hold(drawn, sitting)
    for text, copy in copies_made(sitting, record):
        protected, known = checked_for(copy, record)
        # She may write of where she is, and a teacher's own name says no school: the walls print neither.
        not_stopped = {*(REFUGE if text.reader == MOTHER else ()), *STAFF}
        for secret in sorted(drawn.never(text.reader) - not_stopped):
            for typed in spelt(secret):
                said = f"{text.words}\nIt was said that {typed} was mentioned."
                blocked = [found for found in release_check(said, protected, known) if typed_in(typed, found.found)]
                assert blocked, f"“{typed}” went through to {text.reader} in a {text.what}"


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


def the_paper_says_no_more(drawn, council) -> None:
    """The finished PDF of every copy, its properties and its name hold nothing that its words do not."""
    sitting = a_sitting(drawn, on_record(drawn, council))
    for text, copy in copies_made(sitting, hold(drawn, sitting)):
        read = read_here(preview(copy.document), copy.document.file_name)
        words = "\n".join([read.text, read.metadata, copy.document.file_name])
        nothing_of(drawn.never_in_a_copy(text.reader), Text(text.reader, f"{text.what}, as paper,", words))


def no_file_tells(drawn, council) -> None:
    """No file that can be brought on its way to anybody is about a child who is not theirs, or tells what they must
    not learn, on a page or off it, or on its envelope; and what tells nothing does reach somebody."""
    sitting = a_sitting(drawn, on_record(drawn, council))
    sent = files_sent(drawn, sitting)
    for reader, child, text in sent:
        assert child in drawn.own_children(reader), f"{reader} got a report about {CHILDREN[child]}"
        own = REFUGE if reader == MOTHER else ()
        nothing_of(drawn.never_in_a_copy(reader) - set(own), text)
        _the_envelope_is_safe(drawn, text)
    assert MOTHER in {reader for reader, *_ in sent}


def no_email_names_anybody(drawn, council) -> None:
    """An e-mail that says a name of the family, in its subject or in its words, is not queued for anybody."""
    house, by = on_record(drawn, council), council.by("administrator")
    names = names_of(house.family)
    for child in (CHILDREN[number] for number in drawn.children):
        for said in ({"subject": f"About {child}"}, {"body": f"Dear Robin\n\n{child.upper()} is expected."}):
            email = {"subject": "A meeting", "body": "Please sign in."} | said
            with acting(by, Permission.INVITE, on=house.family), pytest.raises(Invalid):
                queue(
                    by, key=f"leak:{child}:{email}", purpose="invitation", channel=Channel.EMAIL,
                    recipient=Recipient(kind="user", id=by.id, name=by.name), to_address="robin@example.org",
                    about=house.family, must_not_name=names, **email,
                )  # fmt: skip


def the_check_is_quiet(drawn, council) -> None:
    """What the walls let through is not stopped either, so that the check stays worth reading."""
    house = on_record(drawn, council)
    sitting = a_sitting(drawn, house)
    record = hold(drawn, sitting)
    for text, copy in copies_made(sitting, record):
        protected, known = checked_for(copy, record)
        stops = [found for found in release_check(text.words, protected, known) if found.kind in STOPS]
        assert not stops, f"{text.what} for {text.reader} is stopped by {stops[0].reason}"


test_nothing_that_would_leave_holds_what_its_reader_must_not_learn = each_family(12)(the_walls_hold)
test_whatever_somebody_types_of_it_blocks_the_release = each_family(5)(the_net_holds)
test_the_finished_paper_and_its_properties_hold_no_more_than_its_words = each_family(2)(the_paper_says_no_more)
test_no_report_that_came_as_a_file_tells_anybody_what_they_must_not_learn = each_family(4)(no_file_tells)
test_an_email_that_names_a_child_is_not_queued = each_family(3)(no_email_names_anybody)
test_what_the_walls_let_through_is_not_stopped = each_family(4)(the_check_is_quiet)
