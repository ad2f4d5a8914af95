"""How names are joined in a sentence, and typed text is split into lines. Words only: what they say is the caller's."""

import re
from collections.abc import Iterable, Sequence

EACH_CHILD = "each child"


def listed(names: Iterable[str], word: str = "and") -> str:
    """Rosa, Theo and Ivy; one name is itself, and none is nothing."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def possessive(name: str, what: str, link: str = "for") -> str:
    """Rosa’s plan. A name with an addition in brackets takes no “’s”: the plan for Rosa (born 22 July 2016)."""
    return f"the {what} {link} {name}" if name.endswith(")") else f"{name}’s {what}"


def about_children(words: str, names: Sequence[str]) -> str:
    """The words of a question, with the name of the child instead of “each child” where there is only one."""
    return words.replace(EACH_CHILD, names[0]) if len(names) == 1 else words


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that somebody typed, without the spaces around them and without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def in_sentence(words: str) -> str:
    """A label as it is written within a sentence: "social worker", but "GP"."""
    return words if words.partition(" ")[0].isupper() else words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The words with a capital first letter and the rest as it was."""
    return words[:1].upper() + words[1:]


_NOTHING_YET = re.compile(
    r"(?:t ?b ?[acd]|n ?a|x+|nil|none|ditto|unknown(?: at present)?|pending|to follow|(?:as|see) (?:above|below)"
    r"|not (?:yet )?(?:known|applicable|recorded|decided|discussed)"
    r"|to be (?:confirmed|agreed|decided|arranged|advised|discussed))?(?: yet)?"
)


def says_nothing(text: str) -> bool:
    """Whether the text is empty or only holds its place: "TBC", "n/a", "-", "To be confirmed"."""
    return bool(_NOTHING_YET.fullmatch(" ".join(re.findall(r"\w+", text.casefold()))))
