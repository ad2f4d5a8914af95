"""Names, schools, places and phrases, word by word at word edges, in the spellings that people use. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cpc.core.documents.folding import fold, slips, words
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.nicknames import ALSO_WORDS, also_called
from cpc.core.documents.protected import Kind, Protected
from cpc.core.documents.schools import ways_of_a_school

_PLACES = (Kind.STREET, Kind.PLACE, Kind.PHRASE, Kind.FACT)
_NOT_WORDS = (Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.NUMBER_AND_STREET)
_SAINTS = {"st": "saint", "saint": "st"}


@dataclass(frozen=True)
class Way:
    """One way in which a value may be written: folded words, how many others may stand between, and which."""

    one: Protected
    words: tuple[str, ...]
    gap: int = 0
    initial: bool = False


def hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every place at which a wanted name, school, place or phrase stands."""
    ways = [way for one in wanted for way in _ways(one) if not _is_known(page, way)]
    index: dict[str, list[Way]] = defaultdict(list)
    for way in ways:
        index[way.words[0]].append(way)
    if not index:
        return []
    near = slips({word for way in ways for word in way.words if len(word) >= 6 and not any(c.isdigit() for c in word)})
    found = []
    for at, token in enumerate(page.tokens):
        readings = [(page.spellings(token, near), at + 1), *page.joined(at)]
        for spellings, after in readings:
            for spelling in spellings:
                for way in index.get(spelling, ()):
                    end = _follow(page, after, way.words[1:], way, near)
                    if end is not None and _counts(page, way, at):
                        found.append(Hit(way.one, token.start, end))
    return found


def _is_known(page: Page, way: Way) -> bool:
    if way.initial:
        return " ".join(way.words if len(way.words[0]) == 1 else (way.words[-1], *way.words[:-1])) in page.initials
    # The value itself was asked about before; another way of writing it may be what the reader knows.
    return "".join(way.words) in page.known


def _ways(one: Protected) -> Iterator[Way]:
    """The ways in which a value may be written, each a sequence of folded words."""
    if one.kind in _NOT_WORDS:
        return
    tokens = words(one.value)
    if one.kind is Kind.SCHOOL:
        ways = ways_of_a_school(one.value)
    elif one.kind in _PLACES:
        ways = {tuple(token.street_form for token in tokens)}
    else:
        plain = tuple(token.fold for token in tokens)
        spaced = tuple(token.fold for token in words(re.sub(r"['’‘ʼ`´]", " ", one.value)))
        ways = {plain, spaced}
        for way in (plain, spaced):
            # A saint may be written short: "St Clair", "Saint Clair".
            ways.add(tuple(_SAINTS.get(word, word) for word in way))
        ways |= set(_of_a_first_name(one, plain))
        if one.kind is Kind.FULL_NAME:
            ways |= set(_halves(one.value, plain))
            yield from _with_initials(one, ways)
            # "Hart, Rose": forms put the surname first.
            ways |= {(*way[1:], way[0]) for way in tuple(ways)}
    if len(tokens) > 1 and one.kind is not Kind.SCHOOL:
        ways.add(("".join(token.fold for token in tokens),))
    for way in ways:
        if way and all(way):
            yield Way(one, way, gap=2 if one.kind is Kind.FULL_NAME else 0)


def _of_a_first_name(one: Protected, plain: tuple) -> Iterator[tuple]:
    """Kate for Katherine, with the surname or alone; alone not where the short name is a word of every day."""
    if one.kind is Kind.FULL_NAME and len(plain) > 1:
        yield from ((other, *plain[1:]) for other in also_called(plain[0]))
    if one.kind is Kind.FIRST_NAME and len(plain) == 1:
        yield from ((other,) for other in also_called(plain[0]) if other not in ALSO_WORDS and len(other) > 2)


def _halves(value: str, plain: tuple) -> Iterator[tuple]:
    """Rose Smith and Rose Jones, for Rose Smith-Jones."""
    last = value.split(None, 1)[1] if len(value.split(None, 1)) > 1 else ""
    if re.search(r"\w[\-‐-―]\w", last):
        for half in re.split(r"[\-‐-―\s]+", last):
            if len(half) > 2:
                yield plain[0], fold(half)


def _with_initials(one: Protected, ways: set[tuple]) -> Iterator[Way]:
    """D. Marlow, D. J. Marlow, and Marlow, D."""
    for way in ways:
        if len(way) > 1 and len(way[0]) > 1 and len(way[1]) > 1:
            yield Way(one, (way[0][0], *way[1:]), gap=2, initial=True)
            yield Way(one, (*way[1:], way[0][0]), initial=True)


def _follow(page: Page, here: int, rest: tuple, way: Way, near: dict) -> int | None:
    """Where the words that are left end, read from a place on; None where they do not stand there."""
    if not rest:
        return page.tokens[here - 1].end
    gap = way.gap
    while here < len(page.tokens):
        token = page.tokens[here]
        # After an initial the name is as it is: "O Brien" is no slip for O. O’Brien.
        spelt = set(token.forms) if way.initial else page.spellings(token, near)
        for spellings, after in ((spelt, here + 1), *page.joined(here)):
            if rest[0] in spellings and not (way.initial and len(rest[0]) == 1 and not _is_initial(page, here)):
                end = _follow(page, after, rest[1:], way, near)
                if end is not None:
                    return end
        between = len(token.fold) == 1 if way.initial else token.capital or token.fold == "and"
        if not gap or not between:
            return None
        gap -= 1
        here += 1
    return None


def _is_initial(page: Page, at: int) -> bool:
    """Whether a word is a capital letter for a name. "A" and "I" are words unless a full stop follows."""
    token = page.tokens[at]
    if len(token.raw) != 1 or not token.capital:
        return False
    return token.fold not in ("a", "i") or page.text[token.end : token.end + 1] == "."


def _counts(page: Page, way: Way, at: int) -> bool:
    if way.initial and len(way.words[0]) == 1:
        return _is_initial(page, at)
    # Single words count only when capitalised, but for what was written down on purpose.
    single = len(words(way.one.value)) == 1 and way.one.kind not in (Kind.PHRASE, Kind.FACT)
    return page.tokens[at].capital or not single
