"""Everything in a PDF that is not on its pages: properties, notes, bookmarks, form fields, attached files, old
versions.

Every text in every object is read, also if nothing refers to it any more: unlinked text is still in the file.
"""

import io
import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from cpc.core.documents.reading.found import Extraction

# Texts that no program shows and nobody typed: file ids, keys, details of fonts.
_TECHNICAL_KEYS = {
    "/ID", "/CharSet", "/Registry", "/Ordering", "/FontFamily", "/DA", "/O", "/U", "/OE", "/UE", "/Perms", "/CheckSum",
    "/Cert", "/ByteRange", "/Panose", "/Style", "/CreationDate", "/ModDate", "/M", "/IDTree", "/Lang", "/Headers",
}  # fmt: skip
_DRAWN_NOTES = {
    "/Ink": "Pen marks or handwriting on the page cannot be read",
    "/Stamp": "A stamp on the page cannot be read",
    "/Screen": "A film or sound in it cannot be read", "/Movie": "A film or sound in it cannot be read",
    "/Sound": "A film or sound in it cannot be read", "/RichMedia": "A film or sound in it cannot be read",
    "/3D": "A film or sound in it cannot be read",
}  # fmt: skip
# What happens by itself or at a click, by the kind of action.
_STARTS_A_PROGRAM = "It can start a program"
_ACTIONS = {
    "/Launch": _STARTS_A_PROGRAM, "/JavaScript": _STARTS_A_PROGRAM, "/RichMediaExecute": _STARTS_A_PROGRAM,
    "/SubmitForm": "It can send what is typed in it to somebody", "/ImportData": "It can fetch words from elsewhere",
    "/GoToR": "It can open another file", "/GoToE": "It can open another file",
    "/Sound": "A film or sound in it cannot be read", "/Movie": "A film or sound in it cannot be read",
    "/Rendition": "A film or sound in it cannot be read",
    "/Hide": "It can show and hide parts of itself", "/SetOCGState": "It can show and hide parts of itself",
}  # fmt: skip
_NOT_SHOWN = ("/Parent", "/Thumb", "/PieceInfo", "/Metadata", "/B", "/AA", "/StructParents")
_PROPERTIES, _FIELD, _HIDDEN = "The file’s properties", "A form field", "Hidden words of the file"


def read(body: bytes, extraction: Extraction) -> None:
    """Read every text of the file that is not on a page."""
    try:
        opened = pikepdf.open(io.BytesIO(body))
    except pikepdf.PasswordError:
        extraction.add_unreadable("It is locked with a password")
        return
    with opened as pdf:
        _HiddenText(pdf, extraction).read()
    saved = body.count(b"startxref")
    if saved > (2 if b"/Linearized" in body[:2048] else 1):
        extraction.add_unreadable("It was changed after it was made, and the earlier version may still lie inside it")


