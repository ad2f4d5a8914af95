"""Postcodes, phone numbers and e-mail addresses, letter by letter: wherever spaces, dots and line ends fall. Pure."""

import re

from cpc.core.documents.folding import fold
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected, digits_of

_LOOKALIKE = str.maketrans("oil", "011")
_BETWEEN = r"[\s().\-/_:,‐-―•]*"
_NUMBER = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{5,}}")
# A scanned number: o for nought, l or i for one. Mostly digits all the same.
_SCANNED = re.compile(rf"\+?[\doil](?:{_BETWEEN}[\doil]){{5,}}")
_AT = r"\s*(?:@|[(\[{]\s*at\s*[)\]}]|\bat\b)\s*"
_DOT = r"\s*(?:\.|[(\[{]\s*dot\s*[)\]}]|\bdot\b)\s*"


def hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every place at which a wanted postcode, phone number or e-mail address stands."""
    if not any(one.kind in (Kind.POSTCODE, Kind.PHONE, Kind.EMAIL) for one in wanted):
        return []
    return [*_codes(page, wanted), *_phones(page, wanted), *_emails(page, wanted)]


def _codes(page: Page, wanted: list[Protected]) -> list[Hit]:
    # Letters and digits only, o as nought and l as one: "SWlA  1AA" and "S W 1 A 1 A A" are the same postcode.
    flat, places = page.stream
    runs = list(re.finditer(r"[^\W_]+", flat))
    kept = [place for run in runs for place in places[run.start() : run.end()]]
    stream = "".join(run.group() for run in runs).translate(_LOOKALIKE)
    return [hit for one in wanted if one.kind is Kind.POSTCODE for hit in _in_stream(page.text, kept, stream, one)]


def _in_stream(text, kept, stream, one):
    value = "".join(char for char in fold(one.value) if char.isalnum()).translate(_LOOKALIKE)
    at = stream.find(value)
    while at >= 0:
        start, end = kept[at], kept[at + len(value) - 1]
        if not (start and text[start - 1].isalnum()) and not (end + 1 < len(text) and text[end + 1].isalnum()):
            yield Hit(one, start, end + 1)
        at = stream.find(value, at + 1)


def _phones(page: Page, wanted: list[Protected]) -> list[Hit]:
    numbers = [(one, digits_of(one.value)) for one in wanted if one.kind is Kind.PHONE]
    if not numbers:
        return []
    flat, places = page.stream
    found = {}
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


def _emails(page: Page, wanted: list[Protected]) -> list[Hit]:
    hits, (flat, places) = [], page.stream
    for one in wanted:
        if one.kind is Kind.EMAIL:
            parts = {"@": _AT, ".": _DOT}
            spelt = r"\s*".join(parts.get(char, re.escape(char)) for char in fold(one.value.strip()))
            for place in re.finditer(rf"(?<!\w){spelt}(?!\w)", flat):
                hits.append(Hit(one, places[place.start()], places[place.end() - 1] + 1))
    return hits
