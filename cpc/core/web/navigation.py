"""The menu at the top of each page, and what pages are called in links back to them. The roof says both: CPC_NAVIGATION
and CPC_PAGE_NAMES name its functions.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Link:
    """One link of the menu: its words, its address, and what the addresses below it begin with."""

    label: str
    url: str
    under: tuple[str, ...] = ()

    def nearness(self, path: str) -> int:
        """How near the page at ``path`` is: more for a longer beginning that they share; 0 for a page elsewhere."""
        if path == self.url:
            return len(path) + 1
        return max((len(start) for start in self.under if path.startswith(start)), default=0)


def links(request) -> list[dict]:
    """The links for this viewer. The one nearest to the page is marked as here."""
    chooser = getattr(settings, "CPC_NAVIGATION", "")
    if not chooser or not hasattr(request, "viewer"):
        return []
    found = import_string(chooser)(request.viewer)
    nearest = max(found, key=lambda link: link.nearness(request.path), default=None)
    return [
        {"label": link.label, "url": link.url, "here": link is nearest and link.nearness(request.path) > 0}
        for link in found
    ]


def page_name(href: str) -> str:
    """What the page at this address is called in a link back to it; "Back" if it has no name."""
    try:
        view = resolve(urlsplit(href).path).view_name
    except Resolver404:
        return "Back"
    namer = getattr(settings, "CPC_PAGE_NAMES", "")
    return (import_string(namer)(view) if namer else "") or "Back"
