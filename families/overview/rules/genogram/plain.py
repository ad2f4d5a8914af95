"""What a family drawing is made from and what it is made into: plain values. Pure: no database, no clock, no Django."""

from dataclasses import dataclass, field

# In the units of the drawing (CSS pixels at full size): a symbol, a person's own width, what stands under a symbol.
SYMBOL = 44
PITCH = 124
HEAD = 22  # above a symbol: room for the corner of a household's outline
LABEL = 66  # under a symbol: four lines of name, dates and a mark
LANE = 9  # between two lines that run side by side
MARGIN = 26

BODY = HEAD + SYMBOL + LABEL

Rows = list[list[int]]  # the ids of each generation, from left to right
Places = dict[int, float]  # where everybody’s centre is, by id
Tied = tuple[int, int]  # (child, adult)


@dataclass(frozen=True)
class Someone:
    """A person to be drawn. ``rank`` orders brothers and sisters: the eldest has the lowest."""

    id: int
    rank: int = 0
    is_index: bool = False


@dataclass(frozen=True)
class Couple:
    """Two people who are or were a couple: a value of PartnershipKind."""

    one: int
    other: int
    kind: str


@dataclass(frozen=True)
class Home:
    """The people of one household."""

    key: int
    people: frozenset[int]
    is_main: bool = False


@dataclass(frozen=True)
class Group:
    """Adults (a pair, one, or none: brothers and sisters) and the children who hang from their line.

    ``style``: a PartnershipKind; ``parents`` (no couple is recorded); ``worked_out`` (nobody recorded the line, the
    other ties make it so); ``other`` (a carer, an aunt: not by birth). ``ties`` are those that the line says.
    """

    adults: tuple[int, ...]
    children: tuple[int, ...]
    style: str
    ties: frozenset[tuple[int, int]] = frozenset()
    down: int = 1  # how many generations below the adults the children stand


@dataclass(frozen=True)
class Placed:
    """A person's symbol: its centre."""

    id: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """A line through ``points``: a group's style, or ``birth`` from the parents to their children.

    ``tint`` is the same for all lines of one group.
    """

    points: tuple[tuple[int, int], ...]
    style: str
    tint: int = 0
    ties: frozenset[tuple[int, int]] = frozenset()
    couple: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Slash:
    """Where a couple's line is cut: once for separated, twice for divorced."""

    x: int
    y: int
    count: int


@dataclass(frozen=True)
class Outline:
    """The line round a household: loops of corners, and where its letter stands (once a piece)."""

    key: int
    is_main: bool
    loops: tuple[tuple[tuple[int, int], ...], ...]
    corners: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Drawing:
    """A family, drawn: everybody once, every tie by some line."""

    width: int
    height: int
    placed: tuple[Placed, ...] = ()
    lines: tuple[Line, ...] = ()
    slashes: tuple[Slash, ...] = ()
    outlines: tuple[Outline, ...] = ()
    worked_out: frozenset[tuple[int, int]] = field(default=frozenset())
