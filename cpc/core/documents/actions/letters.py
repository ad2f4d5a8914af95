"""The life of a document: drafted, approved, issued with its bytes and their hash, released, replaced or recalled."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pikepdf
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions.outbox import queue
from cpc.core.documents.check import Finding
from cpc.core.documents.choices import Channel, DocumentState
from cpc.core.documents.examination import Examination, examine, second_checks_of, writers_of
from cpc.core.documents.letters import Letter, template_version, values
from cpc.core.documents.models import Document
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.documents.reading import Reading
from cpc.core.documents.states import DOCUMENT
from cpc.core.kernel.refusals import Invalid


@dataclass(frozen=True, kw_only=True)
class File:
    """A PDF that no letter makes, its pages drawn as pictures: what it is, its bytes and pages, who made it, and the
    users (ids) who had a part in it before.
    """

    kind: str
    title: str
    pdf: bytes
    pages: int
    made_by_id: int | None
    made_by_name: str
    typed_by: tuple[int, ...] = ()


def draft(
    by,
    *,
    letter: Letter,
    about,
    recipient: Recipient,
    supersedes: Document | None = None,
    typed_by: Iterable[int] = (),
    permission: Permission = Permission.DRAFT_RECORD,
) -> Document:
    """Create a draft of ``letter`` for ``recipient``. Nothing is sent. A correction names the document that it
    ``supersedes``; ``typed_by`` are the users (ids) who typed words of it."""
    if not recipient.name.strip():
        raise Invalid("Say who this is for: a document has one reader.")
    if supersedes:
        DOCUMENT.must_be(supersedes, DocumentState.ISSUED, DocumentState.RELEASED, to="replaced")
    with acting(by, permission, about=about, letter=letter.name):
        return Document.objects.create(
            **reference_to(about),
            **_content(letter),
            recipient_kind=recipient.kind,
            recipient_id=recipient.id,
            recipient_name=recipient.name,
            recipient_label=recipient.label,
            supersedes=supersedes,
            version=supersedes.version + 1 if supersedes else 1,
            made_by_id=by.id,
            made_by_name=by.name,
            typed_by=sorted(typed_by),
        )


def redraft(
    by,
    *,
    document: Document,
    letter: Letter,
    typed_by: Iterable[int] = (),
    permission: Permission = Permission.DRAFT_RECORD,
) -> None:
    """Replace the content of a draft with ``letter``. Checks of the old words no longer apply."""
    with acting(by, permission, on=document):
        _is_a_draft(document)
        if letter.name != document.kind:
            raise Invalid("A draft stays the letter that it is.")
        for name, value in _content(letter).items():
            setattr(document, name, value)
        document.typed_by = sorted(typed_by)
        document.save()


def draft_file(
    by,
    *,
    file: File,
    about,
    recipient: Recipient,
    lines: Iterable[str] = (),
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> Document:
    """Create a draft that sends exactly the bytes of ``file`` to ``recipient``. Nothing is sent yet.

    ``lines`` are the address on the envelope. Who made the file, or had a part in it, counts as its writer and cannot
    check it.
    """
    if not recipient.name.strip():
        raise Invalid("Say who this is for: a document has one reader.")
    with acting(by, permission, about=about, file=file.kind):
        return Document.objects.create(
            **reference_to(about), kind=file.kind, title=file.title, is_file=True, body=file.pdf,
            sha256=hashlib.sha256(file.pdf).hexdigest(), pages=file.pages, template_version="",
            values={"addressee": {"on_envelope": recipient.on_envelope}},
            recipient_kind=recipient.kind, recipient_id=recipient.id, recipient_name=recipient.name,
            recipient_label=recipient.label, recipient_address=list(lines), made_by_id=file.made_by_id,
            made_by_name=file.made_by_name, typed_by=list(file.typed_by),
        )  # fmt: skip


def readdress(
    by,
    *,
    document: Document,
    lines: Iterable[str],
    typed_by: Iterable[int] = (),
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> None:
    """Change the address lines of a file’s draft, and who had a part in it."""
    with acting(by, permission, on=document):
        _is_a_draft(document)
        document.recipient_address, document.typed_by = list(lines), sorted(typed_by)
        document.save(update_fields=["recipient_address", "typed_by"])


def _is_a_draft(document: Document) -> None:
    DOCUMENT.must_be(document, DocumentState.DRAFTED, to="changed")


def approve(by, *, document: Document, permission: Permission = Permission.APPROVE_RECORD) -> None:
    """Approve the document, so that it can be issued."""
    with acting(by, permission, on=document):
        DOCUMENT.move(document, DocumentState.APPROVED)
        document.approved_at, document.approved_by_id, document.approved_by_name = timezone.now(), by.id, by.name
        document.save()


def return_to_draft(by, *, document: Document, reason: str, permission: Permission = Permission.APPROVE_RECORD) -> None:
    """Return the document to draft, with the reason on the audit trail."""
    if not reason.strip():
        raise Invalid("Say what needs to change.", field="reason")
    with acting(by, permission, on=document, reason=reason):
        DOCUMENT.move(document, DocumentState.DRAFTED)
        document.approved_at, document.approved_by_id, document.approved_by_name = None, None, ""
        document.save()


def issue(
    by,
    *,
    document: Document,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    needs_second_check: str = "",
    reading: Reading | None = None,
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> None:
    """Make and check the document’s bytes and store them for good with their hash. The document it supersedes is
    replaced.

    ``needs_second_check`` says why a person other than its writer, its approver and ``by`` must have checked it first.
    Raises Invalid, naming what was found or what is missing, when anything blocks it.
    """
    with acting(by, permission, on=document):
        DOCUMENT.move(document, DocumentState.ISSUED)
        examined = examine(document, protected=protected, known=known, reading=reading)
        _refuse_if_blocked(by, document, examined, needs_second_check)
        if not document.is_file:
            document.body = examined.pdf
            document.sha256 = hashlib.sha256(examined.pdf).hexdigest()
            document.pages = page_count(examined.pdf)
        document.findings = [_stored_finding(one, examined) for one in examined.findings]
        document.issued_at = timezone.now()
        document.save()
        if document.supersedes_id:
            old = document.supersedes
            if old.state != DocumentState.RECALLED:  # what was taken back meanwhile stays so
                DOCUMENT.move(old, DocumentState.SUPERSEDED)
                old.ended_at, old.why_ended = timezone.now(), "Replaced by a later version"
                old.save(update_fields=["state", "ended_at", "why_ended"])
            _withdraw_waiting(old, "The document was replaced by a later version.")


def _refuse_if_blocked(by, document: Document, examined: Examination, needs_second_check: str) -> None:
    name = document.recipient_name
    if examined.blocking:
        said = "; ".join(finding.reason for finding in examined.blocking)
        raise Invalid(f"{name} must not learn what is in this document. Found: {said}.")
    if examined.unreadable:
        raise Invalid(
            f"Somebody must look at what could not be read in the document for {name} and say what they saw: "
            f"{' '.join(examined.unreadable)}"
        )
    people = writers_of(document) | {by.id}
    counted = examined.judged.overridden(frozenset(people - {None}))
    decided_alone = [one for one in examined.findings if one.stops and one.key not in counted]
    if decided_alone:
        raise Invalid(
            f"Who overrode the check of the document for {name} cannot release it too. Ask a colleague to release it."
        )
    checks = second_checks_of(document, examined.text_hash, examined.withheld)
    if needs_second_check and not any(one.decided_at and one.by_id not in people for one in checks):
        raise Invalid(
            f"A second person must check the document for {name} first: {needs_second_check} "
            "They open the preview and say that they have checked it; who wrote, approved or releases it cannot."
        )


def release(
    by,
    *,
    document: Document,
    channel: Channel,
    purpose: str = "",
    permission: Permission = Permission.RELEASE_DOCUMENTS,
):
    """Send the issued document to its reader: by post, by hand, or to read after signing in."""
    if channel == Channel.EMAIL:
        raise Invalid("A document about a child never goes by ordinary email. Choose post, by hand, or signing in.")
    with acting(by, permission, on=document):
        DOCUMENT.move(document, DocumentState.RELEASED)
        document.released_at = timezone.now()
        document.save(update_fields=["state", "released_at"])
        return queue(
            by,
            key=f"document:{document.pk}:{channel}",
            purpose=purpose or document.kind,
            channel=channel,
            recipient=Recipient(kind=document.recipient_kind, id=document.recipient_id, name=document.recipient_name),
            subject=document.title,
            document=document,
            about=(document.about_kind, document.about_id),
        )


def recall(by, *, document: Document, reason: str, permission: Permission = Permission.RELEASE_DOCUMENTS) -> None:
    """Recall the document: withdraw what is still waiting, with the reason on the audit trail."""
    if not reason.strip():
        raise Invalid("Say why the document is recalled.", field="reason")
    with acting(by, permission, on=document, reason=reason):
        DOCUMENT.move(document, DocumentState.RECALLED)
        document.ended_at, document.why_ended = timezone.now(), reason
        document.save(update_fields=["state", "ended_at", "why_ended"])
        _withdraw_waiting(document, f"The document was recalled: {reason}")


def _stored_finding(finding: Finding, examined: Examination) -> dict:
    """A finding as the issued document stores it: what it was, where, and how it was settled."""
    override = examined.judged.overrides.get(finding.key)
    settled = [
        {"by_name": one.by_name, "reason": one.reason}
        for one in dict.fromkeys(examined.judged.harmless.get((finding.key, each.hash)) for each in finding.passages)
        if one is not None
    ]
    return {
        **asdict(finding),
        "key": finding.key,
        "sentence": finding.sentence,
        "override": {"by_name": override.by_name, "reason": override.reason} if override else None,
        "harmless": settled,
    }


def page_count(pdf: bytes) -> int:
    """The number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _content(letter: Letter) -> dict:
    return {
        "kind": letter.name,
        "title": str(letter.title),
        "values": values(letter),
        "template_version": template_version(type(letter)),
        "recipient_address": list(letter.addressee.lines),
    }


def _withdraw_waiting(document: Document, why: str) -> None:
    from cpc.core.documents.actions.outbox import withdraw_waiting

    withdraw_waiting(document.outgoing.all(), why)
