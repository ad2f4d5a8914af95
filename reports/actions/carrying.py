"""A report that came as a file is made ready for one of the family, or taken back: the rest is as with any copy."""

from django.utils import timezone

from conferences.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.readers import Recipient
from cpc.core.documents.redacting import CannotRedact, redact
from cpc.core.kernel.refusals import Invalid, WrongState
from reports.choices import FileKind
from reports.models import FileCopy, GivenAllTheSame, UploadedFile
from reports.queries.delivery import delivery_of
from reports.queries.kept_back import kept_back, why_it_waits
from reports.queries.uploads import body_of, copies_of_file, why_never

TITLE = "Report for the conference"


def make_ready(*, by, file: UploadedFile, reader: Invitation) -> FileCopy:
    """Exactly what this reader would get of the file is fixed, to be checked and released; nothing has left.

    Raises WrongState, saying why, where the file can never go to them as it is, or the chair has to say first that they
    get it all the same.
    """
    _may_go(file, reader)
    pdf = _as_pdf(file)
    with acting(by, Permission.RELEASE_DOCUMENTS, on=file, about=file.conference, reader=reader.name):
        _may_go(file, reader)
        copy, lines = copies_of_file(file).get(reader.pk), delivery_of(reader, by.on).lines
        if copy is not None and copy.document.state != DocumentState.DRAFTED:
            raise WrongState(f"This file is ready for {reader.name}, or has gone to them, already.")
        if copy is None:
            document = documents.carry(by, file=pdf, about=file.conference, recipient=_recipient(reader), lines=lines)
            copy = FileCopy.objects.create(file=file, invitation=reader, document=document)
        else:
            documents.readdress(by, document=copy.document, lines=lines)
        documents.approve(by, document=copy.document, permission=Permission.RELEASE_DOCUMENTS)
        return copy


def give_all_the_same(*, by, file: UploadedFile, reader: Invitation, reason: str) -> GivenAllTheSame:
    """Somebody who is sent no copy, or with whom the report was not shared, may get this file all the same: who
    decided, despite what, and why, is on record. Nothing has left."""
    with acting(by, Permission.APPROVE_RECORD, on=file, about=file.conference, reason=reason, reader=reader.name):
        if not reason.strip():
            raise Invalid("Say why they get it all the same. It stands in the record with your name.", field="reason")
        if why := why_never(file, reader):
            raise WrongState(why)
        found = kept_back(file).get(reader.pk)
        if found is None or not found.waits:
            raise WrongState(f"Nothing stands against it now that {reader.name} gets this file.")
        return GivenAllTheSame.objects.create(
            file=file, reader=reader, despite=list(found.why), reason=reason.strip(), decided_by_id=by.id,
            decided_at=timezone.now(),
        )  # fmt: skip


def take_back(*, by, copy: FileCopy, reason: str) -> None:
    """The reader does not get the file: it is no longer ready, or what waits for the post is withdrawn."""
    permission = Permission.RELEASE_DOCUMENTS
    with acting(by, permission, on=copy.file, about=copy.conference, reason=reason, reader=copy.invitation.name):
        copy.refresh_from_db()
        document = copy.document
        if document.state == DocumentState.APPROVED:
            documents.return_to_draft(by, document=document, reason=reason, permission=permission)
        elif document.outgoing.filter(sent_at__isnull=False).exists():
            raise WrongState(f"It has gone to {copy.invitation.name} already, and cannot be taken back here.")
        else:
            documents.recall(by, document=document, reason=reason)


def _may_go(file, reader) -> None:
    if reader.withdrawn_at is not None:
        raise WrongState(f"The invitation of {reader.name} was withdrawn.")
    if why := why_never(file, reader) or why_it_waits(file, reader):
        raise WrongState(why)


def _as_pdf(file) -> documents.File:
    """The bytes as they go: a PDF as it is, a picture put on a page."""
    body, pages = body_of(file), file.pages
    if file.kind != FileKind.PDF:
        try:
            body, pages = redact(body, []), 1
        except CannotRedact as refused:
            raise Invalid(str(refused)) from None
    return documents.File(
        kind=FileCopy.kind, title=TITLE, pdf=body, pages=pages, made_by_id=file.uploaded_by_id,
        made_by_name=file.uploaded_by.get_full_name(),
    )  # fmt: skip


def _recipient(reader) -> Recipient:
    return Recipient(kind="person", id=reader.person_id, name=reader.name, label=reader.get_role_display())
