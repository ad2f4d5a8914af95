"""The release check: finds what a text would tell a reader who must not learn it. Pure: no database, no clock, no
Django.

The audience of each paragraph decides what a copy contains. This check reads the final bytes and finds what that rule
missed. A *stop* blocks the release until it is corrected or a second person overrides it. An *ask* is answered once for
each passage.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from cpc.core.documents.folding import meaningful, words
from cpc.core.documents.matching import Hit, Page, all_hits
from cpc.core.documents.matching.rewritten import rewritten
from cpc.core.documents.protected import NAMES_OF_KINDS, STOPS, Kind, Protected, same_as
from cpc.core.documents.reading.found import TextPart

# Separates two parts that do not follow each other, with words that belong to no name.
_SEPARATOR = "\fz z z\f"
_SHORT = 5  # a passage with fewer words is not distinctive: its neighbouring words count too
_NEIGHBOURS = 6


@dataclass(frozen=True)
class Passage:
    """One sentence that contains a protected value, split into three around it. ``hash`` covers only the words."""

    where: str
    before: str
    found: str
    after: str
    hash: str

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return " ".join(f"{self.before}{self.found}{self.after}".split())


@dataclass(frozen=True)
class Finding:
    """A protected value that the text reveals: its kind, how often it occurs, and the sentences."""

    kind: Kind
    value: str
    found: str
    whose: str = ""
    count: int = 1
    passages: tuple[Passage, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether this finding blocks the release unless a second person overrides it."""
        return self.kind in STOPS

    @property
    def sentence(self) -> str:
        """The first sentence that contains it."""
        return self.passages[0].sentence if self.passages else ""

    @property
    def where(self) -> tuple[str, ...]:
        """Each place where it occurs, once."""
        return tuple(dict.fromkeys(passage.where for passage in self.passages if passage.where))

    @property
    def key(self) -> str:
        """An identifier for this value of this person. It is the same however the text spells the value."""
        value = same_as(Protected(self.kind, self.value))
        return hashlib.sha256(f"{self.kind}|{value}|{self.whose}".encode()).hexdigest()[:16]

    @property
    def reason(self) -> str:
        """What was found, in plain words."""
        whose = f" ({self.whose})" if self.whose else ""
        return f"{NAMES_OF_KINDS[self.kind].capitalize()}{whose}: “{self.found}”"


def release_check(text: str, protected: Iterable[Protected], known: Iterable[Protected | str] = ()) -> list[Finding]:
    """The values in ``protected`` that ``text`` reveals: stops first, one finding for each value. ``known`` is what the
    reader already knows; only that removes a finding.

    A single word counts only with a capital letter.
    """
    return check_parts([TextPart("", text)], protected, known)


def check_parts(
    parts: Iterable[TextPart], protected: Iterable[Protected], known: Iterable[Protected | str] = ()
) -> list[Finding]:
    """The values that any of ``parts`` reveals, with their places. The same words in two parts are one passage."""
    known = list(known)
    known_values = frozenset(same_as(item) for item in known)
    wanted = [one for one in dict.fromkeys(protected) if meaningful(one.value) and same_as(one) not in known_values]
    parts = list(parts)
    parts += [TextPart(part.where, plain, shadow=True) for part in parts for plain in rewritten(part.text)]
    text, starts = _joined(parts)
    page = Page(text, known_values, frozenset(_initials(known)))
    return _gather(_Whole(page, parts, starts), all_hits(page, wanted))


def text_hash(text: str) -> str:
    """The hash that ties a check to one text: the check no longer applies when the text changes."""
    return hashlib.sha256(text.encode()).hexdigest()


def outstanding(
    findings: Iterable[Finding],
    harmless: frozenset[tuple[str, str]] = frozenset(),
    overridden: frozenset[str] = frozenset(),
) -> list[Finding]:
    """The findings that still block: each stop without an override, and each ask with a passage that nobody marked
    harmless."""
    return [
        finding
        for finding in findings
        if (finding.key not in overridden if finding.stops else unjudged(finding, harmless))
    ]


def unjudged(finding: Finding, harmless: frozenset[tuple[str, str]]) -> list[Passage]:
    """The passages of a finding that nobody has marked harmless for this reader."""
    return [one for one in finding.passages if (finding.key, one.hash) not in harmless]


def _joined(parts: list[TextPart]) -> tuple[str, list[int]]:
    text, starts = "", []
    for before, part in zip([None, *parts], parts, strict=False):
        if before is not None:
            follows = _is_page(before) and _is_page(part)
            text += "\f" if follows else _SEPARATOR
        starts.append(len(text))
        text += part.text
    return text, starts


def _is_page(part: TextPart) -> bool:
    return part.where.startswith("Page ") and not part.shadow


def _initials(known: Iterable[Protected | str]) -> Iterable[str]:
    # Who knows Anna Marlow knows who A. Marlow is.
    for one in known:
        if isinstance(one, Protected) and one.kind is Kind.FULL_NAME:
            first, *last = [token.fold for token in words(one.value)] or [""]
            if first and last:
                yield " ".join((first[0], *last))


_Window = tuple[tuple[str, ...], tuple[str, ...]]  # the words before and after a place


