"""A family drawn as a genogram: where every symbol, line and outline stands. Pure: no database, no clock, no Django."""

from collections.abc import Iterable

from families.overview.rules.genogram.groups import groups_of
from families.overview.rules.genogram.lines import Sketch, draw, finish
from families.overview.rules.genogram.outline import outlines_of
from families.overview.rules.genogram.plain import (
    BODY,
    HEAD,
    LABEL,
    LANE,
    MARGIN,
    PITCH,
    SYMBOL,
    Couple,
    Drawing,
    Group,
    Home,
    Line,
    Outline,
    Placed,
    Places,
    Rows,
    Slash,
    Someone,
)
from families.overview.rules.genogram.rows import generations, in_order
from families.people.rules.kin import Tie

__all__ = [
    "LABEL", "PITCH", "SYMBOL", "Couple", "Drawing", "Group", "Home", "Line", "Outline", "Placed", "Slash", "Someone",
    "genogram",
]  # fmt: skip

FEWEST_ABREAST = 6  # people tied to nobody stand in rows of their own, no wider than the drawing


def genogram(
    people: Iterable[Someone], ties: Iterable[Tie] = (), couples: Iterable[Couple] = (), homes: Iterable[Home] = ()
) -> Drawing:
    """The family drawn: everybody of ``people`` once, each tie and couple among them by a line, each home outlined.

    The same people make the same drawing, in whatever order they are given.
    """
    people = sorted({one.id: one for one in people}.values(), key=lambda one: (one.rank, one.id))
    groups, worked_out = groups_of(people, ties, couples)
    row = generations(people, groups)
    rows, x = in_order(people, groups, row)
    alone = [one.id for one in people if one.id not in row]
    _stand_apart(alone, rows, x)
    row |= {one: level for level, each in enumerate(rows) for one in each}
    sketch, lanes = draw(groups, rows, x, row)
    shift = MARGIN + PITCH / 2 - min(x.values(), default=0)
    tops: list[float] = []
    y: float = MARGIN + (lanes.get(-1, 0) * LANE + 8 if lanes.get(-1, 0) else 0)
    for level in range(len(rows)):
        tops.append(y)
        y += BODY + (lanes[level] * LANE + 12 if lanes[level] else 12)
    _move(sketch, x, shift)
    lines, slashes = finish(sketch, lanes, tops)
    width = max([*x.values(), *(at for line in lines for at, _ in line.points)], default=0) + PITCH / 2 + MARGIN
    return Drawing(
        width=round(width),
        height=round(y + MARGIN - 12),
        placed=tuple(
            Placed(one, round(x[one]), round(tops[level] + HEAD + SYMBOL / 2))
            for level, each in enumerate(rows)
            for one in each
        ),
        lines=lines,
        slashes=slashes,
        outlines=outlines_of(homes, rows, x, tops),
        worked_out=worked_out,
    )


def _stand_apart(alone: list[int], rows: Rows, x: Places) -> None:
    """People tied to nobody on record stand under the others, in rows that are not wider than the drawing."""
    across = max([FEWEST_ABREAST, *map(len, rows)])
    left = min(x.values(), default=0)
    for start in range(0, len(alone), across):
        rows.append(alone[start : start + across])
        x.update({one: left + at * PITCH for at, one in enumerate(rows[-1])})


def _move(sketch: Sketch, x: Places, shift: float) -> None:
    """Everything is ``shift`` further to the right, so that nothing stands left of the margin."""
    lowest = min([at for points, *_ in sketch.drawn for at, _ in points], default=0)
    shift += max(0, min(x.values(), default=0) - PITCH / 2 - lowest)
    for one in x:
        x[one] += shift
    sketch.drawn[:] = [
        (
            [(at + shift, value) for at, value in points],
            group,
            tint,
            cut and (cut[0] + shift, cut[1], cut[2] + shift, cut[3]),
            style,
        )
        for points, group, tint, cut, style in sketch.drawn
    ]
