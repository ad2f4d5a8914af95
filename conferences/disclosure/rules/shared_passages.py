"""Whether a text holds a passage of another text that fewer people may read. Pure.

A passage is a run of at least six words, or of at least forty characters, that both texts hold. Case, accents,
punctuation, spaces, broken words and similar letters are folded first, as in the release check.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conferences.disclosure.rules.audience import Readers, is_within
from cpc.core.documents.folding import placed_words, plain_words

WORDS, CHARACTERS = 6, 40
# Every run of six words holds a whole three at a multiple of three; forty characters in fewer than six words are at
# least 36 without spaces, and hold a whole 16 at a multiple of 16. So only these need be looked up.
_STEP, _BLOCK = 3, 16


@dataclass(frozen=True)
class Source:
    """A text with its readers. ``label`` says what it is and when; ``key`` names the row. With ``seen`` False, the
    viewer may not learn what it is.
    """

    key: str
    label: str
    readers: Readers
    text: str
    seen: bool = True


@dataclass(frozen=True)
class SharedPassage:
    """A passage of the new text, as typed, that is also in ``source``."""

    source: Source
    passage: str


@dataclass
class _Folded:
    words: list[str]
    spans: list[tuple[int, int]]
    squeezed: str = ""
    starts: list[int] = field(default_factory=list)


def passages_from(text: str, readers: Readers, sources: Iterable[Source], *, already: str = "") -> list[SharedPassage]:
    """The passages of ``text`` that come from a source with fewer readers than ``readers``; the longest first. Passages
    that are in ``already`` (the saved field, for at least these readers) do not count.
    """
    narrower = [source for source in sources if source.text and not is_within(readers, source.readers)]
    if not narrower or not text.strip():
        return []
    new, stood = _folded(text), folded_letters(already)
    trigrams, blocks = _trigrams(new), _blocks(new.squeezed)
    found = []
    for source in narrower:
        old_words = plain_words(source.text)
        runs = _shared_words(new.words, trigrams, old_words) | _shared_characters(new, blocks, "".join(old_words))
        for first, last in _merged(runs):
            if "".join(new.words[first : last + 1]) not in stood:
                found.append(SharedPassage(source, text[new.spans[first][0] : new.spans[last][1]]))
    return sorted(found, key=lambda one: -len(one.passage))


def folded_letters(text: str) -> str:
    """Only the letters and digits of a text, folded."""
    return "".join(plain_words(text))


def _folded(text: str) -> _Folded:
    folded = _Folded([], [])
    place = 0
    for word, start, end in placed_words(text):
        folded.words.append(word)
        folded.spans.append((start, end))
        folded.starts.append(place)
        place += len(word)
    folded.squeezed = "".join(folded.words)
    return folded


def _trigrams(new: _Folded) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(new.words) - _STEP + 1):
        places[tuple(new.words[place : place + _STEP])].append(place)
    return places


def _blocks(squeezed: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(squeezed) - _BLOCK + 1):
        places[squeezed[place : place + _BLOCK]].append(place)
    return places


def _shared_words(new: list[str], trigrams: dict[tuple[str, ...], list[int]], old: list[str]) -> set[tuple[int, int]]:
    runs, size = set(), len(old)
    aligned = zip(old[::_STEP], old[1::_STEP], old[2::_STEP], strict=False)
    for number, gram in enumerate(aligned):
        for place in trigrams.get(gram, ()):
            start, end = _extended(new, place, old, number * _STEP, _STEP, size)
            if end - start >= WORDS:
                runs.add((start, end - 1))
    return runs


def _extended(
    new: Sequence[str], place: int, old: Sequence[str], there: int, length: int, size: int
) -> tuple[int, int]:
    start, back = place, there
    while start and back and new[start - 1] == old[back - 1]:
        start, back = start - 1, back - 1
    end, ahead, most = place + length, there + length, len(new)
    while end < most and ahead < size and new[end] == old[ahead]:
        end, ahead = end + 1, ahead + 1
    return start, end


def _shared_characters(new: _Folded, blocks: dict[str, list[int]], old: str) -> set[tuple[int, int]]:
    runs, size = set(), len(old)
    for there in range(0, size - _BLOCK + 1, _BLOCK):
        for place in blocks.get(old[there : there + _BLOCK], ()):
            start, end = _extended(new.squeezed, place, old, there, _BLOCK, size)
            if run := _as_words(new, start, end):
                runs.add(run)
    return runs


def _as_words(new: _Folded, start: int, end: int) -> tuple[int, int] | None:
    """The words inside the run, if they are long enough with the spaces between them; otherwise None."""
    if end - start < CHARACTERS - WORDS:
        return None
    inside = [
        number
        for number in range(bisect_left(new.starts, start), len(new.words))
        if new.starts[number] < end and new.starts[number] + len(new.words[number]) <= end
    ]
    if not inside or sum(len(new.words[number]) + 1 for number in inside) - 1 < CHARACTERS:
        return None
    return inside[0], inside[-1]


def _merged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
