"""The line round a household: the people of one home in each row, joined where they stand under one another. Pure."""

from collections.abc import Iterable

from families.overview.rules.genogram.plain import HEAD, LABEL, PITCH, SYMBOL, Home, Outline, Places, Rows

Box = tuple[int, int, int, int]  # left, top, right, bottom
Corner = tuple[int, int]

ENOUGH = 40  # two rows are joined where they share this much


def outlines_of(homes: Iterable[Home], rows: Rows, x: Places, tops: list[float]) -> tuple[Outline, ...]:
    """The outline of each home with anybody in it. Homes that share people stand inside one another."""
    found = []
    for at, home in enumerate(sorted(homes, key=lambda each: (not each.is_main, each.key))):
        grow = 4 * (at % 4)
        boxes = [box for row, top in zip(rows, tops, strict=True) for box in _runs(row, x, top, home, grow)]
        if boxes:
            pieces = _pieces(boxes)
            loops = tuple(loop for piece in pieces for loop in _around(piece))
            corners = tuple((piece[0][0] + 4 + grow + 17 * (at % 4), piece[0][1] + 4 + grow) for piece in pieces)
            found.append(Outline(home.key, home.is_main, loops, corners))
    return tuple(found)


def _runs(row: list[int], x: Places, top: float, home: Home, grow: int) -> list[Box]:
    """The boxes round neighbours of one home in one row: (left, top, right, bottom)."""
    boxes: list[Box] = []
    run: list[int] = []
    for one in [*row, None]:
        if one is not None and one in home.people:
            run.append(one)
        elif run:
            half = PITCH / 2 - 10 + grow
            boxes.append((round(x[run[0]] - half), round(top - 2 - grow + 6), round(x[run[-1]] + half),
                          round(top + HEAD + SYMBOL + LABEL + grow - 6)))  # fmt: skip
            run = []
    return boxes


def _pieces(boxes: list[Box]) -> list[list[Box]]:
    """The boxes that hang together, with the bands that join them; the highest first in each."""
    joined = {at: {at} for at in range(len(boxes))}
    bands: dict[tuple[int, int], Box] = {}
    tops = sorted({box[1] for box in boxes})
    for upper, a in enumerate(boxes):
        for lower, b in enumerate(boxes):
            next_row = tops.index(b[1]) == tops.index(a[1]) + 1
            left, right = max(a[0], b[0]), min(a[2], b[2])
            if next_row and right - left >= ENOUGH and b[1] - a[3] < HEAD + SYMBOL + LABEL:
                bands[(upper, lower)] = (left, a[3], right, b[1])
                one, other = joined[upper], joined[lower]
                if one is not other:
                    one |= other
                    for each in other:
                        joined[each] = one
    whole = {min(members): members for members in joined.values()}
    return [
        [boxes[at] for at in sorted(members, key=lambda at: (boxes[at][1], boxes[at][0]))]
        + [band for (upper, _), band in sorted(bands.items()) if upper in members]
        for _, members in sorted(whole.items())
    ]


def _around(boxes: list[Box]) -> list[tuple[Corner, ...]]:
    """The loops of corners round the boxes taken together."""
    xs = sorted({edge for box in boxes for edge in (box[0], box[2])})
    ys = sorted({edge for box in boxes for edge in (box[1], box[3])})
    inside = {
        (column, row)
        for column in range(len(xs) - 1)
        for row in range(len(ys) - 1)
        if any(
            box[0] <= xs[column] and xs[column + 1] <= box[2] and box[1] <= ys[row] and ys[row + 1] <= box[3]
            for box in boxes
        )
    }
    after: dict[Corner, list[Corner]] = {}
    for column, row in sorted(inside):  # clockwise, the inside on the right hand
        for other, start, end in (
            ((column, row - 1), (column, row), (column + 1, row)),
            ((column + 1, row), (column + 1, row), (column + 1, row + 1)),
            ((column, row + 1), (column + 1, row + 1), (column, row + 1)),
            ((column - 1, row), (column, row + 1), (column, row)),
        ):
            if other not in inside:
                after.setdefault(start, []).append(end)
    loops: list[tuple[Corner, ...]] = []
    while after:
        here = start = min(after)
        loop: list[Corner] = []
        way: Corner | None = None
        while True:
            choices = after[here]
            end = choices[0]
            choices.remove(end)
            if not choices:
                del after[here]
            turn = (end[0] - here[0], end[1] - here[1])
            if turn != way:
                loop.append((xs[here[0]], ys[here[1]]))
            here, way = end, turn
            if here == start:
                break
        loops.append(tuple(loop))
    return loops
