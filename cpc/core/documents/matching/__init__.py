"""Find protected values in a text: in its stream of letters and digits, or word by word. Pure."""

from cpc.core.documents.matching import cyrillic, described, initials, maps, names, streams, streets, uncased
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Protected

__all__ = ["Hit", "Page", "all_hits"]


def all_hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every occurrence of a wanted value."""
    return [
        *streams.hits(page, wanted), *names.hits(page, wanted), *uncased.hits(page, wanted),
        *streets.hits(page, wanted), *initials.hits(page, wanted), *maps.hits(page, wanted),
        *described.hits(page, wanted), *cyrillic.hits(page, wanted),
    ]  # fmt: skip
