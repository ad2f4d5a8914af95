"""Whether a page shows anything beside the words that were read on it.

What counts is what can be seen. The page is drawn; every letter that was read must look like that letter, and what is
left must be straight lines and plain areas, as tables and boxes have. Anything else (a picture, handwriting, letters
drawn as lines, a note's appearance, a pattern) must be looked at by a person: the program does not say what it is.
"""

import ctypes
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from cpc.core.documents.reading import shapes
from cpc.core.documents.reading.found import Extraction

_LETTERS_DPI, _LINES_DPI = 300, 150
_MOST_PIXELS = 9_000_000
_LARGEST = 48  # points: inside a larger letter something could be written
_STEP = 6  # a step of grey between neighbouring pixels that can be seen
# In pixels of the lines' drawing (two to a point): the shortest line, where it may be short, and its thickness.
_ACROSS, _UNDER_WORDS, _UPRIGHT, _NEAR = 112, 6, 24, 4
_SPECKS = 16  # pixels that may be left over: less than a letter
_MOST_SYMBOLS = 3  # kinds of bullets on a page

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Letter:
    """A letter (or two that are one shape), its box in points from the top left corner as seen, its font’s size, and
    whether it begins and ends a word."""

    said: str
    box: Box
    size: float
    begins: bool
    ends: bool


def check(page: Any, words: Any, where: str, extraction: Extraction) -> None:
    """List what the page shows and no word explains. ``words`` is its text page."""
    import pypdfium2.raw as pdfium

    letters = letters_of(page, words)
    picture = any(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=8))
    marks = picture or has_marks(page, letters)
    if marks and not letters:
        extraction.add_unreadable(f"{where} has no words that can be read: it is a scan or a drawing")
    elif picture:
        extraction.add_unreadable(f"{where} has a picture (a scan, a photograph): what it shows cannot be read")
    elif marks:
        extraction.add_unreadable(f"{where} has drawings, which may be handwriting or words drawn as lines")
    if not all_look_right(page, letters):
        extraction.add_unreadable(
            f"{where} has letters that do not look like what the file says they are, or that are not known here"
        )


def letters_of(page: Any, words: Any) -> list[Letter]:
    """The letters on the page that take room, in reading order."""
    import pypdfium2.raw as pdfium

    place = _to_the_top_left(page)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = pdfium.FS_MATRIX()
    found: list[tuple[str, Box | None, float]] = []
    for at in range(words.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(words, at))
        if char.isspace() or pdfium.FPDFText_IsGenerated(words, at):
            found.append((" ", None, 0.0))
            continue
        pdfium.FPDFText_GetCharBox(words, at, left, right, bottom, top)
        pdfium.FPDFText_GetMatrix(words, at, matrix)
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        box = place(left.value, bottom.value, right.value, top.value)
        found.append(("-" if char == "\x02" else char, box, pdfium.FPDFText_GetFontSize(words, at) * scale))
    letters: list[Letter] = []
    before = True
    runs = [list(run) for _, run in groupby(found, key=lambda one: one[1] or one[0])]
    for number, run in enumerate(runs):
        _, around, size = run[0]
        if around is not None:
            after = number + 1 == len(runs) or runs[number + 1][0][1] is None
            letters.append(Letter("".join(one[0] for one in run), around, size or 1.0, before, after))
        before = around is None
    return letters


