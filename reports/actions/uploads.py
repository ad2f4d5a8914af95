"""A report comes as a file; a separate version is asked for and comes; or an administrator redacts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from conferences.choices import InviteeKind
from conferences.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.reading import read_file
from cpc.core.documents.redacting import CannotRedact, Mark, redact
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from reports.choices import FileKind, MadeHow
from reports.models import Redaction, UploadedFile, UploadedFileChild, VersionRequest
from reports.queries.asked import can_still_write, covered_children
from reports.queries.uploads import body_of, children_for, is_original

CAN_BE_REDACTED = (FileKind.PDF, FileKind.PNG, FileKind.JPG)


@dataclass(frozen=True)
class Given:
    """A file as it was given: its bytes, the name it came under, and what its bytes show that it is."""

    body: bytes
    name: str
    kind: str


@dataclass(frozen=True)
class Taken:
    """What is to be taken out, and why."""

    mark: Mark
    reason: str


def upload_file(*, by, invitation: Invitation, given: Given, author: str, children: Iterable[int]) -> UploadedFile:
    """The file is kept as it came, with the children whom it covers and what could be read in it."""
    permission = _writing(by, invitation)
    chosen, covered = set(children), {child.pk for child in covered_children(invitation)}
    read = _read(given)
    with acting(by, permission, on=invitation, about=invitation.conference):
        if invitation.kind != InviteeKind.PROFESSIONAL:
            raise Invalid("A report comes from a professional who was invited.")
        if not can_still_write(invitation.conference):
            raise WrongState("The conference has been closed or called off, so no report can be added to it.")
        if not chosen or not chosen <= covered:
            raise Invalid("Choose the children whom the report covers.", "children")
        return _keep(by, invitation, given, read, chosen, author=author.strip() or invitation.name)


def ask_for_version(*, by, file: UploadedFile, reader: Invitation, why: str, due_on: date) -> VersionRequest:
    """The author is asked for a version of the file for this reader, by that day."""
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference, reason=why):
        _can_be_made(file, reader)
        if not why.strip():
            raise Invalid("Say what the separate version must leave out.", "why")
        if due_on < by.on:
            raise Invalid("The date must be today or later.", "due_on")
        if VersionRequest.objects.filter(file=file, reader=reader, answered_with__isnull=True).exists():
            raise WrongState("A separate version for this reader has been asked for already.")
        return VersionRequest.objects.create(
            file=file, reader=reader, why=why.strip(), due_on=due_on, asked_by_id=_who(by, file.invitation),
            asked_at=timezone.now(),
        )  # fmt: skip


def send_version(*, by, request: VersionRequest, given: Given) -> UploadedFile:
    """The separate version that was asked for has come: it covers only the children of its reader."""
    file = request.file
    permission, read = _writing(by, file.invitation), _read(given)
    with acting(by, permission, on=file.invitation, about=file.conference):
        request = VersionRequest.objects.select_for_update().get(pk=request.pk)
        if request.answered_with_id:
            raise WrongState("This version has come already.")
        if hashlib.sha256(given.body).hexdigest() == file.sha256:
            raise Invalid("This is the same file again. Choose the separate version.", "file")
        children = _can_be_made(file, request.reader)
        version = _keep(
            by, file.invitation, given, read, children,
            author=file.author, made=MadeHow.SEPARATE, version_of=file, made_for=request.reader,
        )  # fmt: skip
        request.answered_with = version
        request.save()
        return version


def redact_file(*, by, file: UploadedFile, reader: Invitation, taken: Iterable[Taken]) -> UploadedFile:
    """A new PDF for this reader, in which what is marked is not: the file itself stays as it came."""
    if not by.may(Permission.REDACT_REPORT, file):
        raise NotPermitted("Your account does not let you redact this file.")
    taken = list(taken)
    _check(file, taken)
    try:
        body = redact(body_of(file), [one.mark for one in taken])
    except CannotRedact as refused:
        raise Invalid(str(refused)) from None
    given = Given(body, "redacted.pdf", FileKind.PDF)
    read = _read(given)
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference, reader=reader.pk):
        children = _can_be_made(file, reader)
        version = _keep(
            by, file.invitation, given, read, children,
            author=file.author, made=MadeHow.REDACTED, version_of=file, made_for=reader,
        )  # fmt: skip
        now, who = timezone.now(), _who(by, file.invitation)
        for one in taken:
            mark = one.mark
            Redaction.objects.create(
                file=version, page=mark.page, whole_page=mark.whole_page, left=mark.left, top=mark.top,
                right=mark.right, bottom=mark.bottom, reason=one.reason.strip(), by_id=who, at=now,
            )  # fmt: skip
        VersionRequest.objects.filter(file=file, reader=reader, answered_with__isnull=True).update(
            answered_with=version
        )
        return version


def read_again(*, by, file: UploadedFile) -> None:
    """A file that no program could open has been tried once more; what could be read in it now, or why not, is kept."""
    if not by.may(Permission.REDACT_REPORT, file):
        raise NotPermitted("Your account does not let you have this file read again.")
    read = read_file(body_of(file))
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference):
        if not file.did_not_open:
            raise WrongState("This file was read when it came.")
        found = _as_read(file.kind, read)
        for name, value in found.items():
            setattr(file, name, value)
        file.save(update_fields=list(found))


def _check(file, taken) -> None:
    if file.kind not in CAN_BE_REDACTED:
        raise WrongState("Only a PDF or a picture can be redacted here. Ask its author for a PDF.")
    if not taken:
        raise Invalid("Mark at least one page or area to take out.")
    for number, one in enumerate(taken, 1):
        mark = one.mark
        if not one.reason.strip():
            raise Invalid(f"Part {number}: say why it is taken out.")
        if not 1 <= mark.page <= max(file.pages, 1):
            raise Invalid(f"Part {number}: the file has no page {mark.page}.")
        if not (0 <= mark.left < mark.right <= 1 and 0 <= mark.top < mark.bottom <= 1):
            raise Invalid(f"Part {number}: the area must lie on the page.")


def _can_be_made(file, reader) -> set[int]:
    """The children of a version for this reader."""
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


def _writing(by, invitation) -> Permission:
    return Permission.WRITE_REPORT if invitation.user_id == by.id else Permission.ENTER_REPORT


def _who(by, invitation):
    return by.id or invitation.user_id or invitation.conference.administrator_id


def _read(given: Given):
    if given.kind not in FileKind.values:
        raise Invalid("The file must be a PDF, a Word document, a picture or plain text.", "file")
    return read_file(given.body)


def _keep(by, invitation, given, read, children, **how) -> UploadedFile:
    file = UploadedFile.objects.create(
        conference=invitation.conference, invitation=invitation, agency=invitation.agency,
        given_name=_storable(given.name)[:200], kind=given.kind, body=given.body,
        sha256=hashlib.sha256(given.body).hexdigest(), size=len(given.body),
        uploaded_by_id=_who(by, invitation), uploaded_at=timezone.now(), **_as_read(given.kind, read), **how,
    )  # fmt: skip
    UploadedFileChild.objects.bulk_create(UploadedFileChild(file=file, child_id=pk) for pk in sorted(children))
    return file


def _as_read(kind, read) -> dict:
    return {
        "pages": read.pages or (1 if kind in (FileKind.PNG, FileKind.JPG) else 0),
        "reading": [[_storable(part.where), _storable(part.text), part.shadow] for part in read.parts],
        "unreadable": [_storable(said) for said in read.unreadable],
    }


def _storable(text: str) -> str:
    """What a file says, without what the database refuses: nought characters and halves of others."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
