"""What is recorded of a family, as plain values, for the rule that says what a reader must not learn.

Pure: no database, no clock.
"""

from dataclasses import dataclass

from families.people.rules.house import house_key


@dataclass(frozen=True)
class PersonNames:
    """A person and all their names, of now and of before.

    ``names`` are (first name, last name), today's first; ``also`` are the names they are known as.
    """

    id: int
    label: str
    names: tuple[tuple[str, str], ...]
    also: tuple[str, ...] = ()
    unborn: bool = False


@dataclass(frozen=True)
class AddressRow:
    """An address of one person. ``now`` is false once they have left it.

    ``agreed``: every circle that says where the person lives has this address. Only then it counts as known to them.
    """

    person: int
    lines: tuple[str, ...]
    postcode: str = ""
    id: int | None = None
    kind: str = "home"
    care_of: str = ""
    now: bool = True
    agreed: bool = True

    @property
    def house(self) -> str:
        """A key that all rows of one house share."""
        return house_key("\n".join(self.lines), self.postcode)


@dataclass(frozen=True)
class ContactNumbers:
    """The phone number and e-mail address of one person."""

    person: int
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class ProtectedDetail:
    """A live protection of one detail: from everyone outside the case, or only from ``readers``."""

    person: int
    detail: str
    address: int | None = None
    from_everyone: bool = True
    readers: frozenset[int] = frozenset()
    why: str = ""


@dataclass(frozen=True)
class WithheldFact:
    """A live must-not-learn entry: ``reader`` must not learn ``what`` about ``about``."""

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
class Relation:
    """A relationship between two people, or a couple. In a relationship ``one`` is the adult, ``other`` the child."""

    one: int
    other: int
    kind: str = ""


@dataclass(frozen=True)
class FamilyRecord:
    """Everything of one family that the rule needs. ``households`` are the people who live together now.
    ``kept_apart`` are pairs who must not meet: (who is protected, the other).
    """

    people: tuple[PersonNames, ...] = ()
    addresses: tuple[AddressRow, ...] = ()
    contact_numbers: tuple[ContactNumbers, ...] = ()
    protected_details: tuple[ProtectedDetail, ...] = ()
    withheld_facts: tuple[WithheldFact, ...] = ()
    schools: tuple[School, ...] = ()
    relations: tuple[Relation, ...] = ()
    households: tuple[frozenset[int], ...] = ()
    kept_apart: tuple[tuple[int, int], ...] = ()