class _HiddenText:
    def __init__(self, pdf: pikepdf.Pdf, extraction: Extraction) -> None:
        self.pdf, self.extraction = pdf, extraction
        self.files, self.shown = set[tuple[int, int]](), set[tuple[int, int]]()
        self.info = pdf.trailer.get("/Info", None)
        self.notes: dict[tuple[int, int], int] = {}
        for number, page in enumerate(pdf.pages, 1):
            notes = page.obj.get("/Annots")
            for note in notes if isinstance(notes, Array) else ():
                self.notes[note.objgen] = number

    def read(self) -> None:
        pages = set()
        for number, page in enumerate(self.pdf.pages, 1):
            self._marked_words(page, number)
            pages.add(page.obj.objgen)
            if "/Thumb" in page.obj:
                self.extraction.add_unreadable(
                    f"Page {number} has a small picture of itself, which may show other things"
                )
        self._starts_by_itself()
        self._layers()
        self._find_shown()
        for one in self.pdf.objects:
            if isinstance(one, Dictionary) and one.get("/Type") == Name.Page and one.objgen not in pages:
                self.extraction.add_unreadable("A page that was removed still lies inside it")
            if isinstance(one, Dictionary | Stream):
                self._about(one, one.objgen)
            if isinstance(one, Stream):
                self._stream(one)
            if isinstance(one, Array):
                self._texts(one, _HIDDEN, 0)
        names = self.pdf.Root.get("/Dests")
        if isinstance(names, Dictionary):
            self.extraction.add_text(_HIDDEN, "\n".join(key.lstrip("/") for key, _ in names.items()))

    def _starts_by_itself(self) -> None:
        opening = self.pdf.Root.get("/OpenAction")
        opens = isinstance(opening, Dictionary) and opening.get("/S") != Name.GoTo
        if opens or "/AA" in self.pdf.Root or any("/AA" in page.obj for page in self.pdf.pages):
            self.extraction.add_unreadable("Something in it starts by itself when it is opened")

    def _layers(self) -> None:
        layers = self.pdf.Root.get("/OCProperties")
        shown = layers.get("/D") if isinstance(layers, Dictionary) else None
        if isinstance(shown, Dictionary) and (len(shown.get("/OFF", [])) or shown.get("/BaseState") == Name.OFF):
            self.extraction.add_unreadable("It has layers that are hidden")

    def _find_shown(self) -> None:
        """Collect the objects that drawing the pages needs. Any other data lies in the file unseen."""
        root = self.pdf.Root
        waiting: list[object] = [page.obj for page in self.pdf.pages]
        waiting += [root.get(key) for key in ("/OutputIntents", "/AcroForm")]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, Dictionary | Stream | Array):
                continue
            if one.is_indirect:
                if one.objgen in self.shown:
                    continue
                self.shown.add(one.objgen)
            if isinstance(one, Array):
                waiting += list(one)
            else:
                waiting += [one[key] for key in one.keys() - set(_NOT_SHOWN)]

    def _marked_words(self, page: pikepdf.Page, number: int) -> None:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
        if any(re.search(rb"ActualText|/Alt\b|/E\b", self._bytes(one)) for one in streams):
            for command in pikepdf.parse_content_stream(page):
                for operand in command.operands:
                    if isinstance(operand, Dictionary):
                        self._texts(operand, f"Hidden words on page {number}", 0)

    def _about(self, one: Any, objgen: tuple[int, int], inside: str = _HIDDEN, depth: int = 0) -> None:
        where = self._where(one, objgen)
        where = inside if where == _HIDDEN else where
        if one.get("/Type") == Name.Filespec or "/EF" in one:
            self._attached(one)
        kind = str(one.get("/Subtype", ""))
        if "/Rect" in one and kind in _DRAWN_NOTES:
            self.extraction.add_unreadable(_DRAWN_NOTES[kind])
        if "/Rect" in one and "/AP" in one and not self.extraction.own:  # our own forms have boxes to tick
            self.extraction.add_unreadable("How a note or a form field in it looks cannot be read")
        if "/JS" in one:
            self.extraction.add_unreadable("A program is kept inside it")
        if (started := str(one.get("/S", ""))) in _ACTIONS:
            self.extraction.add_unreadable(_ACTIONS[started])
        if "/XFA" in one:
            for part in one["/XFA"] if isinstance(one["/XFA"], Array) else [one["/XFA"]]:
                if isinstance(part, Stream):
                    self.extraction.add_text(_FIELD, _without_tags(self._bytes(part)))
        self._texts(one, where, depth)

    def _where(self, one: Any, objgen: tuple[int, int]) -> str:
        if self.info is not None and objgen == self.info.objgen:
            return _PROPERTIES
        if "/FT" in one or one.get("/Subtype") == Name.Widget:
            return _FIELD
        if objgen in self.notes or ("/Rect" in one and "/Subtype" in one):
            on = self.notes.get(objgen)
            return f"A note on page {on}" if on else "A note on a page"
        if "/Title" in one and ("/Parent" in one or "/Dest" in one or "/A" in one) and "/S" not in one:
            return "A bookmark"
        if one.get("/Type") == Name.Filespec:
            return "The name of an attached file"
        if "/URI" in one:
            return "A link"
        if one.get("/Type") == Name.StructElem:
            return "Words for screen readers"
        return _HIDDEN

    def _texts(self, one: Any, where: str, depth: int) -> None:
        """Read every text directly in an object. The objects that it refers to are read separately."""
        if depth > 30:
            return
        pairs = [("", item) for item in one] if isinstance(one, Array) else list(one.items())
        for key, value in pairs:
            if key in _TECHNICAL_KEYS or (key == "/Contents" and "/ByteRange" in one):
                continue
            if isinstance(value, String):
                said = str(value)
                if not said.startswith("D:"):
                    self.extraction.add_text(where, re.sub(r"<[^>]+>", " ", said))
            elif isinstance(value, Dictionary) and not value.is_indirect:
                self._about(value, (0, 0), where, depth + 1)
            elif isinstance(value, Array) and not value.is_indirect:
                self._texts(value, where, depth + 1)

    def _attached(self, one: Any) -> None:
        name = str(one.get("/UF", one.get("/F", "")))
        embedded = one.get("/EF")
        for file in embedded.values() if isinstance(embedded, Dictionary) else ():
            if isinstance(file, Stream) and file.objgen not in self.files:
                self._nested(file, name)

    def _nested(self, file: Any, name: str) -> None:
        from cpc.core.documents.reading.extract import read_into

        self.files.add(file.objgen)
        self.extraction.add_text("The name of an attached file", name)
        read_into(self._bytes(file), name, self.extraction)

    def _stream(self, one: Any) -> None:
        if one.get("/Subtype") == Name.XML:
            self.extraction.add_text(_PROPERTIES, _without_tags(self._bytes(one)))
        elif one.get("/Type") == Name.EmbeddedFile and one.objgen not in self.files:
            named = [spec for spec in self.pdf.objects if isinstance(spec, Dictionary) and "/EF" in spec]
            for spec in named:
                self._attached(spec)
            if one.objgen not in self.files:
                self._nested(one, "")
        elif (
            one.objgen not in self.shown
            and one.objgen not in self.files
            and one.get("/Type") not in (Name.XRef, Name.ObjStm)
        ):
            self.extraction.add_unreadable("It holds data that no page shows (private data, or a removed page)")
        if one.get("/Subtype") == Name.Image and one.get("/Filter") == Name.DCTDecode:
            from cpc.core.documents.reading import images

            images.properties(one.read_raw_bytes(), self.extraction)

    def _bytes(self, one: object) -> bytes:
        if not isinstance(one, Stream):
            return b""
        raw = one.read_raw_bytes()
        if one.get("/Filter") is None:
            self.extraction.reserve(len(raw))
            return raw
        if one.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in one:
            return self.extraction.unpacked(raw)
        body = one.read_bytes()
        self.extraction.reserve(len(body))
        return body


def _without_tags(body: bytes) -> str:
    """The words of some XML and of its attributes, without processing instructions and namespaces."""
    text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    text = re.sub(r"<\?.*?\?>|xmlns:?\w*\s*=\s*(\"[^\"]*\"|'[^']*')", " ", text, flags=re.DOTALL)
    said = re.sub(r"</?[\w:.-]+|/?>", "\n", text)
    lines = (re.sub(r"^[\w:.-]+\s*=\s*", "", line.strip()).strip("\"'") for line in said.split("\n"))
    return "\n".join(line for line in lines if line and not re.fullmatch(r"[\d.:TZ+-]+", line))
