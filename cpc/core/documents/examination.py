"""The release check on one document: its final bytes with all that is in them, its title and its file name."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cpc.core.documents.check import Finding, check_parts, outstanding, text_hash
from cpc.core.documents.judged import Judged, judged_for
from cpc.core.documents.letters import Letter, rebuild, render_html, render_pdf, to_pdf
from cpc.core.documents.models import Document
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient
from cpc.core.documents.reading import Part, read_here
from cpc.core.documents.text import from_html


@dataclass(frozen=True)
class Examination:
    """What was found in exactly these bytes, and what of it still blocks the release."""

    pdf: bytes
    text_hash: str
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    unreadable: tuple[str, ...]
    judged: Judged

    @property
    def clear(self) -> bool:
        """Whether nothing that was found, or could not be read, blocks the release."""
        return not self.blocking and not self.unreadable

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes."""
        return hashlib.sha256(self.pdf).hexdigest()


def recipient_of(document: Document) -> Recipient:
    """The one reader of a document."""
    return Recipient(
        kind=document.recipient_kind, id=document.recipient_id, name=document.recipient_name,
        label=document.recipient_label,
    )  # fmt: skip


def examine(
    document: Document, *, protected: Iterable[Protected], known: Iterable[Protected | str] = ()
) -> Examination:
    """The check that issuing makes, made now; what it reads is what would be issued.

    An override counts only from somebody who neither made nor approved the document.
    """
    return examine_letter(
        rebuild(document.kind, document.values), recipient=recipient_of(document), protected=protected, known=known,
        not_by=writers_of(document), file_name=document.file_name,
    )  # fmt: skip


def examine_letter(
    letter: Letter,
    *,
    recipient: Recipient,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    not_by: Iterable[int | None] = (),
    file_name: str = "",
) -> Examination:
    """The check on a letter that may not be a document yet."""
    html = render_html(letter)
    pdf = to_pdf(html)
    read = read_here(pdf)
    parts = [*(part for part in read.parts if not part.shadow), *_beside(letter, html, file_name)]
    return _judged(pdf, html, parts, read.unreadable, recipient, protected, known, not_by)


def glance(
    document: Document,
    *,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    judged: Callable[[Recipient, str], Judged] = judged_for,
) -> Examination:
    """What the check says of the words alone, without making the paper: for lists of many copies. Issuing reads all."""
    letter = rebuild(document.kind, document.values)
    html = render_html(letter)
    parts = _beside(letter, html, document.file_name)
    return _judged(b"", html, parts, (), recipient_of(document), protected, known, writers_of(document), judged)


def _beside(letter: Letter, html: str, file_name: str) -> list[Part]:
    # The flow has every sentence whole; a line for each block is a sentence's end.
    flow = from_html(html).replace("\n", "\n\n")
    return [Part("", flow), Part("The title", str(letter.title)), Part("The file’s name", file_name)]


def _judged(pdf, html, parts, unreadable, recipient, protected, known, not_by, judged_by=judged_for) -> Examination:
    findings = check_parts(parts, protected, known)
    # The same HTML makes the same bytes: its hash stands for all that the reader gets.
    hashed = text_hash(html)
    judged = judged_by(recipient, hashed)
    writers = frozenset(one for one in not_by if one is not None)
    blocking = outstanding(findings, frozenset(judged.harmless), judged.overridden(writers))
    return Examination(pdf, hashed, tuple(findings), tuple(blocking), tuple(unreadable), judged)


def writers_of(document: Document) -> frozenset[int]:
    """The people who made or approved a document: neither is the second pair of eyes."""
    return frozenset({document.made_by_id, document.approved_by_id} - {None})


def preview(document: Document) -> bytes:
    """Exactly what its reader gets: the issued bytes, or those that issuing would make; a draft says that it is one."""
    if document.issued_at:
        return bytes(document.body)
    return render_pdf(rebuild(document.kind, document.values), draft=document.approved_at is None)
