"""What may follow what. One table of moves per kind of record; nothing else writes a state."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from cpc.core.kernel.refusals import WrongState


class Machine:
    """The moves between the states of one kind of record.

    ``moves`` maps each state to the states that may follow it; a state that maps to nothing is an end.
    """

    def __init__(self, moves: Mapping[str, Iterable[str]], noun: str, field: str = "state"):
        self.moves, self.noun, self.field = moves, noun, field
        unknown = {to for follow in moves.values() for to in follow} - set(moves)
        if unknown:
            raise ValueError(f"moves lead to states with no row of their own: {sorted(unknown)}")

    def now(self, record: object) -> str:
        """The state of the record."""
        return str(getattr(record, self.field))

    def may(self, record: object, to: str) -> bool:
        """Whether ``record`` may move to ``to`` from its state now."""
        return to in self.moves[self.now(record)]

    def move(self, record: object, to: str) -> None:
        """Puts ``record`` in ``to`` (not saved yet); raises WrongState when that cannot follow."""
        if not self.may(record, to):
            self.refuse(record, f"become {self.words(to)}")
        setattr(record, self.field, to)

    def must_be(self, record: object, *states: str, to: str) -> None:
        """Raises WrongState unless the record is in one of ``states``. ``to`` says what cannot be done, as in “moved”.

        For acts that leave the state as it is.
        """
        if self.now(record) not in states:
            self.refuse(record, f"be {to}")

    def refuse(self, record: object, what: str) -> NoReturn:
        """Raises WrongState: in its state the record cannot do ``what``; and what can be done instead."""
        now = self.now(record)
        raise WrongState(f"This {self.noun} is {self.words(now)}, so it cannot {what}. {self.way(now)}")

    def way(self, state: str) -> str:
        """The sentence that says what can be done with a record in this state."""
        return "Reload the page to see what has changed."

    def words(self, state: str) -> str:
        """The state in words, as in a sentence."""
        known = next((one for one in self.moves if one == state), state)
        return str(getattr(known, "label", known)).replace("_", " ").lower()
