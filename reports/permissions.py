"""Which reports, records and copies a viewer may see. A professional sees what covers only the children they know."""

from django.db.models import Exists, OuterRef, Q

from conferences.choices import BY_NAME, Audience, InviteeKind
from conferences.models import Conference, Invitation, InvitationChild
from conferences.permissions import open_invitations, read_by
from conferences.permissions import visible as visible_conferences
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, can_see, requires, sees
from cpc.core.documents.choices import DocumentState
from reports.choices import MadeHow, ReportState
from reports.models import (
    ConferenceRecord,
    Contribution,
    Copy,
    FileCopy,
    Paragraph,
    ParagraphReader,
    Report,
    ReportChild,
    ReportReader,
    UploadedFile,
    VersionRequest,
)

INSIDE = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)
HANDED_IN = (ReportState.SUBMITTED, ReportState.APPROVED)


@sees(Report)
def visible(viewer) -> Q:
    """One's own reports; inside the authority, those handed in to the conferences one may see (drafts too where one
    enters for others); a professional, those that cover no child but the ones they are invited for."""
    own = Q(pk__in=Report.objects.filter(author_user=viewer.id).order_by().values("pk"))
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    if viewer.can(Permission.ENTER_REPORT):
        return conferences
    if viewer.holds(*INSIDE):
        return conferences & (own | ~Q(state=ReportState.DRAFT))
    return conferences & (own | (Q(state__in=HANDED_IN) & ~Exists(_covers_another(viewer))))


def _covers_another(viewer):
    invited_for = InvitationChild.objects.filter(
        invitation__in=open_invitations(viewer),
        invitation__conference=OuterRef("report__conference"),
        child=OuterRef("child"),
    )
    return ReportChild.objects.filter(~Exists(invited_for), report=OuterRef("pk"))


def may_write_for(viewer) -> Q:
    """The invitations for which ``viewer`` may write the report: one's own, or (an administrator) anybody's."""
    professional = Q(kind=InviteeKind.PROFESSIONAL, withdrawn_at__isnull=True)
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    if viewer.can(Permission.ENTER_REPORT):
        return professional & conferences
    return professional & conferences & Q(user=viewer.id) if viewer.can(Permission.WRITE_REPORT) else Q(pk__in=[])


@requires(Invitation, Permission.WRITE_REPORT)
def is_asked_themselves(by, invitation) -> bool:
    """Only who was invited writes the report that was asked for, while the invitation stands."""
    return invitation.user_id == by.id and invitation.withdrawn_at is None and can_see(by, invitation.conference)


@requires(Invitation, Permission.ENTER_REPORT)
def sees_the_conference(by, invitation) -> bool:
    """An administrator enters reports for the conferences they may see."""
    return invitation.withdrawn_at is None and can_see(by, invitation.conference)


@requires(Report, Permission.WRITE_REPORT)
def is_its_author(by, report) -> bool:
    """Only its author goes on writing a report."""
    return report.author_user_id == by.id


@sees(ConferenceRecord)
def visible_records(viewer) -> Q:
    """The records of the conferences one may see, inside the authority; anybody else reads their own released copy."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    return Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))


@requires(ConferenceRecord, Permission.APPROVE_RECORD)
def is_its_chair(by, record) -> bool:
    """Only the chair of the conference approves its record."""
    return record.conference.chair_id == by.id


@requires(Report, Permission.APPROVE_REPORT)
def is_not_its_author(by, report) -> bool:
    """Nobody approves their own report."""
    return by.id not in (report.author_user_id, report.entered_by_id)


@requires(Report, Permission.APPROVE_REPORT)
def runs_the_team(by, report) -> bool:
    """Only the manager of the team that holds the case approves its social work report."""
    return report.conference.family.team_id in by.teams_run


def may_read_restricted(viewer) -> Q:
    """The reports whose restricted part ``viewer`` may read, of those that they may see."""
    named = ReportReader.objects.filter(report=OuterRef("pk"), invitation__in=open_invitations(viewer))
    readers = read_by(viewer, named, conference="conference", author="author_user", audience="restricted_audience")
    return (readers | Q(entered_by=viewer.id)) & ~Q(restricted="")


@sees(Contribution)
def visible_contributions(viewer) -> Q:
    """What families wrote for the conferences one may see, inside the authority; what is for the chair alone, to that
    chair and to whoever typed it in."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    return conferences & read_by(viewer, None, conference="conference", author="entered_by")


@sees(Paragraph)
def visible_paragraphs(viewer) -> Q:
    """The paragraphs of the records one may see, as far as their audience admits them."""
    return Q(record__in=ConferenceRecord.objects.filter(visible_records(viewer))) & _read_by(viewer)


def _read_by(viewer) -> Q:
    named = ParagraphReader.objects.filter(paragraph=OuterRef("pk"), invitation__in=open_invitations(viewer))
    return read_by(viewer, named, conference="record__conference", author="written_by")


@sees(Copy)
def visible_copies(viewer) -> Q:
    """Inside the authority, the copies of the records one may see that hold nothing one may not read; anybody else,
    their own once it is released."""
    if viewer.holds(*INSIDE):
        records = Q(record__in=ConferenceRecord.objects.filter(visible_records(viewer)))
        hidden = Paragraph.objects.exclude(_read_by(viewer)).filter(record=OuterRef("record"))
        by_name = hidden.filter(audience__in=BY_NAME, readers__invitation=OuterRef("invitation"))
        for_family = hidden.filter(audience=Audience.FAMILY)
        return records & ~Exists(by_name) & ~(Q(invitation__kind=InviteeKind.FAMILY) & Exists(for_family))
    conferences = Conference.objects.filter(visible_conferences(viewer))
    return Q(
        invitation__in=open_invitations(viewer),
        record__conference__in=conferences,
        document__state=DocumentState.RELEASED,
    )


@sees(UploadedFile)
def visible_files(viewer) -> Q:
    """Inside the authority, the files of the conferences one may see; anybody else, what they uploaded themselves, or
    was entered for them: never what was redacted of it, whose reasons may tell what they do not know."""
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    if viewer.holds(*INSIDE):
        return conferences
    own = Q(uploaded_by=viewer.id) | Q(invitation__user=viewer.id)
    return conferences & own & ~Q(made=MadeHow.REDACTED) if viewer.id else Q(pk__in=[])


@sees(FileCopy)
def visible_file_copies(viewer) -> Q:
    """What the family gets of a file is for those inside the authority who may see the file: never for its author."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    return Q(file__in=UploadedFile.objects.filter(visible_files(viewer)))


@sees(VersionRequest)
def visible_requests(viewer) -> Q:
    """Who may see the file sees that a separate version of it was asked for."""
    return Q(file__in=UploadedFile.objects.filter(visible_files(viewer)))


@requires(UploadedFile, Permission.APPROVE_RECORD)
def chairs_it(by, file) -> bool:
    """Only the chair of the conference says that somebody who was to have nothing of it gets a file all the same."""
    return file.conference.chair_id == by.id


@requires(UploadedFile, Permission.REDACT_REPORT)
def chairs_it_or_looks_after_it(by, file) -> bool:
    """The chair of the conference redacts, and an administrator who may see it."""
    return by.holds(Role.ADMINISTRATOR) or file.conference.chair_id == by.id
