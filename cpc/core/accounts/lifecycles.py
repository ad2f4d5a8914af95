"""The life of each kind of record: its states, who moves it on, who does it while they are away, what undoes it and
what ends it. Each app declares its kinds in its ``states.py``; ``manage.py states`` prints them all.

A permission is named here and never described again: which roles have it, and what else must hold, is asked of
``permissions``. Who has the duty, and by when, is asked of the ``deadlines`` that a state names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.phrases import listed
from cpc.core.kernel.states import Machine

KINDS: dict[str, "Lifecycle"] = {}


@dataclass(frozen=True)
class Who:
    """Who moves a record on, and who does it while they are away."""

    words: str
    away: str = ""


SOCIAL_WORKER = Who(
    "the family’s social worker",
    "The colleague who covers for them; when it is late, the team manager is told. The person who leaves hands over.",
)
LEAD_WORKER = Who(
    "the lead social worker",
    "The colleague who covers for them; when it is late, the team manager is told. The person who leaves hands over.",
)
TEAM_MANAGER = Who("the manager of the family’s team", "The manager who covers for them or for the team.")
OTHER_MANAGER = Who(
    "the manager of the family’s team, or a service manager where that manager wrote or asked for it",
    "The manager who covers for them or for the team; any other service manager.",
)
A_MANAGER = Who("a manager who may see it", "Another manager: the conference service managers where there is none.")
CHAIR = Who(
    "the chair",
    "The chair who covers for them, or the person the service manager names to act. A chair who has left: naming "
    "somebody is the service manager’s duty at once.",
)
ADMINISTRATOR = Who(
    "a conference administrator", "Any other administrator; when it is late, the service manager is told."
)
SERVICE_MANAGER = Who("a conference service manager", "Any other service manager, or the one who covers.")
WHO_SETTLES = Who(
    "a conference service manager, or a team manager where no service manager may see what it is about",
    "Any other of them, or the one who covers.",
)
SECOND_PERSON = Who(
    "a second person", "Anybody else who may check it; when it is late, the team manager or service manager is told."
)
INVITED = Who("the invited person", "An administrator enters it for them; when it is late, the administrator is told.")
SYSTEM_ADMINISTRATOR = Who("a system administrator", "Any other system administrator.")
CASEWORKER = Who("the family’s worker or their manager", "Anybody of the team, or who covers for the team.")
SOFTWARE = Who("the software", "It does not depend on anybody.")
FOLLOWS = Who("follows from another record")


@dataclass(frozen=True)
class Move:
    """Something that can be done: ``act`` completes “it is possible to …”.

    ``to`` is the state that follows; "" where the state stays. Any of ``permissions`` is enough; it is asked for on the
    record, or on what the path ``on`` leads to from it. ``undoes`` marks what puts something right that was wrong.
    """

    act: str
    to: str = ""
    who: Who = SOFTWARE
    permissions: tuple[Permission, ...] = ()
    on: str = ""
    undoes: bool = False

    def asked_of(self, record: Any) -> Any:
        """The record for which the permission is asked."""
        for name in filter(None, self.on.split(".")):
            record = getattr(record, name)
        return record


@dataclass(frozen=True)
class State:
    """One state: what can be done, and the kinds of duty that ask somebody to.

    ``waits`` says why nobody has a duty where none does. ``ends``: the record is where it should be. ``way`` is what is
    possible where nothing can be done with the record itself; ``undone`` says what undoes it where no move does.
    """

    moves: tuple[Move, ...] = ()
    duties: tuple[str, ...] = ()
    waits: str = ""
    ends: bool = False
    way: str = ""
    undone: str = ""

    @property
    def undoing(self) -> list[str]:
        """What undoes it."""
        return list(dict.fromkeys(move.act for move in self.moves if move.undoes))


class Lifecycle(Machine):
    """The states of one kind of record (``model`` is its label), registered under its noun.

    ``of`` reads the state of a record that has no field for it: a state that follows from the facts.
    """

    def __init__(
        self,
        noun: str,
        model: str,
        states: Mapping[str, State],
        *,
        field: str = "state",
        of: Callable[[Any], str] | None = None,
    ):
        moves = {state: {move.to for move in row.moves if move.to} for state, row in states.items()}
        super().__init__(moves, noun, "" if of else field)
        self.model, self.states, self.of = model, dict(states), of
        KINDS[noun] = self

    def now(self, record: object) -> str:
        """The state of the record."""
        return self.of(record) if self.of else super().now(record)

    def way(self, state: str) -> str:
        """The sentence that says what can be done with a record in this state."""
        row = self.states[state]
        if row.way:
            return row.way
        acts = list(dict.fromkeys(move.act for move in row.moves if move.who not in (FOLLOWS, SOFTWARE)))
        return f"What is possible now: {listed(acts, 'or')}." if acts else "Reload the page to see what has changed."

    @property
    def ends(self) -> list[str]:
        """The states in which a record is where it should be."""
        return [state for state, row in self.states.items() if row.ends]
