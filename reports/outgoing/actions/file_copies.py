"""Prepare an uploaded report for a family member, or take it back. The rest is the same as for any copy."""

from django.utils import timezone

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.readers import Recipient
from cpc.core.documents.redacting import CannotRedact, redraw
from cpc.core.kernel.refusals import Invalid, WrongState
from reports.incoming.choices import MadeHow, ReportKind
from reports.incoming.models import FileCopy, GivenAllTheSame, UploadedFile
from reports.incoming.queries.requested import kind_for
from reports.incoming.queries.uploads import body_of
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.file_copies import (
    copies_of_file,
    makers_of,
    why_chair_must_decide,
    why_never_released,
    withholding,
)


def prepare_file(*, by, file: UploadedFile, reader: Invitation) -> FileCopy:
    """Fix exactly what this reader would get of the file, so that it can be checked and released. Nothing is sent yet.

    Raises WrongState with the reason if the file can never go to them as it is, or if the chair has to decide first.
    """
    _may_go(file, reader)
    pdf = _as_pdf(file, makers_of(file, reader))
    with acting(by, Permission.RELEASE_DOCUMENTS, on=file, about=file.conference, reader=reader.name):
        _may_go(file, reader)
        copy, lines = copies_of_file(file).get(reader.pk), delivery_of(reader, by.on).lines
        if copy is not None and copy.document.state != DocumentState.DRAFTED:
            raise WrongState(f"This file is already prepared for {reader.name}, or has been sent to them.")
        if copy is None:
            document = documents.draft_file(
                by, file=pdf, about=file.conference, recipient=_recipient(reader), lines=lines
            )
            copy = FileCopy.objects.create(file=file, invitation=reader, document=document)
        else:
            documents.readdress(by, document=copy.document, lines=lines, typed_by=pdf.typed_by)
        documents.approve(by, document=copy.document, permission=Permission.RELEASE_DOCUMENTS)
        return copy


def override_withholding(*, by, file: UploadedFile, reader: Invitation, reason: str) -> GivenAllTheSame:
    """Record the chair’s decision that a reader gets this file although it was withheld from them: who decided, against
    which reasons, and why. Nothing is sent yet."""
    with acting(by, Permission.APPROVE_RECORD, on=file, about=file.conference, reason=reason, reader=reader.name):
        if not reason.strip():
            raise Invalid("Say why they receive it anyway. This is kept in the record with your name.", field="reason")
        if why := why_never_released(file, reader):
            raise WrongState(why)
        found = withholding(file).get(reader.pk)
        if found is None or not found.waits:
            raise WrongState(f"Nothing prevents it now that {reader.name} gets this file.")
        return GivenAllTheSame.objects.create(
            file=file, reader=reader, despite=list(found.why), reason=reason.strip(), decided_by_id=by.id,
            decided_at=timezone.now(),
        )  # fmt: skip


def take_back(*, by, copy: FileCopy, reason: str) -> None:
    """Take the file back: it is no longer ready, or the letter waiting for the post is withdrawn. If it is prepared
    again, a second person checks it again.
    """
    permission = Permission.RELEASE_DOCUMENTS
    with acting(by, permission, on=copy.file, about=copy.conference, reason=reason, reader=copy.invitation.name):
        copy.refresh_from_db()
        document = copy.document
        if document.state == DocumentState.APPROVED:
            documents.return_to_draft(by, document=document, reason=reason, permission=permission)
        elif document.outgoing.filter(sent_at__isnull=False).exists():
            raise WrongState(f"It has already been sent to {copy.invitation.name}, so it cannot be recalled here.")
        else:
            documents.recall(by, document=document, reason=reason)
        documents.make_checks_void(document)


def _may_go(file, reader) -> None:
    if reader.withdrawn_at is not None:
        raise WrongState(f"The invitation of {reader.name} was withdrawn.")
    if why := why_never_released(file, reader) or why_chair_must_decide(file, reader):
        raise WrongState(why)


def _as_pdf(file, makers) -> documents.File:
    """The bytes as they are sent: every page drawn as a picture with its words laid over. A redacted version is made of
    pictures already, and a copy of a typed report was made here: there is nothing in it that cannot be seen."""
    body = body_of(file)
    if file.made not in (MadeHow.REDACTED, MadeHow.TYPED):
        try:
            body = redraw(body)
        except CannotRedact as refused:
            raise Invalid(str(refused)) from None
    return documents.File(
        kind=FileCopy.kind, title=ReportKind(kind_for(file.invitation)).label, pdf=body, pages=file.pages,
        made_by_id=file.uploaded_by_id, made_by_name=file.uploaded_by.get_full_name(), typed_by=tuple(sorted(makers)),
    )  # fmt: skip


def _recipient(reader) -> Recipient:
    return Recipient(
        kind="person", id=reader.person_id, name=reader.name, label=reader.get_role_display(),
        on_envelope=reader.person.name_on_envelope,
    )  # fmt: skip
