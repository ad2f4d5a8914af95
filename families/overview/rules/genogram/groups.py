"""Which lines a family needs: parents and their children, couples, and people related another way. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from families.overview.rules.genogram.plain import Couple, Group, Someone, Tied
from families.people.choices import PARENTS, RelationshipKind
from families.people.rules.kin import Tie

K = RelationshipKind
STEP = (K.STEPMOTHER, K.STEPFATHER)
GRAND = (K.GRANDMOTHER, K.GRANDFATHER)
SIBLINGS = (K.SISTER, K.BROTHER)
AUNTS = (K.AUNT, K.UNCLE)

Pair = tuple[str, list[int], set[Tied]]  # style, children, ties


class _Gathering:
    """The lines found so far; ``parents`` are those recorded and those worked out."""

    def __init__(self, couples: list[Couple]) -> None:
        self.parents: dict[int, list[int]] = defaultdict(list)
        self.pairs: dict[frozenset[int], Pair] = {}
        self.more: dict[tuple[tuple[int, ...], str, int], tuple[list[int], set[Tied]]] = {}  # by adults, style, down
        self.worked_out: set[Tied] = set()
        for couple in couples:
            self.pairs[frozenset((couple.one, couple.other))] = (str(couple.kind), [], set())

    def pair(self, one: int, other: int, style: str) -> Pair:
        return self.pairs.setdefault(frozenset((one, other)), (style, [], set()))

    def hang(self, adults: Iterable[int], child: int, style: str, ties: list[Tied], down: int = 1) -> None:
        children, said = self.more.setdefault((tuple(adults), style, down), ([], set()))
        if child not in children:
            children.append(child)
        said.update(ties)

    def says(self, child: int, tie: Tied) -> None:
        """The tie is said by the line that ``child`` hangs from."""
        for _, children, said in self.pairs.values():
            if child in children:
                said.add(tie)
                return
        for children, said in self.more.values():
            if child in children:
                said.add(tie)
                return


def groups_of(
    people: Iterable[Someone], ties: Iterable[Tie], couples: Iterable[Couple]
) -> tuple[list[Group], frozenset[Tied]]:
    """The groups that say every tie and every couple, and the parents (child, adult) that were worked out."""
    ids = {one.id for one in people}
    ties = sorted(
        {tie for tie in ties if tie.child != tie.adult and {tie.child, tie.adult} <= ids},
        key=lambda tie: (tie.child, tie.adult, str(tie.kind)),
    )
    couples = [one for one in couples if one.one != one.other and {one.one, one.other} <= ids]
    found = _Gathering(couples)
    _parents(found, [tie for tie in ties if tie.kind in PARENTS])
    _steps(found, [tie for tie in ties if tie.kind in STEP])
    _grandparents(found, [tie for tie in ties if tie.kind in GRAND])
    _siblings(found, [tie for tie in ties if tie.kind in SIBLINGS])
    _aunts(found, [tie for tie in ties if tie.kind in AUNTS])
    known = {*PARENTS, *STEP, *GRAND, *SIBLINGS, *AUNTS}
    for tie in ties:
        if tie.kind not in known:
            found.hang((tie.adult,), tie.child, "other", [(tie.child, tie.adult)])
    rank = {one.id: (one.rank, one.id) for one in people}
    groups = [
        Group(tuple(sorted(pair)), tuple(sorted(children, key=rank.__getitem__)), style, frozenset(said))
        for pair, (style, children, said) in found.pairs.items()
    ]
    groups += [
        Group(adults, tuple(sorted(children, key=rank.__getitem__)), style.split()[0], frozenset(said), down)
        for (adults, style, down), (children, said) in found.more.items()
    ]
    # By what they hold, so that the order in which rows were read changes nothing.
    groups.sort(key=lambda each: (each.style == "other", each.adults, each.children, each.style, each.down))
    return groups, frozenset(found.worked_out)


def _parents(found: _Gathering, ties: list[Tie]) -> None:
    of: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        of[tie.child].append(tie)
    for child, rows in sorted(of.items()):
        mothers = [tie.adult for tie in rows if tie.kind == K.MOTHER]
        fathers = [tie.adult for tie in rows if tie.kind == K.FATHER and tie.adult not in mothers]
        both = [*mothers[:1], *fathers[:1], *mothers[1:], *fathers[1:]]
        found.parents[child] = both
        if len(both) > 1:
            _, children, said = found.pair(both[0], both[1], "parents")
            children.append(child)
            said.update((child, adult) for adult in both[:2])
        rest = both[2:] if len(both) > 1 else both
        for adult in rest:
            found.hang((adult,), child, "parents", [(child, adult)])


def _steps(found: _Gathering, ties: list[Tie]) -> None:
    for tie in ties:
        parents = [one for one in found.parents[tie.child] if one != tie.adult]
        standing = [one for one in parents if frozenset((one, tie.adult)) in found.pairs]
        if not parents:
            found.hang((tie.adult,), tie.child, "other", [(tie.child, tie.adult)])
        else:
            # A stepfather comes with the mother: she stands first among the parents, the father last.
            with_whom = (standing or (parents[:1] if tie.kind == K.STEPFATHER else parents[-1:]))[0]
            found.pair(with_whom, tie.adult, "worked_out")[2].add((tie.child, tie.adult))


def _between(
    found: _Gathering, adult: int, young: list[int], *, free: Callable[[int], bool] = lambda one: True
) -> int | None:
    """The one parent of all of ``young`` who must stand between them and ``adult``; None where it could be two."""
    shared = set.intersection(*({*found.parents[child]} for child in young)) - {adult, *young}
    shared = {one for one in shared if free(one) and not _is_above(found, one, adult)}
    return shared.pop() if len(shared) == 1 else None


def _is_above(found: _Gathering, one: int, adult: int) -> bool:
    """Whether ``one`` is a forebear of ``adult``."""
    above, seen = [adult], set[int]()
    while above:
        here = above.pop()
        if here == one:
            return True
        if here not in seen:
            seen.add(here)
            above += found.parents[here]
    return False


def _grandparents(found: _Gathering, ties: list[Tie]) -> None:
    left: dict[int, list[int]] = defaultdict(list)
    for tie in ties:
        said = [parent for parent in found.parents[tie.child] if tie.adult in found.parents[parent]]
        if said:
            found.says(said[0], (tie.child, tie.adult))
        else:
            left[tie.adult].append(tie.child)
    recorded = {child: len(parents) for child, parents in found.parents.items()}
    between = {
        adult: _between(found, adult, young, free=lambda one: recorded.get(one, 0) < 2) for adult, young in left.items()
    }
    worked_out: dict[int, list[int]] = defaultdict(list)
    for adult, young in sorted(left.items()):
        parent = between[adult]
        if parent is None:
            for child in young:
                found.hang((adult,), child, "other", [(child, adult)], down=2)
        else:
            worked_out[parent].append(adult)
    for parent, adults in sorted(worked_out.items()):
        found.worked_out.update((parent, adult) for adult in adults)
        ties_said = [(child, adult) for adult in adults for child in left[adult]]
        for at in range(0, len(adults), 2):
            here = adults[at : at + 2]
            couple = found.pairs.get(frozenset(here)) if len(here) == 2 else None
            if couple:  # they are a couple: their child hangs from their line
                couple[1].append(parent)
                couple[2].update(tie for tie in ties_said if tie[1] in here)
            else:
                found.hang(here, parent, "worked_out", [tie for tie in ties_said if tie[1] in here])
        found.parents[parent] = [*found.parents[parent], *adults]


def _siblings(found: _Gathering, ties: list[Tie]) -> None:
    for tie in ties:
        if set(found.parents[tie.child]) & set(found.parents[tie.adult]):
            found.says(tie.child, (tie.child, tie.adult))
        else:
            _beside(found, tie.adult, tie.child, "other", (tie.child, tie.adult))


def _beside(found: _Gathering, one: int, other: int, style: str, tie: Tied) -> None:
    """The two hang from one bar with nobody above it: brothers and sisters of parents not known."""
    children, said = found.more.setdefault(((), f"{style} {one}", 0), ([one], set()))
    if other not in children:
        children.append(other)
    said.add(tie)


def _aunts(found: _Gathering, ties: list[Tie]) -> None:
    left: dict[int, list[int]] = defaultdict(list)
    for tie in ties:
        mine = set(found.parents[tie.adult])
        if any(mine & set(found.parents[parent]) for parent in found.parents[tie.child]):
            found.says(tie.adult, (tie.child, tie.adult))
        else:
            left[tie.adult].append(tie.child)
    for adult, young in sorted(left.items()):
        parent = _between(found, adult, young)
        for child in young:
            if parent is None:
                found.hang((adult,), child, "other", [(child, adult)])
            else:
                _beside(found, adult, parent, "worked_out", (child, adult))
