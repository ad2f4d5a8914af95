"""Reads one cell: what was typed, or a sentence that says why it cannot be. Pure: no database, no clock, no Django."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from families.rules.people import is_nhs_number, is_upn, plain_nhs_number, plain_upn

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


class Wrong(Exception):
    """Why a cell cannot be read, in a sentence."""


def words(longest: int) -> Callable:
    """Reads text of at most ``longest`` characters."""

    def read(typed):
        text = " ".join(_plain(typed).split())
        if len(text) > longest:
            raise Wrong(f"has {len(text)} characters; at most {longest} are kept")
        if "\x00" in text:
            raise Wrong("holds a character that cannot be kept; type it again")
        return text

    return read


def lines(typed) -> str:
    """An address: commas or line breaks become lines."""
    parts = [" ".join(part.split()) for part in re.split(r"[\n,;]", _plain(typed))]
    return "\n".join(part for part in parts if part)


def day(typed) -> date:
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


def clock(typed) -> time:
    """A time of day as 10:30."""
    if isinstance(typed, datetime):
        return typed.time()
    if isinstance(typed, time):
        return typed
    found = TIME.fullmatch(_plain(typed))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Wrong("is not a time: write it as 10:30")
    return time(int(found[1]), int(found[2]))


def yes_or_no(typed) -> bool:
    """Yes or no."""
    said = _plain(typed).lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise Wrong("must be yes or no")


def one_of(choices: Iterable[tuple[str, str]]) -> Callable:
    """Reads one of ``choices``, by its code or by its words."""
    by_words = {}
    for code, label in choices:
        by_words[str(code).casefold()] = str(code)
        by_words[str(label).replace("’", "'").casefold()] = str(code)
    codes = list(dict.fromkeys(by_words.values()))

    def read(typed):
        code = by_words.get(" ".join(_plain(typed).replace("’", "'").split()).casefold())
        if code is None:
            raise Wrong(f"is not one of: {', '.join(codes)}")
        return code

    return read


def some_of(choices: Iterable[tuple[str, str]]) -> Callable:
    """Reads several of ``choices``, with semicolons between them."""
    one = one_of(choices)

    def read(typed):
        found = list(dict.fromkeys(one(part) for part in numbers(typed)))
        if "NONE" in found and len(found) > 1:
            raise Wrong("says NONE and something else as well")
        return found

    return read


def numbers(typed) -> list[str]:
    """Several words, with semicolons between them."""
    return [part.strip() for part in _plain(typed).split(";") if part.strip()]


def identifier(typed) -> str:
    """A number in the case system: at most 20 letters and digits (census rule for LAchildID)."""
    text = _plain(typed)
    if not re.fullmatch(r"[A-Za-z0-9]{1,20}", text):
        raise Wrong("must be at most 20 letters and digits, without spaces or signs")
    return text.upper()


def nhs_number(typed) -> str:
    """An NHS number whose check digit is right."""
    digits = plain_nhs_number(_plain(typed))
    if not is_nhs_number(digits):
        raise Wrong("is not an NHS number: it has 10 digits and the last checks the others")
    return digits


def upn(typed) -> str:
    """A unique pupil number whose check letter is right."""
    text = plain_upn(_plain(typed))
    if not is_upn(text):
        raise Wrong("is not a UPN: it begins with a letter that checks the 12 characters after it")
    return text


def postcode(typed) -> str:
    """A postcode, in capitals with its space."""
    text = re.sub(r"\s", "", _plain(typed)).upper()
    text = f"{text[:-3]} {text[-3:]}"
    if not POSTCODE.fullmatch(text):
        raise Wrong("is not a postcode")
    return text


def email(typed) -> str:
    """An e-mail address."""
    text = _plain(typed).lower()
    if not EMAIL.fullmatch(text) or len(text) > 254:
        raise Wrong("is not an email address")
    return text


def _plain(typed) -> str:
    if isinstance(typed, float) and typed.is_integer():
        typed = int(typed)  # a spreadsheet keeps every number with a decimal point
    return str(typed).strip()
