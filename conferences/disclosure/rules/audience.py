"""Who may read a text by its audience, on the screen and in copies. Pure. Every page and copy uses this module.

Docs: docs/decisions/0011-every-paragraph-carries-its-audience.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

EVERYONE, FAMILY, PROFESSIONALS, CHAIR = "everyone", "family", "professionals", "chair"
NAMED, POLICE, THIRD_PARTY = "named", "police", "third_party"
# In no copy, except that of a named reader.
BY_NAME = frozenset({NAMED, POLICE, THIRD_PARTY})
# Given in confidence by somebody who decides who else may have it. Only their permission widens it.
IN_CONFIDENCE = frozenset({POLICE, THIRD_PARTY})

# Kinds of reader: the copies of the family and of professionals; on the screen the staff who see the conference, the
# holders of the case, and the conference's own administrator. Its chair reads everything, and is not listed.
_KINDS = {
    EVERYONE: {"family", "professionals", "staff", "holders", "administrator"},
    PROFESSIONALS: {"professionals", "staff", "holders", "administrator"},
    FAMILY: {"family", "administrator"},
    POLICE: {"holders", "administrator"},
    THIRD_PARTY: {"holders", "administrator"},
    NAMED: set(),
    CHAIR: set(),
}


@dataclass(frozen=True)
class Readers:
    """The readers that an audience allows. The named are ids of invitations, and count only where the audience has
    named readers.
    """

    audience: str = EVERYONE
    named_family: frozenset[int] = frozenset()
    named_professionals: frozenset[int] = frozenset()

    @property
    def named(self) -> frozenset[int]:
        """Every named reader that the audience allows."""
        return self.named_family | self.named_professionals if self.audience in BY_NAME else frozenset()


def admits(audience: str, *, professional: bool, is_named: bool = False) -> bool:
    """Whether a copy may hold a text with this audience. A text for the chair alone is in no copy."""
    if audience in BY_NAME:
        return is_named
    kinds = _KINDS.get(audience, set())  # an unknown audience allows nobody
    return ("professionals" if professional else "family") in kinds


def is_within(narrow: Readers, wide: Readers) -> bool:
    """Whether every reader of ``narrow`` is also a reader of ``wide``, on the screen and in copies."""
    kinds = _KINDS[wide.audience]
    if not _KINDS[narrow.audience] <= kinds:
        return False
    by_name = narrow.audience in BY_NAME
    family = narrow.named_family if by_name and "family" not in kinds else frozenset()
    professionals = narrow.named_professionals if by_name and "professionals" not in kinds else frozenset()
    return family | professionals <= wide.named


def narrowest(readers: Iterable[Readers]) -> Readers:
    """One of ``readers`` that is within all the others; otherwise the chair alone."""
    readers = list(readers)
    for one in readers:
        if all(is_within(one, other) for other in readers):
            return one
    return Readers(CHAIR)
