"""Which addresses are one house, however they are written. Pure: no database, no clock, no Django."""

import hashlib
from itertools import pairwise

from cpc.core.documents.folding import fold, words


def house_key(lines: str, postcode: str) -> str:
    """A short key that all spellings of one house share: "12 High Street" and "12, High St", "AB1 2CD" and "ab12cd".

    The number of a flat and the number of its house stay apart: flat 1 at number 23 is not flat 12 at number 3.
    """
    folded = [token.street_form for token in words(lines)]
    breaks = ["|" if before[-1].isdigit() and after[0].isdigit() else "" for before, after in pairwise(folded)]
    house = "".join(word + end for word, end in zip(folded, [*breaks, ""], strict=True))
    code = "".join(char for char in fold(postcode) if char.isalnum())
    return hashlib.sha256(f"{house}/{code}".encode()).hexdigest()[:32]
