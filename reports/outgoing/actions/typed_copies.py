"""Make copies of typed reports for a member of the family, to be checked and released like any file."""

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.examination import read_letter
from cpc.core.documents.letters import render_pdf
from cpc.core.kernel.refusals import Refusal, WrongState
from reports.incoming.actions.uploads import FileUpload, save_file
from reports.incoming.choices import FileKind, MadeHow
from reports.incoming.models import Report, UploadedFile
from reports.incoming.permissions import HANDED_IN
from reports.outgoing.actions.file_copies import prepare_file
from reports.outgoing.letters.packs import Pack, may_be_copied, typed_letter
from reports.outgoing.queries.report_previews import children_told
from reports.outgoing.queries.typed_copies import copy_of_typed


def prepare_typed_copies(*, by, pack: Pack, reader: Invitation) -> list[str]:
    """Make and prepare every copy that the pack of this reader still needs, each in its own transaction, so that a
    second person can check them. Returns why a copy could not be prepared, one sentence for each.
    """
    refused = []
    for one in pack.to_prepare:
        try:
            file = one.file or copy_typed_report(by=by, report=one.report, reader=reader)
            prepare_file(by=by, file=file, reader=reader)
        except Refusal as why:
            refused.append(f"{one.title}. {why}")
    return refused


def copy_typed_report(*, by, report: Report, reader: Invitation) -> UploadedFile:
    """Make the copy of this version of a report for this reader. Nothing is sent: it is prepared, checked by a second
    person and released like any file.

    Raises WrongState where its author has not shared the report with them in writing, or it covers another child.
    """
    own = _read_about(report, reader)
    if why := may_be_copied(report, reader, own):
        raise WrongState(why)
    letter = typed_letter(report, reader, by.on, own)
    upload = FileUpload(render_pdf(letter), "copy-of-a-typed-report.pdf", FileKind.PDF)
    read = read_letter(letter, upload.body)
    with acting(by, Permission.RELEASE_DOCUMENTS, on=report.conference, report=report.pk, reader=reader.name):
        now = Report.objects.select_related("invitation").get(pk=report.pk)
        changed = now.number != report.number or now.state not in HANDED_IN or _read_about(now, reader) != own
        if changed or may_be_copied(now, reader, own):
            raise WrongState("The report has changed since you opened this page. Reload it.")
        if copy_of_typed(now, reader):
            raise WrongState(f"There is a copy of this report for {reader.name} already.")
        return save_file(
            by, report.invitation, upload, read, own,
            author=report.author, made=MadeHow.TYPED, made_for=reader,
        )  # fmt: skip


def _read_about(report, reader) -> frozenset[int]:
    """The children (ids) of the report that this member of the family may read about."""
    return children_told(report, [reader.person_id])[reader.person_id]
