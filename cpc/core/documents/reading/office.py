"""Word-processor files and spreadsheets (zips of XML): all their words, also deleted, hidden and commented ones."""

import io
import re
import zipfile

from cpc.core.documents.reading import plain
from cpc.core.documents.reading.found import MOST_ENTRIES, Extraction, TooLarge

_SUSPICIOUS = 300  # times smaller packed than unpacked: text packs to a tenth at most
_LARGE = 5_000_000
_BLOCKS = {"p", "tr", "br", "cr", "tab", "h", "row", "si", "c", "comment", "Relationship"}
# Attributes that contain text for people. The others are fonts, colours and numbers.
_TEXT_ATTRIBUTES = {
    "title",
    "descr",
    "alt",
    "author",
    "initials",
    "name",
    "tooltip",
    "string",
    "creator",
    "Target",
    "tag",
    "val",
}
_NAMES = {
    "word/comments": "A comment",
    "word/footnotes": "A footnote",
    "word/endnotes": "An endnote",
    "word/header": "The head of the pages",
    "word/footer": "The foot of the pages",
    "word/_rels": "A link",
    "word/settings": "The file’s properties",
    "docProps/": "The file’s properties",
    "customXml/": "The file’s properties",
}
_DRAWN = ("custGeom", "polyline", "curve")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf", ".svg")
_IGNORED = (
    "word/styles",
    "word/theme",
    "word/fontTable",
    "word/webSettings",
    "[Content_Types]",
    "xl/styles",
    "xl/theme",
)


def read(body: bytes, extraction: Extraction) -> None:
    """Read every word of a zip of XML. Any other zip counts as an unknown kind of file."""
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        names = {entry.filename for entry in entries}
        if len(entries) > MOST_ENTRIES:
            raise TooLarge(f"It holds more than {MOST_ENTRIES} files")
        if not names & {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml"}:
            extraction.add_unreadable("It is an archive of other files, which must be uploaded one by one")
        for said in (opened.comment, *(one for entry in opened.infolist() for one in (entry.comment, entry.extra))):
            extraction.add_text("The file’s properties", plain.words_of(said).replace("\x00", " "))
        for entry in entries:
            if entry.file_size > _LARGE and entry.file_size > _SUSPICIOUS * max(1, entry.compress_size):
                raise TooLarge("It unpacks to much more than any report holds")
            if entry.flag_bits & 1:
                extraction.add_unreadable("It is locked with a password")
                continue
            extraction.reserve(entry.file_size)
            _entry(entry.filename, opened.read(entry), extraction)
    extraction.pages = 1


def _entry(name: str, body: bytes, extraction: Extraction) -> None:
    from cpc.core.documents.reading.extract import read_into

    low = name.lower()
    if low.endswith((".xml", ".rels")):
        if not name.startswith(_IGNORED):
            _xml(name, body, extraction)
    elif low.endswith(_PICTURES):
        from cpc.core.documents.reading import images

        extraction.add_unreadable("A picture in it: what it shows cannot be read")
        if images.is_one(body):
            images.properties(body, extraction)
    elif low.endswith((".odttf", ".fntdata")) or name == "mimetype":
        return
    elif "vbaproject" in low:
        extraction.add_unreadable("A program is kept inside it (macros)")
    else:
        extraction.add_text("The name of an attached file", name)
        read_into(body, name.rsplit("/", 1)[-1], extraction)


def _xml(name: str, body: bytes, extraction: Extraction) -> None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(body, parser)
    shown, beside = [], []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment or an instruction of the program's own
        tag = etree.QName(element).localname
        if tag in _BLOCKS:
            shown.append("\n" if tag != "tab" else "\t")
        if element.text and tag != "instrText":
            shown.append(element.text)
        elif element.text:
            beside.append(element.text)
        if tag in ("ink", "inkML", "contentPart"):
            extraction.add_unreadable("Handwriting in it cannot be read")
        if tag in _DRAWN or (tag == "shape" and "path" in element.attrib):
            extraction.add_unreadable("A drawing in it, which may be words drawn as lines, cannot be read")
        if tag == "sym":
            extraction.add_unreadable("Letters of a font of signs in it cannot be read")
        for key, value in element.attrib.items():
            if etree.QName(key).localname in _TEXT_ATTRIBUTES and re.search(r"[^\W\d_]{2}|\d{4}", value):
                beside.append(value)
    where = next((said for start, said in _NAMES.items() if name.startswith(start)), "")
    extraction.add_text(where or "Page 1", "".join(shown))
    if tag_words := "\n".join(dict.fromkeys(beside)):
        extraction.add_text(where or "Hidden words of the file", tag_words)
