"""Fold two spellings of a name or street into one: accents, apostrophes, invisible characters, abbreviations. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Letters that Unicode does not decompose, and Cyrillic and Greek letters that look like ours.
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
_NOT = frozenset({
    "isnt", "arent", "aint", "wasnt", "werent", "doesnt", "didnt", "dont", "hasnt", "havent", "cannot", "couldnt",
    "never",
})  # fmt: skip
_APOSTROPHES = "'’‘ʼ`´′＇ʹ"
# What follows an apostrophe, and the words that it may be: "she’s", "they’ll".
CONTRACTED = {
    "s": ("is", "has"), "ll": ("will",), "ve": ("have",), "re": ("are",), "d": ("had", "would"), "m": ("am",),
}  # fmt: skip
# The one form of a word and its abbreviations. "St" means street and saint: one word here.
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
    "sqr": "sq", "lr": "lwr", "hgts": "heights", "mdw": "meadow", "wlk": "walk",
}  # fmt: skip
# Short forms that people write in addresses, and the words that each may mean. Only what is read in a text is taken
# long: elsewhere "Vic" is a name of its own.
SHORT = {
    "gt": ("great",), "grt": ("great",), "gr": ("great",), "lt": ("little",), "ltl": ("little",), "stn": ("station",),
    "sta": ("station",),
    "vic": ("victoria",), "vict": ("victoria",), "alb": ("albert", "albion"), "ch": ("church", "chapel"),
    "chch": ("church",), "chu": ("church",), "chpl": ("chapel",), "mkt": ("market",), "mk": ("market",),
    "mnr": ("manor",), "br": ("bridge",), "brg": ("bridge",), "brdg": ("bridge",), "fm": ("farm",), "frm": ("farm",),
    "est": ("estate",), "wd": ("wood",), "wds": ("woods",), "hth": ("heath",), "ml": ("mill",), "mls": ("mills",),
    "pde": ("parade",), "par": ("parade",), "bdwy": ("broadway",), "bway": ("broadway",), "ldg": ("lodge",),
    "vlge": ("village",), "vil": ("village", "villas"), "vls": ("villas",), "vw": ("view",), "crk": ("creek",),
    "qn": ("queen", "queens"), "kg": ("king", "kings"), "qns": ("queens",), "kgs": ("kings",), "geo": ("george",),
    "edw": ("edward",), "wm": ("william",), "wllm": ("william",), "jn": ("john",), "chas": ("charles",),
    "hosp": ("hospital",),
    "coll": ("college",), "wlm": ("william",), "nth": ("n",), "sth": ("s",), "nrth": ("n",), "rly": ("railway",),
    "rlwy": ("railway",), "ctr": ("centre",), "cen": ("central", "centre"), "wks": ("works",), "orch": ("orchard",),
    "mdws": ("meadows",), "fld": ("field",), "flds": ("fields",), "crft": ("croft",), "fst": ("forest",),
    "frst": ("forest",), "hol": ("hollow",), "gln": ("glen",), "spr": ("spring", "springs"), "isl": ("island",),
}  # fmt: skip
HOUSES = frozenset({
    "house", "cottage", "cottages", "lodge", "villa", "hall", "farm", "farmhouse", "barn", "grange", "manor", "court",
    "hse", "cott", "cotts", "ct", "bungalow", "flats", "refuge", "project", "home", "hostel", "place", "pl", "mews",
    "hotel", "inn", "guesthouse", "shelter", "centre", "center", "unit", "clinic", "hospital", "hosp", "prison", "hmp",
})  # fmt: skip
STREETS = frozenset({
    "st", "rd", "ave", "ln", "cl", "ct", "cres", "dr", "gdns", "gr", "pl", "sq", "ter", "pk", "blvd", "mt",
    "hl", "wy", "mews", "row", "walk", "rise", "view", "vale", "yard", "gate", "quay", "wharf", "parade",
    "broadway", "path", "grn", "end", "meadow", "meadows", "fields", "field", "croft", "bank", "drove", "loan",
    "wynd",
})  # fmt: skip
# Words that tell a street from its neighbour. People put them before its name or after it.
SIDES = frozenset({"upr", "lwr", "n", "s", "e", "w", "great", "little", "old", "new", "inner", "outer"})
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
# A word: letters and digits, apostrophes inside it, invisible characters anywhere in it.
_UNSEEN = r"\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufffe\u0300-\u036f\ufe00-\ufe0f\x02"
_WORD = re.compile(rf"[^\W_]+(?:(?:[{_APOSTROPHES}](?=[^\W_])|[{_UNSEEN}])[^\W_]*)*")


@dataclass(frozen=True)
class Token:
    """One word of a text: its position, its folded form, and whether it begins with a capital letter."""

    start: int
    end: int
    raw: str
    fold: str
    capital: bool

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The folded word, the word without a final s (“Rose’s”, “the Patels”), and the word as addresses spell it."""
        found = [self.fold]
        if self.fold.endswith("s") and len(self.fold) > 3:
            found.append(self.fold[:-1])
        if self.fold.endswith("es") and len(self.fold) > 4:
            found.append(self.fold[:-2])
        if (self.fold.endswith("nt") and self.raw[-2:-1] in _APOSTROPHES) or self.fold in _NOT:
            found.append("not")  # "isn't", "wasn't", and as people type them
        if len(self.raw) > len(self.fold):
            found += CONTRACTED.get(self.contracted[1], ())
        found += SHORT.get(self.fold, ())
        if self.street_form != self.fold:
            found.append(self.street_form)
        if any(char.isdigit() for char in self.fold) and sum(char.isalpha() for char in self.fold) > 1:
            # A scanned or a disguised word: "Pate1", "R0se".
            found.append(self.fold.translate(_AS_LETTERS))
        return tuple(found)

    @property
    def contracted(self) -> tuple[str, str]:
        """The word before the apostrophe and what follows it: "she" and "ll"; empty for any other word."""
        before, *after = re.split(f"[{_APOSTROPHES}]", self.raw)
        return (fold(before), fold(after[0])) if len(after) == 1 and fold(after[0]) in CONTRACTED else ("", "")

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
    """The text in lower case, without accents, apostrophes and invisible characters, with every digit as 0 to 9."""
    plain = []
    for char in unicodedata.normalize("NFKD", text.casefold()).casefold():  # "𝐑" is "R" only then
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf", "Cn", "Co") or char in _APOSTROPHES or char == "\x02":
            continue
        plain.append(str(unicodedata.digit(char)) if kind == "Nd" else char)
    return "".join(plain).translate(_ALIKE)


