"""How a name, a date or a number that somebody typed finds a person. Pure: no database, no clock, no Django.

Words are folded. A word finds those who have it, those it is short for, those with a name that begins with it, and
those with a spelling that PostgreSQL finds like it: one slip apart, or of the same sound
(``families.people.queries.spellings``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import permutations
from typing import Any
from unicodedata import normalize

from cpc.core.documents.folding import LongWords, fold, words
from cpc.core.documents.nicknames import names_for_search
from cpc.core.kernel.characters import UNSPACED
from families.people.rules.typed import without_dates, without_numbers

LONGEST_JOINED = 12  # letters of a name in several words that is found as one word, too
LONGEST = 200  # letters of a word: PostgreSQL takes no more than 2,046 bytes
SHORTEST_SLIP, LONGEST_SLIP = 4, 60  # shorter words with one letter wrong are other names: Ann, Jan, Ian
MOST_WORDS = 6
MOST_UNSPACED = 6  # letters of a whole name
# How much a word counts that was met exactly, as a pet name, by its beginning, with a slip, by its sound.
EXACT, SHORT_FOR, BEGINS, SLIP, SOUND = 10, 8, 7, 5, 2
BORN_THEN, BORN_NEAR = 8, 5
Details = Mapping[str, Any]


def search_index(names: Iterable[str]) -> str:
    """The words of these names (texts), as PostgreSQL writes a tsvector: what is stored with a person or a family."""
    found = words_of_all(names)
    return " ".join(f"'{word}'" for word in sorted(found, key=str.encode))


def words_of(name: str) -> list[str]:
    """The words of a name, folded; what a hyphen or a space parts is there joined, too (Anne-Marie, Mc Donald)."""
    folded = [token.fold[:LONGEST] for token in words(name)]
    joined = "".join(folded)
    return [*folded, joined] if len(folded) > 1 and len(joined) <= LONGEST_JOINED else folded


def words_of_all(names: Iterable[str]) -> set[str]:
    """The words of all these names, and how names are written that have no space between family and first name."""
    names = list(names)
    return {word for name in names for word in words_of(name)} | without_spaces(names)


def without_spaces(names: Iterable[str]) -> set[str]:
    """For names in Chinese, Japanese or Korean letters: each two of them joined, and each one's likely two parts.

    So 李小明 finds the first name 小明 with the family name 李, and the other way about. The family name has one or two
    letters.
    """
    found = [word for name in names for word in UNSPACED.findall(normalize("NFC", name))]
    joined = {one + other for one, other in permutations(dict.fromkeys(found[:MOST_WORDS]), 2)}
    parts = {part for word in found if len(word) <= MOST_UNSPACED for at in (1, 2) for part in (word[:at], word[at:])}
    return {fold(word)[:LONGEST] for word in joined | parts if word}


@dataclass(frozen=True)
class Word:
    """One word that was typed, and the words that match it, best first, each group with how much it counts.

    ``beginning`` is how much a word counts that begins with it; 0 where none does.
    """

    text: str
    ways: tuple[tuple[int, tuple[str, ...]], ...]
    beginning: int = 0

    @property
    def queries(self) -> list[tuple[int, str]]:
        """How much each way counts, and PostgreSQL's tsquery for it; best first."""
        found = [(counts, any_of(words)) for counts, words in self.ways]
        if self.beginning:
            found.append((self.beginning, f"'{self.text}':*"))
        return sorted(found, reverse=True)

    @property
    def query(self) -> str:
        """PostgreSQL's tsquery for all of them."""
        return " | ".join(query for _, query in self.queries)

    def is_met_by(self, words: Collection[str]) -> bool:
        """Whether one of these words meets it."""
        if any(word in words for _, group in self.ways for word in group):
            return True
        return bool(self.beginning) and any(word.startswith(self.text) for word in words)

    def without_sounds(self) -> "Word":
        """The word without those that only sound alike."""
        return replace(self, ways=tuple(way for way in self.ways if way[0] != SOUND))


@dataclass(frozen=True)
class Spelling:
    """A word that occurs among the names and is like one that was typed."""

    word: str
    sounds_alike: bool


@dataclass(frozen=True)
class Asked:
    """What somebody typed into the search box, read."""

    words: tuple[Word, ...] = ()
    born: tuple[date, ...] = ()
    born_near: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def words_typed(self) -> list[str]:
        """The words, folded."""
        return [word.text for word in self.words]

    def with_spellings(self, spellings: Mapping[str, Collection[Spelling]]) -> "Asked":
        """The same, met also by the spellings (``{word: [Spelling, …]}``) that are like its words."""
        return replace(self, words=tuple(word_asked(text, spellings.get(text, ())) for text in self.words_typed))

    def __bool__(self) -> bool:
        return bool(self.words or self.born or self.numbers)


def any_of(words: Iterable[str]) -> str:
    """PostgreSQL's tsquery for any of these folded words."""
    return " | ".join(f"'{word}'" for word in words)


