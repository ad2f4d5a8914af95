"""A file read by what it is, not by what it is called. For files of our own making; others are read apart."""

from cpc.core.documents.reading.found import DEEPEST, MOST_BYTES, Found, Reading, TooMuch

_BROKEN = "It is broken, or is not what its name says, and could not be read"


def read_here(body: bytes, name: str = "") -> Reading:
    """What stands in a file, read in this process."""
    found = Found()
    found.say("The file’s name", name)
    _read(body, name, found)
    return Reading(tuple(found.parts), tuple(found.unreadable), found.pages)


def read_into(body: bytes, name: str, outer: Found) -> None:
    """A file that stands inside another is read with it."""
    inner = outer.within(name or "without a name")
    if inner.depth > DEEPEST:
        outer.cannot(f"The attached file “{name}” lies too deep inside other files")
        return
    _read(body, name, inner)
    outer.room = inner.room


def _read(body: bytes, name: str, found: Found) -> None:
    try:
        if len(body) > MOST_BYTES:
            raise TooMuch(f"It is larger than {MOST_BYTES // 1_000_000} MB")
        reader = _reader(body, name)
        if reader is None:
            found.cannot("It is a kind of file that cannot be read here")
        else:
            reader(body, found)
    except TooMuch as too_much:
        found.cannot(f"{too_much}. It was not read to its end")
    except (MemoryError, RecursionError):
        found.cannot("It takes more room than any report does. It was not read to its end")
    except Exception as broken:  # whatever a damaged file does to a library, a person must look at it
        found.cannot(f"{_BROKEN} ({type(broken).__name__})")


def _reader(body: bytes, name: str):
    from cpc.core.documents.reading import images, office, pdf, plain

    start = body[:1024].lstrip()
    if b"%PDF-" in body[:1024]:
        return pdf.read
    if body[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return office.read
    if images.is_one(body):
        return images.read
    if body[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or (b"\x00" in body[:4096] and not plain.is_wide(body)):
        return None
    if start.startswith(b"BEGIN:VCALENDAR"):
        return plain.read_calendar
    if name.lower().endswith(".eml"):
        return plain.read_email
    if start[:100].lower().startswith((b"<!doctype html", b"<html")):
        return plain.read_html
    return plain.read if plain.is_text(body) else None
