"""Ask for a separate version of an uploaded file, receive one, or redact the file."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.convening.models import Invitation
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.redacting import CannotRedact, Mark, redact
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from reports.incoming.actions.uploads import (
    FileUpload,
    read_upload,
    require_right_child,
    right_child_answer,
    save_file,
    who_uploads,
)
from reports.incoming.choices import FileKind, MadeHow
from reports.incoming.models import Redaction, UploadedFile, VersionRequest
from reports.incoming.permissions import permission_to_write
from reports.incoming.queries.uploads import body_of, is_original
from reports.incoming.states import VERSION_REQUEST, WAITING
from reports.outgoing.queries.file_copies import children_for

CAN_BE_REDACTED = (FileKind.PDF, FileKind.PNG, FileKind.JPG)


@dataclass(frozen=True)
class RedactedPart:
    """A part to redact, and why."""

    mark: Mark
    reason: str


def ask_for_version(*, by, file: UploadedFile, reader: Invitation, why: str, due_on: date) -> VersionRequest:
    """Ask the author for a version of the file for this reader, by that day."""
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference, reason=why):
        _children_of_version(file, reader)
        if not why.strip():
            raise Invalid("Say what the separate version must leave out.", "why")
        if due_on < by.on:
            raise Invalid("The date must be today or later.", "due_on")
        if VersionRequest.objects.filter(file=file, reader=reader, answered_with__isnull=True).exists():
            raise WrongState("A separate version for this reader has already been requested.")
        return VersionRequest.objects.create(
            file=file, reader=reader, why=why.strip(), due_on=due_on, asked_by_id=who_uploads(by, file.invitation),
            asked_at=timezone.now(),
        )  # fmt: skip


def send_version(*, by, request: VersionRequest, upload: FileUpload, right_child: str = "") -> UploadedFile:
    """Store the requested separate version. It covers only the children of its reader. ``right_child`` is as in
    ``upload_file``."""
    file = request.file
    permission, read = permission_to_write(by, file.invitation), read_upload(upload)
    said = right_child_answer(by, file.conference, read, right_child)
    with acting(by, permission, on=file.invitation, about=file.conference, reason=right_child, **said):
        request = VersionRequest.objects.select_for_update().get(pk=request.pk)
        VERSION_REQUEST.must_be(request, WAITING, to="answered again")
        if hashlib.sha256(upload.body).hexdigest() == file.sha256:
            raise Invalid("This is the same file as before. Choose the separate version.", "file")
        require_right_child(by, file.conference, read, right_child)
        children = _children_of_version(file, request.reader)
        version = save_file(
            by, file.invitation, upload, read, children,
            author=file.author, made=MadeHow.SEPARATE, version_of=file, made_for=request.reader,
        )  # fmt: skip
        request.answered_with = version
        request.save()
        return version


def redact_file(*, by, file: UploadedFile, reader: Invitation, redacted: Iterable[RedactedPart]) -> UploadedFile:
    """Make a new PDF for this reader without the marked parts. The file itself is unchanged."""
    if not by.may(Permission.REDACT_REPORT, file):
        raise NotPermitted("Your account does not let you redact this file.")
    redacted = list(redacted)
    _check(file, redacted)
    try:
        body = redact(body_of(file), [one.mark for one in redacted])
    except CannotRedact as refused:
        raise Invalid(str(refused)) from None
    upload = FileUpload(body, "redacted.pdf", FileKind.PDF)
    read = read_upload(upload)
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference, reader=reader.pk):
        children = _children_of_version(file, reader)
        version = save_file(
            by, file.invitation, upload, read, children,
            author=file.author, made=MadeHow.REDACTED, version_of=file, made_for=reader,
        )  # fmt: skip
        now, who = timezone.now(), who_uploads(by, file.invitation)
        for one in redacted:
            mark = one.mark
            Redaction.objects.create(
                file=version, page=mark.page, whole_page=mark.whole_page, left=mark.left, top=mark.top,
                right=mark.right, bottom=mark.bottom, reason=one.reason.strip(), by_id=who, at=now,
            )  # fmt: skip
        VersionRequest.objects.filter(file=file, reader=reader, answered_with__isnull=True).update(
            answered_with=version
        )
        return version


def _check(file, redacted) -> None:
    if file.kind not in CAN_BE_REDACTED:
        raise WrongState("Only a PDF or a picture can be redacted here. Ask its author for a PDF.")
    if not redacted:
        raise Invalid("Mark at least one page or area to take out.")
    for number, one in enumerate(redacted, 1):
        mark = one.mark
        if not one.reason.strip():
            raise Invalid(f"Part {number}: say why it is taken out.")
        if not 1 <= mark.page <= max(file.pages, 1):
            raise Invalid(f"Part {number}: the file has no page {mark.page}.")
        if not (0 <= mark.left < mark.right <= 1 and 0 <= mark.top < mark.bottom <= 1):
            raise Invalid(f"Part {number}: the area must lie on the page.")


def _children_of_version(file, reader) -> set[int]:
    """The children of a version for this reader. Raises a refusal if no version can be made."""
    if not is_original(file):
        raise WrongState("This was redacted here. Make the version from the file that it was made of.")
    if reader.conference_id != file.conference_id or reader.kind != InviteeKind.FAMILY:
        raise Invalid("A version is made for one of the family who was invited.")
    if file.made_for_id not in (None, reader.pk):
        raise Invalid("This version was made for somebody else. Make another from the file that came.")
    children = {child.pk for child in children_for(file, reader)}
    if not children:
        raise Invalid("The file covers no child of theirs, so they get nothing of it.")
    return children
