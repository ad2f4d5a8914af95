"""Something that somebody must do by a day: what every app lists in its ``deadlines.py``. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any


class Harm(IntEnum):
    """What is at stake if a duty is not done, the most serious first: the order of every work list."""

    STATUTORY = 0
    SAFETY = 1
    OTHER = 2


@dataclass(frozen=True)
class Duty:
    """One thing to be done: who owns it, who is told as well when it is late, and the page where it is done.

    ``owners`` and ``then`` are ids of users. Where nobody owns it, it is for those in ``then`` from the start. ``says``
    names the family, so it is shown only to those who may see ``family_id`` (0: it is about no family); nothing of it
    leaves by e-mail. ``rule`` is the key of the limit that gave ``due_on``, if one did. ``notice`` is how many working
    days before it the first reminder goes, where that is not the service's ordinary number. ``is_second_check``:
    somebody waits for a second person to look before it leaves. ``last_on`` is the statutory date that the duty leads
    to, where ``due_on`` comes before it. ``day`` is shown after ``says``: the day of a conference, which tells it from
    another of the same kind and family.
    """

    kind: str
    id: int
    due_on: date
    says: str
    path: str
    family_id: int
    owners: frozenset[int]
    then: frozenset[int] = frozenset()
    rule: str = ""
    notice: int = 0
    is_second_check: bool = False
    harm: Harm = Harm.OTHER
    last_on: date | None = None
    day: str = ""

    @property
    def statutory_on(self) -> date | None:
        """The statutory date that is missed if this is not done; None where there is none."""
        return self.last_on or (self.due_on if self.harm == Harm.STATUTORY else None)

    def misses_statutory_date(self, on: date) -> bool:
        """Whether a statutory date has passed, which is more than a late task."""
        return self.statutory_on is not None and self.statutory_on < on

    def may_be_done_by(self, user_ids: Iterable[int]) -> bool:
        """Whether it is for one of these users to do. If not, it waits for somebody else."""
        return not self.owners or not self.owners.isdisjoint(user_ids)

    def is_for(self, user_id: int, on: date) -> bool:
        """Whether the duty is on the user's list that day: as owner, or told because it is late or nobody owns it."""
        return user_id in self.owners or (user_id in self.then and (self.due_on < on or not self.owners))


@dataclass(frozen=True)
class Asked:
    """The users (ids) and the day that duties are asked for, and how many of a kind at most, the soonest due.

    What is found may hold some that are others’: see ``Duty.is_for``. ``cut`` are the kinds that may have more.
    """

    whose: frozenset[int]
    on: date
    first: int | None = None
    cut: set[str] = field(default_factory=set)

    def soonest(self, kind: str, found: Any, *due_on: Any) -> list[Any]:
        """The first rows of ``found``, for duties of that kind; ``due_on`` is the day on which a row is due,
        then its statutory date where the two differ: the order of the list.
        """
        rows = list(found.order_by(*due_on, "pk")[: self.first])
        if len(rows) == self.first:
            self.cut.add(kind)
        return rows


def may_concern(asked: Asked | None, people: frozenset[int]) -> bool:
    """Whether a duty of these ``people`` alone is among what is asked for: if it is not, it need not be read."""
    return asked is None or not people.isdisjoint(asked.whose)


def ids(*found: int | None) -> frozenset[int]:
    """The ids among ``found`` that are there at all."""
    return frozenset(one for one in found if one is not None)
