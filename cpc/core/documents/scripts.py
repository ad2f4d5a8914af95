"""The scripts that letters print, each with its font. Text in any other script is refused, never printed as boxes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont

from cpc.core.kernel.refusals import Invalid

FOLDER = Path(__file__).resolve().parents[3] / "static" / "letters" / "fonts"
MOST_SHOWN = 3  # words that a refusal names


@dataclass(frozen=True)
class Script:
    """What is published about one font, the CSS family, and the files of its regular and its bold style."""

    name: str
    family: str
    regular: str
    bold: str = ""


def _noto(name: str, font: str) -> Script:
    return Script(name, f"Letter {font}", f"{font}-Regular.woff2", f"{font}-Bold.woff2")


LETTER_SANS = Script("English", "Letter Sans", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
# The published list, in the order in which the fonts are asked for a character that Letter Sans does not have.
SCRIPTS = (
    _noto("Latin, Greek and Cyrillic with all their marks", "NotoSans"),
    _noto("Arabic", "NotoSansArabic"),
    _noto("Hebrew", "NotoSansHebrew"),
    _noto("Bengali", "NotoSansBengali"),
    _noto("Devanagari", "NotoSansDevanagari"),
    _noto("Gujarati", "NotoSansGujarati"),
    _noto("Gurmukhi", "NotoSansGurmukhi"),
    _noto("Kannada", "NotoSansKannada"),
    _noto("Malayalam", "NotoSansMalayalam"),
    _noto("Odia", "NotoSansOriya"),
    _noto("Sinhala", "NotoSansSinhala"),
    _noto("Tamil", "NotoSansTamil"),
    _noto("Telugu", "NotoSansTelugu"),
    # The font names its own faces; one regular style for all of them.
    Script("Chinese, Japanese and Korean", "Noto Sans CJK SC", "NotoSansCJK-Regular.ttc"),
)
CJK = SCRIPTS[-1]
CJK_FACE = 2  # simplified Chinese, of the faces in one file
PUBLISHED = f"{', '.join(script.name for script in SCRIPTS[:-1])}; {SCRIPTS[-1].name}"

# These print nothing by themselves: they join letters, or set apart the direction of a name.
JOINERS = "\u200c\u200d"
ISOLATE, END = "\u2068", "\u2069"
BREAK = "\u200b"  # a line may end here
LONG_WORD, PIECE = 24, 12  # a longer word may break after its signs; a longer piece of it after so many letters
SILENT = frozenset(JOINERS + ISOLATE + END + BREAK + "\u00ad\u2060\ufeff\t\n\r\f\ufe0e\ufe0f")
# Characters that change the direction of what follows them. A letter sets names apart by itself.
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = re.compile(f"[{DIRECTION}]")
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_TAG = re.compile(r"(<[^>]*>)")
_LAST_SPACE = re.compile(r"\s+(</(?:p|li|h[1-6]|td|th|caption|dt|dd|div)>)")
_UNIT = re.compile(r"&[#\w]+;|.", re.DOTALL)  # a letter, also where HTML writes it as &amp;
_LONG = re.compile(rf"(?:&[#\w]+;|[!-%'-~]){{{LONG_WORD + 1},}}")
_PIECE = re.compile(r"(?:&[#\w]+;|[^/.@_?=#+-])*(?:[/.@_?=#+-]+|$)")
_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# As long as a name may be. A longer run is a sentence, which must break.
_HAN_NAME = re.compile(f"(?<![{_HAN}])[{_HAN}]{{2,6}}(?![{_HAN}])")
_WHOLE = r'<span class="whole">\g<0></span>'
_RUN = re.compile(f"[{_RIGHT_TO_LEFT}]+(?:[ \u00a0{JOINERS}’'-]+[{_RIGHT_TO_LEFT}]+)*")


def body_of(file: str) -> bytes:
    """The bytes of a font file: our own, or that of the package that brings the largest."""
    if file == CJK.regular:
        return files("noto_cjk_sans_otc").joinpath(file).read_bytes()
    return (FOLDER / file).read_bytes()


def needed_for(text: str) -> tuple[Script, ...]:
    """The scripts beside Letter Sans that this text needs.

    Raises Invalid, naming the words and the published list, if a character is in no font.
    """
    others = {char for char in set(text) - SILENT if ord(char) > 0x7E and ord(char) not in _characters(LETTER_SANS)}
    needed = set()
    lost = set()
    for char in others:
        script = _script_of(char)
        needed.add(script)
        if script is None:
            lost.add(char)
    if lost or (lost := {char for char in set(text) - SILENT if ord(char) < 0x20 or ord(char) == 0x7F}):
        raise Invalid(refusal(_words_with(lost, text)))
    return tuple(script for script in SCRIPTS if script in needed)


def refusal(words: Iterable[str]) -> str:
    """The sentence that refuses to print these words."""
    shown = list(dict.fromkeys(words))
    said = ", ".join(f"“{word}”" for word in shown[:MOST_SHOWN]) + (" and more" if len(shown) > MOST_SHOWN else "")
    return (
        f"This cannot be printed, because no font of the letters has {said}. Letters print these scripts: {PUBLISHED}. "
        "Write it in one of them, or take it out."
    )


def ready_to_print(html: str) -> str:
    """The HTML of a letter, safe to lay out in lines.

    Characters that change the direction of a line are gone. Each run of words written from right to left is set apart,
    so that it cannot turn round the rest of its line. A long word, such as a link, may break. A Chinese name does not,
    though a line of Chinese may end after each of its letters. No block ends with a space: where only that space is too
    wide for its last line, WeasyPrint ends a line too early.
    """
    head, end_of_head, body = html.rpartition("</head>")
    body = "".join(part if part.startswith("<") else _HAN_NAME.sub(_WHOLE, part) for part in _TAG.split(body))
    html = _LAST_SPACE.sub(r"\1", head + end_of_head + body)
    html = _RUN.sub(lambda run: f"{ISOLATE}{run[0]}{END}", _DIRECTION.sub("", html))
    return "".join(part if part.startswith("<") else _LONG.sub(_breakable, part) for part in _TAG.split(html))


def _breakable(word: re.Match) -> str:
    """A long word with places where a line may end: after its signs, and within its long pieces. No other name is
    cut: “Featherstonehaugh” stays whole in a name with a hyphen too.
    """
    lines = []
    for piece in _PIECE.findall(word[0]):
        units = _UNIT.findall(piece)
        most = PIECE if len(units) > LONG_WORD else LONG_WORD
        lines += ["".join(units[at : at + most]) for at in range(0, len(units), most)]
    return BREAK.join(lines)


def _script_of(char: str) -> Script | None:
    if char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cs", "Cc"):
        return None  # a font may draw something for these, but it is not what was meant
    return next((script for script in SCRIPTS if ord(char) in _characters(script)), None)


@cache
def _characters(script: Script) -> frozenset[int]:
    if script is CJK:
        path = str(files("noto_cjk_sans_otc").joinpath(script.regular))
        font = TTFont(path, fontNumber=CJK_FACE, lazy=True)
    else:
        font = TTFont(FOLDER / script.regular, lazy=True)
    with font:
        return frozenset(font.getBestCmap())


def _words_with(chars: set[str], text: str) -> list[str]:
    return [_shown(word) for word in text.split() if chars & set(word)]


def _shown(word: str) -> str:
    """The word; a character that cannot be seen is written by its number."""
    word = word.strip(".,;:()“”")
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in word)[:40]
