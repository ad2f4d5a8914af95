"""The release check of one document: its final bytes, its title and its file name, and what people have judged of them.
What somebody judges for one reader never applies to another.

A letter is made here from its values. A file that somebody else made is checked unchanged.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q

from cpc.core.documents.check import Finding, check_parts, outstanding, text_hash
from cpc.core.documents.choices import CheckKind, CheckState
from cpc.core.documents.letters import Letter, rebuild, render_html, render_pdf, to_pdf
from cpc.core.documents.models import Document, HarmlessPassage, SecondCheck
from cpc.core.documents.protected import Protected, fingerprints
from cpc.core.documents.readers import Recipient
from cpc.core.documents.reading import Reading, TextPart, read_file, read_trusted_file
from cpc.core.documents.text import from_html


@dataclass(frozen=True)
class Judged:
    """What people judged for one reader and one text: passages marked harmless, and overrides of stops."""

    harmless: dict[tuple[str, str], HarmlessPassage]
    overrides: dict[str, SecondCheck]

    def overridden(self, not_by: frozenset[int] = frozenset()) -> frozenset[str]:
        """The keys of the stops that somebody overrode, without overrides by the people in ``not_by``."""
        agreed = CheckState.AGREED
        return frozenset(key for key, one in self.overrides.items() if one.state == agreed and one.by_id not in not_by)


def reader_fields(recipient: Recipient) -> dict:
    """The model fields that identify this reader. A reader without an id is identified by name."""
    found = {"recipient_kind": recipient.kind, "recipient_id": recipient.id}
    return found if recipient.id is not None else {**found, "recipient_name": recipient.name}


def reader_key(one) -> tuple:
    """The reader of a check or a document as a key: equal for both if they are about the same reader."""
    return one.recipient_kind, one.recipient_id, one.recipient_name if one.recipient_id is None else ""


def judged_for(recipient: Recipient, text_hash: str) -> Judged:
    """Everything judged for this reader: harmless passages in any document, and overrides of exactly this text (2
    queries)."""
    reader = reader_fields(recipient)
    overrides = SecondCheck.objects.filter(kind=CheckKind.OVERRIDE, fingerprint=text_hash, **reader).order_by("pk")
    return Judged(
        {(one.finding_key, one.passage_hash): one for one in HarmlessPassage.objects.filter(**reader).order_by("pk")},
        {one.finding_key: one for one in overrides},
    )


class JudgedForMany:
    """What was judged for each of many readers, read at once (2 queries)."""

    def __init__(self, recipients):
        kinds = {one.kind for one in recipients}
        ids = {one.id for one in recipients}
        names = {one.name for one in recipients}
        some = Q(recipient_id__in=ids - {None}) | Q(recipient_id__isnull=True, recipient_name__in=names)
        self.harmless, self.overrides = defaultdict(dict), defaultdict(dict)
        for one in HarmlessPassage.objects.filter(some, recipient_kind__in=kinds).order_by("pk"):
            self.harmless[reader_key(one)][one.finding_key, one.passage_hash] = one
        overrides = SecondCheck.objects.filter(some, kind=CheckKind.OVERRIDE, recipient_kind__in=kinds)
        for one in overrides.order_by("pk"):
            self.overrides[reader_key(one), one.fingerprint][one.finding_key] = one

    def __call__(self, recipient: Recipient, text_hash: str) -> Judged:
        """The same as ``judged_for``, without a query."""
        key = (recipient.kind, recipient.id, recipient.name if recipient.id is None else "")
        return Judged(self.harmless[key], self.overrides[key, text_hash])


def second_checks_of(document: Document, hashed: str, withheld: frozenset[str]) -> list[SecondCheck]:
    """All checks of exactly this text for the document’s reader, opened or agreed. A check counts only if its maker
    knew of everything in ``withheld`` (what is withheld from the reader now)."""
    found = SecondCheck.objects.filter(
        kind=CheckKind.COPY, fingerprint=hashed, about_kind=document.about_kind, about_id=document.about_id,
        **reader_fields(recipient_of(document)),
    )  # fmt: skip
    return [one for one in found.order_by("pk") if one.knew_all(withheld)]


def opened_by(by, document: Document, hashed: str, withheld: frozenset[str]) -> SecondCheck | None:
    """The check of exactly this text that ``by`` opened while everything in ``withheld`` was already withheld."""
    return next((one for one in second_checks_of(document, hashed, withheld) if one.by_id == by.id), None)


def _file_check_of(
    sha256: str, recipient: Recipient, withheld: frozenset[str], writers: frozenset[int]
) -> SecondCheck | None:
    """The latest check of this file for this reader that was made knowing everything in ``withheld``, by somebody who
    did not make or prepare the file."""
    looks = SecondCheck.objects.filter(kind=CheckKind.FILE, fingerprint=sha256, **reader_fields(recipient))
    return next((one for one in looks.order_by("-pk") if one.by_id not in writers and one.knew_all(withheld)), None)


@dataclass(frozen=True)
class Examination:
    """What the check found in exactly these bytes, and what still blocks the release.

    ``unreadable`` lists what no program could read and nobody has looked at. ``file_check`` is the latest look at the
    rest. ``withheld`` is what must be withheld from the reader now; a look counts only if its maker knew all of it.
    """

    pdf: bytes
    text_hash: str
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    unreadable: tuple[str, ...]
    judged: Judged
    file_check: SecondCheck | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def clear(self) -> bool:
        """Whether nothing blocks the release: no finding and nothing unreadable."""
        return not self.blocking and not self.unreadable

    @property
    def sha256(self) -> str:
        """The SHA-256 hash of the bytes."""
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
    """Run the check that issuing makes, on the bytes that issuing would use.

    An override counts only if its maker neither made nor approved the document. ``reading`` is what was read in the
    file that a document’s pages were drawn from; without it the document’s own bytes are read.
    """
    if document.is_file:
        return _examine_file(document, list(protected), list(known), reading)
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
    """Check a letter, which may not be a document yet."""
    html = render_html(letter)
    pdf = to_pdf(html)
    read = read_letter(letter, pdf, file_name)
    return _judged(pdf, text_hash(html), read.parts, read.unreadable, recipient, protected, known, not_by)


def read_letter(letter: Letter, pdf: bytes, file_name: str = "") -> Reading:
    """What everything that we print is checked by: its PDF, read back, and its own words. A PDF gives back broken words
    in Bengali, Arabic and other scripts with letters that join or change places.
    """
    read = _read_back(pdf)
    printed = (part for part in read.parts if not part.shadow)
    return replace(read, parts=(*printed, *_beside(letter, render_html(letter), file_name)))


def _read_back(pdf: bytes) -> Reading:
    """A letter that we made, read back: once, although it is examined at each step on its way, in the same bytes."""
    read = _read_once(pdf)
    return read if not read.unreadable else read_trusted_file(pdf, own=True)


@lru_cache(maxsize=64)
def _read_once(pdf: bytes) -> Reading:
    return read_trusted_file(pdf, own=True)


def _examine_file(document: Document, protected: list, known: list, reading: Reading | None) -> Examination:
    """Check a file that somebody else made: all that a program can read, and what a person must look at. What its maker
    or the person who prepared it saw does not count: somebody else looks."""
    reading = reading or read_file(body_of(document), document.file_name)
    writers, recipient = writers_of(document), recipient_of(document)
    file_check = _file_check_of(document.sha256, recipient, fingerprints(protected, known), writers)
    seen = set(file_check.found) if file_check else set()
    parts = dict.fromkeys(
        [*reading.parts, TextPart("The title", document.title), TextPart("The file’s name", document.file_name)]
    )
    unreadable = [said for said in reading.unreadable if said not in seen]
    hashed = _hash_of_file(document.sha256)
    found = _judged(b"", hashed, parts, unreadable, recipient, protected, known, writers)
    return replace(found, file_check=file_check)


def quick_check(
    document: Document,
    *,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    judged: Callable[[Recipient, str], Judged] = judged_for,
) -> Examination:
    """Check the words alone, without making the PDF: for lists of many copies. Issuing checks everything."""
    letter = rebuild(document.kind, document.values)
    html = render_html(letter)
    parts = _beside(letter, html, document.file_name)
    writers = writers_of(document)
    return _judged(b"", text_hash(html), parts, (), recipient_of(document), protected, known, writers, judged)


def _beside(letter: Letter, html: str, file_name: str) -> list[TextPart]:
    # The flow has every sentence whole; a line for each block is a sentence's end.
    flow = from_html(html).replace("\n", "\n\n")
    return [TextPart("", flow), TextPart("The title", str(letter.title)), TextPart("The file’s name", file_name)]


def words_of_letter(document: Document) -> str:
    """Every word of a letter, without making its PDF."""
    return from_html(render_html(rebuild(document.kind, document.values)))


def hash_of(document: Document) -> str:
    """The hash that ties a check to the whole document. It changes when the reader would get anything else."""
    if document.is_file:
        return _hash_of_file(document.sha256)
    # The same HTML makes the same bytes, so its hash identifies everything that the reader gets.
    return text_hash(render_html(rebuild(document.kind, document.values)))


def _hash_of_file(sha256: str) -> str:
    return text_hash(sha256)


def _judged(pdf, hashed, parts, unreadable, recipient, protected, known, not_by, judged_by=judged_for) -> Examination:
    protected, known = tuple(protected), tuple(known)
    findings = _find(tuple(parts), protected, known)
    judged = judged_by(recipient, hashed)
    writers = frozenset(one for one in not_by if one is not None)
    blocking = outstanding(findings, frozenset(judged.harmless), judged.overridden(writers))
    return Examination(
        pdf, hashed, findings, tuple(blocking), tuple(unreadable), judged,
        withheld=fingerprints(protected, known),
    )  # fmt: skip


@lru_cache(maxsize=128)
def _find(
    parts: tuple[TextPart, ...], protected: tuple[Protected, ...], known: tuple[Protected | str, ...]
) -> tuple[Finding, ...]:
    """The values that these words reveal to this reader. Recent answers are cached: the list of copies asks for each
    copy again whenever one of them has changed, and a copy is examined at each step on its way."""
    return tuple(check_parts(parts, protected, known))


def writers_of(document: Document) -> frozenset[int]:
    """The ids of the people who made or approved a document, typed words of it, or will read it. None of them can be
    its second person."""
    reader = document.recipient_id if document.recipient_kind == "user" else None
    return frozenset({document.made_by_id, document.approved_by_id, reader, *document.typed_by} - {None})


def body_of(document: Document) -> bytes:
    """The bytes of a file, or those that were issued (1 query: documents are loaded without them)."""
    return bytes(Document.objects.values_list("body", flat=True).get(pk=document.pk))


def preview(document: Document) -> bytes:
    """The bytes that the reader gets: as issued, or as issuing would make them. A draft is marked as a draft."""
    if document.issued_at or document.is_file:
        return body_of(document)
    return render_pdf(rebuild(document.kind, document.values), draft=document.approved_at is None)
