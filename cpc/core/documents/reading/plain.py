"""Words without a page: text, a web page, a calendar file, an e-mail with all its headers and attachments."""

import email
import re
from email import policy

from cpc.core.documents.reading.found import Found
from cpc.core.documents.text import from_html

_CODINGS = ("utf-8-sig", "cp1252", "latin-1")


def is_wide(body: bytes) -> bool:
    """Whether this is text of two bytes a letter."""
    return body[:2] in (b"\xff\xfe", b"\xfe\xff")


def is_text(body: bytes) -> bool:
    """Whether these bytes are words rather than anything else."""
    if is_wide(body):
        return True
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in body[:65536])
    return odd * 100 <= len(body[:65536])


def words_of(body: bytes) -> str:
    """The bytes as words, in whichever coding they are."""
    if is_wide(body):
        return body.decode("utf-16", "replace")
    for coding in _CODINGS:
        try:
            return body.decode(coding)
        except UnicodeDecodeError:
            continue
    return ""


def read(body: bytes, found: Found) -> None:
    """A text as it stands."""
    found.pages = 1
    found.say("Page 1", words_of(body))


def read_html(body: bytes, found: Found) -> None:
    """What a web page shows, and as it stands: comments and hidden words leave with it."""
    found.pages = 1
    raw = words_of(body)
    found.say("Page 1", from_html(raw))
    found.say("The page’s own code", re.sub(r"[<>]", " ", raw))
    if re.search(r"<(img|svg|object|iframe|embed)\b", raw, re.IGNORECASE):
        found.cannot("A picture: what it shows cannot be read")


def read_calendar(body: bytes, found: Found) -> None:
    """Every field of a calendar file, unfolded and without its escapes."""
    lines = re.sub(r"\r?\n[ \t]", "", words_of(body)).splitlines()
    for line in lines:
        name, _, value = line.partition(":")
        field = name.split(";")[0].upper()
        said = re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", "\n", value))
        # What stands after a semicolon is said too: CN="…" names an attendee.
        about = name.partition(";")[2]
        if field not in ("BEGIN", "END"):
            found.say(f"The calendar entry’s {field}", f"{said}\n{about}")


def read_email(body: bytes, found: Found) -> None:
    """Every header, the words, and each attachment with its name."""
    from cpc.core.documents.reading.here import read_into

    message = email.message_from_bytes(body, policy=policy.default)
    for name, value in message.items():
        found.say(f"The email’s {name}", str(value))
    for part in message.walk():
        if part.is_multipart():
            continue
        kept = part.get_payload(decode=True) or b""
        name = part.get_filename() or ""
        if name or part.get_content_disposition() == "attachment":
            found.say("The name of an attached file", name)
            if part.get_content_type() == "text/calendar":
                read_calendar(kept, found.within(name))
            else:
                read_into(kept, name, found)
        elif part.get_content_type() == "text/plain":
            found.say("The email’s words", words_of(kept))
        else:
            read_into(kept, part.get_content_type(), found)
