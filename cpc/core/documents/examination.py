"""The release check on one document: its final bytes with all that is in them, its title and its file name.

A letter is made here from its values; a file that somebody else made is carried as it is.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cpc.core.documents.check import Finding, check_parts, outstanding, text_hash
from cpc.core.documents.judged import Judged, judged_for, look_at
from cpc.core.documents.letters import Letter, rebuild, render_html, render_pdf, to_pdf
from cpc.core.documents.models import Document, FileLook
from cpc.core.documents.protected import Protected, fingerprints
from cpc.core.documents.readers import Recipient
from cpc.core.documents.reading import Part, Reading, read_file, read_here
from cpc.core.documents.text import from_html


@dataclass(frozen=True)
class Examination:
    """What was found in exactly these bytes, and what of it still blocks the release.

    ``unreadable`` is what no program could read and nobody has looked at; ``look`` is the last look at the rest. A
    look counts from somebody who knew of everything that is ``kept`` from the reader now.
    """

    pdf: bytes
    text_hash: str
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    unreadable: tuple[str, ...]
    judged: Judged
    look: FileLook | None = None
    kept: frozenset[str] = frozenset()

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
    document: Document,
    *,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    reading: Reading | None = None,
) -> Examination:
    """The check that issuing makes, made now; what it reads is what would be issued.

    An override counts only from somebody who neither made nor approved the document. ``reading`` is what was read
    before in exactly the bytes that it carries, to read them once for a page; issuing reads them again.
    """
    if document.carried:
        return examine_file(
            body_of(document), document.file_name, recipient=recipient_of(document), protected=protected,
            known=known, not_by=writers_of(document), reading=reading, title=document.title,
        )  # fmt: skip
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
    return _judged(pdf, text_hash(html), parts, read.unreadable, recipient, protected, known, not_by)


def examine_file(
    body: bytes,
    name: str,
    *,
    recipient: Recipient,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    not_by: Iterable[int | None] = (),
    reading: Reading | None = None,
    title: str = "",
) -> Examination:
    """The check on a file that somebody else made: all that can be read in it, and what a person must look at."""
    reading = reading or read_file(body, name)
    protected, known = list(protected), list(known)
    look = look_at(hashlib.sha256(body).hexdigest(), recipient, fingerprints(protected, known))
    seen = set(look.unreadable) if look else set()
    parts = dict.fromkeys([*reading.parts, Part("The title", title), Part("The file’s name", name)])
    unreadable = [said for said in reading.unreadable if said not in seen]
    hashed = _hash_of_file(hashlib.sha256(body).hexdigest())
    found = _judged(body, hashed, parts, unreadable, recipient, protected, known, not_by)
    return replace(found, look=look)


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
    writers = writers_of(document)
    return _judged(b"", text_hash(html), parts, (), recipient_of(document), protected, known, writers, judged)


def _beside(letter: Letter, html: str, file_name: str) -> list[Part]:
    # The flow has every sentence whole; a line for each block is a sentence's end.
    flow = from_html(html).replace("\n", "\n\n")
    return [Part("", flow), Part("The title", str(letter.title)), Part("The file’s name", file_name)]


def hash_of(document: Document) -> str:
    """What a judgement of the whole document is kept with: it lapses when the reader would get anything else."""
    if document.carried:
        return _hash_of_file(document.sha256)
    # The same HTML makes the same bytes: its hash stands for all that the reader gets.
    return text_hash(render_html(rebuild(document.kind, document.values)))


def _hash_of_file(sha256: str) -> str:
    return text_hash(sha256)


def _judged(pdf, hashed, parts, unreadable, recipient, protected, known, not_by, judged_by=judged_for) -> Examination:
    protected, known = list(protected), list(known)
    findings = check_parts(parts, protected, known)
    judged = judged_by(recipient, hashed)
    writers = frozenset(one for one in not_by if one is not None)
    blocking = outstanding(findings, frozenset(judged.harmless), judged.overridden(writers))
    return Examination(
        pdf, hashed, tuple(findings), tuple(blocking), tuple(unreadable), judged, kept=fingerprints(protected, known)
    )  # fmt: skip


def writers_of(document: Document) -> frozenset[int]:
    """The people who made or approved a document: neither is the second pair of eyes."""
    return frozenset({document.made_by_id, document.approved_by_id} - {None})


def body_of(document: Document) -> bytes:
    """The bytes that it carries, or was issued with. They are asked for apart: a document is read without them."""
    return bytes(Document.objects.values_list("body", flat=True).get(pk=document.pk))


def preview(document: Document) -> bytes:
    """Exactly what its reader gets: the issued bytes, or those that issuing would make; a draft says that it is one."""
    if document.issued_at or document.carried:
        return body_of(document)
    return render_pdf(rebuild(document.kind, document.values), draft=document.approved_at is None)
