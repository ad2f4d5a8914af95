"""What a family’s record holds that somebody must not learn, as plain values. Pure: no database, no clock."""

from dataclasses import dataclass

from cpc.core.documents.protected import same_as


@dataclass(frozen=True)
class Somebody:
    """A person under all the names they have or had; ``names`` are (first name, last name), today's first."""

    id: int
    label: str
    names: tuple[tuple[str, str], ...]
    also: tuple[str, ...] = ()
    unborn: bool = False


@dataclass(frozen=True)
class Place:
    """An address of one person; ``now`` unless they have left it."""

    person: int
    lines: tuple[str, ...]
    postcode: str = ""
    id: int | None = None
    kind: str = "home"
    care_of: str = ""
    now: bool = True

    @property
    def house(self) -> str:
        """What two rows for the same house share."""
        return same_as(" ".join([*self.lines, self.postcode]))


@dataclass(frozen=True)
class Number:
    """The phone and e-mail address of one person."""

    person: int
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Shield:
    """A live protection of one detail: from everyone outside the case, or from ``readers``."""

    person: int
    detail: str
    address: int | None = None
    from_everyone: bool = True
    readers: frozenset[int] = frozenset()
    why: str = ""


@dataclass(frozen=True)
class Silence:
    """A live must-not-learn: ``reader`` must not learn ``what`` of ``about``."""

    reader: int
    about: int
    what: str
    of_child: int | None = None
    words: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class School:
    """A school or nursery that one child goes or went to."""

    child: int
    agency: int
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Bond:
    """What two people are to each other: ``one`` is the adult of a relationship, or either of a couple."""

    one: int
    other: int
    kind: str = ""


@dataclass(frozen=True)
class Secrets:
    """Everything of one family that the question needs. ``homes`` are the people of each household, live."""

    people: tuple[Somebody, ...] = ()
    places: tuple[Place, ...] = ()
    numbers: tuple[Number, ...] = ()
    shields: tuple[Shield, ...] = ()
    silences: tuple[Silence, ...] = ()
    schools: tuple[School, ...] = ()
    bonds: tuple[Bond, ...] = ()
    homes: tuple[frozenset[int], ...] = ()
