"""Make PDF/UA-1 files from our own HTML, and read back what was printed.

Import it only to make a letter: WeasyPrint needs Debian’s libraries.
"""

import threading
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from cpc.core.documents.scripts import CJK, LETTER_SANS, Script, body_of, needed_for, refusal
from cpc.core.documents.text import beside_the_pages, from_html, text_of
from cpc.core.kernel.refusals import Invalid

SCHEME = "asset:"
_KINDS = {
    ".css": "text/css", ".ttf": "font/ttf", ".woff2": "font/woff2", ".ttc": "font/collection",
    ".svg": "image/svg+xml", ".png": "image/png",
}  # fmt: skip
# A last page with less than this share of it used is not sent where a little less space saves it.
_NEARLY_EMPTY = 0.4
_MARGINS = ("top-left", "top-right", "bottom-left", "bottom-right")
_COMPARED = ("Lu", "Ll", "Lo", "Nd")  # not letters that modify others, which a PDF may give back as one with them
# Their letters change places and join, so that the text of a PDF does not give each of them back.
_RESHAPED_NAMES = frozenset({
    "ARABIC", "HEBREW", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "ORIYA", "SINHALA",
    "TAMIL", "TELUGU",
})  # fmt: skip


class BundledFilesOnly(URLFetcher):
    """Serves ``asset:`` names from ``static/letters``. Any other address stops the letter.

    WeasyPrint’s default fetcher reads local files and local ports, so a letter could be made to print either.
    """

    def fetch(self, url, headers=None):
        name = url.removeprefix(SCHEME)
        if url == f"{SCHEME}fonts/{CJK.regular}":
            return URLFetcherResponse(url, body=body_of(CJK.regular), headers={"Content-Type": _KINDS[".ttc"]})
        asset = _assets().get(name) if url.startswith(SCHEME) else None
        if asset is None:
            raise FatalURLFetchingError(f"a letter may use only its own bundled files, and asked for {url[:80]}")
        path, body = asset
        return URLFetcherResponse(url, body=body, headers={"Content-Type": _KINDS[path.suffix]})


@cache
def _assets() -> dict[str, tuple[Path, bytes]]:
    # Read once, by name: no path is ever joined with what a letter says.
    root = Path(settings.BASE_DIR) / "static" / "letters"
    files = (path for path in sorted(root.rglob("*")) if path.suffix in _KINDS)
    return {path.relative_to(root).as_posix(): (path, path.read_bytes()) for path in files}


def _bundled_files_only() -> BundledFilesOnly:
    return BundledFilesOnly(allowed_protocols=("asset",), allow_redirects=False)


class _PrintStyle(threading.local):
    """The style and fonts of every letter, read once: this saves a fifth of the time a letter takes.

    Once for each thread, because Pango’s fonts cannot be shared between threads.
    """

    def __init__(self):
        self.fonts = FontConfiguration()
        self.sheet = self._read(_assets()["letter.css"][1].decode())
        self.tight = self._read(_assets()["tight.css"][1].decode())
        self.scripts: dict[tuple[Script, ...], CSS] = {}

    def sheets(self, scripts: tuple[Script, ...]) -> list[CSS]:
        """The style of a letter with words in these scripts. A letter in English reads no other font."""
        if scripts and scripts not in self.scripts:
            self.scripts[scripts] = self._read(_style_of(scripts))
        return [self.sheet, *([self.scripts[scripts]] if scripts else [])]

    def _read(self, style: str) -> CSS:
        return CSS(string=style, base_url=SCHEME, url_fetcher=_bundled_files_only(), font_config=self.fonts)


def _style_of(scripts: tuple[Script, ...]) -> str:
    faces = [
        f'@font-face {{ font-family: "{script.family}"; font-weight: {weight}; src: url("asset:fonts/{file}"); }}'
        for script in scripts
        for weight, file in (("normal", script.regular), ("bold", script.bold))
        if file
    ]
    family = ", ".join(f'"{script.family}"' for script in (LETTER_SANS, *scripts))
    margins = " ".join(f"@{margin} {{ font-family: {family}; }}" for margin in _MARGINS)
    return "\n".join([*faces, f"html {{ font-family: {family}; }}", f"@page {{ {margins} }}"])


