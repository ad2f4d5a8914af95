"""The cover sheet of one printed envelope: its reader, its contents, and a place for the checker’s name."""

from dataclasses import dataclass

from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """One document in the envelope."""

    title: str
    reference: str
    pages: int

    @property
    def pages_in_words(self) -> str:
        """The number of its pages, to count them by."""
        return "1 page" if self.pages == 1 else f"{self.pages} pages"


@dataclass(frozen=True, kw_only=True)
class CoverSheet(Letter):
    """Stays in the print room. It names no child: only the reader, and what each enclosure is called at its head."""

    template = "documents/cover_sheet.html"
    title = "Check before you seal the envelope"

    channel: str
    enclosures: tuple[Enclosure, ...]

    @property
    def sheets_of_text(self) -> int:
        """How many printed pages there should be."""
        return sum(enclosure.pages for enclosure in self.enclosures)
