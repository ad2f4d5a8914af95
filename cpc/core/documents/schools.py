"""A school as people write it: "St Annes", "Alder Lane Primary", "St. Anne's CE Primary School". Pure."""

from collections.abc import Iterator

from cpc.core.documents.folding import words

# What every other school is called too. What is left is its own.
KINDS = frozenset({
    "school", "sch", "academy", "acad", "primary", "prim", "infant", "infants", "junior", "juniors", "nursery",
    "preschool", "pre", "first", "middle", "high", "secondary", "sec", "upper", "lower", "college", "sixth", "form",
    "comprehensive", "grammar", "community", "special", "centre", "center", "playgroup", "kindergarten",
})  # fmt: skip
_BETWEEN = frozenset({
    "the", "of", "and", "ce", "c", "e", "cofe", "coe", "church", "england", "rc", "r", "catholic", "roman", "voluntary",
    "aided", "controlled", "va", "vc", "foundation", "free", "trust", "for", "boys", "girls",
})  # fmt: skip


def own_words(name: str) -> tuple[str, ...]:
    """What of a school's name is its own: "Alder Lane" of "Alder Lane C of E Primary School"."""
    tokens = words(name)
    own = [token.street_form for token in tokens]
    while own and own[0] == "the":
        own.pop(0)
    for at, token in enumerate(tokens):
        if token.fold in KINDS and at:
            own = own[: max(0, at - (len(tokens) - len(own)))] if tokens[0].fold == "the" else own[:at]
            break
    while own and own[-1] in _BETWEEN:
        own.pop()
    return tuple(own)


def ways_of_a_school(name: str) -> set[tuple[str, ...]]:
    """The sequences of words that say which school it is: its own with any kind after them, however it is built."""
    return {tuple(token.street_form for token in words(name)), *_ways(own_words(name))}


def _ways(own: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not own:
        return
    between = ((), ("ce",), ("c", "of", "e"), ("c", "e"), ("rc",), ("catholic",), ("church", "of", "england"),
               ("community",), ("cofe",), ("roman", "catholic"))  # fmt: skip
    for middle in between:
        for kind in KINDS:
            yield (*own, *middle, kind)


def abbreviation(name: str) -> str:
    """The first letters of its words, where they are three or more: "ALPS" for Alder Lane Primary School."""
    letters = "".join(token.raw[0].upper() for token in words(name) if token.fold not in ("the", "of", "and"))
    return letters if 3 <= len(letters) <= 7 else ""