_print_style = _PrintStyle()


@lru_cache(maxsize=64)
def to_pdf(html: str) -> bytes:
    """The PDF/UA-1 file of this HTML. The same HTML always makes the same bytes, so recent files are cached.

    Raises Invalid if it has characters that no font of ours prints, or if words of it are missing from its pages.
    """
    words = from_html(html, described=False)
    scripts = needed_for(words)
    sheets = _print_style.sheets(scripts)
    document = _laid_out(html, sheets)
    if len(document.pages) > 1 and _share_used(document.pages[-1]) < _NEARLY_EMPTY:
        tight = _laid_out(html, [*sheets, _print_style.tight])
        document = tight if len(tight.pages) < len(document.pages) else document
    # Fields can be filled in on a screen; a letter without any is the same file as without this.
    pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)
    _refuse_foreign_fonts(document, scripts)
    _refuse_lost_words(words, pdf)
    return pdf


def footers(lines: list[str]) -> bytes:
    """A file with one page for each line, alone in the middle of its foot."""
    pages = "".join(f'<div class="foot">{escape(line)}</div>' for line in lines)
    own = (
        "@page :first { margin: 0 } @page { margin: 0; @top-left { content: none } @top-right { content: none }"
        " @bottom-left { content: none } @bottom-right { content: none } }"
        " .foot { height: 297mm; box-sizing: border-box; padding-top: 289mm; text-align: center; font-size: 9pt;"
        " break-after: page; } .foot:last-child { break-after: auto; }"
    )
    sheets = [*_print_style.sheets(needed_for(" ".join(lines))), CSS(string=own)]
    document = HTML(string=pages, url_fetcher=_bundled_files_only()).render(
        stylesheets=sheets, font_config=_print_style.fonts
    )
    return document.write_pdf()


def _laid_out(html: str, sheets: list[CSS]):
    return HTML(string=html, url_fetcher=_bundled_files_only()).render(
        stylesheets=sheets, font_config=_print_style.fonts, pdf_variant="pdf/ua-1", pdf_forms=True
    )


def _share_used(page) -> float:
    """How far down the page its words reach, as a share of its height without margins."""
    box = page._page_box
    words = (one for one in box.all_children()[0].descendants() if isinstance(one, TextBox))
    lowest = max((one.position_y + one.height for one in words), default=0)
    return (lowest - box.margin_top) / box.height


def _refuse_foreign_fonts(document, scripts: tuple[Script, ...]) -> None:
    """Every glyph is from a font of ours: none is a box, and none is what this one machine happens to have."""
    ours = {script.family for script in (LETTER_SANS, *scripts)}
    for font in document.fonts.values():
        if font.missing:
            raise Invalid(refusal(chr(codepoint) for codepoint in font.missing))
        if font.family not in ours:
            raise Invalid(refusal("".join(font.to_unicode.values()).split()))


def _refuse_lost_words(words: str, pdf: bytes) -> None:
    """Every letter of the words is on a page, as often as it is in them, and none is beyond the edge of one."""
    lost = (_letters(words) - _letters(text_of(pdf))) | beside_the_pages(pdf)
    if lost:
        longest = max((word for word in words.split() if lost.keys() & set(word)), key=len, default="")
        because = f", perhaps because of “{longest[:60]}”" if longest else ""
        raise Invalid(
            f"Not all of this fits on its page: {lost.total()} characters would be lost{because}. Make long words, "
            "links and tables shorter."
        )


def _letters(text: str) -> Counter:
    """How often each letter and figure is in the text, but for scripts that reshape their letters.

    Signs are left out: a hyphen at the end of a line is read back as part of a word that goes on.
    """
    plain = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) in _COMPARED)
    return Counter(char for char in plain if not _is_reshaped(char))


@cache
def _is_reshaped(char: str) -> bool:
    return ord(char) > 0x24F and unicodedata.name(char, "").split(" ")[0] in _RESHAPED_NAMES
