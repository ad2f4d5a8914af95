"""Who must be kept apart, and how a letter safely reaches its reader. Pure: no database, no clock, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

IN_THE_ROOM, BY_VIDEO = "room", "video"


@dataclass(frozen=True)
class Coming:
    """How one invited person is to come: in the room or not, when, to which room, by which link.

    ``stays``: whoever mainly cares for a child keeps the time that everybody has; the other comes apart.
    """

    person: int
    name: str
    mode: str
    at: datetime | None = None
    room: int | None = None
    apart: bool = False
    link: str = ""
    stays: bool = False


def would_meet(coming: Iterable[Coming], pairs: Iterable[tuple[int, int]]) -> list[tuple[Coming, Coming]]:
    """The pairs of people who must be kept apart, both invited, who would be in one room, or at one link, at one time.

    Each pair is named once, whatever the number of reasons for it.
    """
    by_person = {one.person: one for one in coming}
    found = {}
    for one, other in pairs:
        a, b = by_person.get(one), by_person.get(other)
        if a is not None and b is not None and a is not b and meet(a, b):
            found.setdefault(frozenset((one, other)), (a, b))
    return list(found.values())


def meet(a: Coming, b: Coming) -> bool:
    """Whether these two would see each other: in one room, or on one screen by the same link, at the same time."""
    if a.mode != b.mode or a.mode not in (IN_THE_ROOM, BY_VIDEO):
        return False
    where = (a.room, b.room) if a.mode == IN_THE_ROOM else (a.link, b.link)
    if not (a.apart or b.apart):
        return where[0] == where[1] or a.mode == IN_THE_ROOM
    return a.at == b.at and where[0] == where[1]


def seen_on_screen(coming: Iterable[Coming], pairs: Iterable[tuple[int, int]]) -> list[tuple[Coming, Coming]]:
    """The pairs of whom one is in the room while the other joins it by a link: the screen shows them to each other.

    The first of each pair is in the room. A link of somebody's own is one that the chair opens apart.
    """
    by_person, found = {one.person: one for one in coming}, {}
    for one, other in pairs:
        a, b = by_person.get(one), by_person.get(other)
        if a is None or b is None or {a.mode, b.mode} != {IN_THE_ROOM, BY_VIDEO}:
            continue
        here, there = (a, b) if a.mode == IN_THE_ROOM else (b, a)
        if not there.apart and not here.apart:
            found.setdefault(frozenset((one, other)), (here, there))
    return list(found.values())


def set_apart(
    coming: Iterable[Coming], pairs: Iterable[tuple[int, int]], starts_at: datetime, ends_at: datetime
) -> dict[int, datetime]:
    """Who comes apart, and when, so that nobody meets whom they must not: the conference in as many parts as it takes.

    Whoever mainly cares for a child stays with the rest; times fall on five minutes.
    """
    pairs, coming = list(pairs), list(coming)
    times: dict[int, int] = {}
    for a, b in would_meet(coming, pairs):
        who, other = (a, b) if b.stays and not a.stays else (b, a)
        if who.person in times or other.person in times:
            continue
        against = {one for pair in pairs if who.person in pair for one in pair}
        taken = {part for person, part in times.items() if person in against}
        times[who.person] = next(part for part in range(1, len(pairs) + 2) if part not in taken)
    if not times:
        return {}
    length = (ends_at - starts_at) / (max(times.values()) + 1)
    step = timedelta(minutes=max(5, int(length.total_seconds() // 300) * 5))
    return {person: starts_at + part * step for person, part in times.items()}


def route(safe_contact: str, *, has_safe_address: bool, has_email: bool) -> tuple[str, bool]:
    """How a letter reaches somebody of the family ("post" or "hand"), and whether a neutral e-mail announces it.

    Unknown means not digital, and by hand. An address that is protected or unsafe is never on an envelope.
    """
    letter = "post" if safe_contact == "post" and has_safe_address else "hand"
    return letter, safe_contact == "email" and has_email
