"""Everything in a PDF that is not on its pages: properties, notes, bookmarks, form fields, attached files, old parts.

Every text in every object is read, whether or not anything still points at it: what was only unlinked leaves too.
"""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from cpc.core.documents.reading.found import Found

# Texts that no program shows and no person typed: numbers of the file, keys, the workings of fonts.
_WORKINGS = {
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
_PROPERTIES, _FIELD, _HIDDEN = "The file’s properties", "A form field", "Hidden words of the file"


def read(body: bytes, found: Found) -> None:
    """Every text of the file that is not on a page."""
    try:
        opened = pikepdf.open(io.BytesIO(body))
    except pikepdf.PasswordError:
        found.cannot("It is locked with a password")
        return
    with opened as pdf:
        _Inside(pdf, found).read()
    saved = body.count(b"startxref")
    if saved > (2 if b"/Linearized" in body[:2048] else 1):
        found.cannot("It was changed after it was made, and the earlier version may still lie inside it")


class _Inside:
    def __init__(self, pdf, found: Found):
        self.pdf, self.found, self.files = pdf, found, set()
        self.info = pdf.trailer.get("/Info", None)
        self.notes = {}
        for number, page in enumerate(pdf.pages, 1):
            notes = page.obj.get("/Annots")
            for note in notes if isinstance(notes, Array) else ():
                self.notes[note.objgen] = number

    def read(self):
        for number, page in enumerate(self.pdf.pages, 1):
            self._marked_words(page, number)
        for one in self.pdf.objects:
            if isinstance(one, Dictionary | Stream):
                self._about(one, one.objgen)
            if isinstance(one, Stream):
                self._stream(one)
            if isinstance(one, Array):
                self._texts(one, _HIDDEN, 0)
        names = self.pdf.Root.get("/Dests")
        if isinstance(names, Dictionary):
            self.found.say(_HIDDEN, "\n".join(key.lstrip("/") for key in names))

    def _marked_words(self, page, number):
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
        if any(re.search(rb"ActualText|/Alt\b|/E\b", self._bytes(one)) for one in streams):
            for command in pikepdf.parse_content_stream(page):
                for operand in command.operands:
                    if isinstance(operand, Dictionary):
                        self._texts(operand, f"Hidden words on page {number}", 0)

    def _about(self, one, objgen, inside=_HIDDEN, depth=0):
        where = self._where(one, objgen)
        where = inside if where == _HIDDEN else where
        if one.get("/Type") == Name.Filespec or "/EF" in one:
            self._attached(one)
        kind = str(one.get("/Subtype", ""))
        if "/Rect" in one and kind in _DRAWN_NOTES:
            self.found.cannot(_DRAWN_NOTES[kind])
        if "/JS" in one:
            self.found.cannot("A program is kept inside it")
        if "/XFA" in one:
            for part in one["/XFA"] if isinstance(one["/XFA"], Array) else [one["/XFA"]]:
                if isinstance(part, Stream):
                    self.found.say(_FIELD, _without_tags(self._bytes(part)))
        self._texts(one, where, depth)

    def _where(self, one, objgen) -> str:
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
        if one.get("/Type") == Name.StructElem:
            return "Words for screen readers"
        return _HIDDEN

    def _texts(self, one, where, depth):
        """Every text directly in an object; what it points at has its own turn."""
        if depth > 30:
            return
        pairs = [("", item) for item in one] if isinstance(one, Array) else list(one.items())
        for key, value in pairs:
            if key in _WORKINGS or (key == "/Contents" and "/ByteRange" in one):
                continue
            if isinstance(value, String):
                said = str(value)
                if not said.startswith("D:"):
                    self.found.say(where, re.sub(r"<[^>]+>", " ", said))
            elif isinstance(value, Dictionary) and not value.is_indirect:
                self._about(value, (0, 0), where, depth + 1)
            elif isinstance(value, Array) and not value.is_indirect:
                self._texts(value, where, depth + 1)

    def _attached(self, one):
        name = str(one.get("/UF", one.get("/F", "")))
        kept = one.get("/EF")
        for file in kept.values() if isinstance(kept, Dictionary) else ():
            if isinstance(file, Stream) and file.objgen not in self.files:
                self._nested(file, name)

    def _nested(self, file, name):
        from cpc.core.documents.reading.here import read_into

        self.files.add(file.objgen)
        self.found.say("The name of an attached file", name)
        read_into(self._bytes(file), name, self.found)

    def _stream(self, one):
        if one.get("/Subtype") == Name.XML:
            self.found.say(_PROPERTIES, _without_tags(self._bytes(one)))
        elif one.get("/Type") == Name.EmbeddedFile and one.objgen not in self.files:
            named = [spec for spec in self.pdf.objects if isinstance(spec, Dictionary) and "/EF" in spec]
            for spec in named:
                self._attached(spec)
            if one.objgen not in self.files:
                self._nested(one, "")
        elif one.get("/Subtype") == Name.Image and one.get("/Filter") == Name.DCTDecode:
            from cpc.core.documents.reading import images

            images.properties(one.read_raw_bytes(), self.found)

    def _bytes(self, one) -> bytes:
        if not isinstance(one, Stream):
            return b""
        raw = one.read_raw_bytes()
        if one.get("/Filter") is None:
            self.found.take(len(raw))
            return raw
        if one.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in one:
            return self.found.unpacked(raw)
        body = one.read_bytes()
        self.found.take(len(body))
        return body


def _without_tags(body: bytes) -> str:
    """The words of some XML, and of its attributes; a processing instruction and a namespace say nothing."""
    text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    text = re.sub(r"<\?.*?\?>|xmlns:?\w*\s*=\s*(\"[^\"]*\"|'[^']*')", " ", text, flags=re.DOTALL)
    said = re.sub(r"</?[\w:.-]+|/?>", "\n", text)
    lines = (re.sub(r"^[\w:.-]+\s*=\s*", "", line.strip()).strip("\"'") for line in said.split("\n"))
    return "\n".join(line for line in lines if line and not re.fullmatch(r"[\d.:TZ+-]+", line))
