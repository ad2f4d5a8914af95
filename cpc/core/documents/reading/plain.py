"""Files without pages: text, web pages, calendar files, and e-mails with their headers and attachments."""

import email
import re
from email import policy

from cpc.core.documents.reading.found import Extraction
from cpc.core.documents.text import from_html

_CODINGS = ("utf-8-sig", "cp1252", "latin-1")


def is_wide(body: bytes) -> bool:
    """Whether this is text with two bytes for each letter."""
    return body[:2] in (b"\xff\xfe", b"\xfe\xff")


def is_text(body: bytes) -> bool:
    """Whether these bytes are text."""
    if is_wide(body):
        return True
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in body[:65536])
    return odd * 100 <= len(body[:65536])


def words_of(body: bytes) -> str:
    """The bytes as text, whatever their encoding."""
    if is_wide(body):
        return body.decode("utf-16", "replace")
    for coding in _CODINGS:
        try:
            return body.decode(coding)
        except UnicodeDecodeError:
            continue
    return ""


def read(body: bytes, extraction: Extraction) -> None:
    """Read a plain text."""
    extraction.pages = 1
    extraction.add_text("Page 1", words_of(body))


def read_html(body: bytes, extraction: Extraction) -> None:
    """Read what a web page shows and its source, because comments and hidden words are sent with it."""
    extraction.pages = 1
    raw = words_of(body)
    extraction.add_text("Page 1", from_html(raw))
    extraction.add_text("The page’s own code", re.sub(r"[<>]", " ", raw))
    if re.search(r"<(img|svg|object|iframe|embed)\b", raw, re.IGNORECASE):
        extraction.add_unreadable("A picture: what it shows cannot be read")


def read_calendar(body: bytes, extraction: Extraction) -> None:
    """Read every field of a calendar file, unfolded and unescaped."""
    lines = re.sub(r"\r?\n[ \t]", "", words_of(body)).splitlines()
    for line in lines:
        name, _, value = line.partition(":")
        field = name.split(";")[0].upper()
        said = re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", "\n", value))
        # Read what follows a semicolon too: CN="…" names an attendee.
        about = name.partition(";")[2]
        if field not in ("BEGIN", "END"):
            extraction.add_text(f"The calendar entry’s {field}", f"{said}\n{about}")


def read_email(body: bytes, extraction: Extraction) -> None:
    """Read every header, the body, and each attachment with its name."""
    from cpc.core.documents.reading.extract import read_into

    message = email.message_from_bytes(body, policy=policy.default)
    for name, value in message.items():
        extraction.add_text(f"The email’s {name}", str(value))
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        payload = payload if isinstance(payload, bytes) else b""
        name = part.get_filename() or ""
        if name or part.get_content_disposition() == "attachment":
            extraction.add_text("The name of an attached file", name)
            if part.get_content_type() == "text/calendar":
                read_calendar(payload, extraction.nested(name))
            else:
                read_into(payload, name, extraction)
        elif part.get_content_type() == "text/plain":
            extraction.add_text("The email’s words", words_of(payload))
        else:
            read_into(payload, part.get_content_type(), extraction)
