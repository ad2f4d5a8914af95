"""Pictures: a person must look at what they show; the words in their properties (camera, place, comments) are read."""

import io
import re

from cpc.core.documents.reading.found import MOST_PIXELS, Extraction

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_PROPERTIES = "A picture’s properties"


def is_one(body: bytes) -> bool:
    """Whether these bytes begin like a picture."""
    heic = body[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
    return body.startswith(_STARTS) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP") or heic


def read(body: bytes, extraction: Extraction, what: str = "A picture: what it shows cannot be read") -> None:
    """Read the words in a picture’s properties, and list the picture as unreadable."""
    extraction.add_unreadable(what)
    properties(body, extraction)


def properties(body: bytes, extraction: Extraction) -> None:
    """Read the words in a picture’s properties, and whether it says where it was taken."""
    from PIL import ExifTags, Image, TiffImagePlugin

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(body)) as picture:
        exif = picture.getexif()
        tag_sets = [exif, exif.get_ifd(ExifTags.IFD.Exif)]
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        if place:
            extraction.add_unreadable("A picture says where it was taken (its position on the map)")
            extraction.add_text(_PROPERTIES, " ".join(map(str, place.values())))
        values = [value for tags in tag_sets for value in tags.values()] + list(picture.info.values())
    for value in values:
        if isinstance(value, TiffImagePlugin.IFDRational | int | float):
            continue
        for said in value if isinstance(value, tuple | list) else (value,):
            extraction.add_text(_PROPERTIES, _words(said))


def _words(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if not isinstance(value, bytes):
        return ""
    # Comments are bytes in one of two encodings, mixed with bytes that are not text.
    wide = value.decode("utf-16-le", "ignore") if value.count(b"\x00") > len(value) // 4 else ""
    return " ".join(re.findall(r"[\w][\w\s.,’'@/:\-]{2,}", f"{value.decode('utf-8', 'ignore')} {wide}"))