class _Whole:
    """All the parts as one page, with the position where each part begins."""

    def __init__(self, page: Page, parts: list[TextPart], starts: list[int]):
        self.page, self.parts, self.starts = page, parts, starts
        self.token_starts = [token.start for token in page.tokens]

    def part_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def around(self, hit: Hit, number: int) -> _Window:
        """The folded words before and after a position, in the same part."""
        part = self.part_at(hit.start)
        begins, ends = self.starts[part], self.starts[part] + len(self.parts[part].text)
        first, past = bisect_left(self.token_starts, hit.start), bisect_left(self.token_starts, hit.end)
        tokens = self.page.tokens
        before = tuple(token.fold for token in tokens[max(0, first - number) : first] if token.start >= begins)
        after = tuple(token.fold for token in tokens[past : past + number] if token.end <= ends)
        return before, after

    def passage(self, hit: Hit, where: str) -> Passage:
        page = self.page
        opens, closes = page.sentence(hit.start, hit.end)
        part = self.part_at(hit.start)
        opens, closes = max(opens, self.starts[part]), max(hit.end, min(closes, self._end_of(hit)))
        found = [token.fold for token in words(page.text[opens:closes])]
        if len(found) < _SHORT:
            before, after = self.around(hit, _NEIGHBOURS)
            found = [*before, *(token.fold for token in words(page.text[hit.start : hit.end])), *after]
        return Passage(
            where=where,
            before=_one_line(page.text[opens : hit.start]).lstrip(),
            found=" ".join(page.text[hit.start : hit.end].split()),
            after=_one_line(page.text[hit.end : closes]).rstrip(),
            hash=hashlib.sha256(" ".join(found).encode()).hexdigest(),
        )

    def _end_of(self, hit: Hit) -> int:
        part = self.part_at(hit.end - 1)
        return self.starts[part] + len(self.parts[part].text)


def _one_line(text: str) -> str:
    """A piece of a sentence on one line. A space at either edge stays."""
    plain = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{plain}{' ' if plain and text[-1:].isspace() else ''}"


def _gather(whole: _Whole, hits: list[Hit]) -> list[Finding]:
    stops = [(hit.start, hit.end) for hit in hits if hit.one.kind in STOPS]
    places = [hit for hit in hits if hit.one.kind in (Kind.PLACE, Kind.DAY)]
    found: dict[tuple[Kind, str], dict[tuple[int, int], Hit]] = defaultdict(dict)
    whose: dict[tuple[Kind, str], dict[str, None]] = defaultdict(dict)
    for hit in _once(whole.page.text, hits):
        inside = any(start <= hit.start and hit.end <= end for start, end in stops) or _is_part_of_a_place(hit, places)
        if hit.one.kind in STOPS or not inside:
            key = hit.one.kind, same_as(hit.one)
            if not any(start <= hit.start and hit.end <= end for start, end in found[key]):
                found[key][hit.start, hit.end] = hit
            if hit.one.whose:
                whose[key][hit.one.whose] = None
    findings = [_finding(whole, list(same.values()), ", ".join(whose[key])) for key, same in found.items() if same]
    return sorted(findings, key=lambda finding: (not finding.stops, list(Kind).index(finding.kind), finding.value))


def _is_part_of_a_place(hit: Hit, places: list[Hit]) -> bool:
    """Whether a longer place or day of the same owner was found around it: “Ash” in “Ash House”."""
    return hit.one.kind in (Kind.PLACE, Kind.DAY) and any(
        one.start <= hit.start and hit.end <= one.end and one.end - one.start > hit.end - hit.start
        and one.one.whose == hit.one.whose
        for one in places
    )  # fmt: skip


def _once(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits in order, without duplicates. A person called both Theo and Teddy is found once in “Theo”, under that
    name."""

    def is_another_name(hit: Hit) -> bool:
        return same_as(hit.one) != same_as(text[hit.start : hit.end])

    found: dict[tuple[Kind, str, int, int], Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, is_another_name(hit))):
        found.setdefault((hit.one.kind, hit.one.whose, hit.start, hit.end), hit)
    return list(found.values())


def _finding(whole: _Whole, hits: list[Hit], whose: str) -> Finding:
    """One finding made of these hits. An occurrence that was read twice (on its page and in the flowing text) counts
    once."""
    occurrences: dict[tuple[_Window, int], list[tuple[TextPart, Hit]]] = defaultdict(list)
    seen: Counter[tuple[int, _Window]] = Counter()
    for hit in hits:
        number = whole.part_at(hit.start)
        part = whole.parts[number]
        window = whole.around(hit, 2)
        seen[number if part.shadow or not part.where else -1, window] += 1
        occurrences[window, seen[number if part.shadow or not part.where else -1, window]].append((part, hit))
    passages: dict[tuple[str, str], Passage] = {}
    for same in occurrences.values():
        # The flowing text has the whole sentence; the page says where it is.
        _, best = min(same, key=lambda one: (bool(one[0].where), one[0].shadow))
        where = min(((part.shadow, part.where) for part, _ in same if part.where), default=(False, ""))[1]
        passage = whole.passage(best, where)
        passages.setdefault((passage.hash, passage.where), passage)
    first = hits[0]
    return Finding(
        kind=first.one.kind,
        value=first.one.value,
        found=" ".join(whole.page.text[first.start : first.end].split()),
        whose=whose,
        count=len(occurrences),
        passages=tuple(passages.values()),
    )
