"""Two spellings of one name or street, brought to one: accents, apostrophes, unseen characters, abbreviations. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Letters that Unicode does not take apart, and the Cyrillic and Greek ones that look like ours.
_ALIKE = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ə": "e", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i",
        "ѕ": "s", "ј": "j", "в": "b", "к": "k", "м": "m", "н": "h", "т": "t", "α": "a", "ο": "o", "ρ": "p",
        "ν": "v", "ι": "i", "κ": "k", "υ": "u", "ԁ": "d", "ɡ": "g", "һ": "h", "ԛ": "q", "ԝ": "w", "ѵ": "v", "ү": "y",
        "ӏ": "l", "ո": "n", "ս": "u", "օ": "o", "ց": "g", "ɑ": "a", "ɩ": "i", "τ": "t", "χ": "x", "γ": "y", "ꞵ": "b",
        "β": "b", "ε": "e", "η": "n", "ω": "w", "ϲ": "c", "ϳ": "j", "ℓ": "l", "ƒ": "f", "ʀ": "r", "ѡ": "w", "з": "3",
    }
)  # fmt: skip
_AS_LETTERS = str.maketrans("01345", "oleas")
_APOSTROPHES = "'’‘ʼ`´′＇ʹ"
# The word that both ends of an abbreviation come to. "St" is street and saint: one word here.
_SAME = {
    "street": "st", "str": "st", "saint": "st", "road": "rd", "avenue": "ave", "av": "ave", "lane": "ln",
    "close": "cl", "court": "ct", "crescent": "cres", "cr": "cres", "drive": "dr", "drv": "dr", "gardens": "gdns",
    "gardns": "gdns", "grove": "gr", "grv": "gr", "place": "pl", "square": "sq", "terrace": "ter", "terr": "ter",
    "park": "pk", "house": "hse", "boulevard": "blvd", "mount": "mt", "green": "grn", "hill": "hl", "way": "wy",
    "buildings": "bldgs", "building": "bldg", "cottages": "cotts", "cottage": "cott", "mews": "mews", "north": "n",
    "south": "s", "east": "e", "west": "w", "upper": "upr", "lower": "lwr", "apartment": "flat", "apt": "flat",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30",
    "forty": "40", "fourty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "cls": "cl", "crt": "ct", "cresc": "cres",
    "lne": "ln", "la": "ln", "gdn": "gdns", "garden": "gdns", "grdns": "gdns", "plc": "pl", "tce": "ter", "trc": "ter",
    "sqr": "sq", "hgts": "heights", "mdw": "meadow", "wlk": "walk",
}  # fmt: skip
STREETS = frozenset({
    "st", "rd", "ave", "ln", "cl", "ct", "cres", "dr", "gdns", "gr", "pl", "sq", "ter", "pk", "blvd", "mt",
    "hl", "wy", "mews", "row", "walk", "rise", "view", "vale", "yard", "gate", "quay", "wharf", "parade",
    "broadway", "path", "grn", "end", "meadow", "meadows", "fields", "field", "croft", "bank", "drove", "loan",
    "wynd",
})  # fmt: skip
CITED = {
    "postcode": re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b"),
    "numbered": re.compile(
        r"^(?:(?:flat|apartment|apt|unit)\s+\w+\s*[,/\s]\s*)?(?:no\.?\s*|number\s+)?(?P<number>\d+\s?[a-z]?(?:\s*[-–/]\s*\d+\s?[a-z]?)?)\s+"
        r"(?P<street>(?![a-z]\s)\S.*)$",
        re.IGNORECASE,
    ),
    "number": re.compile(r"\d+\s?[A-Za-z]?"),
    "flat": re.compile(r"^(flat|apartment|apt|unit|room|floor)\b", re.IGNORECASE),
}
# A word: letters and digits, apostrophes inside it, characters that cannot be seen anywhere in it.
_UNSEEN = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufffe\u0300-\u036f\ufe00-\ufe0f\x02"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_APOSTROPHES}](?=[^\W_])|[{_UNSEEN}])*")


@dataclass(frozen=True)
class Token:
    """One word of a text: where it stands, how it looks folded, and whether it begins with a capital."""

    start: int
    end: int
    raw: str
    fold: str
    capital: bool

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The word, the word without the s of "Rose’s" or "the Patels", and the word as addresses spell it."""
        found = [self.fold]
        if self.fold.endswith("s") and len(self.fold) > 3:
            found.append(self.fold[:-1])
        if self.street_form != self.fold:
            found.append(self.street_form)
        if any(char.isdigit() for char in self.fold) and sum(char.isalpha() for char in self.fold) > 1:
            # A scanned or a disguised word: "Pate1", "R0se".
            found.append(self.fold.translate(_AS_LETTERS))
        return tuple(found)

    @property
    def street_form(self) -> str:
        """The word as addresses are compared: street words and small numbers in one spelling."""
        return _SAME.get(self.fold, self.fold)

    @property
    def street(self) -> bool:
        """Whether the word is a kind of street."""
        return self.street_form in STREETS


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes, nothing that cannot be seen, every digit one of 0 to 9."""
    plain = []
    for char in unicodedata.normalize("NFKD", text.casefold()):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf", "Cn", "Co") or char in _APOSTROPHES or char == "\x02":
            continue
        plain.append(str(unicodedata.digit(char)) if kind == "Nd" else char)
    return "".join(plain).translate(_ALIKE)


def words(text: str) -> list[Token]:
    """The words of a text in order, each folded."""
    found = []
    for match in _WORD.finditer(text):
        plain = fold(match.group())
        # A house number and its letter are one word: "14 A" is "14a".
        if found and len(plain) == 1 and plain.isalpha() and found[-1].fold.isdigit():
            last = found.pop()
            if text[last.end : match.start()] == " " and match.group().isupper():
                found.append(Token(last.start, match.end(), text[last.start : match.end()], last.fold + plain, False))
                continue
            found.append(last)
        if plain:
            found.append(Token(match.start(), match.end(), match.group(), plain, _capital(match.group())))
    return _numbers_joined(found, text)


_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90}  # fmt: skip
_ONES = {word: int(_SAME[word]) for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")}


def _numbers_joined(tokens: list[Token], text: str) -> list[Token]:
    """ "Twenty-one" and "a hundred and four" are one word each, and that word is its number."""
    if not any(token.fold in _TENS or token.fold == "hundred" for token in tokens):
        return tokens
    found, at = [], 0
    while at < len(tokens):
        number, past = _number_at(tokens, at)
        if past - at > 1:
            first, last = tokens[at], tokens[past - 1]
            found.append(Token(first.start, last.end, text[first.start : last.end], str(number), first.capital))
        else:
            found.append(tokens[at])
        at = max(past, at + 1)
    return found


def _number_at(tokens: list[Token], at: int) -> tuple[int, int]:
    """The number that begins at a word, and the place after it."""

    def fold_at(place):
        return tokens[place].fold if place < len(tokens) else ""

    number, here = 0, at
    if fold_at(at + 1) == "hundred" and fold_at(at) in {"a", *_ONES}:
        number, here = 100 * _ONES.get(fold_at(at), 1), at + 2
        if fold_at(here) == "and" and _below_a_hundred(fold_at(here + 1)):
            here += 1
        elif not _below_a_hundred(fold_at(here)):
            return number, here
    if fold_at(here) in _TENS:
        number, here = number + _TENS[fold_at(here)], here + 1
        if fold_at(here) in _ONES:
            return number + _ONES[fold_at(here)], here + 1
        return number, here
    if number and _below_a_hundred(fold_at(here)):
        return number + int(_SAME[fold_at(here)]), here + 1
    return number, here


def _below_a_hundred(word: str) -> bool:
    return word in _TENS or (_SAME.get(word, "").isdigit() and word != "hundred")


def meaningful(value: str) -> bool:
    """Whether there is anything in a value to look for: one letter or nothing would be found everywhere."""
    return len([char for char in value if char.isalnum()]) > 1


def slips(long_words: set[str]) -> dict[str, set[str]]:
    """Every long word under itself and under each spelling that lacks one of its letters."""
    near: dict[str, set[str]] = {}
    for word in long_words:
        for lacking in {word, *_lacking(word)}:
            near.setdefault(lacking, set()).add(word)
    return near


def within_one_slip(word: str, near: dict[str, set[str]]) -> set[str]:
    """The long words that ``word`` is, but for one letter wrong, missing, too many, or two changed about."""
    if not near:
        return set()
    candidates = set(near.get(word, ()))
    for lacking in _lacking(word):
        candidates |= near.get(lacking, set())
    return {candidate for candidate in candidates if _one_slip(word, candidate)}


def _lacking(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _one_slip(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == len(b):
        wrong = [at for at in range(len(a)) if a[at] != b[at]]
        return len(wrong) == 1 or (
            len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        )
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and shorter in _lacking(longer)


def _capital(raw: str) -> bool:
    return raw[0].isupper() or raw[0].istitle()
