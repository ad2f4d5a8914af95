"""Find postcodes, phone numbers and e-mail addresses letter by letter, whatever spaces, dots and line ends they have.
Pure."""

import re
from collections.abc import Iterator

from cpc.core.documents.folding import Token, fold
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected, digits_of

_LOOKALIKE = str.maketrans("oil", "011")
_BETWEEN = r"[\s().\-/_:,;‐-―•|*·=~+\[\]{}<>#'\"…^!?&]*"
_SPELT = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_LETTERS = {
    "zed": "z", "zee": "z", "alpha": "a", "bravo": "b", "charlie": "c", "delta": "d", "echo": "e", "foxtrot": "f",
    "golf": "g", "hotel": "h", "india": "i", "juliet": "j", "juliett": "j", "kilo": "k", "lima": "l", "mike": "m",
    "november": "n", "oscar": "o", "papa": "p", "quebec": "q", "romeo": "r", "sierra": "s", "tango": "t",
    "uniform": "u", "victor": "v", "whiskey": "w", "whisky": "w", "xray": "x", "yankee": "y", "zulu": "z",
    "em": "m", "en": "n", "ess": "s", "tee": "t", "vee": "v", "bee": "b", "cee": "c", "dee": "d", "gee": "g",
    "jay": "j", "kay": "k", "ell": "l", "pee": "p", "cue": "q", "ar": "r", "why": "y", "ex": "x", "aitch": "h",
    "eff": "f", "ay": "a", "eye": "i", "you": "u", "w": "w",
}  # fmt: skip
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_FILLERS = frozenset({"and", "then", "space", "capital"})
_FIGURE = "zero|oh|nought|nil|one|two|three|four|five|six|seven|eight|nine"
_WORD = rf"(?<![^\W_])(?:(?:double|treble|triple)[\s\-]+)?(?:{_FIGURE})s?(?![^\W_])"
_DIGIT = rf"(?:(?:(?:double|treble|triple)[\s\-]+)?\d|{_WORD})"
# A number with some or all of its digits in words: "07700 900 one two three", "oh double seven".
_IN_WORDS = re.compile(rf"\+?{_DIGIT}(?:{_BETWEEN}(?:and\s+|then\s+)?{_DIGIT}){{5,}}")
_BY_HAND = re.compile(r"[^\W\d_]+|\d")
_NUMBER = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{5,}}")
# A scanned number: o for zero, l or i for one. Most of its characters are still digits.
_SCANNED = re.compile(rf"\+?[\doil](?:{_BETWEEN}[\doil]){{5,}}")
# Nothing is tried twice ("*+"), so that long runs of spaces and signs take no longer than other text.
_OPEN, _SHUT = r"[\s(\[{<*_\-]*+", r"[\s)\]}>*_\-]*+"
# What follows a plus sign does not make it another mailbox.
_AT = rf"(?:\s*+\+[\w.\-]*+)?{_OPEN}(?:@|\ba\s*+t\b(?:\s(?:sign|symbol)\b)?|\barroba\b){_SHUT}"
_DOT = rf"(?:{_OPEN}(?:\.|\bdot\b|\bpoint\b|\bfull stop\b){_SHUT}|[\s_\-]++)"
_UNDERSCORE = r"[\s(\[{<*]*+(?:_|\bunder ?score\b)?[\s)\]}>*]*+"
_HYPHEN = r"[\s(\[{<*]*+(?:-|\bdash\b|\bhyphen\b|\bminus\b)?[\s)\]}>*]*+"
_SIGNS = {"@": _AT, ".": _DOT, "_": _UNDERSCORE, "-": _HYPHEN}
_TAG = re.compile(r"\+[^@]*(?=@)")


def hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every occurrence of a wanted postcode, phone number or e-mail address."""
    if not any(one.kind in (Kind.POSTCODE, Kind.PHONE, Kind.EMAIL) for one in wanted):
        return []
    return [*_codes(page, wanted), *_phones(page, wanted), *_emails(page, wanted)]


def _codes(page: Page, wanted: list[Protected]) -> list[Hit]:
    # Letters and digits only, o as zero and l as one: "SWlA  1AA" and "S W 1 A 1 A A" are the same postcode.
    flat, places = page.stream
    runs = list(re.finditer(r"[^\W_]+", flat))
    positions = [place for run in runs for place in places[run.start() : run.end()]]
    stream = "".join(run.group() for run in runs).translate(_LOOKALIKE)
    codes = [one for one in wanted if one.kind is Kind.POSTCODE]
    spelt = _spelt(page) if codes else ("", [])
    found = []
    for one in codes:
        found += [*_in_stream(page.text, positions, stream, one), *_in_halves(page, one), *_in_words(spelt, one)]
    return found


def _letters_of(one: Protected) -> str:
    return "".join(char for char in fold(one.value) if char.isalnum())


def _in_halves(page: Page, one: Protected) -> Iterator[Hit]:
    """A postcode with other words between its halves: "ZZ7 and then 7ZZ"."""
    flat, places = page.stream
    first, last = _letters_of(one)[:-3], _letters_of(one)[-3:]
    if first in flat and last in flat:
        for found in re.finditer(rf"(?<![^\W_]){first}(?:\W+[a-z]+){{1,4}}\W+{last}(?![^\W_])", flat):
            yield Hit(one, places[found.start()], places[found.end() - 1] + 1)


def _spelt(page: Page) -> tuple[str, list[Token]]:
    """The letters and digits that the words of a page spell ("zed zed nine"), and the word of each. A longer word is a
    gap."""
    said: list[str] = []
    spans: list[Token] = []
    again = 1
    for word in page.tokens:
        if word.fold in _TIMES:
            again = _TIMES[word.fold]
        elif word.fold not in _FILLERS:
            plain = _SPELT.get(word.fold) or _LETTERS.get(word.fold) or (word.fold if len(word.fold) <= 4 else " ")
            said.append(plain * again)
            spans += [word] * len(plain) * again
            again = 1
    return "".join(said).translate(_LOOKALIKE), spans


def _in_words(spelt: tuple[str, list[Token]], one: Protected) -> Iterator[Hit]:
    said, spans = spelt
    value = _letters_of(one).translate(_LOOKALIKE)
    at = said.find(value)
    while at >= 0:
        past = at + len(value)
        begins = at == 0 or spans[at - 1] is not spans[at]
        if begins and (past == len(spans) or spans[past] is not spans[past - 1]):
            yield Hit(one, spans[at].start, spans[past - 1].end)
        at = said.find(value, at + 1)


def _in_stream(text: str, positions: list[int], stream: str, one: Protected) -> Iterator[Hit]:
    value = _letters_of(one).translate(_LOOKALIKE)
    at = stream.find(value)
    while at >= 0:
        start, end = positions[at], positions[at + len(value) - 1]
        if not (start and text[start - 1].isalnum()) and not (end + 1 < len(text) and text[end + 1].isalnum()):
            yield Hit(one, start, end + 1)
        at = stream.find(value, at + 1)


def _phones(page: Page, wanted: list[Protected]) -> list[Hit]:
    numbers = [(one, digits_of(one.value)) for one in wanted if one.kind is Kind.PHONE]
    if not numbers:
        return []
    flat, places = page.stream
    found = {}
    for run in _IN_WORDS.finditer(flat):
        digits = _digits_said(run.group())
        for one, number in numbers:
            if number in digits or (6 <= len(digits) <= 8 and number.endswith(digits)):
                found[one, places[run.end() - 1]] = Hit(one, places[run.start()], places[run.end() - 1] + 1)
    for pattern in (_NUMBER, _SCANNED):
        for run in pattern.finditer(flat):
            said = run.group()
            digits = "".join(char for char in said.translate(_LOOKALIKE) if char.isdigit())
            if sum(char.isdigit() for char in said) * 2 < len(digits):
                continue
            for one, number in numbers:
                if number in digits or (6 <= len(digits) <= 8 and number.endswith(digits)):
                    found[one, places[run.end() - 1]] = Hit(one, places[run.start()], places[run.end() - 1] + 1)
    return list(found.values())


def _digits_said(said: str) -> str:
    digits, again = "", 1
    for part in _BY_HAND.findall(said):
        if part in _TIMES:
            again = _TIMES[part]
        elif (digit := part if part.isdigit() else _SPELT.get(part.removesuffix("s"))) is not None:
            digits, again = digits + digit * again, 1
    return digits


def _emails(page: Page, wanted: list[Protected]) -> list[Hit]:
    hits, (flat, places) = [], page.stream
    for one in wanted:
        if one.kind is Kind.EMAIL:
            spelt = _spellings_of(fold(_TAG.sub("", one.value.strip())))
            for place in re.finditer(rf"(?<!\w){spelt}(?!\w)", flat):
                hits.append(Hit(one, places[place.start()], places[place.end() - 1] + 1))
    return hits


def _spellings_of(address: str) -> str:
    """The pattern of a mail address: spaces anywhere, and its signs also in words."""
    parts = re.findall(r"[@._\-]|[^@._\-]+", address)
    return "".join(_SIGNS.get(part) or r"\s*+".join(map(re.escape, part)) for part in parts)
