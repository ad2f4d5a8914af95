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
# "14Pennywort", "PennywortLane", "PennywortLane14", "pennywort_lane"
_JOINED = re.compile(
    r"(?<=\d)(?=[A-Z][a-z]{2})|(?<=[a-z]{3})(?=\d{2,3}\b)|(?<=\d)(?=[a-z]{4})|(?<=[a-z]{2})(?=[A-Z][a-z])|(?<=\w)_+(?=\w)"
)


def rewritten(text: str) -> str:
    """The lines that read otherwise when they are decoded or taken apart, so rewritten; empty if there are none."""
    found = []
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
            plain = _with_figures(plain)
        if "&" in line and _ENTITY.search(line):
            plain = unescape(plain)
        plain = _JOINED.sub(" ", plain).replace("_", " ")
        if plain != line:
            found.append(plain)
    return "\n".join(found)


def _with_figures(line: str) -> str:
    """The line with its numbers in figures: "07700 nine hundred 123" becomes "07700 900 123"."""
    parts, at = [], 0
    for token in words(line):
        if token.street_form.isdigit() and not token.raw.isdigit():
            parts += [line[at : token.start], token.street_form]
            at = token.end
    return "".join([*parts, line[at:]])
