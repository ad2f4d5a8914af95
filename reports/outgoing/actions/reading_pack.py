"""Make the file of a reading pack."""

from dataclasses import dataclass

from cpc.core.documents.letters import render_pdf
from cpc.core.documents.merging import Section, first_pages, number_of_pages, packed
from cpc.core.documents.redacting import CannotRedact
from cpc.core.kernel.refusals import Invalid
from reports.outgoing.letters.packs import Pack
from reports.outgoing.letters.reading_pack import reading_pack


@dataclass(frozen=True)
class _Made:
    what: str
    source: str
    pdf: bytes


def make_pack(pack: Pack, conference, on) -> bytes:
    """The pack as one file: its contents and each part, each with a bookmark; every page names its reader."""
    made = [_Made(part.what, part.source, _made(part)) for part in pack.parts]
    lengths = [number_of_pages(one.pdf) for one in made]
    front = _front(pack, conference, on, made, [1, *lengths])
    if (own := number_of_pages(front)) > 1:
        front = _front(pack, conference, on, made, [own, *lengths])
    sections = [Section("Contents", front), *(Section(f"{one.what}: {one.source}", one.pdf) for one in made)]
    total = sum(number_of_pages(one.pdf) for one in sections)
    lines = [f"Copy of {pack.reader}. Page {number} of {total} of this pack" for number in range(1, total + 1)]
    return packed(sections, f"Reading pack for {pack.reader}", lines)


def _front(pack, conference, on, made, lengths) -> bytes:
    pages = first_pages(lengths)[1:]
    contents = [(one.what, one.source, page) for one, page in zip(made, pages, strict=True)]
    return render_pdf(reading_pack(pack.reader, conference, on, contents, len(pack.to_check)))


def _made(part) -> bytes:
    try:
        return part.pdf()
    except CannotRedact as refused:
        raise Invalid(f"{part.what} from {part.source}: {refused}") from None
