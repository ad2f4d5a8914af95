"""A text prepared once for matching: its words, its stream of letters, and what its reader already knows. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cpc.core.documents.folding import LongWords, Token, fold, words
from cpc.core.documents.protected import Protected

# Plain letters and signs in long runs, which is nearly all of a text; anything else one by one.
_RUNS = re.compile(r"(?P<plain>[\x00\x01\x03-&(-_a-\x7f]+)|(?P<other>[^\x00-\x7f])")
_NOTHING: list[tuple[tuple[str, ...], int]] = []
_LONGEST_RUN = 40  # letters with a space after each: longer than any name
_MAY_JOIN = "-‐‑\u00ad"


@dataclass(frozen=True)
class Hit:
    """A protected value and its position."""

    one: Protected
    start: int
    end: int


class Page:
    """A text taken apart once. ``known`` are joined words, ``initials`` what the reader knows as "d marlow"."""

    def __init__(self, text: str, known: frozenset[str], initials: frozenset[str] = frozenset()):
        self.text, self.known, self.initials, self.tokens = text, known, initials, words(text)
        self._near: dict[tuple[int, str], set[str]] = {}
        self._joined: dict[int, list[tuple[tuple[str, ...], int]]] = {}

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends, or the line where there is no full stop."""
        first = max(0, start - 200)
        opens = first + max((m.end() for m in re.finditer(r"[.!?]\s|\n\s*\n|\f", self.text[first:start])), default=0)
        after = re.search(r"[.!?](\s|$)|\n\s*\n|\f", self.text[end : end + 200])
        closes = end + (after.end() if after else min(200, len(self.text) - end))
        return opens, closes

    @cached_property
    def stream(self) -> tuple[str, list[int]]:
        """Every letter and sign folded, in one line, and where in the text each is."""
        flat: list[str] = []
        places: list[int] = []
        for run in _RUNS.finditer(self.text):
            if run.lastgroup == "plain":
                flat.append(run.group().lower())
                places.extend(range(run.start(), run.end()))
            else:
                for plain in fold(run.group()):
                    flat.append(plain)
                    places.append(run.start())
        return "".join(flat), places

    def spellings(self, token: Token, near: LongWords) -> set[str]:
        """The ways in which a word may be read. A word that the reader knows is itself, not a slip for another."""
        key = (id(near), token.raw)
        found = self._near.get(key)
        if found is None:
            found = set(token.forms)
            if token.fold not in self.known:
                found |= near.sounding_like(token.fold)
                if len(token.fold) >= 5:
                    for form in token.forms:
                        found |= near.within_one_slip(form)
                if len(token.raw) > len(token.fold):
                    found |= near.cut_short(token.raw)
            self._near[key] = found
        return found

    def joined(self, at: int) -> list[tuple[tuple[str, ...], int]]:
        """Words that were one before something split them: (the forms, the index after them)."""
        token = self.tokens[at]
        if not token.capital and len(token.fold) > 1 and self.text[token.end : token.end + 1] not in _MAY_JOIN:
            return _NOTHING
        if at not in self._joined:
            self._joined[at] = self._pieces(at)
        return self._joined[at]

    def _pieces(self, at: int) -> list[tuple[tuple[str, ...], int]]:
        """ "O Brien"; "Penny-" at the end of a line with "wort" on the next; "R o s e", a space after each letter."""
        tokens, token = self.tokens, self.tokens[at]
        found = []
        if at + 1 < len(tokens):
            after = tokens[at + 1]
            between = self.text[token.end : after.start]
            if token.capital or ("\n" in between and between.strip() in ("-", "‐", "‑", "\u00ad")):
                forms = tuple(token.fold + form for form in after.forms)
                if len(forms[0]) >= 5:
                    found.append((forms, at + 2))
        if len(token.fold) == 1 and token.fold.isalpha():
            found += self._letters(at)
        return found

    def _letters(self, at: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """A run of single letters, to each wider space in it and to its end."""
        here = at
        while (here := self._ends_of_letters[here]) and here - at <= _LONGEST_RUN:
            if here - at >= 3:
                yield ("".join(token.fold for token in self.tokens[at:here]),), here
            if here == len(self.tokens):
                return

    @cached_property
    def _ends_of_letters(self) -> list[int]:
        """For each word that is a single letter, the index after the run that it is in: a wider space ends a run, as a
        longer word does. 0 for every other word."""
        ends = [0] * len(self.tokens)
        for at in range(len(self.tokens) - 1, -1, -1):
            token = self.tokens[at]
            if len(token.fold) == 1 and token.fold.isalpha():
                is_last = at + 1 == len(ends) or not ends[at + 1]
                is_wide = not is_last and self.tokens[at + 1].start - token.end > 1
                ends[at] = at + 1 if is_last or is_wide else ends[at + 1]
        return ends