def _to_the_top_left(page: Any) -> Callable[[float, float, float, float], Box]:
    """A function that turns a box of the page into points from its top left corner, as it is seen."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    fine = 1000
    x, y = ctypes.c_int(), ctypes.c_int()

    def at(across: float, up: float) -> tuple[float, float]:
        size = round(width * fine / 10), round(height * fine / 10)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, across, up, x, y)
        return x.value * width / size[0], y.value * height / size[1]

    origin, right, up = at(0, 0), at(1000, 0), at(0, 1000)
    a, b = ((right[n] - origin[n]) / 1000 for n in (0, 1))
    c, d = ((up[n] - origin[n]) / 1000 for n in (0, 1))

    def place(left: float, bottom: float, right: float, top: float) -> Box:
        xs = [origin[0] + a * across + c * high for across, high in ((left, bottom), (right, top))]
        ys = [origin[1] + b * across + d * high for across, high in ((left, bottom), (right, top))]
        return min(xs), min(ys), max(xs), max(ys)

    return place


def _draw(page: Any, dpi: int) -> tuple[Image.Image, float]:
    """The page in grey, with its notes and form fields, and how many pixels a point has."""
    width, height = page.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil().convert("L"), scale


def all_look_right(page: Any, letters: list[Letter]) -> bool:
    """Whether every letter that can be seen looks like what it was read as. A few kinds of bullets may look
    anyhow, each kind the same wherever it is."""
    image, scale = _draw(page, _LETTERS_DPI)
    boxes = [tuple(round(side * scale) for side in letter.box) for letter in letters]
    symbols: dict[str, int] = {}  # each kind of bullet as it was drawn first
    judged: dict[tuple[object, ...], bool] = {}
    for at, letter in enumerate(letters):
        left, top, right, bottom = boxes[at]
        box = left, top, max(right, left + 1), max(bottom, top + 1)
        if box[2] <= 0 or box[3] <= 0 or left >= image.size[0] or top >= image.size[1]:
            continue  # beyond the edge of the paper: read, and not seen
        if left < 0 or top < 0 or box[2] > image.size[0] or box[3] > image.size[1]:
            return False  # across the edge: not seen whole
        if letter.begins and letter.ends and not letter.said.isalnum() and not shapes.is_known(letter.said):
            cells = shapes.cells_of(image.crop(box))
            if not shapes.are_alike(cells, symbols.setdefault(letter.said, cells)):
                return False
            if max(box[2] - left, box[3] - top) > letter.size * scale * 1.2 or len(symbols) > _MOST_SYMBOLS:
                return False
            continue
        crop = image.crop(box)
        covered = shapes.covered_cells(box, boxes[max(0, at - 3) : at] + boxes[at + 1 : at + 4])
        key = letter.said, crop.tobytes(), covered
        if key not in judged:
            judged[key] = _small(letter, box, scale) or shapes.looks_like(
                letter.said, crop, letter.size * scale, covered
            )
        if not judged[key]:
            return False
    return True


def _small(letter: Letter, box: tuple[int, int, int, int], scale: float) -> bool:
    """A full stop and its like: too small to show anything else."""
    said = unicodedata.category(letter.said[0])[0]
    return said in "PS" and max(box[2] - box[0], box[3] - box[1]) < 0.2 * letter.size * scale


def has_marks(page: Any, letters: list[Letter]) -> bool:
    """Whether anything is drawn outside the letters that is not a long straight line or a plain area.

    A line across is long, or directly under words. An upright line begins or ends at a line across.
    """
    image, scale = _draw(page, _LINES_DPI)
    across = _steps(image, (0, 1))
    upright = _steps(image, (1, 0))
    under = Image.new("L", image.size, 0)
    covering, words = [ImageDraw.Draw(drawn) for drawn in (across, upright)], ImageDraw.Draw(under)
    for letter in letters:
        left, top, right, bottom = (side * scale for side in letter.box)
        if letter.size > _LARGEST or max(letter.box[2] - letter.box[0], letter.box[3] - letter.box[1]) > _LARGEST * 1.3:
            continue
        box = (int(left) - 3, int(top) - 3, int(right) + 3, int(bottom) + 3)
        for drawing in covering:
            drawing.rectangle(box, fill=0)
        words.rectangle((box[0], box[1], box[2], box[3] + int(letter.size * scale / 4)), fill=255)
    if across.getbbox() is None and upright.getbbox() is None:
        return False
    lying, beside = [_bridged(row) for row in _rows(across)], _rows(under)
    lines = [_runs(row, _ACROSS) | _runs(row & below, _UNDER_WORDS) for row, below in zip(lying, beside, strict=True)]
    standing, ends = _rows(upright), _thick(lines, _NEAR)
    turned = upright.transpose(Image.Transpose.TRANSPOSE)
    posts = [_runs(_bridged(row), _UPRIGHT) for row in _rows(turned)]
    posts = _rows(_picture(posts, turned.size).transpose(Image.Transpose.TRANSPOSE))
    posts = _that_meet(posts, ends)
    stays = _thick(posts, _NEAR)
    seen = zip(_rows(across), standing, ends, stays, strict=True)
    return sum(((a | b) & ~line & ~post).bit_count() for a, b, line, post in seen) > _SPECKS


def _steps(image: Image.Image, towards: tuple[int, int]) -> Image.Image:
    """Where a pixel differs visibly from its neighbour in this direction."""
    width, height = image.size
    there = image.crop((towards[0], towards[1], width + towards[0], height + towards[1]))
    there.paste(image.crop((width - 1, 0, width, height)), (width - 1, 0)) if towards[0] else there.paste(
        image.crop((0, height - 1, width, height)), (0, height - 1)
    )
    return ImageChops.difference(image, there).point([255 if value >= _STEP else 0 for value in range(256)])


def _rows(image: Image.Image) -> list[int]:
    """The rows of a picture, each as one number with a bit for each pixel."""
    width, height = image.size
    data, size = image.convert("1", dither=Image.Dither.NONE).tobytes(), (width + 7) // 8
    return [int.from_bytes(data[row * size : (row + 1) * size], "big") for row in range(height)]


def _picture(rows: list[int], size: tuple[int, int]) -> Image.Image:
    length = (size[0] + 7) // 8
    return Image.frombytes("1", size, b"".join(row.to_bytes(length, "big") for row in rows)).convert("L")


def _bridged(row: int) -> int:
    """The row with its small gaps closed: where two lines cross, neither has an edge."""
    if row:
        for _ in range(_NEAR):
            row |= row << 1 | row >> 1
        for _ in range(_NEAR):
            row &= row << 1 & row >> 1
    return row


def _runs(row: int, length: int) -> int:
    """The bits of a row that lie in a run of at least this length."""
    if not row:
        return 0
    left, done = row, 1
    while done < length:
        step = min(done, length - done)
        left &= left >> step
        done += step
    done = 1
    while done < length and left:
        step = min(done, length - done)
        left |= left << step
        done += step
    return left


def _thick(rows: list[int], by: int) -> list[int]:
    """The rows with every bit widened by some pixels on each side, above and below."""
    wide = []
    for row in rows:
        if row:
            for step in range(1, by + 1):
                row |= (row << 1 | row >> 1) if step else 0
        wide.append(row)
    return [
        _any(wide[max(0, at - by) : at + by + 1]) if any(wide[max(0, at - by) : at + by + 1]) else 0
        for at in range(len(wide))
    ]


def _any(rows: list[int]) -> int:
    found = 0
    for row in rows:
        found |= row
    return found


def _that_meet(posts: list[int], ends: list[int]) -> list[int]:
    """The upright lines that touch a line across somewhere: spread from the touching pixels up and down each line."""
    kept = [post & end for post, end in zip(posts, ends, strict=True)]
    for order in (range(1, len(posts)), range(len(posts) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            kept[at] |= kept[at + step] & posts[at]
    return kept
