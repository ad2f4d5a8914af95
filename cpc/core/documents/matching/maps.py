"""Find a place on a map: coordinates, a grid reference, three words, a code or a link. Pure.

What it points at cannot be told here, so each is asked about where the reader must not learn an address.
"""

import re
from collections.abc import Iterator

from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected

_WHERE = frozenset({Kind.POSTCODE, Kind.NUMBER_AND_STREET, Kind.STREET})
_LINKS = (
    r"(?:https?://|(?<![\w.\-]))[\w.\-]*"
    r"(?:google\.[a-z.]{2,8}/maps|maps\.google|goo\.gl/maps|maps\.app|maps\.apple|bing\.com/maps"
    r"|openstreetmap\.org|osm\.org|what3words\.com|w3w\.co|waze\.com|streetmap\.co\.uk|plus\.codes|citymapper\.com"
    r"|maps\.[a-z]{2,}\.[a-z]{2,}|geohash\.org)\S*|\bgeo:-?\d+\.\d+,\S+"
)
_DEGREES = r"\d{1,3}\s?°(?:\s?\d{1,2}\s?['′’](?:\s?\d{1,2}(?:\.\d+)?\s?(?:\"|″|''|”))?)?\s?[NSEW]\b"
_NUMBERS = r"(?<![\d.])[+-]?(?:4[89]|5\d|60)\.\d{3,}\s?°?\s?N?\s*[,;/ ]\s*[+-]?\d{1,2}\.\d{3,}\s?°?\s?[EW]?"
_GRID = r"\b[HJNOST][A-HJ-Z]\s?(?:\d{3}\s?\d{3}|\d{4}\s?\d{4}|\d{5}\s?\d{5})\b"
_CODE = r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
_WORDS = r"/{3}\s?[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}|(?<![\w@./\-])[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}(?![\w@/\-]|\.\w)"
_THREE_WORDS = r"(?i:\bwhat\s?(?:3|three)\s?words\b|\bw3w\b)(?:\W+[a-z]{3,}){0,3}"
_PLACES = re.compile("|".join((_LINKS, _DEGREES, _NUMBERS, _GRID, _CODE, _WORDS, _THREE_WORDS)))
_NAMES_OF_SITES = re.compile(r"\bwww\.|\.(?:org|com|net|gov|nhs|ac|sch|police|info|uk)$")


def hits(page: Page, wanted: list[Protected]) -> Iterator[Hit]:
    """Every place on a map, where an address is among what is wanted."""
    whose = dict.fromkeys(one.whose for one in wanted if one.kind in _WHERE)
    if not whose:
        return
    for found in _PLACES.finditer(page.text):
        said = found.group()
        if not (_NAMES_OF_SITES.search(said) and re.fullmatch(r"[a-z.]+", said)):
            yield Hit(Protected(Kind.MAP, said, ", ".join(filter(None, whose))), *found.span())
