"""How a list keeps people separate, in words for the chair and the administrator."""

from dataclasses import dataclass

from conferences.separation import rules
from conferences.separation.choices import AttendMode
from conferences.separation.queries.pairs import pairs_to_separate
from conferences.separation.queries.presences import clock, gap, presences_at
from conferences.separation.rules import Pair, Presence


@dataclass(frozen=True)
class SeparationArrangement:
    """Two people on the list who must attend separately: why, who is protected, and how the list separates them."""

    one: str
    other: str
    why: str
    how: str
    meet: bool = False
    pair: Pair | None = None
    protected: tuple[str, ...] = ()


def separation_plan(conference, invitations=None) -> list[SeparationArrangement]:
    """Every pair on the list that must attend separately, in words for the chair and the administrator."""
    people = presences_at(conference, invitations)
    by_person = {one.person: one for one in people}
    pairs = pairs_to_separate(by_person)
    meeting = {frozenset((a.person, b.person)) for a, b in rules.would_meet(people, pairs, gap())}
    found = []
    for pair in pairs:
        a, b = by_person[pair.one], by_person[pair.other]
        meet = pair.key in meeting
        how = "With this list they would meet." if meet else describe_separation(a, b)
        protected = tuple(one.name for one in (a, b) if one.person in pair.protected)
        found.append(SeparationArrangement(a.name, b.name, pair.why, how, meet, pair, protected))
    return found


def describe_separation(a: Presence, b: Presence) -> str:
    """How two people are kept separate: "Anna Marlow attends in the room until 2:45pm, Lewis Hart by video from …"."""
    if a.starts_at and b.starts_at and (a.ends_at <= b.starts_at or b.ends_at <= a.starts_at):
        first, then = sorted((a, b), key=lambda one: one.starts_at)
        return (
            f"{first.name} attends {_way(first)} and leaves by {clock(first.ends_at)}. "
            f"{then.name} attends {_way(then)} from {clock(then.starts_at)}."
        )
    if a.mode != b.mode:
        return f"{a.name} attends {_way(a)}, {b.name} {_way(b)}."
    return "They attend in different buildings." if a.mode == rules.IN_THE_ROOM else "They have different links."


def _way(presence) -> str:
    return dict(AttendMode.choices)[presence.mode].lower()
