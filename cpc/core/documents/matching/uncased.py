"""Find names in scripts that have no capital letters, and perhaps no spaces between words. Pure."""

import re
from collections.abc import Iterator

from cpc.core.documents.folding import fold, words
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected

_NAMES = (Kind.FULL_NAME, Kind.SURNAME, Kind.FIRST_NAME)
SHORTEST = 2  # one Chinese letter is part of too many words


def hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every place where such a name is written, also as part of a longer run of letters, with either name first."""
    named = [one for one in wanted if one.kind in _NAMES and _is_uncased(one.value)]
    if not named:
        return []
    text, places = page.stream
    return [
        Hit(one, places[found.start()], places[found.end() - 1] + 1)
        for one in named
        for way in _ways(one, page)
        for found in re.finditer(way, text)
    ]


def _is_uncased(value: str) -> bool:
    return any(char.isalpha() and char.upper() == char.lower() for char in value)


def _ways(one: Protected, page: Page) -> Iterator[str]:
    """The patterns of a name: its words in their order and, of a full name, in the other order, with or without
    spaces."""
    spelt = [fold(word.raw) for word in words(one.value)]
    joined = "".join(spelt)
    if len(joined) < SHORTEST or joined in page.known:
        return
    orders = [spelt, [*spelt[1:], spelt[0]]] if one.kind is Kind.FULL_NAME else [spelt]
    for order in dict.fromkeys(map(tuple, orders)):
        yield r"\s*".join(map(re.escape, order))
