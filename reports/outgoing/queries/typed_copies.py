"""Typed reports that a member of the family gets as a copy that a second person has checked. Nothing here writes.

Docs: docs/decisions/0060-a-typed-report-goes-as-a-checked-copy.md.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from conferences.convening.choices import COMING
from conferences.convening.models import HAD_A_PART, Invitation
from conferences.convening.queries.exclusions import invitations_without_documents
from conferences.disclosure.choices import Audience
from cpc.core.documents.choices import DocumentState
from families.people.queries.merged_records import by_record, records_of_person
from families.protections.queries.entries import families_that_withhold
from reports.incoming.choices import MadeHow, SharedHow
from reports.incoming.models import FileCopy, Report, ReportSharing, UploadedFile
from reports.incoming.permissions import HANDED_IN
from reports.incoming.queries.requested import is_verbal
from reports.outgoing.queries.copies import ENDED

RECALLED = (DocumentState.DRAFTED, *ENDED)
NOT_IN_WRITING = (SharedHow.BY_PHONE, SharedHow.IN_OWN_WORDS)


def _made_of_typed(to_file="") -> Q:
    """A copy of a typed report, or what was redacted from one. ``to_file`` is the path to the file of a query."""
    redacted = {f"{to_file}made": MadeHow.REDACTED, f"{to_file}version_of__made": MadeHow.TYPED}
    return Q(**{f"{to_file}made": MadeHow.TYPED}) | Q(**redacted)


def copy_of_typed(report, reader: Invitation) -> UploadedFile | None:
    """The copy of this version of a typed report that was made for this reader, if there is one: the redacted one, if
    something was taken out of it.
    """
    found = UploadedFile.objects.filter(_made_of_typed(), invitation=report.invitation_id, made_for=reader)
    return found.filter(uploaded_at__gte=report.submitted_at).order_by("pk").last()


def was_recalled(file: UploadedFile, reader: Invitation) -> bool:
    """Whether a copy of the file was prepared for this reader and recalled, and not prepared again since."""
    prepared = FileCopy.objects.filter(file=file, invitation=reader)
    return prepared.exists() and not prepared.exclude(document__state__in=RECALLED).exists()


def was_sent(file: UploadedFile) -> bool:
    """Whether a copy of a typed report has gone to its reader."""
    return FileCopy.objects.filter(file=file, document__outgoing__sent_at__isnull=False).exists()


def why_outdated(file: UploadedFile) -> str:
    """Why a copy of a typed report, or what was redacted from one, can no longer go to its reader, in a sentence; empty
    if it can, and for any other file.
    """
    copy = file.version_of if file.made == MadeHow.REDACTED else file
    if copy.made != MadeHow.TYPED:
        return ""
    report = Report.objects.filter(invitation=copy.invitation_id, state__in=HANDED_IN).first()
    if report is None or report.submitted_at > copy.uploaded_at:
        return "The report has changed since this copy was made. Make another copy."
    return why_not_in_writing(report, copy.made_for)


def why_not_in_writing(report, reader: Invitation) -> str:
    """Why the author has given this member of the family nothing in writing of this version, in a sentence; empty if
    they have.
    """
    same = records_of_person(reader.person_id)
    shared = ReportSharing.objects.filter(report=report, parent__in=same, number=report.number)
    shared = shared.filter(shared_on__isnull=False)
    if not shared.exists():
        return "Its author has not shared it with them."
    if not shared.exclude(how__in=NOT_IN_WRITING).exists():
        return "Its author talked it through with them, and gave them nothing in writing."
    return ""


@dataclass(frozen=True)
class ToCopy:
    """A typed report that its author has shared with somebody in writing, who has not been sent a checked copy."""

    sharing: ReportSharing
    report: Report
    reader: Invitation


def typed_reports_to_copy(about=None) -> list[ToCopy]:
    """The reports to conferences that are still to be held, for each invited member of the family that their author
    gave them to, where something is protected in the family. A fixed number of queries. ``about`` is a condition on the
    sharing of a report (``ReportSharing``), where not all are wanted.
    """
    shared = ReportSharing.objects.filter(
        number=F("report__number"), shared_on__isnull=False, report__state__in=HANDED_IN,
        report__audience=Audience.EVERYONE, report__invitation__isnull=False,
        report__conference__state__in=COMING,
    ).exclude(how__in=NOT_IN_WRITING)  # fmt: skip
    shared = shared.filter(about or Q())
    shared = list(shared.select_related("report__conference__family", "report__invitation__agency").order_by("pk"))
    if not shared:
        return []
    protected = families_that_withhold({one.report.conference.family_id for one in shared})
    shared = [one for one in shared if one.report.conference.family_id in protected]
    conferences = {one.report.conference_id for one in shared}
    readers = Invitation.objects.filter(HAD_A_PART, conference__in=conferences, person__isnull=False, withdrawn_at=None)
    readers = list(readers.order_by("pk"))
    without = invitations_without_documents(readers)
    invited, asked = {}, {one.parent_id for one in shared}
    person_of = by_record(asked)
    for reader in readers:
        if reader.person_id in person_of and reader.pk not in without:
            invited[reader.conference_id, person_of[reader.person_id]] = reader
    sent = defaultdict(list)
    done = FileCopy.objects.filter(_made_of_typed("file__"), document__outgoing__sent_at__isnull=False)
    for report, reader, made in done.filter(file__conference__in={key for key, _ in invited}).values_list(
        "file__invitation", "file__made_for", "file__uploaded_at"
    ):
        sent[report, reader].append(made)
    found = [
        ToCopy(one, one.report, invited[key])
        for one in shared
        if (key := (one.report.conference_id, one.parent_id)) in invited and not is_verbal(one.report.invitation)
    ]
    return [
        one
        for one in found
        if all(made < one.report.submitted_at for made in sent[one.report.invitation_id, one.reader.pk])
    ]
