"""Something that somebody must do by a day: what every app lists in its ``deadlines.py``. Plain Python."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Duty:
    """One thing to be done: who owns it, who is told as well when it is late, and the page where it is done.

    ``owners`` and ``then`` are ids of users. ``says`` names the family, so it is shown only to those who may see
    ``family_id`` (0: it is about no family); nothing of it leaves by e-mail. ``rule`` is the key of the limit that gave
    ``due_on``, if one did. ``notice`` is how many working days before it the first reminder goes, where that is not
    the service's ordinary number.
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

    def is_for(self, user_id: int, on: date) -> bool:
        """Whether the duty is on the user's list that day: as owner, or told because it is late."""
        return user_id in self.owners or (user_id in self.then and self.due_on < on)


def ids(*found) -> frozenset[int]:
    """The ids among ``found`` that are there at all."""
    return frozenset(one for one in found if one is not None)
