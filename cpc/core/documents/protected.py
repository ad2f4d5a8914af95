"""What a reader must not learn, as strings to look for. Pure: no database, no clock, no Django."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cpc.core.documents.folding import CITED, fold, meaningful, words
from cpc.core.documents.schools import abbreviation, own_words


class Kind(StrEnum):
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER_AND_STREET = "number_and_street"
    FULL_NAME = "full_name"
    PHRASE = "phrase"
    SCHOOL = "school"
    FACT = "fact"
    SURNAME = "surname"
    FIRST_NAME = "first_name"
    STREET = "street"
    PLACE = "place"


STOPS = frozenset({
    Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.NUMBER_AND_STREET, Kind.FULL_NAME, Kind.PHRASE, Kind.SCHOOL, Kind.FACT,
})  # fmt: skip
NAMES_OF_KINDS = {
    Kind.POSTCODE: "a postcode", Kind.PHONE: "a phone number", Kind.EMAIL: "an email address",
    Kind.NUMBER_AND_STREET: "an address", Kind.FULL_NAME: "a full name", Kind.PHRASE: "words that must not be shared",
    Kind.SCHOOL: "a school", Kind.FACT: "a fact that must not be learnt",
    Kind.SURNAME: "a surname", Kind.FIRST_NAME: "a first name", Kind.STREET: "a street", Kind.PLACE: "a place",
}  # fmt: skip


@dataclass(frozen=True)
class Protected:
    """One string that the reader must not learn; ``whose`` says it in words for the person who is asked."""

    kind: Kind
    value: str
    whose: str = ""


def protect_person(first_name: str, last_name: str, *, whose: str = "", also: Iterable[str] = ()) -> list[Protected]:
    """A person who must not be named: the full name stops; surname, first name and other names are asked about."""
    whose = whose or f"{first_name} {last_name}".strip()
    first, last = first_name.strip(), last_name.strip()
    found = []
    if first and last:
        found.append(Protected(Kind.FULL_NAME, f"{first.split()[0]} {last}", whose))
    parts = [last, *(part for part in re.split(r"[\s\-‐-―]+", last) if len(part) > 2)] if last else []
    found += [Protected(Kind.SURNAME, part, whose) for part in dict.fromkeys(parts)]
    found += [Protected(Kind.FIRST_NAME, name, whose) for name in dict.fromkeys([*first.split(), *also]) if name]
    return found


def protect_address(*lines: str, postcode: str = "", whose: str = "") -> list[Protected]:
    """An address that must not be learnt: postcode and numbered (or named) house stop, the street is asked about."""
    text = ", ".join(line for line in lines if line)
    found = [Protected(Kind.POSTCODE, code, whose) for code in CITED["postcode"].findall(f"{text} {postcode}")]
    parts = [part.strip() for part in re.split(r"[,\n;]", CITED["postcode"].sub("", text)) if part.strip()]
    for before, part in zip(["", *parts], parts, strict=False):
        numbered = CITED["numbered"].match(part)
        if numbered:
            found.append(Protected(Kind.NUMBER_AND_STREET, part, whose))
            found.append(Protected(Kind.STREET, numbered["street"].strip(), whose))
        elif words(part) and words(part)[-1].street and len(words(part)) > 1:
            found.append(Protected(Kind.STREET, part, whose))
            if before and not CITED["flat"].match(before) and not CITED["numbered"].match(before):
                number = CITED["number"].fullmatch(before)
                found.append(Protected(Kind.NUMBER_AND_STREET, f"{before} {part}", whose))
                if not number:
                    found.append(Protected(Kind.PLACE, before, whose))
    return list(dict.fromkeys(found))


def protect_phone(number: str, *, whose: str = "") -> list[Protected]:
    """A phone number that must not be learnt, however it is spaced, and without its area code."""
    return [Protected(Kind.PHONE, number, whose)] if len(digits_of(number)) >= 6 else []


def protect_email(address: str, *, whose: str = "") -> list[Protected]:
    """An e-mail address that must not be learnt, also written with "at" and "dot"."""
    return [Protected(Kind.EMAIL, address.strip(), whose)] if "@" in address else []


def protect_school(name: str, *, whose: str = "") -> list[Protected]:
    """A school that must not be learnt: its name with its kind stops; its own words alone are asked about."""
    if not meaningful(name):
        return []
    found = [Protected(Kind.SCHOOL, name.strip(), whose)]
    own = " ".join(own_words(name))
    if meaningful(own) and own != " ".join(token.street_form for token in words(name)):
        found.append(Protected(Kind.PLACE, _as_written(name, len(own_words(name))), whose))
    short = abbreviation(name)
    return [*found, Protected(Kind.PLACE, short, whose)] if short else found


def _as_written(name: str, number: int) -> str:
    own = [token for token in words(name) if token.fold != "the"][:number]
    return name[own[0].start : own[-1].end]


def protect_fact(phrases: str, *, whose: str = "") -> list[Protected]:
    """Words that would give a fact away, a phrase a line: each stops, capital or not."""
    lines = (line.strip() for line in phrases.splitlines())
    return [Protected(Kind.FACT, line, whose) for line in lines if meaningful(line)]


def digits_of(number: str) -> str:
    """A phone number's digits without its country code or leading nought."""
    digits = "".join(char for char in fold(number).replace("(0)", "") if char.isdigit())
    return re.sub(r"^(0044|44(?=\d{9,10}$)|0)", "", digits)


def fingerprints(protected: Iterable[Protected], known: Iterable[Protected | str] = ()) -> frozenset[str]:
    """A mark for each value that is kept from a reader who does not know it: two that are the same have the same."""
    theirs = {same_as(one) for one in known}
    kept = ((one, same_as(one)) for one in protected)
    return frozenset(
        hashlib.sha256(f"{one.kind}|{value}|{one.whose}".encode()).hexdigest()[:16]
        for one, value in kept
        if value not in theirs
    )


def same_as(one: Protected | str) -> str:
    """What two spellings of one value share: how the check knows that a reader knows it."""
    if isinstance(one, Protected) and one.kind is Kind.PHONE:
        return digits_of(one.value)
    return "".join(token.street_form for token in words(one.value if isinstance(one, Protected) else one))