def word_asked(text: str, spellings: Collection[Spelling] = (), begins: bool = True) -> Word:
    """A folded word with those that match it; ``spellings`` are those that PostgreSQL finds like it."""
    slipped = LongWords({each.word for each in spellings}).within_one_slip(text) - {text}
    sounds = {each.word for each in spellings if each.sounds_alike} - slipped - {text}
    ways: list[tuple[int, Sequence[str]]] = [
        (EXACT, (text,)), (SHORT_FOR, sorted(names_for_search(text))), (SLIP, sorted(slipped)),
        (SOUND, sorted(sounds)),
    ]  # fmt: skip
    met = tuple((counts, tuple(words)) for counts, words in ways if words)
    return Word(text, met, BEGINS if begins and len(text) > 1 else 0)


def may_slip(text: str) -> bool:
    """Whether a folded word is a name, and long enough that one wrong letter leaves it the same name."""
    return SHORTEST_SLIP <= len(text) <= LONGEST_SLIP and text.isalpha()


def read(typed: str) -> Asked:
    """The dates, numbers and words of what was typed, in any order: "rosa 14/5/18", "943 476 5919", "CN-00012"."""
    rest, born = without_dates(typed)
    rest, numbers = without_numbers(rest)
    near = tuple(other for day in born if (other := turned(day)) and other not in born)
    found = dict.fromkeys(token.fold[:LONGEST] for token in words(rest))
    return Asked(tuple(word_asked(text) for text in list(found)[:MOST_WORDS]), tuple(born), near, tuple(numbers))


def asked_of(names: Iterable[str], born_on: date | None) -> Asked:
    """The same for details in a form."""
    found = dict.fromkeys(word for name in names for word in words_of(name))
    near = (other,) if born_on and (other := turned(born_on)) else ()
    return Asked(tuple(word_asked(text) for text in found), (born_on,) if born_on else (), near)


def days_near(day: date) -> list[date]:
    """The day, the day with month and day changed about, and every date that has one other figure."""
    found = {day, turned(day) or day}
    figures = f"{day:%Y%m%d}"
    for at in range(8):
        for figure in "0123456789":
            try:
                found.add(date.fromisoformat(figures[:at] + figure + figures[at + 1 :]))
            except ValueError:
                continue
    return sorted(found)


def turned(day: date) -> date | None:
    """The date with day and month changed about, where that is another date: 5 April for 4 May."""
    try:
        other = date(day.year, day.day, day.month)
    except ValueError:
        return None
    return other if other != day else None


def likeness(asked_words: Collection[str], names: Iterable[str]) -> float:
    """How like the folded words that were typed some names are: 0 nothing, 1 each word exactly."""
    known = words_of_all(names)
    if not asked_words or not known:
        return 0.0
    return sum(max(_alike(asked, word) for word in known) for asked in asked_words) / len(asked_words)


def is_likely_duplicate(one: Details, other: Details) -> bool:
    """Whether two sets of details may be one person's (see ``why_likely``)."""
    return bool(why_likely(one, other))


NUMBERS = {"nhs_number": "the same NHS number", "upn": "the same unique pupil number"}


def why_likely(one: Details, other: Details) -> str:
    """Why two sets of details may be one person's, in words; empty if they may not. Keys: ``names`` and of them
    ``firsts`` (texts), ``born_on``, ``expected_on``, ``nhs_number``, ``upn``.

    The same number; or names that are alike with the same or a near date; or, where a date is missing, the same names.
    """
    for number, why in NUMBERS.items():
        if one.get(number) and one.get(number) == other.get(number):
            return why
    alike = names_alike(one["names"], other["names"])
    if one.get("born_on") and other.get("born_on"):
        same_first = names_alike(one["firsts"], other["firsts"]) >= 0.9  # last names change
        if not (alike >= 0.6 or same_first) or not _near_in_time(one["born_on"], other["born_on"]):
            return ""
        day = "the same date of birth" if one["born_on"] == other["born_on"] else "nearly the same date of birth"
        return f"names that are alike, and {day}"
    first, second = (each.get("born_on") or each.get("expected_on") for each in (one, other))
    if first and second:  # one of them was unborn when it was written: born within weeks of the expected date
        near = alike >= 0.45 and abs((first - second).days) <= 60
        return "names that are alike, and born within weeks of the day expected" if near else ""
    return "the same names, and one has no date of birth" if alike >= 0.9 else ""


def names_alike(ones: Iterable[str], others: Iterable[str]) -> float:
    """How alike two people's names are, whichever has fewer words deciding: 0 to 1."""
    mine, theirs = words_of_all(ones), words_of_all(others)
    fewer, more = sorted((mine, theirs), key=len)
    if not fewer:
        return 0.0
    return sum(max(_alike(word, other) for other in more) for word in fewer) / len(fewer)


def _near_in_time(one: date, other: date) -> bool:
    """The same day, day and month changed about, or one figure of the date wrong."""
    if one == other or turned(one) == other:
        return True
    a, b = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1


@lru_cache(maxsize=65536)
def _alike(asked: str, word: str) -> float:
    if asked == word:
        return 1.0
    if word in names_for_search(asked):
        return 0.9
    if len(asked) > 1 and word.startswith(asked):
        return 0.8
    if may_slip(asked) and may_slip(word) and LongWords({word}).within_one_slip(asked):
        return 0.75
    ratio = SequenceMatcher(None, asked, word).ratio()
    if ratio > 0.7:
        return 0.6
    return ratio / 2 if ratio > 0.5 else 0.0
