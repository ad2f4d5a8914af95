"""Whether a text holds a passage of another that fewer people may read. Pure.

A passage is a run of at least six words, or of at least forty characters, as both texts have it once case, accents,
punctuation, spaces and broken words are folded away.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from conferences.rules.audience import Readers, is_within

WORDS, CHARACTERS = 6, 40
# Every run of six words holds a whole three at a multiple of three; forty characters in fewer than six words are at
# least 36 without spaces, and hold a whole 16 at a multiple of 16. So only these need be looked up.
_STEP, _BLOCK = 3, 16
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Source:
    """A text with its readers. ``label`` says whose it is and when; ``key`` names the row; who may not read it is not
    told what it is (``seen``)."""

    key: str
    label: str
    readers: Readers
    text: str
    seen: bool = True


@dataclass(frozen=True)
class Finding:
    """A passage of the new text, as it was typed, that stands in ``source``."""

    source: Source
    passage: str


@dataclass
class _Folded:
    words: list[str]
    spans: list[tuple[int, int]]
    squeezed: str = ""
    starts: list[int] = field(default_factory=list)


def passages_from(text: str, readers: Readers, sources, *, already: str = "") -> list[Finding]:
    """The passages of ``text``, to be read by ``readers``, that come from a source which fewer may read; the longest
    first. What stands in ``already`` (the field as it is saved, for readers no fewer) is no news.
    """
    narrower = [source for source in sources if source.text and not is_within(readers, source.readers)]
    if not narrower or not text.strip():
        return []
    new, stood = _folded(text), squeeze(already)
    trigrams, blocks = _trigrams(new), _blocks(new.squeezed)
    found = []
    for source in narrower:
        old_words = _words(source.text)
        runs = _shared_words(new.words, trigrams, old_words) | _shared_characters(new, blocks, "".join(old_words))
        for first, last in _merged(runs):
            if "".join(new.words[first : last + 1]) not in stood:
                found.append(Finding(source, text[new.spans[first][0] : new.spans[last][1]]))
    return sorted(found, key=lambda one: -len(one.passage))


def squeeze(text: str) -> str:
    """The letters and figures of a text alone, folded."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    text = text.casefold()
    if not text.isascii():
        # U+00AD breaks a word only where a line ends.
        folded = unicodedata.normalize("NFKD", text.replace("\u00ad", ""))
        text = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _WORD.findall(text.replace("'", "").replace("’", ""))


def _folded(text: str) -> _Folded:
    folded = _Folded([], [])
    for found in re.finditer(r"\S+", text):
        # One word of ours for a stretch without spaces, so that a place in the typed text is never lost.
        for part in re.finditer(r"[^\W_]+(?:['’\u00ad\u0300-\u036f][^\W_]*)*", found.group()):
            for word in _words(part.group()):
                folded.words.append(word)
                folded.spans.append((found.start() + part.start(), found.start() + part.end()))
    place = 0
    for word in folded.words:
        folded.starts.append(place)
        place += len(word)
    folded.squeezed = "".join(folded.words)
    return folded


def _trigrams(new):
    places = defaultdict(list)
    for place in range(len(new.words) - _STEP + 1):
        places[tuple(new.words[place : place + _STEP])].append(place)
    return places


def _blocks(squeezed):
    places = defaultdict(list)
    for place in range(len(squeezed) - _BLOCK + 1):
        places[squeezed[place : place + _BLOCK]].append(place)
    return places


def _shared_words(new, trigrams, old) -> set[tuple[int, int]]:
    runs, size = set(), len(old)
    aligned = zip(old[::_STEP], old[1::_STEP], old[2::_STEP], strict=False)
    for number, gram in enumerate(aligned):
        for place in trigrams.get(gram, ()):
            start, end = _extended(new, place, old, number * _STEP, _STEP, size)
            if end - start >= WORDS:
                runs.add((start, end - 1))
    return runs


def _extended(new, place, old, there, length, size):
    start, back = place, there
    while start and back and new[start - 1] == old[back - 1]:
        start, back = start - 1, back - 1
    end, ahead, most = place + length, there + length, len(new)
    while end < most and ahead < size and new[end] == old[ahead]:
        end, ahead = end + 1, ahead + 1
    return start, end


def _shared_characters(new, blocks, old) -> set[tuple[int, int]]:
    runs, size = set(), len(old)
    for there in range(0, size - _BLOCK + 1, _BLOCK):
        for place in blocks.get(old[there : there + _BLOCK], ()):
            start, end = _extended(new.squeezed, place, old, there, _BLOCK, size)
            if run := _as_words(new, start, end):
                runs.add(run)
    return runs


def _as_words(new, start, end):
    """The words that lie in the run, where with the spaces between them they are long enough."""
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


def _merged(runs):
    merged = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
