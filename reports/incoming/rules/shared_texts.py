"""Whether a text that was written for several children tells of one that its reader does not read about. Pure."""

import re
from collections.abc import Iterable

from cpc.core.documents.check import release_check
from cpc.core.documents.protected import Kind, Protected, same_as

_ALIKE = r"(?:half|step|twin|older|younger|elder|big|little|baby|foster)"
_RELATIONS = re.compile(
    rf"\b(?:{_ALIKE}?[-‐‑\s]?(?:brother|sister|sibling)|twin|triplet|bab(?:y|ie)|newborn|infant|toddler|cousin)(?:s|[’']s)?\b"
    r"|\bunborn\b|\b(?:bro|sis)\b"
    r"|\b(?:other|another|older|oldest|younger|youngest|elder|eldest|middle)\s+"
    r"(?:child(?:ren)?|boys?|girls?|kids?|ones?|sons?|daughters?)\b",
    re.IGNORECASE,
)
# One person, before anybody is named: in a text for several children it may be any of them.
_BEGINS_WITH_A_PRONOUN = re.compile(r"\W*(?:she|he|her|hers|herself|him|his|himself)\b", re.IGNORECASE)


def may_tell_of_others(text: str, protected: Iterable[Protected], known: Iterable[Protected | str]) -> bool:
    """Whether the text may mean somebody who must not be named: by a name, by a word such as “brother”, by one letter
    (“T. goes to school”), or because it begins with “she” or “his” and names nobody before. ``protected`` are the names
    of the others, ``known`` what the reader knows.
    """
    protected = list(protected)
    return (
        bool(_RELATIONS.search(text) or _BEGINS_WITH_A_PRONOUN.match(text))
        or any(_is_one_letter(text, one.value[0]) for one in protected if one.kind == Kind.FIRST_NAME)
        or names_others(f"{text}\n{text.title()}", protected, known)
    )


def names_others(text: str, protected: Iterable[Protected], known: Iterable[Protected | str]) -> bool:
    """Whether the text may name one of the others. A surname that they share tells nobody which of them is meant. A
    first name that they share with somebody who is known may mean the other.
    """
    protected = list(protected)
    secret = {same_as(one) for one in protected if one.kind != Kind.SURNAME}
    return bool(release_check(text, protected, [one for one in known if same_as(one) not in secret]))


def _is_one_letter(text: str, letter: str) -> bool:
    """Whether the letter is written for a name: with a full stop, or alone and large. “A” and “I” are words alone."""
    dotted = rf"(?<![\w.’']){re.escape(letter)}\.(?!\w)"
    alone = rf"(?<![\w.’'&-]){re.escape(letter.upper())}(?:[’']s)?(?![\w.’'&-])"
    return bool(re.search(dotted, text, re.IGNORECASE)) or (letter.upper() not in "AI" and bool(re.search(alone, text)))
