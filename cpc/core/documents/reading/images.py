"""A picture: what it shows needs a person; the words that travel with it (camera, place, comments) are read."""

import io
import re

from cpc.core.documents.reading.found import MOST_PIXELS, Found

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_PROPERTIES = "A picture’s properties"


def is_one(body: bytes) -> bool:
    """Whether these bytes begin as a picture does."""
    heic = body[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
    return body.startswith(_STARTS) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP") or heic


def read(body: bytes, found: Found, what: str = "A picture: what it shows cannot be read") -> None:
    """The words in a picture's properties; that it is a picture goes on the list of what could not be read."""
    found.cannot(what)
    properties(body, found)


def properties(body: bytes, found: Found) -> None:
    """The words in a picture's properties, and whether it says where it was taken."""
    from PIL import ExifTags, Image, TiffImagePlugin

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(body)) as picture:
        exif = picture.getexif()
        kept = [exif, exif.get_ifd(ExifTags.IFD.Exif)]
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        if place:
            found.cannot("A picture says where it was taken (its position on the map)")
            found.say(_PROPERTIES, " ".join(map(str, place.values())))
        values = [value for tags in kept for value in tags.values()] + list(picture.info.values())
    for value in values:
        if isinstance(value, TiffImagePlugin.IFDRational | int | float):
            continue
        for said in value if isinstance(value, tuple | list) else (value,):
            found.say(_PROPERTIES, _words(said))


def _words(value) -> str:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if not isinstance(value, bytes):
        return ""
    # Comments and packets come as bytes, in one of two codings, among others that are not words at all.
    wide = value.decode("utf-16-le", "ignore") if value.count(b"\x00") > len(value) // 4 else ""
    return " ".join(re.findall(r"[\w][\w\s.,’'@/:\-]{2,}", f"{value.decode('utf-8', 'ignore')} {wide}"))
