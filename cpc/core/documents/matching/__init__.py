"""Where protected values stand in a text: by stream of letters and digits, or word by word at word edges. Pure."""

from cpc.core.documents.matching import names, streams, streets
from cpc.core.documents.matching.page import Hit, Page
from cpc.core.documents.protected import Protected

__all__ = ["Hit", "Page", "all_hits"]


def all_hits(page: Page, wanted: list[Protected]) -> list[Hit]:
    """Every place at which a wanted value stands."""
    return [*streams.hits(page, wanted), *names.hits(page, wanted), *streets.hits(page, wanted)]
