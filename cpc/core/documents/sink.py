"""The e-mails that the demonstration’s own mail server received: files in a folder, only read here."""

import email
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Mail:
    """One e-mail as its recipient would get it."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    words: str
    attachments: tuple[tuple[str, str], ...]


def names() -> list[str]:
    """The messages' file names, newest first."""
    folder = Path(settings.CPC_MAIL_DIR) if settings.CPC_MAIL_DIR else None
    if folder is None or not folder.is_dir():
        return []
    return sorted((path.name for path in folder.glob("*.eml") if path.name[0] != "."), reverse=True)


def read(name: str) -> Mail:
    """The message in the file ``name``, one of those that ``names`` lists."""
    message = email.message_from_bytes((Path(settings.CPC_MAIL_DIR) / name).read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    try:
        sent_at = parsedate_to_datetime(message["Date"])
    except (TypeError, ValueError):
        sent_at = None
    return Mail(
        name=name,
        to=str(message.get("X-Envelope-To") or message.get("To", "")),
        subject=str(message.get("Subject", "")),
        sent_at=sent_at,
        words=body.get_content() if body else "",
        attachments=tuple((part.get_filename() or "file", _text(part)) for part in message.iter_attachments()),
    )


def _text(part) -> str:
    return part.get_content() if part.get_content_maintype() == "text" else "(not text)"
