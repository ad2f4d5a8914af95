"""The links at the top of each page. The roof says which: CPC_NAVIGATION names its function."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Link:
    """One link of the navigation: its words, its address, and what addresses count as being there."""

    label: str
    url: str
    under: str = ""

    def here(self, path: str) -> bool:
        """Whether the page at ``path`` is this link's page, or (where ``under`` is given) one below it."""
        return path == self.url or bool(self.under and path.startswith(self.under))


def links(request) -> list[dict]:
    """The links for this viewer, each told whether it is where we are."""
    chooser = getattr(settings, "CPC_NAVIGATION", "")
    if not chooser or not hasattr(request, "viewer"):
        return []
    return [
        {"label": link.label, "url": link.url, "here": link.here(request.path)}
        for link in import_string(chooser)(request.viewer)
    ]
