"""A PDF: the words on its pages, in more than one order, and which of its pages a program cannot read."""

import re
from collections import Counter

from cpc.core.documents.reading.found import MOST_PAGES, Found, TooMuch

_PICTURE = 36  # points, half an inch: what is smaller in either direction shows nothing that could be made out
_DRAWN = 25  # lines with as many bends as a letter has: handwriting, or words drawn instead of written
_LOCKED = "It is locked with a password"


def read(body: bytes, found: Found) -> None:
    """The words of every page, and everything else in the file (``pdf_inside``)."""
    import pypdfium2

    from cpc.core.documents.reading import pdf_inside

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as refused:
        if "password" not in str(refused).lower():
            raise
        found.cannot(_LOCKED)
        return
    try:
        found.pages = len(document)
        if found.pages > MOST_PAGES:
            raise TooMuch(f"It has more than {MOST_PAGES} pages")
        texts = [_page(document[number], number + 1, found) for number in range(found.pages)]
    finally:
        document.close()
    found.say("Across pages", _without_heads(texts), shadow=True)
    pdf_inside.read(body, found)


def _page(page, number: int, found: Found) -> str:
    where = f"Page {number}"
    words = page.get_textpage()
    try:
        text = _clean(words.get_text_range())
        # What lies off the paper is not seen, but can be copied out of the file: get_text_range has it too.
        found.say(where, text)
        if columns := _columns(words, page, text):
            found.say(where, columns, shadow=True)
        _say_what_cannot_be_read(page, where, text, found)
    finally:
        words.close()
        page.close()
    return text


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _columns(words, page, text: str) -> str:
    """The page read down its left half and then its right, where a white strip runs down its middle; else nothing."""
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


def _say_what_cannot_be_read(page, where: str, text: str, found: Found) -> None:
    import pypdfium2.raw as pdfium

    drawn, others = 0, 0
    for one in page.get_objects(max_depth=6):
        found.hurry()
        if one.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            if min(right - left, top - bottom) >= _PICTURE:
                found.cannot(f"{where} has a picture (a scan, a photograph): what it shows cannot be read")
        elif one.type == pdfium.FPDF_PAGEOBJ_PATH:
            drawn += pdfium.FPDFPath_CountSegments(one.raw) >= 12
        if one.type != pdfium.FPDF_PAGEOBJ_TEXT:
            others += 1
    if drawn >= _DRAWN:
        found.cannot(f"{where} has drawings, which may be handwriting or words drawn as lines")
    if not text.strip() and others:
        found.cannot(f"{where} has no words that can be read: it is a scan or a drawing")
    odd = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < "\t" and char != "\x02") for char in text)
    if odd * 50 > len(text.strip()):
        found.cannot(f"{where} has letters that cannot be turned into words")


def _without_heads(pages: list[str]) -> str:
    """The pages in one flow, without the lines that stand on most of them: what a page end cut in two is whole."""
    if len(pages) < 2:
        return ""
    lines = [[line for line in text.split("\n") if line.strip()] for text in pages]
    often = Counter(plain for page in lines for plain in {_plain(line) for line in page})
    heads = {plain for plain, number in often.items() if number > 1 and number * 2 >= len(pages)}
    return "\n".join(line for page in lines for line in page if _plain(line) not in heads)


def _plain(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
