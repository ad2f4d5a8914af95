"""What is to be taken out of a file, and the limits of doing it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PAGES = 100
MOST_THAT_STAY = 40  # each is drawn and packed while somebody waits: about a quarter of a second
DPI = 150
MOST_PIXELS = 9_000_000
SECONDS = 90


class CannotRedact(Exception):
    """The file cannot be shown or made again; the sentence says why."""


@dataclass(frozen=True)
class Mark:
    """A page to be taken out, or an area of it: shares of the page as it is seen, from its top left corner."""

    page: int
    whole_page: bool = False
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


def box(mark: Mark, width: int, height: int) -> tuple[int, int, int, int]:
    """The pixels of the area, first and last, a pixel wider on each side than was drawn."""
    return (
        max(0, int(mark.left * width) - 1),
        max(0, int(mark.top * height) - 1),
        min(width - 1, int(mark.right * width) + 1),
        min(height - 1, int(mark.bottom * height) + 1),
    )


def pages_out(marks: Iterable[Mark]) -> frozenset[int]:
    """The numbers of the pages that are taken out whole."""
    return frozenset(mark.page for mark in marks if mark.whole_page)
