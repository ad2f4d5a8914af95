"""A file drawn as pictures and made again from them. Runs in the process of its own that ``apart`` starts.

Every page is made again, those without a mark too: pages of one file share fonts, pictures and layers, and what was
taken from one page would leave with another. Only what is seen on the paper is in the new file.
"""

import io
from collections.abc import Iterator

from cpc.core.documents.redacting.marks import (
    DPI,
    MOST_PAGES,
    MOST_PIXELS,
    MOST_THAT_STAY,
    CannotRedact,
    Mark,
    box,
    pages_out,
)

A4 = (595.0, 842.0)
SMALL = 400_000  # bytes of a page: up to there without loss


def picture_here(body: bytes, number: int, dpi: int = 80) -> bytes:
    """One page (from 1) as a PNG."""
    for _, image, _ in _pages(body, dpi, only=number):
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()
    raise CannotRedact("The file has no such page.")


def redact_here(body: bytes, marks: list[Mark]) -> bytes:
    """A new PDF of the pages that stay, from pixels alone, with every marked area black in them."""
    import pikepdf

    out = pages_out(marks)
    made = pikepdf.new()
    for number, image, size in _pages(body, DPI, but=out):
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
        ImageDraw.Draw(image).rectangle(box(mark, *image.size), fill=black)


def _add_page(made, image, size) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name

    data, filters = _packed(image)
    drawn = made.make_stream(
        data,
        Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB, Filter=filters,
    )  # fmt: skip
    width, height = size
    page = made.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=pikepdf.Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(XObject=Dictionary(Page=drawn)),
            Contents=made.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do Q".encode()),
        )
    )
    made.pages.append(pikepdf.Page(page))


def _packed(image):
    """The pixels without loss where that is small enough, and else as a JPEG made of what is already black."""
    import zlib

    from pikepdf import Name

    whole = zlib.compress(image.tobytes(), 6)
    if len(whole) <= SMALL:
        return whole, Name.FlateDecode
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, subsampling=0)
    return out.getvalue(), Name.DCTDecode


def _pages(body: bytes, dpi: int, *, only: int | None = None, but=frozenset()) -> Iterator:
    """(number, picture, size in points) of each page."""
    if b"%PDF-" in body[:1024]:
        yield from _pages_of_pdf(body, dpi, only, but)
    elif only in (None, 1) and 1 not in but:
        yield (1, *_photograph(body))


def _pages_of_pdf(body, dpi, only, but):
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
    if len(document) > MOST_PAGES and only is None:
        raise CannotRedact(f"The file has more than {MOST_PAGES} pages: ask its author for a separate version.")
    if len(document) - len(but) > MOST_THAT_STAY and only is None:
        raise CannotRedact(
            f"More than {MOST_THAT_STAY} pages would stay. Take out whole pages that this reader need not have, or ask "
            "its author for a separate version."
        )
    document.init_forms()  # what was typed into a form is part of what is seen
    for index in range(len(document)):
        number = index + 1
        if number in but or only not in (None, number):
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
    apart = ImageChops.difference(image, Image.merge("RGB", (grey, grey, grey))).getextrema()
    return grey if all(most <= 2 for _, most in apart) else image


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
