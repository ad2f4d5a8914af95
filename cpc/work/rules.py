"""How a work list is ordered, grouped and filtered. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cpc.core.kernel.duties import Duty, Harm

MISSED, STATUTORY, SAFETY, OTHER = "Last day missed", "Dates that must not be missed", "Safety", "Other work"
WAITING = "Waiting for others"
HEADINGS = {Harm.STATUTORY: STATUTORY, Harm.SAFETY: SAFETY, Harm.OTHER: OTHER}
# What a list may be narrowed to, by the word in the address.
FILTERS = {
    "missed": MISSED,
    "statutory": STATUTORY,
    "safety": SAFETY,
    "other": OTHER,
    "late": "Late",
    "waiting": WAITING,
}


@dataclass(frozen=True)
class FamilyWork:
    """What is to be done for one family under one heading. ``name`` is empty where it is about no family by name."""

    name: str
    duties: list[Duty]


def by_harm(duties: Iterable[Duty], on: date, mine: frozenset[int]) -> list[tuple[str, list[FamilyWork]]]:
    """``duties`` under headings, the most serious harm first, each grouped by family.

    ``mine`` are the users (ids) that the reader acts for: what waits for others is under the last heading. Empty
    headings are left out.
    """
    groups: dict[str, list[Duty]] = {heading: [] for heading in (MISSED, STATUTORY, SAFETY, OTHER, WAITING)}
    for duty in sorted(duties, key=lambda duty: (duty.due_on, duty.says)):
        groups[_heading(duty, on, mine)].append(duty)
    return [(heading, _by_family(found)) for heading, found in groups.items() if found]


def _heading(duty: Duty, on: date, mine: frozenset[int]) -> str:
    if not duty.may_be_done_by(mine):
        return WAITING
    return MISSED if duty.misses_statutory_date(on) else HEADINGS[duty.harm]


def _by_family(duties: list[Duty]) -> list[FamilyWork]:
    """The family with the soonest duty first."""
    found: dict[tuple[int, str], list[Duty]] = {}
    for duty in duties:
        name = _name_in(duty)
        # A duty about two records of one person ends with the names of people.
        is_family = duty.family_id and name.endswith(" family")
        found.setdefault((duty.family_id, name) if is_family else (0, ""), []).append(duty)
    return [FamilyWork(name, theirs) for (_, name), theirs in found.items()]


def narrowed(duties: Iterable[Duty], on: date, mine: frozenset[int], show: str, family: str) -> list[Duty]:
    """Those of ``duties`` that a filter shows: ``show`` is a key of FILTERS or empty; ``family`` is part of a name."""
    text = family.casefold()
    return [
        duty
        for duty in duties
        if text in _name_in(duty).casefold() and (not show or FILTERS[show] in _filters_of(duty, on, mine))
    ]


def _name_in(duty: Duty) -> str:
    """The name at the end of what a duty says. The words before it are no name: “family” is in many of them."""
    return duty.says.rpartition(": ")[2]


def _filters_of(duty: Duty, on: date, mine: frozenset[int]) -> set[str]:
    found = {_heading(duty, on, mine)}
    return found | {FILTERS["late"]} if duty.due_on < on else found


def by_task(duties: Iterable[Duty]) -> list[tuple[str, list[Duty]]]:
    """``duties`` under what is to be done, without the name of the family or people; the longest late first."""
    groups: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=lambda duty: (duty.due_on, duty.says)):
        groups.setdefault(duty.says.rpartition(": ")[0] or duty.says, []).append(duty)
    return list(groups.items())
