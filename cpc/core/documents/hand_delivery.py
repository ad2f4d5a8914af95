"""What is written under a reader's name on an envelope: the address, or the worker who hands it over."""

from collections.abc import Callable, Iterable

from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing

# The names of the workers who hand over these letters, by the letter's key.
Source = Callable[[list[Outgoing]], dict[int, str]]
_sources: list[Source] = []


def knows_who_hands_over(source: Source) -> Source:
    """Register ``source``, which names the workers who hand over letters that go by hand."""
    if source not in _sources:
        _sources.append(source)
    return source


def envelope_lines(letters: Iterable[Outgoing]) -> dict[int, tuple[str, ...]]:
    """For each letter (by key) what is written under the reader's name. Empty: nobody knows who hands it over.

    A letter about a decision is approved without the name of a worker: it is looked up when the letter is printed.
    """
    letters = list(letters)
    unnamed = [one for one in letters if one.channel == Channel.HAND and not one.document.recipient_address]
    workers = {pk: name for source in _sources for pk, name in source(unnamed).items()} if unnamed else {}
    return {
        one.pk: (f"By hand: {workers[one.pk]}",) if one.pk in workers else tuple(one.document.recipient_address)
        for one in letters
    }
