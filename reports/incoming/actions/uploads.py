"""Upload a report file, request and receive a separate version, or redact."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from conferences.convening.models import Invitation
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.reading import read_file
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from reports.incoming.choices import FileKind
from reports.incoming.models import UploadedFile, UploadedFileChild
from reports.incoming.permissions import permission_to_write
from reports.incoming.queries.requested import can_still_write, covered_children, is_verbal
from reports.incoming.queries.right_child import named_in_question, right_child_question
from reports.incoming.queries.uploads import body_of, words_of_reading

# Everybody inside the authority who may see the conference may open its files.
ONLY_TOLD = (
    "In this area, police information is only shared verbally at the conference, so it cannot be uploaded as a file. "
    "Write it here instead: only the chair and the person who writes it can read it."
)


@dataclass(frozen=True)
class FileUpload:
    """An uploaded file: its bytes, its name, and the file type that its bytes show."""

    body: bytes
    name: str
    kind: str


def upload_file(
    *, by, invitation: Invitation, upload: FileUpload, author: str, children: Iterable[int], right_child: str = ""
) -> UploadedFile:
    """Store the file as uploaded, with the children it covers and what could be read in it. ``right_child`` says why it
    is about the right child, although it names one of another family.
    """
    permission = permission_to_write(by, invitation)
    chosen, covered = set(children), {child.pk for child in covered_children(invitation)}
    read = read_upload(upload)
    said = right_child_answer(by, invitation.conference, read, right_child)
    with acting(by, permission, on=invitation, about=invitation.conference, reason=right_child, **said):
        if invitation.kind != InviteeKind.PROFESSIONAL:
            raise Invalid("A report comes from a professional who was invited.")
        if not can_still_write(invitation.conference):
            raise WrongState("The conference has been closed or called off, so no report can be added to it.")
        if is_verbal(invitation):
            raise WrongState(ONLY_TOLD)
        if not chosen or not chosen <= covered:
            raise Invalid("Select the children the report covers.", "children")
        require_right_child(by, invitation.conference, read, right_child)
        return save_file(by, invitation, upload, read, chosen, author=author.strip() or invitation.name)


def read_again(*, by, file: UploadedFile) -> None:
    """Try again to read a file that no program could open, and store the result."""
    if not by.may(Permission.REDACT_REPORT, file):
        raise NotPermitted("Your account does not let you have this file read again.")
    read = read_file(body_of(file))
    with acting(by, Permission.REDACT_REPORT, on=file, about=file.conference):
        if not file.did_not_open:
            raise WrongState("This file was read when it was uploaded.")
        found = _reading_fields(file.kind, read)
        for name, value in found.items():
            setattr(file, name, value)
        file.save(update_fields=list(found))


def require_right_child(by, conference, read, right_child: str) -> None:
    """Raise Invalid if what was read names a child of another family and nobody said why it is right all the same."""
    if not right_child.strip() and (question := right_child_question(by, conference, words_of_reading(read))):
        raise Invalid(question, "right_child")


def right_child_answer(by, conference, read, right_child: str) -> dict:
    """For the trail: what in the file was named of a child of another family, where somebody said why it is right all
    the same; else nothing.
    """
    if not right_child.strip():
        return {}
    return {"right_child": named_in_question(by, conference, words_of_reading(read))}


def who_uploads(by, invitation):
    """The id of the user who counts as having uploaded it: ``by``, or who it was asked of where that is a system."""
    return by.id or invitation.user_id or invitation.conference.administrator_id


def read_upload(upload: FileUpload):
    """The text of the file, page by page, and what could not be read. Raises Invalid for another kind of file."""
    if upload.kind not in FileKind.values:
        raise Invalid("The file must be a PDF, a Word document, a picture or plain text.", "file")
    return read_file(upload.body)


def save_file(by, invitation, upload, read, children, **how) -> UploadedFile:
    """Store the file with its text. ``how`` gives its author, how it was made and its reader. Call inside an act."""
    file = UploadedFile.objects.create(
        conference=invitation.conference, invitation=invitation, agency=invitation.agency,
        given_name=_storable(upload.name)[:200], kind=upload.kind, body=upload.body,
        sha256=hashlib.sha256(upload.body).hexdigest(), size=len(upload.body),
        uploaded_by_id=who_uploads(by, invitation), uploaded_at=timezone.now(),
        **_reading_fields(upload.kind, read), **how,
    )  # fmt: skip
    UploadedFileChild.objects.bulk_create(UploadedFileChild(file=file, child_id=pk) for pk in sorted(children))
    return file


def _reading_fields(kind, read) -> dict:
    return {
        "pages": read.pages or (1 if kind in (FileKind.PNG, FileKind.JPG) else 0),
        "reading": [[_storable(part.where), _storable(part.text), part.shadow] for part in read.parts],
        "unreadable": [_storable(said) for said in read.unreadable],
    }


def _storable(text: str) -> str:
    """The text without the characters that the database refuses: null characters and lone surrogates."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
