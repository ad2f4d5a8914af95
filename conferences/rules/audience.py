"""Who reads what is written, by its audience: on the screen and in copies. Pure; one computation for every door.

Docs: docs/decisions/0011-every-paragraph-carries-its-audience.md.
"""

from dataclasses import dataclass

EVERYONE, FAMILY, PROFESSIONALS, CHAIR = "everyone", "family", "professionals", "chair"
NAMED, POLICE, THIRD_PARTY = "named", "police", "third_party"
# Stands in nobody's copy but that of a reader who is named for it.
BY_NAME = frozenset({NAMED, POLICE, THIRD_PARTY})
# Given to us in confidence by somebody who decides who else may have it: widened only with their leave.
IN_CONFIDENCE = frozenset({POLICE, THIRD_PARTY})

# Kinds of reader: copies of the family and of professionals; on the screen whoever sees the conference (staff), whoever
# holds the case, and the conference's own administrator (keeper). Its chair reads everything, and is not counted.
_KINDS = {
    EVERYONE: {"family", "professionals", "staff", "holders", "keeper"},
    PROFESSIONALS: {"professionals", "staff", "holders", "keeper"},
    FAMILY: {"family", "keeper"},
    POLICE: {"holders", "keeper"},
    THIRD_PARTY: {"holders", "keeper"},
    NAMED: set(),
    CHAIR: set(),
}


@dataclass(frozen=True)
class Readers:
    """Whom an audience admits. The named are ids of invitations, and count only where the audience goes by name."""

    audience: str = EVERYONE
    named_family: frozenset[int] = frozenset()
    named_professionals: frozenset[int] = frozenset()

    @property
    def named(self) -> frozenset[int]:
        """Every named reader whom the audience admits."""
        return self.named_family | self.named_professionals if self.audience in BY_NAME else frozenset()


def admits(audience: str, *, professional: bool, is_named: bool = False) -> bool:
    """Whether a copy may hold what has this audience. What is for the chair alone stands in nobody's copy."""
    if audience in BY_NAME:
        return is_named
    kinds = _KINDS.get(audience, set())  # an audience that nobody knows admits nobody
    return ("professionals" if professional else "family") in kinds


def is_within(narrow: Readers, wide: Readers) -> bool:
    """Whether ``narrow`` admits nobody whom ``wide`` does not, on the screen or in a copy."""
    kinds = _KINDS[wide.audience]
    if not _KINDS[narrow.audience] <= kinds:
        return False
    by_name = narrow.audience in BY_NAME
    family = narrow.named_family if by_name and "family" not in kinds else frozenset()
    professionals = narrow.named_professionals if by_name and "professionals" not in kinds else frozenset()
    return family | professionals <= wide.named


def narrowest(readers) -> Readers:
    """One audience that is within every one of ``readers``: one of them, or failing that the chair alone."""
    readers = list(readers)
    for one in readers:
        if all(is_within(one, other) for other in readers):
            return one
    return Readers(CHAIR)
