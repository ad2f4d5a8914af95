"""The first pages of a reading pack: its reader, and what is in it on which page."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter


@dataclass(frozen=True, kw_only=True)
class ReadingPack(Letter):
    """``contents`` are (what, about it, page)."""

    title = "Reading pack for the conference"

    reader: str
    held_on: date | None
    contents: tuple[tuple[str, str, int], ...]
    to_come: int = 0


def reading_pack(reader: str, conference, on, contents, to_come=0) -> ReadingPack:
    """The first pages for one reader. ``to_come`` is how many reports they get once somebody has checked them."""
    return ReadingPack(
        letterhead=letterhead(),
        addressee=Addressee(name=reader),
        dated_on=on,
        reader=reader,
        held_on=conference.held_on,
        contents=tuple(contents),
        to_come=to_come,
    )
