"""What kind of statement a line of a report is: seen, told by somebody, alleged or found.

A mark is typed at the start of a line, so it goes wherever the words are copied to, on paper and into the record.
"""

import re
from dataclasses import dataclass

from reports.incoming.choices import Mark


@dataclass(frozen=True)
class Statement:
    """One line of a report, with its mark in words (“Told by Anna Marlow”), or without one."""

    text: str
    mark: str = ""
    label: str = ""


_MARKED = re.compile(r"\s*(seen|told by|alleged|found)\b([^:\n]{0,80}):[ \t]*(.*)", re.IGNORECASE)


def statements(text: str) -> list[Statement]:
    """The lines of the text, each with its mark, without empty lines. Lines without a mark stay together."""
    found: list[Statement] = []
    for line in text.splitlines():
        marked = _statement(line)
        if marked.mark or not found or found[-1].mark or not line.strip():
            found.append(marked)
        else:
            found[-1] = Statement(f"{found[-1].text}\n{line}")
    return [one for one in found if one.text.strip() or one.mark]


def told_by_nobody(text: str) -> bool:
    """Whether a line says “Told by” without saying who told it."""
    return any(one.mark == Mark.TOLD and one.label == Mark.TOLD.label for one in statements(text))


def _statement(line: str) -> Statement:
    match = _MARKED.fullmatch(line)
    if not match:
        return Statement(line)
    word, more, text = match.groups()
    mark = next(one for one in Mark if one.label.casefold() == word.casefold())
    # “Found in the kitchen:” is a sentence of the author’s own; only what somebody told has a name beside its mark.
    if more.strip() and mark != Mark.TOLD:
        return Statement(line)
    return Statement(text, mark.value, f"{mark.label} {more.strip()}".strip())
