"""A child's history on a line of years: where each event and each stretch is drawn. Pure: no database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LEFT, WIDE, LANE, TOP = 190, 720, 26, 30
MOST_YEARS = 12  # labels that fit on the line


@dataclass(frozen=True)
class Mark:
    """An event on its lane; ``long`` is how far it goes on (0 for a day)."""

    x: int
    y: int
    long: int = 0


@dataclass(frozen=True)
class Axis:
    """The whole picture: its size, the years, the lanes with their names, the marks."""

    width: int
    height: int
    years: tuple[tuple[int, int], ...]
    lanes: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]


def axis(events: Iterable[tuple[date, str, date | None]], lanes: dict[str, str], on: date) -> Axis | None:
    """The events (day, lane, until or None) on one line from the first to today; None where there are none."""
    events = list(events)
    if not events:
        return None
    first = date(min(day for day, _, _ in events).year, 1, 1)
    last = max(on, *(day for day, _, _ in events))
    days = max((last - first).days, 1)

    def place(day: date) -> int:
        return round(LEFT + WIDE * (min(day, last) - first).days / days)

    used = [lane for lane in lanes if any(lane == each for _, each, _ in events)]
    level = {lane: TOP + at * LANE for at, lane in enumerate(used)}
    count = last.year - first.year + 1
    every = -(-count // MOST_YEARS)
    return Axis(
        width=LEFT + WIDE + 30,
        height=TOP + len(used) * LANE + 8,
        years=tuple((place(date(first.year + at, 1, 1)), first.year + at) for at in range(0, count, every)),
        lanes=tuple((level[lane], lanes[lane]) for lane in used),
        marks=tuple(
            Mark(place(day), level[lane], max(place(until) - place(day), 1) if until and until > day else 0)
            for day, lane, until in events
        ),
    )
