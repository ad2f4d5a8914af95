"""The lines between people, each in a lane of its own so that none runs on another. Pure."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from families.overview.rules.genogram.plain import BODY, HEAD, LANE, PITCH, SYMBOL, Group, Line, Places, Rows, Slash

COUPLES, PASSING, BARS = 0, 1, 2
CUTS = {"separated": 1, "divorced": 2}
TINTS = 6


@dataclass
class Run:
    """A stretch of line that goes level between two rows; its lane is given when all are known."""

    channel: int
    left: float
    right: float
    kind: int
    under: "Run | None" = None
    lane: int = 0


Height = tuple[str, int, float]  # of the side or the head of a symbol: which, in which row, how far off
Point = tuple[float, Run | Height]
Cut = tuple[float, Run | Height, float, Run | Height]
Drawn = tuple[list[Point], Group, int, Cut | None, str]  # the points of a line, its group, tint, cut and style


@dataclass
class Sketch:
    """The lines as they are drawn: heights inside a channel are runs until the lanes are given."""

    rows: Rows
    x: Places
    row: dict[int, int]
    runs: list[Run] = field(default_factory=list)
    # How many lines leave this side of a person, are in this gap, come to this head.
    ports: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    slots: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    hung: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    drawn: list[Drawn] = field(default_factory=list)

    def run(self, channel: int, one: float, other: float, kind: int, under: Run | None = None) -> Run:
        made = Run(channel, min(one, other), max(one, other), kind, under)
        self.runs.append(made)
        return made

    def port(self, one: int, side: int) -> tuple[tuple[float, Height], float]:
        """Where a line leaves the side (-1 left, 1 right) of a symbol, and the gap in which it goes down."""
        taken = self.ports[one, side]
        self.ports[one, side] += 1
        lift = (0, 8, -8, 14, -14)[taken % 5]
        at = self.x[one] + side * (PITCH / 2 - 1)
        return (self.x[one] + side * SYMBOL / 2, ("side", self.row[one], lift)), self.gap(self.row[one], at)

    def gap(self, level: int, at: float) -> float:
        taken = self.slots[level, round(at / 20)]
        self.slots[level, round(at / 20)] += 1
        return at + (0, 4, -4, 8, -8)[taken % 5]

    def pass_rows(self, points: list[Point], at: float, start: int, end: int) -> float:
        """The line at ``at`` goes on from one channel to another, between the people of the rows on its way."""
        step = 1 if end > start else -1
        here, under = start, None
        while here != end:
            level = here + 1 if step > 0 else here
            places = sorted(self.x[one] for one in self.rows[level])
            slots = [places[0] - PITCH / 2, *(place + PITCH / 2 for place in places)]
            slot = self.gap(level, min(slots, key=lambda each: (abs(each - at), each)))
            if abs(slot - at) > 1:
                under = self.run(here, at, slot, PASSING, under)
                points += [(at, under), (slot, under)]
                at = slot
            here += step
        return at


def draw(groups: list[Group], rows: Rows, x: Places, row: dict[int, int]) -> tuple[Sketch, dict[int, int]]:
    """The lines, the slashes, and how many lanes each channel has; channel r lies under row r, the first over row 0."""
    sketch = Sketch(rows, x, row)
    place = {one: at for level in rows for at, one in enumerate(level)}
    for number, group in enumerate(groups):
        _group(sketch, place, group, number % TINTS)
    lanes = _lanes(sketch.runs, len(rows))
    return sketch, lanes


def finish(sketch: Sketch, lanes: dict[int, int], tops: list[float]) -> tuple[tuple[Line, ...], tuple[Slash, ...]]:
    """The lines with every height known. ``tops`` is where each row begins."""
    first = tops[0] if tops else 0

    def height(value: Run | Height) -> int:
        if isinstance(value, Run):
            top = tops[value.channel] + BODY if value.channel >= 0 else first - lanes[-1] * LANE - 4
            return round(top + 6 + value.lane * LANE)
        kind, level, lift = value
        middle = tops[level] + HEAD + SYMBOL / 2
        return round(middle + lift) if kind == "side" else round(tops[level] + HEAD)

    lines, slashes = [], []
    for points, group, tint, cut, style in sketch.drawn:
        drawn = [(round(at), height(value)) for at, value in points]
        lines.append(Line(tuple(_straight(drawn)), style, tint, group.ties, frozenset(group.adults)))
        if cut:
            one, other = (round(cut[0]), height(cut[1])), (round(cut[2]), height(cut[3]))
            slashes.append(Slash((one[0] + other[0]) // 2, one[1], CUTS[group.style]))
    return tuple(lines), tuple(slashes)


def _straight(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _group(sketch: Sketch, place: dict[int, int], group: Group, tint: int) -> None:
    x, row = sketch.x, sketch.row

    def line(points: list[Point], cut: Cut | None = None) -> None:
        # How a couple stands to each other says nothing of how their children hang from them.
        style = group.style if cut or group.style in ("worked_out", "other") else "birth"
        sketch.drawn.append((points, group, tint, cut if group.style in CUTS else None, style))

    trunk: float | None = None
    channel: int | None = None
    under: Run | None = None
    start: list[Point] = []
    if len(group.adults) == 2:
        one, other = sorted(group.adults, key=lambda each: (x[each], each))
        if row[one] == row[other] and abs(place[one] - place[other]) == 1:
            (left, y), _ = sketch.port(one, 1)
            lift = ("side", row[one], y[2])
            sketch.ports[other, -1] += 1
            right = x[other] - SYMBOL / 2
            line([(left, lift), (right, lift)], (left, lift, right, lift))
            middle = sketch.gap(row[one], (left + right) / 2)
            trunk, channel, start = middle, row[one], [(middle, lift)]
        else:
            trunk, channel, under, start = _far_couple(sketch, group, one, other, line)
    elif group.adults:
        adult = group.adults[0]
        wish = sum(x[child] for child in group.children) / len(group.children)
        side = -1 if wish < x[adult] else 1
        (at, y), down = sketch.port(adult, side)
        trunk, channel, start = down, row[adult], [(at, y), (down, y)]
    if group.children:
        _children(sketch, group, trunk, channel, under, start, line)


def _far_couple(
    sketch: Sketch, group: Group, one: int, other: int, line: Callable[..., None]
) -> tuple[float, int, Run, list[Point]]:
    """Draw partners who are not side by side: a line under the people between them."""
    row, x = sketch.row, sketch.x
    channel = max(row[one], row[other])
    ends = []
    for adult, side in ((one, 1), (other, -1)) if x[one] != x[other] else ((one, 1), (other, 1)):
        (at, y), down = sketch.port(adult, side)
        points: list[Point] = [(at, y), (down, y)]
        down = sketch.pass_rows(points, down, row[adult], channel)
        ends.append((points, down))
    (first, left), (second, right) = ends
    level = sketch.run(channel, left, right, COUPLES)
    line([*first, (left, level), (right, level), *reversed(second)], (left, level, right, level))
    wish = sum(x[child] for child in group.children) / len(group.children) if group.children else (left + right) / 2
    inner = min(max(wish, min(left, right) + 10), max(max(left, right) - 10, min(left, right)))
    return inner, channel, level, [(inner, level)]


def _children(
    sketch: Sketch,
    group: Group,
    trunk: float | None,
    channel: int | None,
    under: Run | None,
    start: list[Point],
    line: Callable[..., None],
) -> None:
    by_row: dict[int, list[int]] = defaultdict(list)
    for child in group.children:
        by_row[sketch.row[child]].append(child)
    for level, children in sorted(by_row.items()):
        over = level - 1
        points, at = list(start), trunk
        if trunk is not None and channel is not None and channel != over:
            if start and not isinstance(start[-1][1], Run):
                points.append((trunk, start[-1][1]))
            at = sketch.pass_rows(points, trunk, channel, over)
        heads = []
        for child in children:
            taken = sketch.hung[child]
            sketch.hung[child] += 1
            heads.append(sketch.x[child] + (0, 9, -9, 15, -15)[taken % 5])
        ends = [*heads, at] if at is not None else heads
        if at is not None and len(heads) == 1 and abs(heads[0] - at) <= 12 and group.children == (children[0],):
            heads = [at]
            ends = [at]
        bar = sketch.run(over, min(ends), max(ends), BARS, under if channel == over else None)
        if at is not None:
            line([*points, (at, bar), (at, bar)])
        if max(ends) - min(ends) > 0:
            line([(min(ends), bar), (max(ends), bar)])
        for head in heads:
            line([(head, bar), (head, ("head", level, 0))])


def _lanes(runs: list[Run], rows: int) -> dict[int, int]:
    """Each run gets the first lane that is free for its whole length, under the run that it comes from."""
    used: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    count: dict[int, int] = defaultdict(int)
    for run in sorted(runs, key=lambda each: (each.channel, each.kind, each.left, each.right)):
        lane = run.under.lane + 1 if run.under is not None and run.under.channel == run.channel else 0
        while any(left < run.right + 7 and run.left - 7 < right for left, right in used[run.channel, lane]):
            lane += 1
        run.lane = lane
        used[run.channel, lane].append((run.left, run.right))
        count[run.channel] = max(count[run.channel], lane + 1)
    return {channel: count[channel] for channel in range(-1, rows)}
