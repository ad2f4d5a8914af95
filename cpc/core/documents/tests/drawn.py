"""Whether a name on a page was drawn in letters, or as the empty boxes of letters that no font has."""

from itertools import combinations

import pypdfium2
from PIL import Image

SCALE = 4
SIZE = (24, 24)
# The mean difference of two pictures, of 255. Boxes differ by up to 33, as they fall between the points; letters by 70.
ALIKE = 50


def is_drawn_in_letters(pdf: bytes, name: str) -> bool:
    """Whether the letters of the name are on a page, with ink in each, and do not all look alike, as boxes do.

    Each letter is looked for by itself: a script that joins its letters has them in another order on a page.
    """
    pictures = [picture for char in dict.fromkeys(name) if char.isalpha() for picture in _pictures_of(pdf, char)]
    return all(min(one) < 128 for one in pictures) and any(
        not _look_alike(one, other) for one, other in combinations(pictures, 2)
    )


def _look_alike(one: bytes, other: bytes) -> bool:
    return sum(abs(x - y) for x, y in zip(one, other, strict=True)) / len(one) < ALIKE


def _pictures_of(pdf: bytes, char: str) -> list[bytes]:
    """What is drawn where the character is first on a page, in one size; nothing where no page has it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            at = text.get_text_range().find(char)
            if at < 0:
                continue
            left, bottom, right, top = text.get_charbox(at)
            if right - left < 0.5 or top - bottom < 0.5:
                return []
            whole: Image.Image = page.render(scale=SCALE, grayscale=True).to_pil()
            height = page.get_height()
            box = (left * SCALE, (height - top) * SCALE, right * SCALE + 1, (height - bottom) * SCALE + 1)
            return [whole.crop(tuple(map(int, box))).resize(SIZE).tobytes()]
    finally:
        document.close()
    return []
