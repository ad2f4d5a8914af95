"""What was read out of a file, and the limits of reading. Pure."""

import time
import zlib
from dataclasses import dataclass, field

MOST_BYTES = 60_000_000
MOST_PAGES = 600
MOST_ENTRIES = 3_000
MOST_UNPACKED = 200_000_000
MOST_PIXELS = 120_000_000
DEEPEST = 3
SECONDS = 60


class TooMuch(Exception):
    """A file that would take more room or time than any report does; the sentence says which."""


@dataclass(frozen=True)
class Part:
    """Some words and where they stand. ``shadow``: the same words in another order, to find what a line end cut."""

    where: str
    text: str
    shadow: bool = False


@dataclass(frozen=True)
class Reading:
    """Everything that could be read of a file, and in sentences what could not: that needs a person to look."""

    parts: tuple[Part, ...] = ()
    unreadable: tuple[str, ...] = ()
    pages: int = 0

    @property
    def text(self) -> str:
        """The words of its pages, a form feed after each."""
        return "\f".join(part.text for part in self.parts if part.where.startswith("Page ") and not part.shadow)

    @property
    def metadata(self) -> str:
        """Every other word in it: properties, notes, bookmarks, form fields, attached files and their names."""
        return "\n".join(part.text for part in self.parts if not part.where.startswith("Page ") and not part.shadow)


@dataclass
class Found:
    """What has been read so far, and how much time and room is left for the rest."""

    parts: list[Part] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    pages: int = 0
    inside: str = ""
    depth: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    room: int = MOST_UNPACKED
    kept: set[Part] = field(default_factory=set)

    def say(self, where: str, text: str, *, shadow: bool = False) -> None:
        """These words stand there."""
        self.hurry()
        part = Part(f"{where}{self.inside}", text, shadow)
        if text.strip() and part not in self.kept:
            self.kept.add(part)
            self.parts.append(part)

    def cannot(self, sentence: str) -> None:
        """This could not be read."""
        said = f"{sentence.rstrip('.')}{self.inside}."
        if said not in self.unreadable:
            self.unreadable.append(said)

    def hurry(self) -> None:
        """Raises TooMuch when the time is up."""
        if time.monotonic() > self.until:
            raise TooMuch(f"Reading it took longer than {SECONDS} seconds")

    def take(self, size: int) -> None:
        """Raises TooMuch when so many bytes more are unpacked than there is room for."""
        self.room -= size
        if self.room < 0:
            raise TooMuch(f"It unpacks to more than {MOST_UNPACKED // 1_000_000} MB")

    def unpacked(self, packed: bytes) -> bytes:
        """Deflated bytes unpacked, never more than there is room for."""
        puffer = zlib.decompressobj()
        body = puffer.decompress(packed, self.room + 1)
        self.take(len(body))
        return body

    def within(self, name: str) -> "Found":
        """Where to read a file that stands inside this one: the same lists and limits, one step deeper."""
        here = Found(self.parts, self.unreadable, 0, f", in the attached file “{name}”", self.depth + 1, self.until)
        here.room, here.kept = self.room, self.kept
        return here
