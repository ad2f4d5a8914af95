"""What a reader must not learn, as strings to look for. Pure: no database, no clock, no Django."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from cpc.core.documents.everyday import EVERYDAY, OF_MANY_PLACES, OF_MANY_STREETS, SHORT_FORMS
from cpc.core.documents.folding import CITED, HOUSES, SIDES, fold, meaningful, words
from cpc.core.documents.nicknames import also_called
from cpc.core.documents.schools import abbreviations, own_words
from cpc.core.kernel.phrases import lines_of


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
    DAY = "day"
    HINT = "hint"
    INITIALS = "initials"
    MAP = "map"
    DESCRIBED = "described"
    STRANGER = "stranger"


STOPS = frozenset({
    Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.NUMBER_AND_STREET, Kind.FULL_NAME, Kind.PHRASE, Kind.SCHOOL, Kind.FACT,
    Kind.STRANGER,
})  # fmt: skip
NAMES_OF_KINDS = {
    Kind.POSTCODE: "a postcode", Kind.PHONE: "a phone number", Kind.EMAIL: "an email address",
    Kind.NUMBER_AND_STREET: "an address", Kind.FULL_NAME: "a full name", Kind.PHRASE: "words that must not be shared",
    Kind.SCHOOL: "a school", Kind.FACT: "a fact that must not be learnt",
    Kind.SURNAME: "a surname", Kind.FIRST_NAME: "a first name", Kind.STREET: "a street", Kind.PLACE: "a place",
    Kind.DAY: "a day", Kind.HINT: "words that may tell of it", Kind.INITIALS: "initials",
    Kind.MAP: "a place on a map", Kind.DESCRIBED: "a place described by what is near it",
    Kind.STRANGER: "is this about the right child? This is known here from another family",
}  # fmt: skip


@dataclass(frozen=True)
class Protected:
    """One string that the reader must not learn, and in words who or what it belongs to."""

    kind: Kind
    value: str
    whose: str = ""


def protect_person(first_name: str, last_name: str, *, whose: str = "", also: Iterable[str] = ()) -> list[Protected]:
    """A person who must not be named. The full name stops; surname, first name, other names and the initials are asked
    about."""
    whose = whose or f"{first_name} {last_name}".strip()
    first, last = first_name.strip(), last_name.strip()
    found = []
    if first and last:
        found.append(Protected(Kind.FULL_NAME, f"{first.split()[0]} {last}", whose))
    parts = [last, *(part for part in re.split(r"[\s\-‐-―]+", last) if len(part) > 2)] if last else []
    found += [Protected(Kind.SURNAME, part, whose) for part in dict.fromkeys(parts)]
    found += [Protected(Kind.FIRST_NAME, name, whose) for name in dict.fromkeys([*first.split(), *also]) if name]
    found += [Protected(Kind.INITIALS, short, whose) for short in _initials(first, last)]
    return found


def _initials(first: str, last: str) -> list[str]:
    """ "DM" for Dawn Marlow; for Siân Smith-Jones "SS", "SJ" and "SSJ". Short forms of every day are left out."""
    given, names = first[:1], [part for part in re.split(r"[\s\-‐-―]+", last) if part]
    if not given or not names:
        return []
    ways = {given + name[0] for name in names} | {given + "".join(name[0] for name in names)}
    return sorted(way.upper() for way in ways if way.isalpha() and fold(way) not in SHORT_FORMS)


_SHORT_KIND = re.compile(r"^\w{1,4}\.\s*")  # ul., al., Str.
_EIRCODE = re.compile(r"\b[A-Z]\d[\dW]\s?[A-Z\d]{4}\b", re.IGNORECASE)
# As most of Europe writes it: ul. Floriańska 3/4.
_NUMBER_LAST = re.compile(r"(?P<street>\D*[^\W\d]\D*?)\s+\d+\s?[a-zA-Z]?(?:\s*[/-]\s*\d+\s?[a-zA-Z]?)*")


def protect_address(*lines: str, postcode: str = "", whose: str = "") -> list[Protected]:
    """An address that must not be learnt. The postcode and the house number or name stop; the street alone is asked
    about."""
    text = ", ".join(line for line in lines if line)
    found = [Protected(Kind.POSTCODE, code, whose) for code in CITED["postcode"].findall(f"{text} {postcode}")]
    is_abroad = not found  # only there is an address without one of our postcodes
    found += [Protected(Kind.POSTCODE, code, whose) for code in _EIRCODE.findall(text) if is_abroad]
    parts = [part.strip() for part in re.split(r"[,\n;]", CITED["postcode"].sub("", text)) if part.strip()]
    found += [
        Protected(Kind.NUMBER_AND_STREET, f"{number} {street}", whose)
        for street, number in pairwise(parts)
        if words(street)[-1:] and words(street)[-1].street and CITED["number"].fullmatch(number)
    ]
    parts = [each for part in parts for each in (part, *_with_a_town(part))]
    for before, part in zip(["", *parts], parts, strict=False):
        numbered = CITED["numbered"].match(part)
        if numbered:
            found.append(Protected(Kind.NUMBER_AND_STREET, part, whose))
            found += _protect_street(numbered["street"].strip(), whose)
        elif is_abroad and (street := _NUMBER_LAST.fullmatch(part)):
            full = [Protected(Kind.NUMBER_AND_STREET, spelt, whose) for spelt in (part, _SHORT_KIND.sub("", part))]
            found += [*full, *_protect_street(_SHORT_KIND.sub("", street["street"]), whose)]
        elif words(part) and words(part)[-1].street and len(words(part)) > 1:
            found += _protect_street(part, whose)
            if before and not CITED["flat"].match(before) and not CITED["numbered"].match(before):
                number = CITED["number"].fullmatch(before)
                found.append(Protected(Kind.NUMBER_AND_STREET, f"{before} {part}", whose))
                if not number:
                    found += protect_house_name(before, whose=whose)
    return list(dict.fromkeys(found))


_AFTER_A_TOWN = re.compile(r"[^\W\d][^\d]*?\s+(?P<house>\d+\s?[a-z]?\s+[^\W\d].*)", re.IGNORECASE)


def _with_a_town(part: str) -> list[str]:
    """The house and street inside one line that also has the town: "Oakbridge 14 Mill Row Oakbridge"."""
    town = None if CITED["flat"].match(part) else _AFTER_A_TOWN.fullmatch(part)
    house = town["house"] if town else part
    numbered = CITED["numbered"].match(house)
    if not numbered:
        return []
    street = words(numbered["street"])
    ends = [token.end for token in street[1:] if token.street]
    if ends and ends[-1] < street[-1].end:
        house = house[: numbered.start("street") + ends[-1]]
    return [house] if ends and house != part else []


def _protect_street(street: str, whose: str) -> list[Protected]:
    """A street, and its own name without its kind: "Pennywort" of "Pennywort Lane". One word that is an English word, a
    first name, a saint or a large town is too common for that."""
    own = [token for token in words(street) if not (token.street or token.street_form in SIDES)]
    found = [Protected(Kind.STREET, street, whose)]
    if not own or len(own) == len(words(street)):
        return found
    common = {*EVERYDAY, *OF_MANY_PLACES, *OF_MANY_STREETS}
    first, is_saint = own[0], words(street)[0].street_form == "st"
    is_common = len(own) == 1 and (
        is_saint or len(first.fold) < 4 or not common.isdisjoint(first.forms) or any(map(also_called, first.forms))
    )
    name = street[own[0].start : own[-1].end]
    return found if is_common or name == street else [*found, Protected(Kind.STREET, name, whose)]


def own_name(place: str) -> str:
    """The part of a place’s name that is its own: “Larkspur” of “The Larkspur Women’s Refuge”; "" if none is left."""
    own = [token for token in words(place) if token.fold not in (*OF_MANY_PLACES, *HOUSES)]
    is_own = own and len(own) < len(words(place)) and not any(token.street for token in own)
    return place[own[0].start : own[-1].end] if is_own else ""


def protect_house_name(name: str, *, whose: str = "") -> list[Protected]:
    """A house or an institution that has a name, also without its kind: "Larch House", "The Larches", "the Larkspur".
    Each is asked about."""
    found = [Protected(Kind.PLACE, name, whose)]
    return [*found, Protected(Kind.PLACE, own, whose)] if (own := own_name(name)) else found


def protect_phone(number: str, *, whose: str = "") -> list[Protected]:
    """A phone number that must not be learnt, with any spacing, and without its area code."""
    return [Protected(Kind.PHONE, number, whose)] if len(digits_of(number)) >= 6 else []


def protect_email(address: str, *, whose: str = "") -> list[Protected]:
    """An e-mail address that must not be learnt, also written with "at" and "dot"."""
    return [Protected(Kind.EMAIL, address.strip(), whose)] if "@" in address else []


def protect_school(name: str, *, phone: str = "", email: str = "", whose: str = "") -> list[Protected]:
    """A school that must not be learnt. Its name with any kind stops, as do its telephone number and mail address; its
    own words alone and its initials are asked about."""
    reached = [*protect_phone(phone, whose=whose), *protect_email(email, whose=whose)]
    if not meaningful(name):
        return reached
    found = [Protected(Kind.SCHOOL, name.strip(), whose)]
    own = " ".join(own_words(name))
    if meaningful(own) and own != " ".join(token.street_form for token in words(name)):
        found.append(Protected(Kind.PLACE, _as_written(name, len(own_words(name))), whose))
    found += [Protected(Kind.PLACE, short, whose) for short in (*abbreviations(name), *_nicknames_of_a_school(name))]
    return [*found, *reached]


_NAMED_AFTER = frozenset({"st", "queen", "king", "prince", "princess", "sir", "lady"})


def _nicknames_of_a_school(name: str) -> list[str]:
    """ "St Bart" for St Bartholomew’s, "Queen Liz" for Queen Elizabeth’s."""
    own = own_words(name)
    if len(own) < 2 or own[0] not in _NAMED_AFTER:
        return []
    short = also_called(own[1]) or also_called(own[1].removesuffix("s"))
    return [f"{own[0].capitalize()} {one.capitalize()}" for one in sorted(short)]


def _as_written(name: str, number: int) -> str:
    own = [token for token in words(name) if token.fold != "the"][:number]
    return name[own[0].start : own[-1].end]


def protect_fact(phrases: str, *, whose: str = "") -> list[Protected]:
    """Words that would reveal a fact, one phrase on each line. Each stops, with or without a capital letter."""
    return [Protected(Kind.FACT, line, whose) for line in lines_of(phrases) if meaningful(line)]


def digits_of(number: str) -> str:
    """A phone number’s digits without the country code or the leading zero."""
    digits = "".join(char for char in fold(number).replace("(0)", "") if char.isdigit())
    return re.sub(r"^(0044|44(?=\d{9,10}$)|0)", "", digits)


def fingerprints(protected: Iterable[Protected], known: Iterable[Protected | str] = ()) -> frozenset[str]:
    """A hash for each value that is withheld from the reader, without those in ``known``. Equal values have equal
    hashes."""
    known_keys = {same_as(one) for one in known}
    keyed = ((one, same_as(one)) for one in protected)
    return frozenset(
        hashlib.sha256(f"{one.kind}|{value}|{one.whose}".encode()).hexdigest()[:16]
        for one, value in keyed
        if value not in known_keys
    )


def same_as(one: Protected | str) -> str:
    """A key that is equal for two spellings of one value. The check uses it to see what the reader already knows."""
    if isinstance(one, Protected) and one.kind is Kind.PHONE:
        return digits_of(one.value)
    return "".join(token.street_form for token in words(one.value if isinstance(one, Protected) else one))
