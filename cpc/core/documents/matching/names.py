"""Find names, schools, places and phrases word by word, in the spellings that people use. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from cpc.core.documents.everyday import EVERYDAY
from cpc.core.documents.folding import CONTRACTED, LongWords, Token, fold, words
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.matching.streets import in_long_words
from cpc.core.documents.nicknames import ALSO_WORDS, also_called
from cpc.core.documents.protected import Kind, Protected
from cpc.core.documents.schools import ways_of_a_school

_PLACES = (Kind.STREET, Kind.PLACE, Kind.DAY, Kind.PHRASE, Kind.HINT)
_NOT_WORDS = (Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.NUMBER_AND_STREET, Kind.MAP, Kind.DESCRIBED, Kind.INITIALS)
# Words that may come between those of a fact: "not the child’s real father".
_LITTLE = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "your",
        "this",
        "that",
        "real",
        "birth",
        "natural",
        "biological",
    ]
)
# A month too often, and what doctors write behind their name: they count only with the surname.
_NOT_ALONE = frozenset({"may", "md"})
_SAME_PERSON = ({"father", "dad", "daddy"}, {"mother", "mum", "mummy", "mam", "mom"})
# In a sentence, but not in a fact as somebody recorded it.
_LITTLE_IN_A_SENTENCE = _LITTLE | {"be", "been", "was", "really", "actually"}
_APOSTROPHES = tuple("'’‘ʼ`´′")
_SAINTS = {"st": "saint", "saint": "st"}


@dataclass(frozen=True)
class Way:
    """One way to write a value: its folded words, how many other words may come between, and whether it has an
    initial."""

    one: Protected
    words: tuple[str, ...]
    gap: int = 0
    initial: bool = False


def hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every occurrence of a wanted name, school, place or phrase."""
    by_sound = (Kind.STREET, Kind.PLACE, Kind.DAY)
    return [
        *_hits(page, [one for one in wanted if one.kind not in by_sound], by_sound=False),
        *_hits(page, [one for one in wanted if one.kind in by_sound], by_sound=True),
    ]


def _hits(page: Page, wanted: list[Protected], *, by_sound: bool) -> list[Hit]:
    """``by_sound``: the words may be spelt as they sound. A single word must be long for that."""
    ways = [way for one in wanted for way in _ways(one) if not _is_known(page, way)]
    index: dict[str, list[Way]] = defaultdict(list)
    for way in ways:
        index[way.words[0]].append(way)
    if not index:
        return []
    every = {word for way in ways for word in way.words if not any(char.isdigit() for char in word)}
    heard = {word for way in ways for word in way.words if len(way.words) > 1 or len(word) >= 6} if by_sound else ()
    near = LongWords({word for word in every if len(word) >= 6}, sounding=heard)
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
    # The value itself was compared before; the reader may know another way to write it.
    return "".join(way.words) in page.known


def _ways(one: Protected) -> Iterator[Way]:
    """The ways to write a value, each a sequence of folded words."""
    if one.kind in _NOT_WORDS:
        return
    if one.kind is Kind.STRANGER:
        yield Way(one, tuple(token.fold for token in words(one.value)))
        return
    tokens = words(one.value)
    if one.kind is Kind.SCHOOL:
        ways = ways_of_a_school(one.value)
    elif one.kind is Kind.FACT:
        ways = {sum(way, ()) for way in product(*(_words_of_a_fact(token) for token in tokens))}
        ways |= {other for way in ways for other in _contracted(way)}
        ways |= {other for way in ways for other in _no_longer(way)}
        ways |= {shorter for way in ways if len(shorter := tuple(word for word in way if word not in _LITTLE)) > 1}
    elif one.kind in _PLACES:
        ways = in_long_words(tuple(token.street_form for token in tokens))
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
            yield Way(one, way, gap={Kind.FULL_NAME: 2, Kind.FACT: 4}.get(one.kind, 0))


def _words_of_a_fact(token: Token) -> set[tuple[str, ...]]:
    """A word of a fact, and other words for it: "not" for "isn’t", "dad" for "father", "she is" for "she’s"."""
    found: set[tuple[str, ...]] = {(token.fold,), ("not",)} if "not" in token.forms else {(token.fold,)}
    before, after = token.contracted
    found |= {(before, full) for full in CONTRACTED.get(after, ())}
    return found.union(*({(word,) for word in same} for same in _SAME_PERSON if token.fold in same))


