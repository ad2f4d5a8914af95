"""How names are joined in a sentence. Words only: what the sentence says is the caller's."""

from collections.abc import Iterable


def listed(names: Iterable[str], word: str = "and") -> str:
    """Rosa, Theo and Ivy; one name is itself, and none is nothing."""
    *others, last = list(names) or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def in_sentence(words: str) -> str:
    """A label as it is written within a sentence: "social worker", but "GP"."""
    return words if words.partition(" ")[0].isupper() else words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """The words with a capital first letter and the rest as it was."""
    return words[:1].upper() + words[1:]
