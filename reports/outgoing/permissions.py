"""Which records and copies a viewer may see."""

from django.db.models import Exists, OuterRef, Q

from conferences.convening.models import Conference
from conferences.convening.permissions import is_its_chair as is_chair_of
from conferences.convening.permissions import open_invitations, readable_by
from conferences.convening.permissions import visible as visible_conferences
from conferences.disclosure.choices import BY_NAME, Audience, InviteeKind
from cpc.core.accounts.permissions import Permission, Viewer, requires, sees
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.models import Outgoing
from reports.incoming.models import FileCopy, UploadedFile
from reports.incoming.permissions import INSIDE, visible_files
from reports.outgoing.choices import RecordState, WrittenKind
from reports.outgoing.models import ConferenceRecord, Copy, Paragraph, ParagraphReader


@sees(ConferenceRecord)
def visible_records(viewer: Viewer) -> Q:
    """Inside the authority, the records of the conferences one may see. Anybody else reads their own released copy."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    return Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))


@requires(ConferenceRecord, Permission.APPROVE_RECORD)
def is_its_chair(by, record) -> bool:
    """Only the chair of the conference approves its record."""
    return is_chair_of(by, record.conference)


@sees(Paragraph)
def visible_paragraphs(viewer: Viewer) -> Q:
    """The paragraphs of the records one may see, if their audience allows one to read them."""
    return Q(record__in=ConferenceRecord.objects.filter(visible_records(viewer))) & _read_by(viewer)


def _read_by(viewer: Viewer) -> Q:
    named = ParagraphReader.objects.filter(paragraph=OuterRef("pk"), invitation__in=open_invitations(viewer))
    return readable_by(viewer, named, conference="record__conference", author="written_by")


@sees(Copy)
def visible_copies(viewer: Viewer) -> Q:
    """Inside the authority, the copies of the records one may see that contain nothing one may not read. Anybody else
    sees their own once it is released; one that is being corrected only if they have opened it already."""
    if viewer.holds(*INSIDE):
        records = Q(record__in=ConferenceRecord.objects.filter(visible_records(viewer)))
        hidden = Paragraph.objects.exclude(_read_by(viewer)).filter(record=OuterRef("record"))
        by_name = hidden.filter(audience__in=BY_NAME, readers__invitation=OuterRef("invitation"))
        for_family = hidden.filter(audience=Audience.FAMILY)
        return records & ~Exists(by_name) & ~(Q(invitation__kind=InviteeKind.FAMILY) & Exists(for_family))
    conferences = Conference.objects.filter(visible_conferences(viewer))
    theirs = Q(
        invitation__in=open_invitations(viewer),
        record__conference__in=conferences,
        document__state=DocumentState.RELEASED,
    )
    return theirs & (_is_approved() | Exists(_opened()))


def _is_approved() -> Q:
    """The copies that are not being corrected."""
    letters = Q(kind=WrittenKind.DECISION_LETTER, record__letters_approved_at__isnull=False)
    return letters | Q(kind=WrittenKind.RECORD, record__state=RecordState.APPROVED)


def _opened():
    """The messages that took a copy to its reader, who has opened it: what they have read stays theirs to read."""
    return Outgoing.objects.filter(document=OuterRef("document"), opened_at__isnull=False)


@sees(FileCopy)
def visible_file_copies(viewer: Viewer) -> Q:
    """The copies made of a file for the family: for those inside the authority who may see the file, never for its
    author."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    return Q(file__in=UploadedFile.objects.filter(visible_files(viewer)))


@requires(UploadedFile, Permission.APPROVE_RECORD)
def chairs_it(by, file) -> bool:
    """Only the chair of the conference decides that a person gets a file although it was withheld from them."""
    return is_chair_of(by, file.conference)
