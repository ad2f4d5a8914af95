"""Who would meet, who needs a separate time, and how a letter safely reaches its reader. Pure: no database, no clock,
no Django.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from cpc.core.documents.folding import plain_words
from cpc.core.kernel.phrases import says_nothing

IN_THE_ROOM, BY_VIDEO, BY_PHONE = "room", "video", "phone"
SHORTEST = timedelta(minutes=15)  # A part of a conference that is shorter gives nobody a hearing.
STEP = timedelta(minutes=5)


@dataclass(frozen=True)
class Pair:
    """Two people who must be kept separate, in a few words why, and which of them is protected: one or both."""

    one: int
    other: int
    protected: frozenset[int] = frozenset()
    why: str = ""

    @property
    def key(self) -> frozenset[int]:
        """The two people, in no order."""
        return frozenset((self.one, self.other))

    def protects_from(self, reader: int) -> int | None:
        """The person that this reader must not learn the times and places of; None if the pair gives none."""
        if reader not in self.key:
            return None
        (against,) = self.key - {reader}
        return against if against in self.protected else None


@dataclass(frozen=True)
class Presence:
    """Where one person is, from when until when, and how they attend.

    ``building`` is where somebody who comes in person will be; empty if nobody knows. ``screen`` is the video link that
    they join, or that the screen of their room shows, or the phone call that they are in. ``event`` identifies the
    meeting, ``where`` names the place as letters do. ``stays``: this person keeps the usual time, for example as a
    child's main carer. ``told``: they know their time already. ``door`` is their own door, as their letter names it.
    """

    person: int
    name: str
    mode: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    building: str = ""
    screen: str = ""
    event: tuple[str, int] = ("", 0)
    where: tuple[str, ...] = ()
    stays: bool = False
    told: bool = False
    door: str = ""


@dataclass(frozen=True)
class Slot:
    """How one person attends a part of a conference: the mode, when to come and when to leave."""

    mode: str
    starts_at: datetime
    ends_at: datetime


def meet(a: Presence, b: Presence, gap: timedelta = timedelta()) -> bool:
    """Whether two people would attend together: in one building, on one screen or in one phone call, at the same time.

    In one building they need ``gap`` between the end of one and the start of the other. A person by phone meets nobody
    who attends in another way. A building, a screen or a call that is not known counts as the same one.
    """
    if (a.mode == BY_PHONE) != (b.mode == BY_PHONE):
        return False
    if a.mode == b.mode == IN_THE_ROOM:
        return is_one_building(a, b) and _overlap(a, b, gap)
    return a.screen == b.screen and _overlap(a, b, timedelta())


def is_one_building(a: Presence, b: Presence) -> bool:
    """Whether both come in person and nothing says that it is to two buildings.

    One place is often written longer than the other: “Town Hall”, “Room 2, Town Hall, High Street”.
    """
    both = a.mode == b.mode == IN_THE_ROOM
    return both and (
        not a.building or not b.building or _holds(a.building, b.building) or _holds(b.building, a.building)
    )


def _holds(longer: str, shorter: str) -> bool:
    return f" {shorter} " in f" {longer} "


def _overlap(a: Presence, b: Presence, gap: timedelta) -> bool:
    if not a.starts_at or not a.ends_at or not b.starts_at or not b.ends_at:
        return True
    return a.starts_at < b.ends_at + gap and b.starts_at < a.ends_at + gap


def would_meet(
    presences: Iterable[Presence], pairs: Iterable[Pair], gap: timedelta = timedelta()
) -> list[tuple[Presence, Presence]]:
    """The presences of people who must be kept separate and would meet, each pair of people once."""
    return _found(presences, pairs, lambda a, b: meet(a, b, gap))


def in_one_building(presences: Iterable[Presence], pairs: Iterable[Pair]) -> list[tuple[Presence, Presence]]:
    """Those who must be kept separate and come to one building on one day, whenever they come."""
    return _found(presences, pairs, lambda a, b: is_one_building(a, b) and _day(a) == _day(b))


def share_a_door(a: Presence, b: Presence) -> bool:
    """Whether nothing says that each of two people comes by a door of their own."""
    one, other = _door(a.door), _door(b.door)
    return one == other or not one or not other


def _door(said: str) -> frozenset[str]:
    """The words that tell a door from others; none for "TBC". “The side door” and “Side entrance” are one."""
    return frozenset() if says_nothing(said) else frozenset(plain_words(said)) - _OF_ANY_DOOR


_OF_ANY_DOOR = frozenset({"the", "by", "at", "use", "please", "door", "entrance"})


def _day(presence: Presence) -> date | None:
    return presence.starts_at.date() if presence.starts_at else None


def _found(
    presences: Iterable[Presence], pairs: Iterable[Pair], clash: Callable[[Presence, Presence], bool]
) -> list[tuple[Presence, Presence]]:
    wanted = {pair.key for pair in pairs}
    found: dict[frozenset[int], tuple[Presence, Presence]] = {}
    for a, b in combinations(list(presences), 2):
        key = frozenset((a.person, b.person))
        if key in wanted and key not in found and clash(a, b):
            found[key] = (a, b)
    return list(found.values())


def separate_slots(
    presences: Iterable[Presence],
    pairs: Iterable[Pair],
    starts_at: datetime,
    ends_at: datetime,
    gap: timedelta,
) -> dict[int, Slot]:
    """How the people attend who would otherwise meet: the conference is split into as many parts as that needs, with
    ``gap`` between them.

    The protected person comes first and as they want to; the other attends a later part by video, or by phone if they
    were to attend by phone. Where both are protected, the main carer of a child keeps the first part. Nobody who knows
    their time already gets another one. Nothing is proposed where the parts would be too short to hear anybody: then
    another day is needed.
    """
    presences, pairs = list(presences), list(pairs)
    by_key = {pair.key: pair for pair in pairs}
    clashes = would_meet(presences, pairs, gap)
    later: dict[int, int] = {}
    for a, b in clashes:
        who, first = _who_changes(a, b, by_key[frozenset((a.person, b.person))])
        if who.person in later or first.person in later:
            continue
        against = {one for pair in pairs if who.person in pair.key for one in pair.key}
        taken = {part for person, part in later.items() if person in against}
        later[who.person] = next(part for part in range(1, len(pairs) + 2) if part not in taken)
    if not later:
        return {}
    parts = max(later.values()) + 1
    length = (ends_at - starts_at - (parts - 1) * gap) // parts // STEP * STEP
    if length < SHORTEST:
        return {}
    found = {}
    for person in (one for pair in clashes for one in pair if not one.told):
        part = later.get(person.person, 0)
        begins = starts_at + part * (length + gap)
        mode = BY_VIDEO if part and person.mode == IN_THE_ROOM else person.mode
        found[person.person] = Slot(mode, begins, begins + length)
    return found


def _who_changes(a: Presence, b: Presence, pair: Pair) -> tuple[Presence, Presence]:
    """(who attends later and by video, who keeps the first part)."""
    if a.told != b.told:
        return (b, a) if a.told else (a, b)
    if len(pair.protected) == 1:
        return (b, a) if a.person in pair.protected else (a, b)
    return (a, b) if b.stays and not a.stays else (b, a)


def kept_apart(people: Iterable[int], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs with both among ``people``: they cannot be in one group."""
    among = frozenset(people)
    return [pair for pair in pairs if pair.key <= among]


def first_choice(pair: Pair, carers: frozenset[int]) -> int | None:
    """Which of two people who must not meet comes first where only one can come: the protected one; where both are, the
    main carer of a child. None: nothing decides it.
    """
    for those in (pair.protected, carers):
        mine = pair.key & those
        if len(mine) == 1:
            return next(iter(mine))
    return None


def route(safe_contact: str, *, has_safe_address: bool, has_email: bool) -> tuple[str, bool]:
    """How a letter reaches a family member ("post" or "hand"), and whether a neutral e-mail announces it.

    If nothing is known, it goes by hand without an e-mail. A protected or unsafe address is never on an envelope.
    """
    letter = "post" if safe_contact == "post" and has_safe_address else "hand"
    return letter, safe_contact == "email" and has_email
