"""Lines of a text that are written for a machine or run together, as a person would write them. Pure."""

import re
from html import unescape
from urllib.parse import unquote

from cpc.core.documents.folding import words

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_TIMES_ENCODED = 3  # a link inside a link is encoded twice: %2520
_MAIL = re.compile(r"=(20|2C|2E|27)")  # as mail programs write it: 14=20Pennywort
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[a-z]{2,8});")
# A line turned round by an invisible sign: it is read from its end.
_TURNED = re.compile("\u202e([^\u202c\u202e]*)\u202c?")
_IN_WORDS = re.compile(r"hundred|\w(?:teen|ty)\b|\b(?:ten|eleven|twelve)\b", re.IGNORECASE)
_TENS_AND_ONES = re.compile(r"ty[\s\-‐‑]+\w+$", re.IGNORECASE)
# "14Pennywort", "PennywortLane", "PennywortLane14", "pennywort_lane"
_JOINED = re.compile(
    r"(?<=\d)(?=[A-Z][a-z]{2})|(?<=[a-z]{3})(?=\d{2,3}\b)|(?<=\d)(?=[a-z]{4})|(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=\w)_+(?=\w)"
)


def rewritten(text: str) -> list[str]:
    """The lines that read otherwise when they are decoded or taken apart, so rewritten; and those with numbers in words
    that can be read in two ways, read in the other way. Only texts with such lines.
    """
    found, read_otherwise = [], []
    for line in text.split("\n"):
        plain = _MAIL.sub(lambda found: chr(int(found[1], 16)), line)
        for _ in range(_TIMES_ENCODED):
            if "%" in plain and _PERCENT.search(plain):
                plain = unquote(plain.replace("+", " "))
        if "\\" in line:
            plain = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), plain)
        if "\u202e" in line:
            plain = _TURNED.sub(lambda found: found[1][::-1], plain)
        if _IN_WORDS.search(line):
            apart = _with_figures(plain, apart=True)
            plain = _with_figures(plain)
            if apart != plain:
                read_otherwise.append(apart)
        if "&" in line and _ENTITY.search(line):
            plain = unescape(plain)
        plain = _JOINED.sub(" ", plain).replace("_", " ")
        if plain != line:
            found.append(plain)
    return ["\n".join(lines) for lines in (found, read_otherwise) if lines]


def _with_figures(line: str, *, apart: bool = False) -> str:
    """The line with its numbers in figures: "07700 nine hundred 123" becomes "07700 900 123". ``apart``: "sixty four
    one" is read as 60 4 1, as people also say a telephone number, and not as 64 1.
    """
    parts, at, tokens = [], 0, words(line)
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.street_form.isdigit() and not token.raw.isdigit():
            number = token.street_form
            if apart and after is not None and after.street_form.isdigit() and _TENS_AND_ONES.search(token.raw):
                number = f"{int(number) // 10 * 10} {number[-1]}"
            parts += [line[at : token.start], number]
            at = token.end
    return "".join([*parts, line[at:]])
