"""What people are to each other, and what one adult is to one child. Pure: no database, no clock, no Django.

The one place that says who is a parent, who is responsible and who is a child's own; every app asks here."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from families.people.choices import PARENTS, RelationshipKind, ResponsibilitySource

# What the child is to the adult: for a girl or woman, for a boy or man, and where nobody says.
_INVERSES = {
    "mother": ("daughter", "son", "child"),
    "father": ("daughter", "son", "child"),
    "stepmother": ("stepdaughter", "stepson", "stepchild"),
    "stepfather": ("stepdaughter", "stepson", "stepchild"),
    "grandmother": ("granddaughter", "grandson", "grandchild"),
    "grandfather": ("granddaughter", "grandson", "grandchild"),
    "sister": ("sister", "brother", "brother or sister"),
    "brother": ("sister", "brother", "brother or sister"),
    "aunt": ("niece", "nephew", "niece or nephew"),
    "uncle": ("niece", "nephew", "niece or nephew"),
    "carer": ("cared for", "cared for", "cared for"),
    "other": ("another relationship", "another relationship", "another relationship"),
}
# Anybody who is one of these was born before the child.
OLDER = frozenset({"mother", "father", "grandmother", "grandfather"})
BRINGING_UP = frozenset({"mother", "father", "stepmother", "stepfather", "carer"})


class Shared(Enum):
    """How much of their parents two brothers or sisters have in common, as far as it is recorded."""

    FULL = "full"
    HALF = "half"
    ONE_KNOWN = "one_known"


def inverse(kind: str, sex: str) -> str:
    """What the child is to the adult who is ``kind`` to them: "daughter", "grandson", "niece or nephew"."""
    female, male, neither = _INVERSES[kind]
    return {"F": female, "M": male}.get(sex, neither)


def in_words(kind: str, name: str) -> str:
    """What the adult is: "Mother of Rosa", "Carer of Rosa", "Another relationship to Rosa"."""
    label = "another relationship" if kind == "other" else kind
    return f"{label.capitalize()} {'to' if kind == 'other' else 'of'} {name}"


def of_the_child(kind: str, child: str, adult: str) -> str:
    """The same from the child’s side: "Rosa’s mother is Anna Marlow"."""
    return f"{adult} has another relationship to {child}" if kind == "other" else f"{child}’s {kind} is {adult}"


def inverse_in_words(kind: str, sex: str, name: str) -> str:
    """What the child is: "Daughter of Anna", "Cared for by Anna", "Another relationship to Anna"."""
    word = {"carer": "by", "other": "to"}.get(kind, "of")
    return f"{inverse(kind, sex).capitalize()} {word} {name}"


def siblings_of(child: int, parents: dict[int, frozenset[int]]) -> dict[int, Shared]:
    """Who shares a parent with ``child``. ``parents`` are the known mothers and fathers of each person.

    Nobody is a sibling through a parent who is not known: two unknown fathers may be two men. With one parent of either
    not recorded, it is not said whether they are half-siblings.
    """
    mine = parents.get(child, frozenset())
    found = {}
    for other, theirs in parents.items():
        if other == child or not mine & theirs:
            continue
        if len(mine & theirs) >= 2:
            found[other] = Shared.FULL
        else:
            found[other] = Shared.HALF if len(mine) >= 2 and len(theirs) >= 2 else Shared.ONE_KNOWN
    return found


def sibling_in_words(shared: Shared, sex: str, name: str) -> str:
    """What somebody is to ``name`` through their parents: "Half-sister of Rosa", "Brother of Theo"."""
    word = {"F": "sister", "M": "brother"}.get(sex, "brother or sister")
    said = f"half-{word}" if shared == Shared.HALF and sex in ("F", "M") else word
    said = "half-brother or half-sister" if shared == Shared.HALF and sex not in ("F", "M") else said
    more = " (one parent in common is recorded)" if shared == Shared.ONE_KNOWN else ""
    return f"{said.capitalize()} of {name}{more}"


def is_own_ancestor(child: int, adult: int, parents: dict[int, frozenset[int]]) -> bool:
    """Whether ``adult`` as a parent of ``child`` would make somebody their own ancestor."""
    waiting, seen = [adult], set()
    while waiting:
        one = waiting.pop()
        if one == child:
            return True
        if one not in seen:
            seen.add(one)
            waiting += parents.get(one, frozenset())
    return False


def what_is_wrong_with_relationship(*, kind: str, adult_born_on: date | None, child_born_on: date | None) -> str | None:
    """The sentence that says why the adult cannot be this to the child, or None when they can."""
    if kind in OLDER and adult_born_on and child_born_on and adult_born_on >= child_born_on:
        return f"A {kind} was born before the child. Check the two dates of birth, or swap the two people"
    return None


def what_is_wrong_with_responsibility(*, has: bool, source: str, kind: str) -> str | None:
    """The sentence that says why parental responsibility cannot come from this source, or None when it can."""
    if source and source not in ResponsibilitySource.values:
        return "Choose where the parental responsibility comes from"
    if source and not has:
        return "Parental responsibility has a source only where somebody has it"
    if source == ResponsibilitySource.BIRTH and kind != RelationshipKind.MOTHER:
        return "Only a mother has parental responsibility from the birth. Choose another source"
    return None


def responsibility_in_words(has: bool, source: str, is_unborn: bool) -> str:
    """The parental responsibility of an adult: "with parental responsibility (agreement)"; "" for none."""
    if not has:
        return ""
    where = ResponsibilitySource(source).label if source else ""
    if is_unborn:
        return f"with parental responsibility when born{f' ({_small(where)})' if where else ''}"
    return f"with parental responsibility{f' ({_small(where)})' if where else ''}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


@dataclass(frozen=True)
class Tie:
    """What ``adult`` is to ``child`` (ids): a value of RelationshipKind, with responsibility and care of this child.

    Nobody has parental responsibility before the birth: ``when_born`` says that they will have it from then on.
    """

    child: int
    adult: int
    kind: str = "other"
    parental_responsibility: bool = False
    main_carer: bool = False
    when_born: bool = False

    @property
    def is_parent(self) -> bool:
        """Whether the adult is the child's mother or father, with parental responsibility or without."""
        return self.kind in PARENTS

    @property
    def is_responsible(self) -> bool:
        """Whether the adult has parental responsibility for, or the main care of, this child."""
        return self.parental_responsibility or self.main_carer

    @property
    def brings_up(self) -> bool:
        """Whether the adult is a parent, a step-parent or a carer of this child, or responsible for the child."""
        return self.kind in BRINGING_UP or self.is_responsible

    @property
    def is_own(self) -> bool:
        """Whether the adult is this child's own: a parent, or responsible for the child."""
        return self.is_parent or self.is_responsible
