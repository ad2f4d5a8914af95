"""Extract the text of what is about to be sent: from the final PDF, or from the HTML it was made of."""

from collections import Counter
from html.parser import HTMLParser

_SILENT = {"style", "script", "head"}
_INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "u", "small", "sub", "sup"}


def text_of(pdf: bytes) -> str:
    """Every word of a PDF in reading order, with a form feed after each page and the metadata at the end.

    Words beside the edge of a page are not in it.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            words = page.get_textpage()
            pages.append(words.get_text_bounded())
            words.close()
            page.close()
        about = [value for value in document.get_metadata_dict(skip_empty=True).values() if not value.startswith("D:")]
    finally:
        document.close()
    return "\f".join([*pages, "\n".join(about)]).replace("\r\n", "\n")


def beside_the_pages(pdf: bytes) -> Counter[str]:
    """How often each letter and figure was laid out where no page shows it: beyond an edge."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    beside: Counter[str] = Counter()
    try:
        for page in document:
            words = page.get_textpage()
            beside += Counter(words.get_text_range()) - Counter(words.get_text_bounded())
            words.close()
            page.close()
    finally:
        document.close()
    return Counter({char: count for char, count in beside.items() if char.isalnum()})


def from_html(html: str, *, described: bool = True) -> str:
    """The words of some HTML in reading order, one line for each block, without its head and style.

    Unless ``described`` is false, the words that describe a picture or a link are among them.
    """
    reader = _Reader(described)
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self, described: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.described = described
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag not in _INLINE:
            self.parts.append("\n")
        for name, value in attrs:
            if self.described and name in ("alt", "title", "aria-label") and value:
                self.parts.append(f" {value} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # A line end in the source is a space to the reader.
            self.parts.append(data.replace("\n", " "))
