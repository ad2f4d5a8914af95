"""What may follow what. One table of moves per kind of record; nothing else writes a state."""

from collections.abc import Iterable, Mapping

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

    def may(self, record: object, to: str) -> bool:
        """Whether ``record`` may move to ``to`` from where it stands now."""
        return to in self.moves[getattr(record, self.field)]

    def move(self, record: object, to: str) -> None:
        """``record`` stands in ``to`` (not saved yet); raises WrongState when that cannot follow."""
        if not self.may(record, to):
            now = getattr(record, self.field)
            raise WrongState(
                f"This {self.noun} is {_words(now)}, so it cannot become {_words(to)}. "
                "Reload the page to see what has changed."
            )
        setattr(record, self.field, to)


def _words(state: str) -> str:
    return str(getattr(state, "label", state)).replace("_", " ").lower()
