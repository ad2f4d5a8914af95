"""HTML of ours into a PDF/UA-1 file. Imported only when a letter is made: WeasyPrint needs Debian's libraries."""

import threading
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "asset:"
_KINDS = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


class OnlyOurOwn(URLFetcher):
    """Answers ``asset:`` names that are in ``static/letters``; anything else stops the letter being made.

    The fetcher it replaces reads local files and reaches local ports, so a letter could be made to print either.
    """

    def fetch(self, url, headers=None):
        kept = _assets().get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if kept is None:
            raise FatalURLFetchingError(f"a letter may use only its own bundled files, and asked for {url[:80]}")
        path, body = kept
        return URLFetcherResponse(url, body=body, headers={"Content-Type": _KINDS[path.suffix]})


@cache
def _assets() -> dict[str, tuple[Path, bytes]]:
    # Read once, by name: no path is ever joined with what a letter says.
    root = Path(settings.BASE_DIR) / "static" / "letters"
    files = (path for path in sorted(root.rglob("*")) if path.suffix in _KINDS)
    return {path.relative_to(root).as_posix(): (path, path.read_bytes()) for path in files}


def _our_own() -> OnlyOurOwn:
    return OnlyOurOwn(allowed_protocols=("asset",), allow_redirects=False)


class _PrintStyle(threading.local):
    """The one style of every letter and its fonts, read once: a fifth of the time that a letter takes.

    Once a thread, because Pango's fonts are not to be shared between threads.
    """

    def __init__(self):
        self.fonts = FontConfiguration()
        style = _assets()["letter.css"][1].decode()
        self.sheet = CSS(string=style, base_url=SCHEME, url_fetcher=_our_own(), font_config=self.fonts)


_print_style = _PrintStyle()


def to_pdf(html: str) -> bytes:
    """The same HTML makes the same bytes, whatever was made before it."""
    document = HTML(string=html, url_fetcher=_our_own())
    return document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[_print_style.sheet], font_config=_print_style.fonts)