def _contracted(way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "She’s moved" for "she is moved" and "she has moved"."""
    for at in range(1, len(way)):
        for short, full in CONTRACTED.items():
            if way[at] in full:
                yield (*way[: at - 1], way[at - 1] + short, *way[at + 1 :])


def _no_longer(way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "No longer the father" for "not the father", and the reverse."""
    for at, word in enumerate(way):
        if word == "not":
            yield (*way[:at], "no", "longer", *way[at + 1 :])
        if way[at : at + 2] == ("no", "longer"):
            yield (*way[:at], "not", *way[at + 2 :])


def _of_a_first_name(one: Protected, plain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Kate for Katherine, with the surname or alone; a month, or how a doctor signs, not alone."""
    if one.kind is Kind.FULL_NAME and len(plain) > 1:
        yield from ((other, *plain[1:]) for other in also_called(plain[0]))
    if one.kind is Kind.FIRST_NAME and len(plain) == 1:
        yield from ((other,) for other in also_called(plain[0]) if other not in _NOT_ALONE)


def _halves(value: str, plain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Rose Smith and Rose Jones, for Rose Smith-Jones."""
    last = value.split(None, 1)[1] if len(value.split(None, 1)) > 1 else ""
    if re.search(r"\w[\-‐-―]\w", last):
        for half in re.split(r"[\-‐-―\s]+", last):
            if len(half) > 2:
                yield plain[0], fold(half)


def _with_initials(one: Protected, ways: set[tuple[str, ...]]) -> Iterator[Way]:
    """D. Marlow, D. J. Marlow, and Marlow, D."""
    for way in ways:
        if len(way) > 1 and len(way[0]) > 1 and len(way[1]) > 1:
            yield Way(one, (way[0][0], *way[1:]), gap=2, initial=True)
            yield Way(one, (*way[1:], way[0][0]), initial=True)


def _follow(page: Page, here: int, rest: tuple[str, ...], way: Way, near: LongWords) -> int | None:
    """Where the remaining words end, reading from here; None if they do not follow."""
    if not rest:
        return page.tokens[here - 1].end
    gap = way.gap
    while here < len(page.tokens):
        token = page.tokens[here]
        # After an initial the name must match exactly: "O Brien" is no slip for O. O’Brien.
        spelt = set(token.forms) if way.initial else page.spellings(token, near)
        for spellings, after in ((spelt, here + 1), *page.joined(here)):
            if rest[0] in spellings and not (way.initial and len(rest[0]) == 1 and not _is_initial(page, here)):
                end = _follow(page, after, rest[1:], way, near)
                if end is not None:
                    return end
        if way.one.kind is Kind.FACT:
            between = token.fold in _LITTLE_IN_A_SENTENCE or token.raw[-2:-1] in _APOSTROPHES
        else:
            between = len(token.fold) == 1 if way.initial else token.capital or token.fold == "and"
        if not gap or not between:
            return None
        gap -= 1
        here += 1
    return None


def _is_initial(page: Page, at: int) -> bool:
    """Whether a word is a capital initial. “A” and “I” are words unless a full stop follows."""
    token = page.tokens[at]
    if len(token.raw) != 1 or not token.capital:
        return False
    return token.fold not in ("a", "i") or page.text[token.end : token.end + 1] == "."


def _counts(page: Page, way: Way, at: int) -> bool:
    if way.initial and len(way.words[0]) == 1:
        return _is_initial(page, at)
    # A single word counts only with a capital letter, except phrases and facts that somebody entered.
    # So does a word in small letters that is no English word.
    single = len(words(way.one.value)) == 1 and way.one.kind not in (Kind.PHRASE, Kind.FACT, Kind.HINT, Kind.STRANGER)
    token = page.tokens[at]
    if way.one.kind is Kind.PLACE and len(way.words) == 2 and way.words[0] == "the" and at + 1 < len(page.tokens):
        # "The Bridge" is a place, "the bridge" is any bridge.
        return page.tokens[at + 1].capital or page.tokens[at + 1].fold not in EVERYDAY
    if way.one.kind is Kind.FIRST_NAME and way.words[0] in ALSO_WORDS and fold(way.one.value) != way.words[0]:
        return token.capital and _is_inside_a_sentence(page, at)
    return (
        token.capital
        or not single
        or any(_is_only_a_name(form, way) for form in (token.fold, token.fold.removesuffix("s")))
    )


def _is_inside_a_sentence(page: Page, at: int) -> bool:
    """Whether another word comes before on the line, with no sign between that ends a sentence: there "Harry" with a
    capital letter is a name.
    """
    return at > 0 and bool(re.fullmatch(r"[^\n\f.!?:“\"]+", page.text[page.tokens[at - 1].end : page.tokens[at].start]))


def _is_only_a_name(word: str, way: Way) -> bool:
    is_the_name = (word,) == way.words and len(word) > 3 and word.isalpha()
    return is_the_name and word not in EVERYDAY and word not in ALSO_WORDS
