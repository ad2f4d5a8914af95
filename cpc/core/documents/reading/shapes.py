"""Whether a letter on a drawn page looks like the letter that the file says it is.

A file says which letters its shapes mean, and may say it wrongly: a page that is read as "Rosa is well" may show an
address. So each drawn letter is compared with how twelve common fonts draw it. A shape that looks clearly more like
another letter, or like none, is not believed. Shapes are grids of 16 by 16 cells, kept as one number.
"""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import cast

from PIL import Image, ImageFont

from cpc.core.documents.folding import fold

_SIDE = 16
_ALL = (1 << _SIDE * _SIDE) - 1
_LEFT = sum(1 << (row * _SIDE + _SIDE - 1) for row in range(_SIDE))
_RIGHT = sum(1 << (row * _SIDE) for row in range(_SIDE))
# Cells that may differ (of 256, with a little for another height), and how much better another letter must fit. With
# these, fonts that none of the twelve resembles were believed, and nine of ten single letters that lie were not.
_CLOSE, _BETTER = 22, 14
_MOST_COVERED = 0.75  # of a letter's cells: slanted neighbours reach into six of ten
_FAINT = 12  # a difference of grey that nobody sees
_SIZE = 40  # points of a reference letter
_FONTS = (
    "Helvetica", "Times-Roman", "Courier", "Helvetica-Bold", "Times-Bold", "Helvetica-Oblique", "Times-Italic",
    "Courier-Bold", "Helvetica-BoldOblique", "Times-BoldItalic", "Courier-Oblique", "Courier-BoldOblique",
)  # fmt: skip
_PLAIN = [
    *map(chr, range(33, 127)), *"£€½¼¾°§·•…–—‘’“”«»¿¡éèêëáàâäãåæíìîïóòôöõøúùûüýçñßðþÉÈÊËÁÀÂÄÃÅÆÍÌÎÏÓÒÔÖÕØÚÙÛÜÝÇÑÐÞ",
    *"©®™×÷±¹²³µ¶†‡‹›¤¥¢¬ªº", "fi", "fl", "ff", "ffi", "ffl", "ti", "tt", "ft", "tti",
]  # fmt: skip
# Letters and signs that only their neighbours tell apart.
_ALIKE = ("-–—~_\u00ad", "'’‘`,´", '“”"«»', "lI1|i!j]J[/\\íìî", "0O", "8B", "5S", ".•·", "tf")
_OWN_FONTS = Path(__file__).resolve().parents[4] / "static" / "letters" / "fonts"


def looks_like(said: str, crop: Image.Image, em: float, covered: int) -> bool:
    """Whether the picture ``crop`` may show the letter ``said``. ``em`` is the height of the font in pixels.

    ``covered`` are the cells that other letters reach into. Where nothing can be seen, there is nothing to deny; where
    letters lie in one place, none of them can be judged.
    """
    shape = _shape(crop)
    if shape is None:
        return True
    bits, across, down = shape
    grid = _grid(across, down)
    if (grid & covered).bit_count() > _MOST_COVERED * grid.bit_count():
        return False
    size = crop.size[0] / em, crop.size[1] / em
    seen = _ALL & ~covered
    light = grid & ~bits  # white letters on a dark ground
    # Letters of other scripts are compared with one font alone, so they may differ more.
    close = _CLOSE if said in _PLAIN else 1.5 * _CLOSE
    own = _distance(bits, size, seen, _names_of(said), enough=close)
    if own > close:
        own = min(own, _distance(light, size, seen, _names_of(said), enough=close))
    if own <= close:
        return True
    if own > 3 * _CLOSE:
        return False
    others = [letter for letter in _PLAIN if len(letter) == 1 and _name(letter) != _name(said)]
    return own <= _distance(bits, size, seen, others) + _BETTER


def cells_of(crop: Image.Image) -> int:
    """The dark cells of a picture; none if it is all of one colour."""
    shape = _shape(crop)
    return shape[0] if shape else 0


def are_alike(one: int, other: int) -> bool:
    """Whether two shapes, as their dark cells, may be one sign drawn twice."""
    return (one ^ other).bit_count() <= _CLOSE


def is_known(said: str) -> bool:
    """Whether it is known what this letter looks like."""
    return any(_references(said, font) for font in range(len(_FONTS)))


