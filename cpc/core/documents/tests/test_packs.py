"""The line at the foot of each page of a pack: nothing of the page is under it, and nothing of the page is lost."""

import io

import pypdfium2
import pytest
from PIL import Image

from cpc.core.documents.merging import Section, packed
from cpc.core.documents.redacting import redraw
from cpc.core.documents.text import text_of

LINE = "Copy of Dawn Marlow. Page 1 of 1 of this pack"
TOP, LOWEST = (200, 0, 0), (0, 0, 200)  # the colours of the highest and of the lowest rows of a picture


def a_dark_picture(size) -> bytes:
    picture = Image.new("RGB", size, (20, 20, 20))
    picture.paste(TOP, (0, 0, size[0], size[1] // 50))
    picture.paste(LOWEST, (0, size[1] - size[1] // 50, *size))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def rows_of(pdf) -> list[tuple[float, tuple]]:
    """For each row of pixels of the only page, how much of it is white, and the colour in its middle."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    found = []
    for y in range(picture.height):
        row = [picture.getpixel((x, y)) for x in range(picture.width)]
        found.append((sum(min(pixel) > 240 for pixel in row) / len(row), row[len(row) // 2]))
    return found


def is_near(colour, wanted):
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("size", [(1240, 1754), (1754, 1240), (300, 300), (2480, 600)])
def test_the_line_is_under_a_picture_of_any_size_and_the_whole_picture_is_kept(size):
    pdf = packed([Section("A photo", redraw(a_dark_picture(size)))], "A pack", [LINE])
    assert LINE in " ".join(text_of(pdf).split())
    rows = rows_of(pdf)
    colours = [colour for _, colour in rows]
    lowest = max(y for y, colour in enumerate(colours) if is_near(colour, LOWEST))
    assert is_near(colours[2], TOP)
    foot = [white for white, _ in rows[lowest + 2 :]]
    assert foot and min(foot) > 0.5, "something dark is under the line"
    assert any(white < 1 for white in foot), "the line is somewhere else"
