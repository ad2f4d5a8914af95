"""What is to be removed from a file, and the limits of redacting. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PAGES = 100
MOST_PAGES_KEPT = 40  # each is drawn and packed while somebody waits: about a quarter of a second
DPI = 150
MOST_PIXELS = 9_000_000
SECONDS = 90


class CannotRedact(Exception):
    """The file cannot be drawn or made again; the sentence says why."""


@dataclass(frozen=True)
class Mark:
    """A page to remove, or an area of it as shares of the visible page, from its top left corner."""

    page: int
    whole_page: bool = False
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


def pixel_box(mark: Mark, width: int, height: int) -> tuple[int, int, int, int]:
    """The first and last pixels of the area, one pixel wider on each side than drawn."""
    return (
        max(0, int(mark.left * width) - 1),
        max(0, int(mark.top * height) - 1),
        min(width - 1, int(mark.right * width) + 1),
        min(height - 1, int(mark.bottom * height) + 1),
    )


def removed_pages(marks: Iterable[Mark]) -> frozenset[int]:
    """The numbers of the pages that are removed whole."""
    return frozenset(mark.page for mark in marks if mark.whole_page)
