"""Characters in typed text that nobody sees, or that turn a line round. Pure."""

import re
import unicodedata

# Blank to the eye, though Unicode calls them letters, marks or signs.
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Scripts in which a joiner between two letters is part of how a word is written.
_JOINED = ("ARABIC", "SYRIAC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "ORIYA",
           "SINHALA", "TAMIL", "TELUGU")  # fmt: skip
_JOINERS = frozenset("\u200c\u200d")
# Chinese, Japanese and Korean letters: names in them have no spaces, and the family name comes first.
UNSPACED = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


def full_name(first: str, last: str) -> str:
    """Both names in the order of their script: Rosa Marlow, 李小明."""
    if UNSPACED.fullmatch(first) and UNSPACED.fullmatch(last):
        return last + first
    return f"{first} {last}".strip()


def invisible_in(text: str) -> list[str]:
    """The characters of a name that nobody sees, each once: those that change its direction, and those that are blank.

    Spaces, and joiners inside a word of a script that needs them, are not among them.
    """
    found = (char for at, char in enumerate(text) if _is_invisible(text, at))
    return list(dict.fromkeys(found))


def without_invisible(text: str) -> str:
    """The name without them, its accents in one form, and one plain space between its words."""
    seen = "".join(char for at, char in enumerate(text) if not _is_invisible(text, at))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def called(char: str) -> str:
    """The name of a character that cannot be shown: U+202E (right-to-left override)."""
    name = unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X} ({name})" if name else f"U+{ord(char):04X}"


def _is_invisible(text: str, at: int) -> bool:
    char = text[at]
    if char in _JOINERS:
        before = text[at - 1] if at else ""
        return not before or not at + 1 < len(text) or not unicodedata.name(before, "").startswith(_JOINED)
    if char in _BLANK or _VARIATION.match(char):
        return True
    return unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn", "Cs") and not char.isspace()
