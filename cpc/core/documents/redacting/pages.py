"""Draw a file as pictures and make a new file of them. Runs in the separate process that ``sandbox`` starts.

Every page is drawn again, also pages without a mark: pages of one file share fonts, pictures and layers, so what was
removed from one page would remain with another. The new file contains only what can be seen on the paper.
"""

import io
from collections.abc import Iterator

from cpc.core.documents.redacting.layer import Layer, words_from
from cpc.core.documents.redacting.marks import (
    DPI,
    MOST_PAGES,
    MOST_PAGES_KEPT,
    MOST_PIXELS,
    CannotRedact,
    Mark,
    pixel_box,
    removed_pages,
)

A4 = (595.0, 842.0)
FAINT = 12  # a difference of grey that nobody sees
SMALL = 400_000  # bytes of a page: a smaller page is packed without loss


def draw_page(body: bytes, number: int, dpi: int = 80) -> bytes:
    """One page (from 1) as a PNG."""
    for _, image, _ in _pages(body, dpi, only=number):
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()
    raise CannotRedact("The file has no such page.")


def redact_pages(body: bytes, marks: list[Mark]) -> bytes:
    """A new PDF of the remaining pages, made only of pixels, with every marked area black."""
    import pikepdf

    out = removed_pages(marks)
    made = pikepdf.new()
    for number, image, size in _pages(body, DPI, without=out, kept=MOST_PAGES_KEPT):
        _blacken(image, [mark for mark in marks if mark.page == number])
        _add_page(made, image, size)
    if not made.pages:
        raise CannotRedact("Every page would be taken out. At least one page must stay.")
    done = io.BytesIO()
    made.save(done, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return done.getvalue()


def _blacken(image, marks) -> None:
    from PIL import ImageDraw

    for mark in marks:
        black = 0 if image.mode == "L" else (0, 0, 0)
        ImageDraw.Draw(image).rectangle(pixel_box(mark, *image.size), fill=black)


def redraw_pages(body: bytes) -> bytes:
    """A new PDF of every page as a picture, with its words laid over it: they can be searched and read aloud.

    Only what is drawn on the page is carried. A word is laid over where the picture shows something in its place.
    """
    import pikepdf

    made = pikepdf.new()
    words_of = {} if b"%PDF-" not in body[:1024] else _words_of_pages(body)
    layer = Layer(made)
    for number, image, size in _pages(body, DPI):
        words = [word for word in words_of.get(number, ()) if _shows_something(image, word.box, image.width / size[0])]
        _add_page(made, image, size, layer.commands(words, size[1]), layer.fonts)
    layer.finish()
    done = io.BytesIO()
    made.save(done, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return done.getvalue()


def _words_of_pages(body) -> dict[int, list]:
    import pypdfium2

    from cpc.core.documents.reading.drawn import letters_of

    document, found = _opened(body), {}
    for index in range(len(document)):
        page = document[index]
        words: pypdfium2.PdfTextPage = page.get_textpage()
        found[index + 1] = words_from(letters_of(page, words))
        words.close()
        page.close()
    return found


def _shows_something(image, box, scale) -> bool:
    left, top, right, bottom = (round(side * scale) for side in box)
    inside = max(0, left), max(0, top), min(image.width, right + 1), min(image.height, bottom + 1)
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        return False
    darkest, lightest = image.crop(inside).convert("L").getextrema()
    return lightest - darkest >= FAINT


def _add_page(made, image, size, words: bytes = b"", fonts=None) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name

    data, filters = _packed(image)
    drawn = made.make_stream(
        data,
        Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB, Filter=filters,
    )  # fmt: skip
    width, height = size
    resources = Dictionary(XObject=Dictionary(Page=drawn))
    if words:
        resources.Font = fonts
    page = made.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=pikepdf.Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=resources,
            Contents=made.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do Q".encode() + words),
        )
    )
    made.pages.append(pikepdf.Page(page))


def _packed(image):
    """The pixels without loss if that is small enough, otherwise as a JPEG of the already blackened picture."""
    import zlib

    from pikepdf import Name

    whole = zlib.compress(image.tobytes(), 6)
    if len(whole) <= SMALL:
        return whole, Name.FlateDecode
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, subsampling=0)
    return out.getvalue(), Name.DCTDecode


def _pages(body: bytes, dpi: int, *, only: int | None = None, without=frozenset(), kept: int = MOST_PAGES) -> Iterator:
    """(number, picture, size in points) of each page. At most ``kept`` of them are drawn."""
    if b"%PDF-" in body[:1024]:
        yield from _pages_of_pdf(body, dpi, only, without, kept)
    elif only in (None, 1) and 1 not in without:
        yield (1, *_photograph(body))


def _opened(body):
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as refused:
        locked = "password" in str(refused).lower()
        raise CannotRedact(
            "The file is locked with a password: ask its author for one that is not."
            if locked
            else "The file is broken and cannot be drawn: ask its author for another."
        ) from None
    return document


def _pages_of_pdf(body, dpi, only, without, kept):
    document = _opened(body)
    if len(document) > MOST_PAGES and only is None:
        raise CannotRedact(f"The file has more than {MOST_PAGES} pages: ask its author for a separate version.")
    if len(document) - len(without) > kept and only is None:
        raise CannotRedact(
            f"More than {kept} pages would stay. Redact whole pages that this reader need not have, or ask "
            "its author for a separate version."
        )
    document.init_forms()  # what was typed into a form is part of what is seen
    for index in range(len(document)):
        number = index + 1
        if number in without or only not in (None, number):
            continue
        page = document[index]
        width, height = page.get_size()
        scale = min(dpi / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        page.close()
        yield number, _grey_if_grey(image), (width, height)


def _grey_if_grey(image):
    from PIL import Image, ImageChops

    grey = image.convert("L")
    difference = ImageChops.difference(image, Image.merge("RGB", (grey, grey, grey))).getextrema()
    return grey if all(most <= 2 for _, most in difference) else image


def _photograph(body):
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = 60_000_000
    try:
        opened = Image.open(io.BytesIO(body), formats=("PNG", "JPEG"))
        image = ImageOps.exif_transpose(opened).convert("RGBA")
    except Exception:  # whatever a damaged picture does to the library
        raise CannotRedact("The picture is broken and cannot be drawn: ask its author for another.") from None
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    image = paper.convert("RGB")
    image.thumbnail((3000, 3000))
    share = min(A4[0] / image.width, A4[1] / image.height)
    return _grey_if_grey(image), (image.width * share, image.height * share)
