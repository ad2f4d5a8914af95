"""Reads one cell: what was typed, or a sentence that says why it cannot be. Pure: no database, no clock, no Django."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from cpc.core.kernel.characters import called, invisible_in
from families.people.rules.people import is_nhs_number, is_upn, plain_nhs_number, plain_upn

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# What a spreadsheet shows where it has no value.
ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#GETTING_DATA", "#ERROR!", "#CONNECT!", "#UNKNOWN!", "#N/V", "#BEZUG!", "#WERT!",
})  # fmt: skip
ERROR_OF_LIBREOFFICE = re.compile(r"Err:\d{3}", re.IGNORECASE)
# Written where nobody knew the name, and no name in any language.
NO_NAME = frozenset({
    "n/a", "n.a.", "n.a", "tbc", "tba", "xx", "xxx", "xxxx", "none", "unknown", "no name", "do not use",
    "not applicable", "deceased",
})  # fmt: skip
NAME_SIGNS = frozenset(" -‐‑–'’‘ʼ`´.,()/&·\"“”")
QUOTED_LETTER = re.compile(r"[^\W\d_][“”][^\W\d_]")
WITHOUT_ZERO = re.compile(r"[1-37-9]\d{8,9}")  # a British telephone number without its first figure
SHORTEST_NUMBER = 3  # 999
WITHOUT_PLUS = re.compile(r"44\d{9,10}")
TURNED_INTO_A_NUMBER = re.compile(r"\d{7,}\.0+")
SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}

Read = Callable[[object], Any]  # reads one cell; what it gives depends on the column


class Wrong(Exception):
    """Why a cell cannot be read, in a sentence."""


@dataclass(frozen=True)
class Formula:
    """A cell with a formula without its value in the file."""

    typed: str

    def __str__(self) -> str:
        return self.typed


def damage(typed: object) -> str | None:
    """Why a cell cannot be what was meant, whatever its column; None where nothing shows that."""
    if isinstance(typed, Formula):
        return "is a formula without its value: open the file in the spreadsheet program and save it there"
    if not isinstance(typed, str):
        return None
    text = typed.strip()
    if text.upper() in ERRORS or ERROR_OF_LIBREOFFICE.fullmatch(text) or (text and not text.strip("#")):
        return "is what a spreadsheet shows where it has no value. Correct it there, or clear the cell"
    if "\ufffd" in text:
        return "has a letter that was lost (�): type it again"
    if _is_misread(text):
        return "was read with the wrong code page: correct it, and save the file as UTF-8"
    return None


def _is_misread(text: str) -> bool:
    """Whether these are the bytes of UTF-8, read as if each were a letter: JosÃ© for José."""
    if text.isascii():
        return False
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode() != text
        except UnicodeError:
            continue
    return False


def name(longest: int) -> Callable[[object], str]:
    """Reads a name of at most ``longest`` characters, of any script."""
    plain = words(longest)

    def read(typed: object) -> str:
        text = plain(typed)
        if unseen := invisible_in(text):
            raise Wrong(f"has a character that cannot be seen, {called(unseen[0])}: take it out")
        if "?" in text:
            raise Wrong("has a question mark, as if a letter were lost. If nobody knows the name, write “Not known”")
        if text.casefold() in NO_NAME or (text and not any(char.isalpha() for char in text)):
            raise Wrong("is no name. If nobody knows the name, write “Not known”")
        if QUOTED_LETTER.search(text):
            raise Wrong("has a quotation mark between two letters, as if a letter were lost. Type it again")
        for char in text:
            kind = unicodedata.category(char)
            if char in "ªº¹²³" or (char not in NAME_SIGNS and kind[0] not in "LM" and kind != "Nd"):
                raise Wrong(f"has “{char}”, which no name has: perhaps the file has the wrong code page. Type it again")
        return text

    return read


def phone(typed: object) -> str:
    """A telephone number as it was typed; raises Wrong where a spreadsheet took it for a number."""
    text = words(30)(typed)
    if TURNED_INTO_A_NUMBER.fullmatch(text):
        raise Wrong("is a telephone number that the spreadsheet changed: type it again, in a column of text")
    if text and sum(char.isdigit() for char in text) < SHORTEST_NUMBER:
        raise Wrong("is no telephone number. If nobody knows it, leave the cell empty")
    plain = re.sub(r"[\s().-]", "", text)
    if SHORTENED.fullmatch(text):
        raise Wrong("is a telephone number that the spreadsheet shortened: type it again, in a column of text")
    if WITHOUT_ZERO.fullmatch(plain):
        raise Wrong("has lost the 0 at its beginning: type it again, in a column of text")
    if WITHOUT_PLUS.fullmatch(plain):
        raise Wrong("has lost its + or 0: type it again, in a column of text")
    return text


def words(longest: int) -> Callable[[object], str]:
    """Reads text of at most ``longest`` characters."""

    def read(typed: object) -> str:
        text = " ".join(_plain(typed).split())
        if len(text) > longest:
            raise Wrong(f"has {len(text)} characters; at most {longest} are kept")
        if "\x00" in text:
            raise Wrong("holds a character that cannot be kept; type it again")
        return text

    return read


def lines(typed: object) -> str:
    """An address: commas or line breaks become lines."""
    parts = [" ".join(part.split()) for part in re.split(r"[\n,;]", _plain(typed))]
    return "\n".join(part for part in parts if part)


def day(typed: object) -> date:
    """A date as 14/05/2018 or 2018-05-14, or as the spreadsheet keeps it."""
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    found = DAY.fullmatch(_plain(typed))
    if not found:
        raise Wrong("is not a date: write it as 14/05/2018")
    day, month, year, other_year, other_month, other_day = found.groups()
    try:
        read = date(int(year or other_year), int(month or other_month), int(day or other_day))
    except ValueError:
        raise Wrong("is not a day of the calendar") from None
    if not 1900 <= read.year <= 2100:
        raise Wrong("has a year that cannot be right")
    return read


def clock(typed: object) -> time:
    """A time of day as 10:30."""
    if isinstance(typed, datetime):
        return typed.time()
    if isinstance(typed, time):
        return typed
    found = TIME.fullmatch(_plain(typed))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Wrong("is not a time: write it as 10:30")
    return time(int(found[1]), int(found[2]))


def yes_or_no(typed: object) -> bool:
    """Yes or no."""
    said = _plain(typed).lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise Wrong("must be yes or no")


def one_of(choices: Iterable[tuple[str, str]]) -> Read:
    """Reads one of ``choices``, by its code or by its words. Raises Wrong, with the words and codes to choose from."""
    by_words, known = {}, {}
    for code, label in choices:
        by_words[str(code).casefold()] = str(code)
        by_words[str(label).replace("’", "'").casefold()] = str(code)
        known[str(code)] = str(label) if str(label).casefold() == str(code) else f"{label} ({code})"

    def read(typed: object) -> Any:
        code = by_words.get(" ".join(_plain(typed).replace("’", "'").split()).casefold())
        if code is None:
            raise Wrong(f"is not one of: {'; '.join(known.values())}")
        return code

    return read


def some_of(choices: Iterable[tuple[str, str]]) -> Read:
    """Reads several of ``choices``, with semicolons between them."""
    one = one_of(choices)

    def read(typed: object) -> Any:
        found = list(dict.fromkeys(one(part) for part in numbers(typed)))
        if "NONE" in found and len(found) > 1:
            raise Wrong("says NONE and something else as well")
        return found

    return read


def numbers(typed: object) -> list[str]:
    """Several words, with semicolons between them."""
    return [part.strip() for part in _plain(typed).split(";") if part.strip()]


def identifier(typed: object) -> str:
    """A number in the case system: at most 20 letters and digits (census rule for LAchildID)."""
    text = _plain(typed)
    if not re.fullmatch(r"[A-Za-z0-9]{1,20}", text):
        raise Wrong("must be at most 20 letters and digits, without spaces or signs")
    return text.upper()


def nhs_number(typed: object) -> str:
    """An NHS number with the right check digit."""
    digits = plain_nhs_number(_plain(typed))
    if not is_nhs_number(digits):
        raise Wrong("is not an NHS number: it has 10 digits and the last checks the others")
    return digits


def upn(typed: object) -> str:
    """A unique pupil number with the right check letter."""
    text = plain_upn(_plain(typed))
    if not is_upn(text):
        raise Wrong("is not a UPN: it begins with a letter that checks the 12 characters after it")
    return text


def postcode(typed: object) -> str:
    """A postcode, in capitals with its space."""
    text = re.sub(r"\s", "", _plain(typed)).upper()
    text = f"{text[:-3]} {text[-3:]}"
    if not POSTCODE.fullmatch(text):
        raise Wrong("is not a postcode")
    return text


def email(typed: object) -> str:
    """An e-mail address."""
    text = _plain(typed).lower()
    if not EMAIL.fullmatch(text) or len(text) > 254:
        raise Wrong("is not an email address")
    return text


def _plain(typed: object) -> str:
    if isinstance(typed, float) and typed.is_integer():
        typed = int(typed)  # a spreadsheet keeps every number with a decimal point
    return str(typed).strip()
