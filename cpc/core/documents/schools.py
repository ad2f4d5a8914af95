"""The ways in which people write a school’s name: “St Annes”, “Alder Lane Primary”, “St. Anne’s CE Primary School”.
Pure."""

from collections.abc import Iterator

from cpc.core.documents.folding import words

# Words that many schools have in their names. The remaining words are distinctive.
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
    """The distinctive words of a school’s name: “Alder Lane” of “Alder Lane C of E Primary School”."""
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
    """The word sequences that identify the school: its own words, or their initials, followed by any kind of school."""
    own = own_words(name)
    initials = tuple(word[0] for word in own) if len(own) > 1 else ()
    whole = tuple(token.street_form for token in words(name))
    plain = [token.fold for token in words(name) if token.fold != "the"][: len(own)]
    # In a web or mail address: alderlaneprimary.
    joined = {("".join((*each, kind)),) for kind in KINDS for each in (own, plain) if own}
    return {whole, *joined, *_ways(own), *_ways(initials), *_ways(("".join(initials),) if initials else ())}


def _ways(own: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not own:
        return
    between = ((), ("ce",), ("c", "of", "e"), ("c", "e"), ("rc",), ("catholic",), ("church", "of", "england"),
               ("community",), ("cofe",), ("roman", "catholic"))  # fmt: skip
    for middle in between:
        for kind in KINDS:
            yield (*own, *middle, kind)


def abbreviations(name: str) -> list[str]:
    """The initials of its words if there are three or more, also without the last: “ALPS” and “ALP” for Alder Lane
    Primary School; and without the words for its faith or status: “SAPS” for St Anne’s CE Primary School."""
    tokens = [token for token in words(name) if token.fold not in ("the", "of", "and")]
    every = "".join(token.raw[0].upper() for token in tokens)
    plain = "".join(token.raw[0].upper() for token in tokens if token.fold not in _BETWEEN)
    return [short for short in dict.fromkeys((every, every[:-1], plain, plain[:-1])) if 3 <= len(short) <= 7]
