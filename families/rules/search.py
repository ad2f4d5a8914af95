"""How a name, a date or a number that somebody typed finds a person. Pure: no database, no clock, no Django.

A word of a name is kept under several marks, each of at most 12 characters, which an index can hold:
``=word`` the word itself; ``<wo``, ``<wor``, … its beginnings; ``-wrd`` itself and itself without one of its letters,
so that two words with one slip between them share a mark; ``~wrd`` how it sounds; ``+rosa`` the name it is short for.
"""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from cpc.core.documents.folding import words
from families.rules.typed import without_dates, without_numbers

LONGEST = 11  # letters of a mark, after its sign
SHORTEST_SLIP = 4  # shorter words with one letter wrong are other names: Ann, Jan, Ian
LONGEST_BEGINNING = 8
MOST_WORDS = 6
# How much a word counts that was met exactly, as a pet name, by its beginning, with a slip, by its sound.
EXACT, SHORT_FOR, BEGINS, SLIP, SOUND = 10, 8, 7, 5, 2
BORN_THEN, BORN_NEAR = 8, 5

# Pet names and spellings that no slip explains. Each line is one name; its first word is the mark. English and Irish
# names that workers write both ways; kept short on purpose, because every line makes more people look alike.
_NAMES = """
alexander alex sandy xander; alexandra alex sandra lexi; andrew andy drew; anthony tony; antonia toni; benjamin ben;
caitlin kaitlyn katelyn; catherine kate katie kathy katherine kathryn cathy kat kitty; charles charlie chuck;
charlotte charlie lottie; christine chris tina; christopher chris kit; daniel dan danny; david dave davey;
edward ed eddie ted teddy; eleanor ellie nell nora; elizabeth liz lizzie beth betty eliza libby lisa elsie;
emily em emmy; frances fran frankie; francis frank frankie; frederick fred freddie; gabriel gabe; george georgie;
gerald gerry jerry; grainne granya; harold harry; henry harry hank; isabella bella izzy isabel isobel isabelle;
jacob jake; james jim jimmy jamie; jennifer jen jenny; jessica jess jessie; john jack johnny; jonathan jon jonny;
joseph joe joey; josephine jo josie; joshua josh; kenneth ken kenny; lawrence larry laurie; leonard len leo;
louise lou; madeleine maddie maddy; margaret maggie meg peggy rita margie; mary molly polly mae; matthew matt matty;
michael mike mick mickey; mohammed mo muhammad mohammad muhammed mohamed; natalie nat; nathaniel nathan nat;
niamh neve neave; nicholas nick nicky; nicola nicky nikki; oisin osheen; oliver ollie; olivia liv livvy;
pamela pam; patricia pat patsy trish tricia; patrick pat paddy; peter pete; philip phil; rebecca becky becca;
richard rick dick richie ricky; robert rob bob bobby robbie bert; rosa rosie; rose rosie; ronald ron ronnie;
saoirse seersha; sadhbh sive; samantha sam sammy; samuel sam sammy; sarah sally sadie; sean shaun shawn;
siobhan shivon chevonne shevaun; stephanie steph; stephen steve steven stevie; susan sue susie suzie;
terence terry; theodore theo ted; theresa terry tess tessa; thomas tom tommy; timothy tim timmy; victoria vicky tori;
vincent vince; william will bill billy liam willie; zachary zach zack
"""
_SHORT_FOR: dict[str, list[str]] = {}
for _line in _NAMES.split(";"):
    _group = _line.split()
    for _name in _group:
        _SHORT_FOR.setdefault(_name, []).append(_group[0])


def marks_of(names) -> list[str]:
    """Every mark under which somebody with these names (texts) is kept, sorted."""
    found = set()
    for name in names:
        for word in words_of(name):
            found |= {_mark("=", word), *_beginnings(word), *_slips(word), *_sounds(word), *_short_for(word)}
    return sorted(found)


def words_of(name: str) -> list[str]:
    """The words of a name, folded; what a hyphen or a space parts stands joined too (Anne-Marie, Mc Donald)."""
    folded = [token.fold for token in words(name)]
    joined = "".join(folded)
    return [*folded, joined] if len(folded) > 1 and len(joined) <= LONGEST + 1 else folded


@dataclass(frozen=True)
class Word:
    """One word that was typed, and the marks by which it is met, best first, each with how much it counts."""

    text: str
    ways: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def marks(self) -> list[str]:
        """All its marks."""
        return [mark for _, marks in self.ways for mark in marks]


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

    def __bool__(self):
        return bool(self.words or self.born or self.numbers)


def word_asked(text: str) -> Word:
    """A folded word with the marks by which it is looked for."""
    ways = [
        (EXACT, (_mark("=", text),)), (SHORT_FOR, tuple(_short_for(text))),
        (BEGINS, (_mark("<", text[:LONGEST_BEGINNING]),) if len(text) > 1 else ()),
        (SLIP, tuple(_slips(text))), (SOUND, tuple(_sounds(text))),
    ]  # fmt: skip
    return Word(text, tuple((counts, marks) for counts, marks in ways if marks))


