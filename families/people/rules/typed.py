"""Dates and numbers in what somebody typed into the search box. Pure: no database, no clock, no Django."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from cpc.core.documents.folding import fold

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "september" else "sep(?:t(?:ember)?)?" for name in _MONTHS)
_DAY, _YEAR, _END = r"(?P<d>\d{1,2})", r"(?P<y>\d{4}|\d{2})", "(?:st|nd|rd|th)?"
_DATES = (
    re.compile(r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b"),
    re.compile(rf"\b{_DAY}[-/.](?P<m>\d{{1,2}})[-/.]{_YEAR}\b"),
    re.compile(rf"\b{_DAY}{_END}\s+(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH})\.?\s+{_DAY}{_END},?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?P<m>\d{{1,2}})\s+(?P<y>\d{{4}})\b"),
)
_NHS = re.compile(r"(?<![\d-])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\d-])")
_UPN = re.compile(r"\b[A-Za-z]\d{11}[0-9A-Za-z]\b")
_ID = re.compile(r"(?<!\S)(?=\S*\d)\S{2,40}(?!\S)")


def without_dates(typed: str) -> tuple[str, list[date]]:
    """The rest of what was typed, and the dates in it, in any usual form; "14/5/18" is of either century."""
    born: list[date] = []
    for pattern in _DATES:

        def take(match: re.Match[str]) -> str:
            days = list(_days(match))
            born.extend(day for day in days if day not in born)
            return " " if days else match.group()

        typed = pattern.sub(take, typed)
    return typed, born


def _days(match: re.Match[str]) -> Iterator[date]:
    said = match["m"]
    month = int(said) if said.isdigit() else 1 + [name[:3] for name in _MONTHS].index(said[:3].lower())
    years = [int(match["y"])] if len(match["y"]) == 4 else [2000 + int(match["y"]), 1900 + int(match["y"])]
    for year in years:
        for a, b in ((int(match["d"]), month), (month, int(match["d"]))):
            try:
                yield date(year, b, a)
            except ValueError:
                continue  # the month comes first, as some systems write it
            break


def without_numbers(rest: str) -> tuple[str, list[str]]:
    """The rest of what was typed, and the numbers in it that may be an NHS, pupil, case system or case number."""
    numbers: list[str] = []

    def take(plain: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        def taken(match: re.Match[str]) -> str:
            numbers.append(plain(match.group()))
            return " "

        return taken

    rest = _NHS.sub(take(lambda text: re.sub(r"[\s-]", "", text)), rest)
    rest = _UPN.sub(take(str.upper), rest)
    # A case number also stays among the words: it may be only the beginning of one.
    numbers += [text for match in _ID.finditer(rest) if (text := match.group()) and fold(text) not in numbers]
    return rest, numbers
