"""The words of a page, laid invisibly over its picture, so that they can be searched, copied and read aloud.

Their font has no shapes: it holds only which letters are meant. So nothing can be drawn by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_CODES = 255  # letters that one font can mean


@dataclass(frozen=True)
class Word:
    """A word and its box in points from the top left corner of the page."""

    said: str
    box: tuple[float, float, float, float]


def words_from(letters: Iterable) -> list[Word]:
    """The words that these letters make, one after the other. A word that goes on elsewhere is two."""
    found: list[Word] = []
    said, boxes = "", []
    for letter in letters:
        if boxes and (letter.begins or _apart(boxes[-1], letter.box) > 1.5 * letter.size):
            found.append(_word(said, boxes))
            said, boxes = "", []
        said += letter.said
        boxes.append(_of_full_height(letter))
        if letter.ends:
            found.append(_word(said, boxes))
            said, boxes = "", []
    return [*found, _word(said, boxes)] if boxes else found


def _apart(one, other) -> float:
    """How far two boxes lie apart, across or down."""
    return max(max(other[side] - one[side + 2], one[side] - other[side + 2]) for side in (0, 1))


def _of_full_height(letter):
    """The box of a letter, and of a dash or a full stop, as high as the letters beside it."""
    left, top, right, bottom = letter.box
    lacking = max(0.0, letter.size * 0.6 - (bottom - top)) / 2
    return left, top - lacking, right, bottom + lacking


def _word(said: str, boxes) -> Word:
    sides = zip(*boxes, strict=True)
    return Word(said, tuple(best(side) for best, side in zip((min, min, max, max), sides, strict=True)))


class Layer:
    """The fonts of one new file, and the commands that lay words over its pages."""

    def __init__(self, made):
        from pikepdf import Dictionary

        self.made, self.codes, self.fonts = made, {}, made.make_indirect(Dictionary())

    def commands(self, words: Iterable[Word], height: float) -> bytes:
        """The commands for these words on a page of this height, each followed by a space."""
        lines = []
        for word in words:
            left, top, right, bottom = word.box
            size = max(1.0, bottom - top)
            pieces = self._pieces(f"{word.said} ")
            stretch = 100 * max(right - left, 0.1) / (0.5 * size * max(1, len(word.said)))
            lines.append(f"{stretch:.1f} Tz 1 0 0 1 {left:.2f} {height - bottom:.2f} Tm")
            lines += [f"/T{font} {size:.2f} Tf <{bytes(codes).hex()}> Tj" for font, codes in pieces]
        return "\n".join(["", "BT 3 Tr", *lines, "ET"]).encode() if lines else b""

    def _pieces(self, said: str) -> list[tuple[int, list[int]]]:
        found: list[tuple[int, list[int]]] = []
        for letter in said:
            font, code = divmod(self.codes.setdefault(letter, len(self.codes)), _CODES)
            if not found or found[-1][0] != font:
                found.append((font, []))
            found[-1][1].append(code + 1)
        return found

    def finish(self) -> None:
        """Write the fonts, when every page has been made."""
        from pikepdf import Array, Dictionary, Name

        letters = list(self.codes)
        for number, first in enumerate(range(0, len(letters), _CODES)):
            some = letters[first : first + _CODES]
            nothing = self.made.make_stream(b"500 0 d0")
            names = [Name(f"/g{code}") for code in range(1, len(some) + 1)]
            self.fonts[f"/T{number}"] = Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 1000]),
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=1, LastChar=len(some),
                Widths=Array([500] * len(some)), Encoding=Dictionary(Differences=Array([1, *names])),
                CharProcs=Dictionary({str(name): nothing for name in names}), Resources=Dictionary(),
                ToUnicode=self.made.make_stream(_meanings(some)),
            )  # fmt: skip


def _meanings(letters: list[str]) -> bytes:
    """The table that says which letter each code means."""
    rows = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters, 1)]
    groups = [rows[first : first + 100] for first in range(0, len(rows), 100)]
    said = [line for group in groups for line in (f"{len(group)} beginbfchar", *group, "endbfchar")]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Words def /CMapType 2 def",
            "1 begincodespacerange <00> <ff> endcodespacerange", *said,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()  # fmt: skip
