"""One name, baby or placement in the spellings that people use, as strings to look for. Pure."""

from collections.abc import Iterable

from cpc.core.documents.folding import HOUSES, words
from cpc.core.documents.protected import Kind, Protected, protect_address, protect_house_name, protect_person

_EXPECTED = (
    "unborn", "pregnant", "pregnancy", "before a birth", "pre-birth", "due date", "expecting a baby", "having a baby",
)  # fmt: skip
_MAY_BE_EXPECTED = ("antenatal", "trimester", "ultrasound", "maternity")
_REFUGES = (
    "refuge", "safe house", "women’s aid", "in hiding", "into hiding", "shelter", "hostel", "safe accommodation",
    "emergency accommodation", "supported accommodation", "supported housing",
)  # fmt: skip


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
    """What tells that a baby is expected, or may tell it, for a reader who must not learn that there is one."""
    asked = [Protected(Kind.HINT, said, whose) for said in _MAY_BE_EXPECTED]
    return [*(Protected(Kind.PHRASE, said, whose) for said in _EXPECTED), *asked]


def protect_either_name(first: str, last: str, whose: str = "") -> list[Protected]:
    """The names of a person known to the reader, if naming them may reveal too much: the check asks, never stops."""
    first = first.split()[0] if first.strip() else ""
    return [Protected(Kind.FIRST_NAME, name, whose) for name in (f"{first} {last}".strip(), first) if name]


def surroundings(lines: Iterable[str], care_of: str = "", whose: str = "") -> list[Protected]:
    """The parts of a secret address that are neither house nor street: the town, the name of a refuge or a prison."""
    parts = [part.strip() for line in (care_of, *lines) for part in line.split(",")]
    named = [part for part in parts if part and not any(char.isdigit() for char in part)]
    streets = {one.value for one in protect_address(*lines) if one.kind in (Kind.STREET, Kind.NUMBER_AND_STREET)}
    found = []
    for part in dict.fromkeys(named):
        is_a_house = words(part) and words(part)[-1].fold in HOUSES
        if part not in streets:
            found += protect_house_name(part, whose=whose) if is_a_house else [Protected(Kind.PLACE, part, whose)]
    return found


def protect_description(whose: str = "") -> list[Protected]:
    """What tells of a place without its name: "the flat behind the station"."""
    return [Protected(Kind.DESCRIBED, "by what is near it", whose)]


def protect_refuge(whose: str = "") -> list[Protected]:
    """What tells that somebody is in a refuge, without its name: "the refuge near the station"."""
    return [Protected(Kind.HINT, said, whose) for said in _REFUGES]
