"""Find a person’s initials: "D.M.", "D. M." and "DM". Pure."""

from collections import defaultdict
from collections.abc import Iterator

from cpc.core.documents.folding import fold
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Kind, Protected


def hits(page: Page, wanted: list[Protected]) -> Iterator[Hit]:
    """Every place where such initials are written in capitals as one word, or each with a full stop after it."""
    index: dict[str, list[Protected]] = defaultdict(list)
    for one in wanted:
        if one.kind is Kind.INITIALS:
            index[fold(one.value)].append(one)
    longest = max(map(len, index), default=0)
    for at, token in enumerate(page.tokens):
        if not index or not token.capital:
            continue
        if token.raw.removesuffix("’s").removesuffix("'s").isupper():
            plain = fold(token.raw.removesuffix("’s").removesuffix("'s"))
            yield from (Hit(one, token.start, token.end) for one in index.get(plain, ()))
        letters = ""
        for here in range(at, min(at + longest, len(page.tokens))):
            letter = page.tokens[here]
            if len(letter.fold) != 1 or not letter.capital or page.text[letter.end : letter.end + 1] != ".":
                break
            letters += letter.fold
            # "S.A.P.S." are not the initials of S.A.
            if len(letters) > 1 and not (_is_dotted(page, at - 1) or _is_dotted(page, here + 1)):
                yield from (Hit(one, token.start, letter.end) for one in index.get(letters, ()))


def _is_dotted(page: Page, at: int) -> bool:
    """Whether the word at this index is one capital letter with a full stop."""
    if not 0 <= at < len(page.tokens):
        return False
    token = page.tokens[at]
    return len(token.fold) == 1 and token.capital and page.text[token.end : token.end + 1] == "."
