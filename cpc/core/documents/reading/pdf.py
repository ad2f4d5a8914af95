"""PDF files: the words on the pages, in more than one order, and the pages that a program cannot read."""

import re
from collections import Counter
from typing import Any

from cpc.core.documents.reading import drawn
from cpc.core.documents.reading.found import MOST_PAGES, Extraction, TooLarge

_LOCKED = "It is locked with a password"


def read(body: bytes, extraction: Extraction) -> None:
    """Read the words of every page, and everything else in the file (``pdf_inside``)."""
    import pypdfium2

    from cpc.core.documents.reading import pdf_inside

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as refused:
        if "password" not in str(refused).lower():
            raise
        extraction.add_unreadable(_LOCKED)
        return
    try:
        document.init_forms()  # what was typed into a form is part of what is seen
        extraction.pages = len(document)
        if extraction.pages > MOST_PAGES:
            raise TooLarge(f"It has more than {MOST_PAGES} pages")
        texts = [_page(document[number], number + 1, extraction) for number in range(extraction.pages)]
    finally:
        document.close()
    extraction.add_text("Across pages", _without_running_heads(texts), shadow=True)
    pdf_inside.read(body, extraction)


def _page(page: Any, number: int, extraction: Extraction) -> str:
    where = f"Page {number}"
    words = page.get_textpage()
    try:
        text = _clean(words.get_text_range())
        # Text off the paper is invisible but can be copied from the file: get_text_range includes it.
        extraction.add_text(where, text)
        if columns := _columns(words, page, text):
            extraction.add_text(where, columns, shadow=True)
        _list_unreadable(page, words, where, text, extraction)
    finally:
        words.close()
        page.close()
    return text


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _columns(words: Any, page: Any, text: str) -> str:
    """The page read as two columns, if a white strip runs down its middle; otherwise nothing."""
    width, height = page.get_size()
    for share in (0.5, 0.45, 0.55, 0.4, 0.6):
        middle = width * share
        strip = words.get_text_bounded(left=middle - 4, right=middle + 4, bottom=0, top=height)
        if len(strip.strip()) * 60 <= len(text.strip()):
            halves = [
                words.get_text_bounded(left=left, right=right, bottom=0, top=height)
                for left, right in ((0, middle), (middle, width))
            ]
            return "\n\n".join(map(_clean, halves)) if all(half.strip() for half in halves) else ""
    return ""


def _list_unreadable(page: Any, words: Any, where: str, text: str, extraction: Extraction) -> None:
    extraction.check_time()
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < "\t" and char != "\x02") for char in text)
    if odd * 50 > len(text.strip()):
        extraction.add_unreadable(f"{where} has letters that cannot be turned into words")
    if not extraction.own:
        drawn.check(page, words, where, extraction)


def _without_running_heads(pages: list[str]) -> str:
    """The pages in one flow without the lines that most pages repeat, so that a sentence cut by a page end is whole."""
    if len(pages) < 2:
        return ""
    lines = [[line for line in text.split("\n") if line.strip()] for text in pages]
    often = Counter(plain for page in lines for plain in {_plain(line) for line in page})
    heads = {plain for plain, number in often.items() if number > 1 and number * 2 >= len(pages)}
    return "\n".join(line for page in lines for line in page if _plain(line) not in heads)


def _plain(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
