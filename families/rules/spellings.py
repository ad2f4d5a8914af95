"""One name, school, baby or placement in the spellings that people use, as strings to look for. Pure."""

import re
from collections.abc import Iterable

from cpc.core.documents.protected import (
    Kind,
    Protected,
    protect_address,
    protect_email,
    protect_person,
    protect_phone,
)

# What people leave off the name of a school when they speak of it.
_KINDS_OF_SCHOOL = re.compile(
    r"\b(the|church of england|catholic|c ?of ?e|rc|ce|voluntary|aided|controlled|community|special|independent|primary"
    r"|secondary|infants?|junior|first|middle|high|upper|lower|prep|preparatory|grammar|nursery|pre-?school|day"
    r"|children.s cent(re|er)|playgroup|school|academy|college|sixth form|and)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\s+(school|nursery|academy|college)$", re.IGNORECASE)
_EXPECTED = ("unborn", "pregnant", "pregnancy", "before a birth", "pre-birth", "due date")


def protect_names(names: Iterable[tuple[str, str]], also: Iterable[str] = (), whose: str = "") -> list[Protected]:
    """Somebody under every name they have or had, and by what they are called with each surname."""
    names, also = list(names), list(also)
    found = []
    for first, last in names:
        found += protect_person(first, last, whose=whose)
        found += [one for name in also for one in protect_person(name, last, whose=whose)]
    return list(dict.fromkeys(found))


def protect_baby(full_name: str, whose: str = "") -> list[Protected]:
    """A child not yet born, as letters name them: "Unborn Marlow"."""
    return [Protected(Kind.FULL_NAME, full_name, whose)]


def protect_pregnancy(whose: str = "") -> list[Protected]:
    """What tells that a baby is expected, for a reader who must not learn that there is one."""
    return [Protected(Kind.PHRASE, words, whose) for words in _EXPECTED]


def protect_either_name(first: str, last: str, whose: str = "") -> list[Protected]:
    """A person whom the reader knows, where naming them may say too much: somebody is asked, and nothing stops."""
    first = first.split()[0] if first.strip() else ""
    return [Protected(Kind.FIRST_NAME, name, whose) for name in (f"{first} {last}".strip(), first) if name]


def protect_school(name: str, *, phone: str = "", email: str = "", whose: str = "") -> list[Protected]:
    """A school as it is registered and as people say it: "Alder Lane Primary School", "Alder Lane Primary"."""
    name = " ".join(name.split())
    short = _ENDING.sub("", name)
    # The shorter form is found in the longer one; a single word would be found in too much.
    found = [Protected(Kind.PHRASE, short if " " in short else name, whose)]
    core = " ".join(_KINDS_OF_SCHOOL.sub(" ", name).split()).strip(" ,-’'")
    if core and core != name:
        found.append(Protected(Kind.PLACE, core, whose))
    found += protect_phone(phone, whose=whose)
    return found + protect_email(email, whose=whose)


def surroundings(lines: Iterable[str], care_of: str = "", whose: str = "") -> list[Protected]:
    """The parts of a secret address that are neither house nor street: the town, the name of a refuge or a prison."""
    parts = [part.strip() for line in (care_of, *lines) for part in line.split(",")]
    named = [part for part in parts if part and not any(char.isdigit() for char in part)]
    streets = {one.value for one in protect_address(*lines) if one.kind in (Kind.STREET, Kind.NUMBER_AND_STREET)}
    return [Protected(Kind.PLACE, part, whose) for part in dict.fromkeys(named) if part not in streets]
