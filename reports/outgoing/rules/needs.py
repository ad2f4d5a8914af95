"""What each reader needs from their copy, and what a copy lacks. Pure: no database, no clock, no Django.

The mirror of ``rules.copies``, which says what a copy must not contain. The finished words of a copy are compared with
what was recorded for its reader, so that a part that was left out anywhere is noticed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FAMILY, PROFESSIONAL, CHILD = "family", "professional", "child"
LETTER, RECORD = "decision_letter", "record"


class Need(StrEnum):
    """One thing that a reader needs, in words that complete “This copy lacks …”."""

    ABOUT_CHILD = "everything"
    DECISION = "the decision"
    REASONS = "the reasons for the decision and the threshold"
    OWN_ACTIONS = "what this reader is to do"
    PLAN = "the plan"
    WORRIES = "people’s worries"
    STRENGTHS = "what is working well"
    DATES = "the date of the review"
    PHONE = "a telephone number to ask"
    DISAGREE = "how to disagree"


_LETTER = frozenset(Need) - {Need.WORRIES, Need.STRENGTHS}
NEEDS: dict[tuple[str, str], frozenset[Need]] = {
    (FAMILY, LETTER): _LETTER,
    (FAMILY, RECORD): frozenset(Need),
    (PROFESSIONAL, LETTER): _LETTER,
    (PROFESSIONAL, RECORD): frozenset(Need),
    # A child's letter is short: who to talk to, and when everybody meets again.
    (CHILD, LETTER): frozenset({Need.DECISION, Need.DATES, Need.PHONE}),
    (CHILD, RECORD): frozenset(Need),
}


@dataclass(frozen=True)
class Recorded:
    """Something that was recorded for a reader: the ``words`` that a copy with it contains, and the child it is about
    (a name). Without words, no copy can contain it."""

    need: Need
    words: tuple[str, ...] = ()
    child: str = ""


@dataclass(frozen=True)
class Lack:
    """Something that a reader needs and their copy does not contain."""

    need: Need
    child: str = ""

    @property
    def sentence(self) -> str:
        """It in words, as the chair reads it."""
        about = f" about {self.child}" if self.child else ""
        if self.need == Need.ABOUT_CHILD:
            return f"Was invited{about}, and this copy has nothing{about}."
        return f"This copy lacks {self.need.value}{about}, or part of it."


def lacking(reader: str, document: str, recorded: Iterable[Recorded], text: str) -> tuple[Lack, ...]:
    """What the copy with these words lacks of what was recorded for its reader. ``reader`` and ``document`` are a kind
    of each. Each need is named once a child."""
    said = _plain(text)
    needed = NEEDS[reader, document]
    found = (
        Lack(one.need, one.child)
        for one in recorded
        if one.need in needed and not (one.words and all(_plain(word) in said for word in one.words))
    )
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    return " ".join(text.split())
