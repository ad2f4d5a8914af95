"""How a child is heard, by their age on the day of the conference. Pure: no database, no clock, no Django.

Unborn: nothing is asked of the child. The parents’ views are, and each agency’s. Under 4: no way of taking part is
chosen, because the code for the age says it (PN0 of the codes PN0 to PN7). The social worker and others say what life
is like for the child. From 4: their own views, in the words and by the way that suit them. From 10, the youngest age of
the printed forms, the child is also offered a form.
"""

from datetime import date
from enum import StrEnum
from typing import Protocol

from conferences.convening.choices import Participation
from cpc.core.kernel.dates import age_on

OWN_VIEWS_FROM, FORM_FROM = 4, 10


class Voice(StrEnum):
    """How a child is heard."""

    UNBORN = "unborn"
    OBSERVED = "observed"
    VIEWS = "views"
    FORM = "form"

    @property
    def takes_part(self) -> bool:
        """Whether it is asked how the child takes part."""
        return self in (Voice.VIEWS, Voice.FORM)


class Born(Protocol):
    """A child with a date of birth, or with the date on which they are expected."""

    born_on: date | None
    expected_on: date | None


def voice_of(child: Born, on: date) -> Voice:
    """How the child is heard at a conference on that day. One who was born later was unborn then. One with no date of
    birth at all may be of any age.
    """
    if child.born_on is None:
        return Voice.FORM if child.expected_on is None else Voice.UNBORN
    if child.born_on > on:
        return Voice.UNBORN
    years = age_on(child.born_on, on)
    return Voice.OBSERVED if years < OWN_VIEWS_FROM else Voice.VIEWS if years < FORM_FROM else Voice.FORM


def ways_to_take_part(voice: Voice) -> list[Participation]:
    """The ways of taking part to choose from."""
    return [one for one in Participation if one != Participation.PN0] if voice.takes_part else []


def how_took_part(voice: Voice, recorded: str) -> str:
    """The code of how the child took part; "" if there is none, or it has still to be recorded."""
    if voice == Voice.OBSERVED:
        return str(Participation.PN0)
    return recorded if recorded in ways_to_take_part(voice) else ""
