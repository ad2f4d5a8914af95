"""Text out of what is about to leave: the last bytes of a PDF, or the HTML that it was made from."""

from html.parser import HTMLParser

_SILENT = {"style", "script", "head"}
_INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "u", "small", "sub", "sup"}


def text_of(pdf: bytes) -> str:
    """Every word of a PDF as a reader meets it, a form feed after each page, its metadata at the end."""
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


def from_html(html: str) -> str:
    """The words of some HTML in reading order, a line for each block, nothing of its head or style."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        if tag in _SILENT:
            self.silent += 1
        elif tag not in _INLINE:
            self.parts.append("\n")
        for name, value in attrs:
            if name in ("alt", "title", "aria-label") and value:
                self.parts.append(f" {value} ")

    def handle_endtag(self, tag):
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.silent:
            # A line end in the source is a space to the reader.
            self.parts.append(data.replace("\n", " "))
