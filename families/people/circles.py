"""Which rows name people of one family. Each app registers its own models here.

When a family is restricted, these rows are changed to name the family's own record of each person.
"""

from collections import deque
from dataclasses import dataclass
from functools import cache

from families.people.models import HouseholdMember, Membership, WarningMarker


@dataclass(frozen=True)
class Rows:
    """Rows of one model: the path to the family, and the fields that name people of that family."""

    model: type
    family: str
    people: tuple[str, ...]


ROWS = [
    Rows(Membership, "family", ("person",)),
    Rows(HouseholdMember, "household__family", ("person",)),
    Rows(WarningMarker, "family", ("person",)),
]


def repoint_with_the_family(*rows: Rows) -> None:
    """Register rows of an app, from its ``ready()``: they name the family's own records once it is restricted."""
    ROWS.extend(rows)


@cache
def path_to(model, target) -> str:
    """The shortest way along foreign keys from ``model`` to ``target``, as a look-up; empty where there is none."""
    waiting, met = deque([(model, "pk")]), {model}
    while waiting:
        here, path = waiting.popleft()
        if here is target:
            return path
        for one in here._meta.concrete_fields:
            there = one.related_model._meta.concrete_model if one.is_relation else None
            # Not by way of who wrote it or which team they are in: only by what it is about.
            if there is not None and there not in met and there._meta.app_label not in ("accounts", "auth"):
                met.add(there)
                waiting.append((there, one.name if path == "pk" else f"{path}__{one.name}"))
    return ""
