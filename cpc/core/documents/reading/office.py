"""A word-processor file (or a spreadsheet): a zip of XML. All its words, also deleted, hidden and commented ones."""

import io
import re
import zipfile

from cpc.core.documents.reading.found import MOST_ENTRIES, Found, TooMuch

_SUSPICIOUS = 300  # times smaller packed than unpacked: words are packed ten times at most
_LARGE = 5_000_000
_BLOCKS = {"p", "tr", "br", "cr", "tab", "h", "row", "si", "c", "comment", "Relationship"}
# Attributes that say something to somebody. The others are fonts, colours and numbers.
_SAYS = {"title", "descr", "alt", "author", "initials", "name", "tooltip", "string", "creator", "Target", "tag", "val"}
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
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf", ".svg")
_QUIET = ("word/styles", "word/theme", "word/fontTable", "word/webSettings", "[Content_Types]", "xl/styles", "xl/theme")


def read(body: bytes, found: Found) -> None:
    """Every word of a zip of XML; another zip is a file of unknown kind."""
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        names = {entry.filename for entry in entries}
        if len(entries) > MOST_ENTRIES:
            raise TooMuch(f"It holds more than {MOST_ENTRIES} files")
        if not names & {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml"}:
            found.cannot("It is an archive of other files, which must be handed in one by one")
        for entry in entries:
            if entry.file_size > _LARGE and entry.file_size > _SUSPICIOUS * max(1, entry.compress_size):
                raise TooMuch("It unpacks to much more than any report holds")
            if entry.flag_bits & 1:
                found.cannot("It is locked with a password")
                continue
            found.take(entry.file_size)
            _entry(entry.filename, opened.read(entry), found)
    found.pages = 1


def _entry(name: str, body: bytes, found: Found) -> None:
    from cpc.core.documents.reading.here import read_into

    low = name.lower()
    if low.endswith((".xml", ".rels")):
        if not name.startswith(_QUIET):
            _xml(name, body, found)
    elif low.endswith(_PICTURES):
        from cpc.core.documents.reading import images

        found.cannot("A picture in it: what it shows cannot be read")
        if images.is_one(body):
            images.properties(body, found)
    elif low.endswith((".odttf", ".fntdata")) or name == "mimetype":
        return
    elif "vbaproject" in low:
        found.cannot("A program is kept inside it (macros)")
    else:
        found.say("The name of an attached file", name)
        read_into(body, name.rsplit("/", 1)[-1], found)


def _xml(name: str, body: bytes, found: Found) -> None:
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
            found.cannot("Handwriting in it cannot be read")
        for key, value in element.attrib.items():
            if etree.QName(key).localname in _SAYS and re.search(r"[^\W\d_]{2}|\d{4}", value):
                beside.append(value)
    where = next((said for start, said in _NAMES.items() if name.startswith(start)), "")
    found.say(where or "Page 1", "".join(shown))
    if tag_words := "\n".join(dict.fromkeys(beside)):
        found.say(where or "Hidden words of the file", tag_words)
