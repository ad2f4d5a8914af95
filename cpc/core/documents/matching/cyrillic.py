"""Find a name in Latin letters that a text writes in Cyrillic ones, as it sounds: “Анна Марлоу”. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator

from cpc.core.documents.folding import fold, sound_of, words
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected

_SPOKEN = (Kind.FULL_NAME, Kind.SURNAME, Kind.FIRST_NAME, Kind.STREET, Kind.PLACE, Kind.SCHOOL)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_SAME_SOUND = (("дж", "j"), ("кс", "x"), ("щ", "shch"), ("ж", "zh"), ("х", "h"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"),
               ("ю", "u"), ("я", "a"), ("ё", "o"))  # fmt: skip
_LETTERS = str.maketrans("абвгдезийклмнопрстуфыэіїєґўјћђ", "abvgdeziyklmnoprstufieiiegwjcj", "ьъ")


def hits(page: Page, wanted: list[Protected]) -> Iterator[Hit]:
    """Every place where words in Cyrillic letters sound like such a name, a full name also with the surname first.

    Their consonants are compared: the vowels of a name change on the way from one script to the other.
    """
    if not _CYRILLIC.search(page.text):
        return
    index: dict[str, list[tuple[Protected, list[str]]]] = defaultdict(list)
    for one in wanted:
        if one.kind in _SPOKEN:
            spoken = [_consonants(token.fold) for token in words(one.value)]
            orders = [spoken, [*spoken[1:], spoken[0]]] if one.kind is Kind.FULL_NAME else [spoken]
            for order in orders:
                index[order[0]].append((one, order))
    heard = [_heard(token.raw, page.known) for token in page.tokens]
    for at, sounds in enumerate(heard):
        for sound in sounds:
            for one, order in index.get(sound, ()):
                past = at + len(order)
                if past <= len(heard) and all(map(set.__contains__, heard[at:past], order)):
                    yield Hit(one, page.tokens[at].start, page.tokens[past - 1].end)


def _heard(raw: str, known: frozenset[str]) -> set[str]:
    """The consonants of a word in Cyrillic letters, as two languages write them; none of a name that is known."""
    if not _CYRILLIC.search(raw):
        return set()
    latin = raw.casefold()
    for letters, sound in _SAME_SOUND:
        latin = latin.replace(letters, sound)
    latin = fold(latin.translate(_LETTERS))
    ways = {latin, latin.replace("v", "w")}
    return set() if ways & known else {_consonants(way) for way in ways}


def _consonants(word: str) -> str:
    """The consonants of a word as they sound; of a word with fewer than two, the word itself."""
    plain = word.replace("th", "t")
    sound = sound_of(plain).partition(".")[0]
    return sound if len(sound) > 1 else plain
