"""Find a house on its street: the number before or after it, in figures or words, the street in full or short. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from cpc.core.documents.folding import CITED, SHORT, SIDES, LongWords, Token, words
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected

_MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
})  # fmt: skip
_BEFORE_A_NUMBER = ("number", "no", "nr", "num", "at", "house", "flat")


def hits(page: Page, wanted: list[Protected]) -> Iterator[Hit]:
    """A house number within two words before its street or right after it; or the number and the street’s own name."""
    streets: dict[str, list[tuple[Protected, tuple[str, ...], tuple[str, ...], int]]] = defaultdict(list)
    for one in wanted:
        if one.kind is Kind.NUMBER_AND_STREET:
            for number, street, gap in _houses(one.value):
                streets[street[0]].append((one, number, street, gap))
    if not streets:
        return
    every = {word for houses in streets.values() for _, _, street, _ in houses for word in street}
    near = LongWords({word for word in every if len(word) >= 6}, sounding=every)
    beside = _beside(page, {number for houses in streets.values() for _, (number, *_), _, _ in houses})
    for at, token in enumerate(page.tokens):
        spelt = page.spellings(token, near)
        if at in beside:
            spelt = spelt | near.two_letters_out(token.fold)
        for spellings, after in [(spelt, at + 1), *page.joined(at)]:
            for spelling in spellings:
                for one, number, street, gap in streets.get(spelling, ()):
                    past = _past(page, after, street[1:], near)
                    if past is not None and (gap or token.capital):
                        yield from _with_number(page, one, number, at, past, gap)


def _beside(page: Page, numbers: set[str]) -> set[int]:
    """The words (their indexes) within three words of one of these house numbers: beside it a street may be spelt
    worse.
    """
    places = [at for at, token in enumerate(page.tokens) if token.street_form in numbers]
    return {near for at in places for near in (*range(at - 3, at), *range(at + 1, at + 4))}


def _with_number(page: Page, one: Protected, number: tuple[str, ...], at: int, past: int, gap: int) -> Iterator[Hit]:
    tokens = page.tokens
    nearest = range(at - len(number), max(-1, at - len(number) - gap - 1), -1)
    first = next((n for n in nearest if _is_number(tokens, n, number)), None)
    if first is not None:
        yield Hit(one, tokens[first].start, tokens[past - 1].end)
        return
    begins = past
    while gap and past < len(tokens) and tokens[past].fold in _BEFORE_A_NUMBER:
        past += 1
    end = past + len(number)
    dated = end < len(tokens) and tokens[end].fold in _MONTHS
    if gap and _is_number(tokens, past, number) and not dated:
        yield Hit(one, tokens[at].start, tokens[max(begins, end) - 1].end)


def _past(page: Page, here: int, rest: tuple[str, ...], near: LongWords) -> int | None:
    """The index after the remaining words of a street; None if they do not follow."""
    for word in rest:
        if here >= len(page.tokens):
            return None
        readings = ((page.spellings(page.tokens[here], near), here + 1), *page.joined(here))
        after = next((after for spellings, after in readings if word in spellings), None)
        if after is None:
            return None
        here = after
    return here


def _is_number(tokens: list[Token], at: int, number: tuple[str, ...]) -> bool:
    return at >= 0 and tuple(token.street_form for token in tokens[at : at + len(number)]) == number


def _houses(value: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], int]]:
    """The numbers (or house name) of an address, its street, and how many words may come between them."""
    numbered = CITED["numbered"].match(value)
    if numbered:
        number = tuple(token.street_form for token in words(numbered["number"]))
        street = words(numbered["street"])
        # A range, or a flat and a house: either number is enough. "12-14 Mill Row"; "3/9 Dock Street".
        numbers = {number, *((part,) for part in number)} if re.search(r"[-–/]", numbered["number"]) else {number}
        before = value[: numbered.start("street")]
        if re.search(r"\d\s*/\s*\d", before):
            numbers.add(tuple(token.street_form for token in words(before) if token.fold[0].isdigit()))
    else:
        plain = words(value)
        numbers, street = {tuple(token.street_form for token in plain[:-2])}, plain[-2:]
    full = tuple(token.street_form for token in street)
    for number in sorted(numbers):
        if not number or not full:
            continue
        for each in in_long_words(full):
            yield number, each, 2
            if len(street) > 1 and street[-1].street:
                # "14 Pennywort", its kind of street left off or misspelt.
                yield number, each[:-1], 0


def in_long_words(street: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A street as it was recorded, with its short forms written out, and the other way round: "Stn Rd", "Station Rd";
    "Baggot Street Lower", "Lower Baggot Street"."""
    orders = {street}
    if len(street) > 2 and street[0] in SIDES:
        orders.add((*street[1:], street[0]))
    if len(street) > 2 and street[-1] in SIDES:
        orders.add((street[-1], *street[:-1]))
    return {way for order in orders for way in product(*((word, *SHORT.get(word, ())) for word in order))}
