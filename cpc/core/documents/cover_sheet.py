"""The sheet on top of what is printed for one envelope: for whom, what is in it, and that somebody has looked."""

from dataclasses import dataclass

from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """One document in the envelope."""

    file_name: str
    reference: str
    pages: int


@dataclass(frozen=True, kw_only=True)
class CoverSheet(Letter):
    """Stays in the print room: it names no child, only the reader and the opaque names of what is enclosed."""

    template = "documents/cover_sheet.html"
    title = "Check before you seal the envelope"

    channel: str
    enclosures: tuple[Enclosure, ...]

    @property
    def sheets_of_text(self) -> int:
        """How many printed pages there should be."""
        return sum(enclosure.pages for enclosure in self.enclosures)