def plain_words(text: str) -> list[str]:
    """The words of a text in order, only folded: numbers and house letters stay as written."""
    return [plain for word in _WORD.findall(text) if (plain := fold(word))]


def holds_words(text: str, name: str) -> bool:
    """Whether every word of a name is in the text, in any order."""
    return set(plain_words(name)) <= set(plain_words(text))


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The words of ``plain_words`` with their start and end in the text."""
    return [(plain, word.start(), word.end()) for word in _WORD.finditer(text) if (plain := fold(word.group()))]


def words(text: str) -> list[Token]:
    """The words of a text in order, as folded tokens."""
    found: list[Token] = []
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
    """The number that begins at this word, and the index after it."""

    def fold_at(place: int) -> str:
        return tokens[place].fold if place < len(tokens) else ""

    number, here = 0, at
    if fold_at(at + 1) == "hundred" and fold_at(at) in {"a", *_ONES}:
        number, here = 100 * _ONES.get(fold_at(at), 1), at + 2
        if fold_at(here) == "and" and _below_a_hundred(fold_at(here + 1)):
            here += 1
        elif not _below_a_hundred(fold_at(here)) or fold_at(here + 1) == "hundred":
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
    """Whether a value has at least two letters or digits. Anything shorter would be found everywhere."""
    return len([char for char in value if char.isalnum()]) > 1


class LongWords:
    """The words that are looked for, as people misspell them: with one slip, or as they sound, or cut short.

    ``sounding`` are the words that may be spelt as they sound: those of addresses.
    """

    def __init__(self, wanted: set[str], sounding: Iterable[str] = ()):
        self.lacking: dict[str, set[str]] = {}
        self.sounds: dict[str, set[str]] = {}
        self.wanted = frozenset(wanted)
        self.longest = max(map(len, wanted), default=0)
        for word in wanted:
            for without in {word, *_lacking(word)}:
                self.lacking.setdefault(without, set()).add(word)
        for word in sounding:
            if len(word) > 3 and word.isalpha():
                self.sounds.setdefault(sound_of(word), set()).add(word)
        self.longest_sound = max(map(len, (word for same in self.sounds.values() for word in same)), default=0)

    def within_one_slip(self, word: str) -> set[str]:
        """Those that differ from ``word`` by at most one typing error: a letter wrong, missing or extra, or two
        swapped."""
        if len(word) > self.longest + 1:
            return set()
        candidates = set(self.lacking.get(word, ()))
        for lacking in _lacking(word):
            candidates |= self.lacking.get(lacking, set())
        return {candidate for candidate in candidates if _one_slip(word, candidate)}

    def sounding_like(self, word: str) -> set[str]:
        """Those that sound like ``word`` and differ from it by at most two letters: "More" for "Moor"."""
        if len(word) < 4 or not self.sounds or len(word) > self.longest_sound + 2:
            return set()
        return {one for one in self.sounds.get(sound_of(word), ()) if _letters_apart(word, one) <= 2}

    def two_letters_out(self, word: str) -> set[str]:
        """Those long words that begin as ``word`` does and differ from it by at most two letters. It compares with each
        of them, so ask it of few words of a text.
        """
        if len(word) < 6:
            return set()
        alike = (one for one in self.wanted if len(one) > 6 and one[0] == word[0] and abs(len(one) - len(word)) <= 2)
        return {one for one in alike if _letters_apart(word, one) <= 2}

    def cut_short(self, raw: str) -> set[str]:
        """What a word with an apostrophe in it may mean: "Pennyw't"."""
        begins, *after = (fold(part) for part in re.split(f"[{_APOSTROPHES}]", raw, maxsplit=1))
        ends = after[0] if after else ""
        if len(begins) < 3 or not ends or ends == "s":
            return set()
        return {one for one in self.wanted if one.startswith(begins) and one.endswith(ends) and one != begins + ends}


_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^(kn|gn|pn)", "n"), ("qu|kw", "k"), ("^wr", "r"), ("^wh", "w"), ("^ps", "s"), ("^x", "s"), ("ph", "f"),
        ("sch", "sk"),
        ("t?ch", "x"), ("sh", "x"), ("th", "0"), ("dge?", "j"), ("gh", ""), ("ck", "k"), ("mb$", "m"),
        ("c(?=[eiy])", "s"), ("[cq]", "k"), ("x(?!$)", "x"), ("z", "s"), ("v", "f"), ("(.)\\1+", r"\1"),
    )
]  # fmt: skip


@lru_cache(maxsize=4096)
def sound_of(word: str) -> str:
    """A key that is equal for words that sound alike: their consonants as they sound, and the first vowel."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    vowel = re.search("[aeiouy]", word)
    word = re.sub("(?<=.)(e|a|o|u|ou)r$", "", re.sub("(?<=.)re$", "", word))  # "Alder" ends as "Alda" does
    return re.sub("[aeiouyhw]", "", word) + "." + (vowel.group().replace("y", "i") if vowel else "")


def _letters_apart(a: str, b: str) -> int:
    before = list(range(len(b) + 1))
    for at, one in enumerate(a, 1):
        row = [at]
        for other, letter in enumerate(b, 1):
            row.append(min(before[other] + 1, row[-1] + 1, before[other - 1] + (one != letter)))
        before = row
    return before[-1]


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