def covered_cells(box: tuple[int, int, int, int], others: Iterable[tuple[int, ...]]) -> int:
    """The cells of a letter’s box that the boxes of other letters reach into."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    across, down = _cells(width, height)
    first, above, mask = (_SIDE - across) // 2, (_SIDE - down) // 2, 0
    for other in others:
        begins, ends = max(other[0], left), min(other[2], right)
        opens, closes = max(other[1], top), min(other[3], bottom)
        if begins >= ends or opens >= closes:
            continue
        columns = range(
            first + int((begins - left) / width * across), first + min(across, int((ends - left) / width * across) + 1)
        )
        row = sum(1 << (_SIDE - 1 - column) for column in columns)
        for line in range(
            above + int((opens - top) / height * down), above + min(down, int((closes - top) / height * down) + 1)
        ):
            mask |= row << ((_SIDE - 1 - line) * _SIDE)
    return mask


def _name(letter: str) -> str:
    return next((alike for alike in _ALIKE if letter in alike), letter.lower())


@cache
def _names_of(said: str) -> frozenset[str]:
    """The letters that count as this one: in large and small, without its accent, and those that look alike."""
    names = {_name(said), _name(fold(said))}
    return frozenset({said, *(letter for letter in _PLAIN if _name(letter) in names)})


def _distance(bits: int, size: tuple[float, float], seen: int, letters: Iterable[str], enough: float = 0) -> float:
    """How far the shape is from the nearest of these letters, in cells. Looks no further once it is near ``enough``."""
    wide, share = _widened(bits), 256 / max(64, seen.bit_count())
    best = 999.0
    for font in range(len(_FONTS)):
        for letter in letters:
            for other, other_wide, width, height in _references(letter, font):
                wrong = (bits & ~other_wide & seen).bit_count() + (other & ~wide & seen).bit_count()
                best = min(best, wrong * share + 60 * abs(size[1] - height) + 20 * abs(size[0] - width))
        if best <= enough:
            break
    return best


def _cells(width: float, height: float) -> tuple[int, int]:
    """How many cells the shape takes across and down. A thin letter stays thin."""
    across = _SIDE if width * 2 >= height else max(2, round(_SIDE * 2 * width / height))
    down = _SIDE if height * 2 >= width else max(2, round(_SIDE * 2 * height / width))
    return across, down


@cache
def _grid(across: int, down: int) -> int:
    first, above = (_SIDE - across) // 2, (_SIDE - down) // 2
    row = sum(1 << (_SIDE - 1 - column) for column in range(first, first + across))
    return sum(row << ((_SIDE - 1 - line) * _SIDE) for line in range(above, above + down))


def _shape(crop: Image.Image) -> tuple[int, int, int] | None:
    """The dark cells of a picture in grey, and how many cells it takes; None if it is all of one colour."""
    darkest, lightest = cast(tuple[float, float], crop.getextrema())  # of a picture in grey
    if lightest - darkest < _FAINT:
        return None
    across, down = _cells(*crop.size)
    small = crop.resize((across, down), Image.Resampling.BOX)
    dark = small.tobytes().translate(_digits_darker_than((darkest + lightest) / 2))
    # Written as one number in figures of 0 and 1: a page has a thousand letters, and this is the quickest way.
    left, above = (_SIDE - across) // 2, (_SIDE - down) // 2
    rows = (dark[line * across : (line + 1) * across].ljust(_SIDE - left, b"0") for line in range(down))
    bits = int((b"0" * left).join([b"", *rows]), 2) << ((_SIDE - down - above) * _SIDE)
    return bits, across, down


def _widened(bits: int) -> int:
    row = bits | ((bits & ~_LEFT) << 1) | ((bits & ~_RIGHT) >> 1)
    return (row | (row << _SIDE) | (row >> _SIDE)) & _ALL


@cache
def _references(letter: str, font: int) -> tuple[tuple[int, int, float, float], ...]:
    """How a font draws a letter: its cells, the same a cell wider, and its width and height as shares of the font."""
    crop: Image.Image | None = None
    if letter in _PLAIN:
        at = _PLAIN.index(letter)
        left, bottom = 20 + 70 * (at % 20), 20 + 60 * (at // 20)
        page = _specimen(font)
        crop = page.crop((left - 8, page.size[1] - bottom - 48, left + 58, page.size[1] - bottom + 12))
    elif len(letter) == 1 and letter.isalpha() and font < len(_our_fonts()):
        crop = _in_our_font(letter, _our_fonts()[font])
    box = crop.point(_darker_than(128)).getbbox() if crop else None
    if crop is None or box is None:
        return ()
    ink = crop.crop(box)
    shape = _shape(ink)
    bits = shape[0] if shape else _grid(*_cells(*ink.size))
    return ((bits, _widened(bits), ink.size[0] / _SIZE, ink.size[1] / _SIZE),)


@cache
def _darker_than(middle: float) -> list[int]:
    return [255 if value < middle else 0 for value in range(256)]


@cache
def _digits_darker_than(middle: float) -> bytes:
    """For each shade of grey the figure 1 if it is darker, and 0 if not."""
    return b"".join(b"1" if value < middle else b"0" for value in range(256))


@cache
def _specimen(font: int) -> Image.Image:
    """A picture of all plain letters in one of the fonts that every PDF program has."""
    import pikepdf
    import pypdfium2
    from pikepdf import Array, Dictionary, Name

    sheet, out = pikepdf.new(), io.BytesIO()
    drawn = [
        f"1 0 0 1 {20 + 70 * (at % 20)} {20 + 60 * (at // 20)} Tm <{letter.encode('cp1252').hex()}> Tj"
        for at, letter in enumerate(_PLAIN)
    ]
    named = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{_FONTS[font]}"), Encoding=Name.WinAnsiEncoding
    )
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, 1440, 760]), Resources=Dictionary(Font=Dictionary(F=named)),
        Contents=sheet.make_stream("\n".join([f"BT /F {_SIZE} Tf", *drawn, "ET"]).encode()),
    )  # fmt: skip
    sheet.pages.append(pikepdf.Page(sheet.make_indirect(page)))
    sheet.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        picture: Image.Image = document[0].render(scale=1, grayscale=True).to_pil()
        return picture
    finally:
        document.close()


@cache
def _our_fonts() -> list[ImageFont.FreeTypeFont]:
    return [ImageFont.truetype(str(path), _SIZE) for path in sorted(_OWN_FONTS.glob("*.ttf"))]


def _in_our_font(letter: str, font: ImageFont.FreeTypeFont) -> Image.Image | None:
    """The letter as a dark picture on white; None if the font has no such letter."""
    mask = font.getmask(letter)
    missing = font.getmask("\uffff")
    if not mask.size[0] or (mask.size == missing.size and bytes(mask) == bytes(missing)):
        return None
    return Image.frombytes("L", mask.size, bytes(255 - value for value in bytes(mask)))
