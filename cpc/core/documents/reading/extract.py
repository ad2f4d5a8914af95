"""Read a file by its content, not by its name. Only for files that we made; others are read in a separate process."""

from collections.abc import Callable

from cpc.core.documents.reading.found import MOST_BYTES, MOST_NESTED, Extraction, Reading, TooLarge

_BROKEN = "It is broken, or is not what its name says, and could not be read"


def read_trusted_file(body: bytes, name: str = "", *, own: bool = False) -> Reading:
    """Read a file in this process. Use ``read_file`` for a file from outside. ``own``: it is a letter that we made."""
    extraction = Extraction(own=own)
    extraction.add_text("The file’s name", name)
    _read(body, name, extraction)
    return Reading(tuple(extraction.parts), tuple(extraction.unreadable), extraction.pages)


def read_into(body: bytes, name: str, outer: Extraction) -> None:
    """Read a file inside another, into the same extraction."""
    inner = outer.nested(name or "without a name")
    if inner.depth > MOST_NESTED:
        outer.add_unreadable(f"The attached file “{name}” lies too deep inside other files")
        return
    _read(body, name, inner)
    outer.room = inner.room


def _read(body: bytes, name: str, extraction: Extraction) -> None:
    try:
        if len(body) > MOST_BYTES:
            raise TooLarge(f"It is larger than {MOST_BYTES // 1_000_000} MB")
        reader = _reader(body, name)
        if reader is None:
            extraction.add_unreadable("It is a kind of file that cannot be read here")
        else:
            reader(body, extraction)
    except TooLarge as too_much:
        extraction.add_unreadable(f"{too_much}. It was not read to its end")
    except (MemoryError, RecursionError):
        extraction.add_unreadable("It takes more room than any report does. It was not read to its end")
    except Exception as broken:  # whatever a damaged file does to a library, a person must look at it
        extraction.add_unreadable(f"{_BROKEN} ({type(broken).__name__})")


def _reader(body: bytes, name: str) -> Callable[[bytes, Extraction], None] | None:
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
