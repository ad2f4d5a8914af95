"""What a reader was told about a meeting, and what has changed since. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    """What differs between two messages about one meeting."""

    TIME = "time"
    END = "end"
    ARRIVAL = "arrival"
    PLACE = "place"
    WAY = "way"
    CHAIR = "chair"
    CHILDREN = "children"
    BESIDE = "beside"
    PART = "part"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one message said about a meeting to its reader: ``begins``, ``ends`` and ``entrance`` are their own.

    ``children`` are the ids of the children that it was about for its reader; None where a message does not say.
    ``beside`` is who comes with the reader, and ``part`` how a child takes part.
    """

    day: date
    begins: str
    ends: str
    how: str
    chair: str
    come_at: str = ""
    place: tuple[str, ...] = ()
    entrance: str = ""
    video_link: str = ""
    chair_agreed_by: str = ""
    children: tuple[int, ...] | None = None
    beside: tuple[str, ...] = ()
    part: str = ""

    @classmethod
    def from_values(cls, said: dict[str, Any]) -> "Told":
        """From the plain values of a meeting, as a letter or a message stores them."""
        day = said["day"]
        words = ("begins", "ends", "how", "chair", "come_at", "entrance", "video_link", "chair_agreed_by", "part")
        return cls(
            day=day if isinstance(day, date) else date.fromisoformat(day),
            place=tuple(said.get("place", ())),
            beside=tuple(said.get("beside", ())),
            children=None if said.get("children") is None else tuple(said["children"]),
            **{name: said.get(name, "") for name in words},
        )

    def values(self) -> dict[str, Any]:
        """The plain values that ``from_values`` reads."""
        children = None if self.children is None else list(self.children)
        return {
            **vars(self), "day": self.day.isoformat(), "place": list(self.place),
            "beside": list(self.beside), "children": children,
        }  # fmt: skip


def what_changed(told: Told, now: Told) -> tuple[Change, ...]:
    """What is different now. A place that the reader may not learn any more is not called a change, and no letter says
    that it is not about a child any more.
    """
    found = []
    if (told.day, told.begins) != (now.day, now.begins):
        found.append(Change.TIME)
    else:
        found += [Change.ARRIVAL] if told.come_at != now.come_at else []
        found += [Change.END] if told.ends != now.ends else []
    if told.how != now.how or told.video_link != now.video_link:
        found.append(Change.WAY)
    elif now.place and (told.place, told.entrance) != (now.place, now.entrance):
        found.append(Change.PLACE)
    if (told.chair, told.chair_agreed_by) != (now.chair, now.chair_agreed_by):
        found.append(Change.CHAIR)
    if told.children is not None and set(now.children or ()) - set(told.children):
        found.append(Change.CHILDREN)
    if told.beside != now.beside:
        found.append(Change.BESIDE)
    if told.part != now.part:
        found.append(Change.PART)
    return tuple(found)
