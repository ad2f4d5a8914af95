"""A document's life: drafted, approved, issued with its bytes and their hash, released, replaced or recalled."""

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
from cpc.core.documents.examination import Examination, examine, recipient_of, writers_of
from cpc.core.documents.judged import second_looks_at
from cpc.core.documents.letters import Letter, template_version, values
from cpc.core.documents.models import Document
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.documents.states import DOCUMENT
from cpc.core.kernel.refusals import Invalid, WrongState


@dataclass(frozen=True, kw_only=True)
class File:
    """A PDF that no letter makes, as it is carried to a reader: what it is, its bytes and pages, and who made it."""

    kind: str
    title: str
    pdf: bytes
    pages: int
    made_by_id: int | None
    made_by_name: str


def draft(
    by,
    *,
    letter: Letter,
    about,
    recipient: Recipient,
    supersedes: Document | None = None,
    permission: Permission = Permission.DRAFT_RECORD,
) -> Document:
    """A draft of ``letter`` for ``recipient`` exists; nothing has left. A correction names what it ``supersedes``."""
    if not recipient.name.strip():
        raise Invalid("Say who this is for: a document has one reader.")
    if supersedes and supersedes.state not in (DocumentState.ISSUED, DocumentState.RELEASED):
        raise WrongState("Only an issued document can be replaced. Change the draft instead.")
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
        )


def redraft(by, *, document: Document, letter: Letter, permission: Permission = Permission.DRAFT_RECORD) -> None:
    """The draft now says what ``letter`` says; answers given for other words lapse by themselves."""
    with acting(by, permission, on=document):
        _is_a_draft(document)
        if letter.name != document.kind:
            raise Invalid("A draft stays the letter that it is.")
        for name, value in _content(letter).items():
            setattr(document, name, value)
        document.save()


def carry(
    by,
    *,
    file: File,
    about,
    recipient: Recipient,
    lines: Iterable[str] = (),
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> Document:
    """A draft that carries exactly the bytes of ``file`` to ``recipient`` exists; nothing has left.

    ``lines`` are of the address on the envelope. Who made the file is its writer: no second pair of eyes.
    """
    if not recipient.name.strip():
        raise Invalid("Say who this is for: a document has one reader.")
    with acting(by, permission, about=about, file=file.kind):
        return Document.objects.create(
            **reference_to(about), kind=file.kind, title=file.title, carried=True, body=file.pdf,
            sha256=hashlib.sha256(file.pdf).hexdigest(), pages=file.pages, values={}, template_version="",
            recipient_kind=recipient.kind, recipient_id=recipient.id, recipient_name=recipient.name,
            recipient_label=recipient.label, recipient_address=list(lines), made_by_id=file.made_by_id,
            made_by_name=file.made_by_name,
        )  # fmt: skip


def readdress(
    by, *, document: Document, lines: Iterable[str], permission: Permission = Permission.RELEASE_DOCUMENTS
) -> None:
    """The draft of a file that is carried goes to these lines of an address now."""
    with acting(by, permission, on=document):
        _is_a_draft(document)
        document.recipient_address = list(lines)
        document.save(update_fields=["recipient_address"])


def _is_a_draft(document: Document) -> None:
    if document.state != DocumentState.DRAFTED:
        raise WrongState("This is no longer a draft. Return it to draft to change it.")


def approve(by, *, document: Document, permission: Permission = Permission.APPROVE_RECORD) -> None:
    """The document is approved by ``by``, and may be issued."""
    with acting(by, permission, on=document):
        DOCUMENT.move(document, DocumentState.APPROVED)
        document.approved_at, document.approved_by_id, document.approved_by_name = timezone.now(), by.id, by.name
        document.save()


def return_to_draft(by, *, document: Document, reason: str, permission: Permission = Permission.APPROVE_RECORD) -> None:
    """The document is a draft again, and the trail says why."""
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
    needs_second_look: str = "",
    permission: Permission = Permission.RELEASE_DOCUMENTS,
) -> None:
    """The document's bytes are made, checked and kept with their hash for good; what it supersedes is replaced.

    ``needs_second_look`` says why somebody other than its writer, its approver and ``by`` must have checked it first.
    Raises Invalid, naming what was found or what is still needed, when anything blocks it.
    """
    with acting(by, permission, on=document):
        DOCUMENT.move(document, DocumentState.ISSUED)
        examined = examine(document, protected=protected, known=known)
        _stop_what_is_blocked(by, document, examined, needs_second_look)
        if not document.carried:
            document.body = examined.pdf
            document.sha256 = hashlib.sha256(examined.pdf).hexdigest()
            document.pages = page_count(examined.pdf)
        document.findings = [_as_kept(one, examined) for one in examined.findings]
        document.issued_at = timezone.now()
        document.save()
        if document.supersedes_id:
            old = document.supersedes
            DOCUMENT.move(old, DocumentState.SUPERSEDED)
            old.ended_at, old.why_ended = timezone.now(), "Replaced by a later version"
            old.save(update_fields=["state", "ended_at", "why_ended"])
            _withdraw_what_waits(old, "The document was replaced by a later version.")


def _stop_what_is_blocked(by, document: Document, examined: Examination, needs_second_look: str) -> None:
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
    alone = [one for one in examined.findings if one.stops and one.key not in counted]
    if alone:
        raise Invalid(
            f"Who overrode the check of the document for {name} cannot release it too. Ask a colleague to release it."
        )
    about = {"about_kind": document.about_kind, "about_id": document.about_id}
    looks = second_looks_at(about, recipient_of(document), examined.text_hash, examined.kept)
    if needs_second_look and not any(one.checked_at and one.by_id not in people for one in looks):
        raise Invalid(
            f"A second person must check the document for {name} first: {needs_second_look} "
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
    """The issued document is on its way to its one reader, by post, by hand or to read after signing in."""
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
    """The document is no longer to be read: what waits is withdrawn, and the trail says why."""
    if not reason.strip():
        raise Invalid("Say why the document is recalled.", field="reason")
    with acting(by, permission, on=document, reason=reason):
        DOCUMENT.move(document, DocumentState.RECALLED)
        document.ended_at, document.why_ended = timezone.now(), reason
        document.save(update_fields=["state", "ended_at", "why_ended"])
        _withdraw_what_waits(document, f"The document was recalled: {reason}")


def _as_kept(finding: Finding, examined: Examination) -> dict:
    """A finding as the issued document keeps it: what it was, where, and how it was settled."""
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
    """How many pages a PDF has."""
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


def _withdraw_what_waits(document: Document, why: str) -> None:
    from cpc.core.documents.actions.outbox import withdraw_waiting

    withdraw_waiting(document.outgoing.all(), why)
