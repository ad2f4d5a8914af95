"""At which times a conference could be booked: somebody who chairs and a room are free. Pure: no database, no clock."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

STARTS = (time(9, 30), time(10), time(11), time(12), time(13), time(14), time(15))


@dataclass(frozen=True)
class Busy:
    """When a chair or a room is taken."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Slot:
    """A time at which a chair and a room (their ids) are both free."""

    starts: datetime
    ends: datetime
    chair: int
    room: int

    @property
    def key(self) -> str:
        """What names this time, this chair and this room."""
        return f"{self.starts:%Y-%m-%dT%H:%M} {self.chair} {self.room}"


def free_slots(
    days: Iterable[date],
    length: timedelta,
    chairs: Sequence[int],
    rooms: Sequence[int],
    *,
    taken_chairs: Mapping[int, Collection[Busy]],
    taken_rooms: Mapping[int, Collection[Busy]],
    away: Mapping[int, Collection[date]],
    at: Callable[[date, time], datetime],
) -> dict[date, list[Slot]]:
    """For each day, its free times: each with the first of ``chairs`` and the first of ``rooms`` that are free.

    ``at(day, time)`` gives the moment. ``away``: the days on which a chair does not work. A day without a free time has
    an empty list.
    """
    found: dict[date, list[Slot]] = {}
    for day in days:
        here = [chair for chair in chairs if day not in away.get(chair, ())]
        found[day] = []
        for start in STARTS:
            starts = at(day, start)
            ends = starts + length
            chair = next((one for one in here if _is_free(taken_chairs.get(one, ()), starts, ends)), None)
            room = next((one for one in rooms if _is_free(taken_rooms.get(one, ()), starts, ends)), None)
            if chair is not None and room is not None:
                found[day].append(Slot(starts, ends, chair, room))
    return found


def _is_free(taken: Collection[Busy], starts: datetime, ends: datetime) -> bool:
    return all(ends <= one.starts or starts >= one.ends for one in taken)
