"""What was read in a file, and the limits of reading. Pure."""

import re
import time
import zlib
from dataclasses import dataclass, field

MOST_BYTES = 60_000_000
MOST_PAGES = 600
MOST_ENTRIES = 3_000
MOST_UNPACKED = 200_000_000
MOST_PIXELS = 120_000_000
MOST_NESTED = 3
SECONDS = 60
_TAGS = 0xE0000  # each letter has one more, which nobody sees: they can spell a word inside another
_TAG = re.compile("[\U000e0020-\U000e007e]")


class TooLarge(Exception):
    """The file needs more memory or time than any report does; the sentence says which."""


@dataclass(frozen=True)
class TextPart:
    """Some words and their place. ``shadow``: the same words in another order, to find what a line end cut in two."""

    where: str
    text: str
    shadow: bool = False


@dataclass(frozen=True)
class Reading:
    """Everything that could be read in a file, and sentences about what could not: a person must look at that."""

    parts: tuple[TextPart, ...] = ()
    unreadable: tuple[str, ...] = ()
    pages: int = 0

    @property
    def text(self) -> str:
        """The words of its pages, with a form feed after each."""
        return "\f".join(part.text for part in self.parts if part.where.startswith("Page ") and not part.shadow)

    @property
    def metadata(self) -> str:
        """Every other word in it: properties, notes, bookmarks, form fields, attached files and their names."""
        return "\n".join(part.text for part in self.parts if not part.where.startswith("Page ") and not part.shadow)


@dataclass
class Extraction:
    """What has been read so far, and the memory and time left for the rest.

    ``own``: it is a letter that we made, so nobody need look at what its pages draw.
    """

    parts: list[TextPart] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    pages: int = 0
    inside: str = ""
    depth: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    room: int = MOST_UNPACKED
    seen: set[TextPart] = field(default_factory=set)
    own: bool = False

    def add_text(self, where: str, text: str, *, shadow: bool = False) -> None:
        """Add the words at this place, once."""
        self.check_time()
        part = TextPart(f"{where}{self.inside}", text, shadow)
        if text.strip() and part not in self.seen:
            self.seen.add(part)
            self.parts.append(part)
            if _TAG.search(text):
                self.add_text("Hidden words of the file", _TAG.sub(lambda sign: chr(ord(sign[0]) - _TAGS), text))

    def add_unreadable(self, sentence: str) -> None:
        """Add a sentence about something that could not be read, once."""
        said = f"{sentence.rstrip('.')}{self.inside}."
        if said not in self.unreadable:
            self.unreadable.append(said)

    def check_time(self) -> None:
        """Raise TooLarge when the time is up."""
        if time.monotonic() > self.until:
            raise TooLarge(f"Reading it took longer than {SECONDS} seconds")

    def reserve(self, size: int) -> None:
        """Reserve room for this many unpacked bytes. Raises TooLarge when there is not enough."""
        self.room -= size
        if self.room < 0:
            raise TooLarge(f"It unpacks to more than {MOST_UNPACKED // 1_000_000} MB")

    def unpacked(self, packed: bytes) -> bytes:
        """Unpack deflated bytes, never more than there is room for."""
        decompressor = zlib.decompressobj()
        body = decompressor.decompress(packed, self.room + 1)
        self.reserve(len(body))
        return body

    def nested(self, name: str) -> "Extraction":
        """An extraction for a file inside this one: the same lists and limits, one level deeper."""
        inner = Extraction(
            self.parts, self.unreadable, 0, f", in the attached file “{name}”", self.depth + 1, self.until
        )
        inner.room, inner.seen = self.room, self.seen
        return inner