def read(typed: str) -> Asked:
    """The dates, numbers and words of what was typed, in any order: "rosa 14/5/18", "943 476 5919", "CN-00012"."""
    rest, born = without_dates(typed)
    rest, numbers = without_numbers(rest)
    near = tuple(other for day in born if (other := turned(day)) and other not in born)
    found = dict.fromkeys(token.fold for token in words(rest))
    return Asked(tuple(word_asked(text) for text in list(found)[:MOST_WORDS]), tuple(born), near, tuple(numbers))


def asked_of(names, born_on) -> Asked:
    """The same for details that stand in a form."""
    found = dict.fromkeys(word for name in names for word in words_of(name))
    near = (turned(born_on),) if born_on and turned(born_on) else ()
    return Asked(tuple(word_asked(text) for text in found), (born_on,) if born_on else (), near)


def marks_to_find(names) -> list[str]:
    """The marks by which somebody of these names is looked for: as written, as pet names, with a slip, by sound."""
    found = {word for name in names for word in words_of(name)}
    return sorted(
        {mark for word in found for mark in (_mark("=", word), *_slips(word), *_sounds(word), *_short_for(word))}
    )


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


def likeness(asked_words, names) -> float:
    """How like the folded words that were typed some names are: 0 nothing, 1 each word exactly."""
    known = {word for name in names for word in words_of(name)}
    if not asked_words or not known:
        return 0.0
    return sum(max(_alike(asked, word) for word in known) for asked in asked_words) / len(asked_words)


def is_likely_duplicate(one: dict, other: dict) -> bool:
    """Whether two sets of details may be one person's. Keys: ``names`` and of them
    ``firsts`` (texts), ``born_on``, ``expected_on``, ``nhs_number``, ``upn``.

    The same number; or names that are alike with the same or a near date; or, where a date is missing, the same names.
    """
    for number in ("nhs_number", "upn"):
        if one.get(number) and one.get(number) == other.get(number):
            return True
    alike = names_alike(one["names"], other["names"])
    if one.get("born_on") and other.get("born_on"):
        same_first = names_alike(one["firsts"], other["firsts"]) >= 0.9  # last names change
        return (alike >= 0.6 or same_first) and _near_in_time(one["born_on"], other["born_on"])
    first, second = (each.get("born_on") or each.get("expected_on") for each in (one, other))
    if first and second:  # one of them was unborn when it was written: born within weeks of the expected date
        return alike >= 0.45 and abs((first - second).days) <= 60
    return alike >= 0.9


def names_alike(ones, others) -> float:
    """How alike two people's names are, whichever has fewer words deciding: 0 to 1."""
    mine, theirs = ({word for name in names for word in words_of(name)} for names in (ones, others))
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
    if set(_SHORT_FOR.get(asked, ())) & set(_SHORT_FOR.get(word, ())):
        return 0.9
    if len(asked) > 1 and word.startswith(asked):
        return 0.8
    if set(_slips(asked)) & set(_slips(word)):
        return 0.75
    if set(_sounds(asked)) & set(_sounds(word)):
        return 0.6
    ratio = SequenceMatcher(None, asked, word).ratio()
    return ratio / 2 if ratio > 0.5 else 0.0


# --- Marks ------------------------------------------------------------------------------------------------------


def _mark(sign: str, text: str) -> str:
    return sign + text[:LONGEST]


def _beginnings(word):
    return [_mark("<", word[:many]) for many in range(2, min(len(word), LONGEST_BEGINNING) + 1)]


def _slips(word):
    if len(word) < SHORTEST_SLIP:
        return []
    return [_mark("-", word), *(_mark("-", word[:at] + word[at + 1 :]) for at in range(len(word)))]


def _short_for(word):
    return [_mark("+", name) for name in _SHORT_FOR.get(word, ())]


_SPOKEN = (
    (r"^mac(?=[^aeiouy])|^mc|^mac", "mk"), (r"^kn|^gn", "n"), (r"^wr", "r"), (r"ph", "f"), (r"[bm]h", "v"),
    (r"sch|sh|ch(?=r)", "s"), (r"dge|dj", "j"), (r"tch", "c"), (r"ck", "k"), (r"c(?=[eiy])", "s"), (r"gh(?=t|$)", ""),
    (r"[cq]", "k"), (r"x", "ks"), (r"[zß]", "s"), (r"w(?=[^aeiouy]|$)", ""), (r"h", ""),
)  # fmt: skip


def _sounds(word):
    """The word as it sounds: its consonants, those that sound alike in one spelling, and its first vowel as ``a``."""
    if len(word) < SHORTEST_SLIP or not word.isalpha():
        return []
    said = word
    for spelled, spoken in _SPOKEN:
        said = re.sub(spelled, spoken, said)
    first = "a" if said[:1] in tuple("aeiouy") else ""
    consonants = re.sub(r"[aeiouy]", "", said)
    said = first + re.sub(r"(.)\1+", r"\1", consonants)
    return [_mark("~", said)] if len(said) > 1 else []
