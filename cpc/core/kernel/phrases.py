"""How names stand together in a sentence. Words only: what is said belongs to whoever says it."""

from collections.abc import Iterable


def listed(names: Iterable[str], word: str = "and") -> str:
    """Rosa, Theo and Ivy; one name is itself, and none is nothing."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def capital(words: str) -> str:
    """The words with a capital first letter and the rest as it was."""
    return words[:1].upper() + words[1:]
