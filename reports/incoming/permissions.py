"""Which reports, contributions and files a viewer may see.

A professional sees only what is about the children they know."""

from django.db.models import Exists, OuterRef, Q

from conferences.convening.choices import InviteeRole
from conferences.convening.models import Conference, Invitation, InvitationChild
from conferences.convening.permissions import chaired_or_written_by, is_its_chair, open_invitations, readable_by
from conferences.convening.permissions import visible as visible_conferences
from conferences.disclosure.choices import InviteeKind
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, Viewer, can_see, requires, sees
from cpc.core.policy.queries import setting
from reports.incoming.choices import MADE_HERE, ReportState
from reports.incoming.models import (
    Contribution,
    ContributionScan,
    QualityCheck,
    Report,
    ReportChild,
    ReportReader,
    ReportStep,
    UploadedFile,
    VersionRequest,
)

INSIDE = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.CHAIR, Role.ADMINISTRATOR, Role.SERVICE_MANAGER)
HANDED_IN = (ReportState.SUBMITTED, ReportState.APPROVED)


@sees(Report)
def visible(viewer: Viewer) -> Q:
    """One’s own reports; inside the authority, the submitted reports of conferences one may see (also drafts, for those
    who enter reports for others); for a professional, reports that cover only children they are invited for."""
    own = Q(pk__in=Report.objects.filter(author_user__in=writes_for(viewer)).order_by().values("pk"))
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    read = readable_by(viewer, None, conference="conference", author="author_user")
    conferences &= own | _for_the_chair(viewer, "author_user") | Q(entered_by=viewer.id) | (~shared_verbally() & read)
    if viewer.can(Permission.ENTER_REPORT):
        return conferences
    if viewer.holds(*INSIDE):
        return conferences & (own | ~Q(state=ReportState.DRAFT))
    return conferences & (own | (Q(state__in=HANDED_IN) & ~Exists(_covers_another(viewer))))


def shared_verbally() -> Q:
    """The reports and files that are only shared by word of mouth here, also those that came before the service decided
    so. They are for the chair, and for the person who wrote or uploaded them.
    """
    return Q(invitation__role=InviteeRole.POLICE) if setting("police_report_verbal") else Q(pk__in=[])


def _for_the_chair(viewer: Viewer, author: str) -> Q:
    return chaired_or_written_by(viewer, conference="conference", author=author) if viewer.id else Q(pk__in=[])


def _covers_another(viewer: Viewer):
    invited_for = InvitationChild.objects.filter(
        invitation__in=open_invitations(viewer),
        invitation__conference=OuterRef("report__conference"),
        child=OuterRef("child"),
    )
    return ReportChild.objects.filter(~Exists(invited_for), report=OuterRef("pk"))


def may_write_for(viewer: Viewer) -> Q:
    """The invitations that ``viewer`` may write the report for: one’s own, those of people that one covers
    for, or (an administrator) anybody’s."""
    professional = Q(kind=InviteeKind.PROFESSIONAL, withdrawn_at__isnull=True)
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    if viewer.can(Permission.ENTER_REPORT):
        return professional & conferences
    if not viewer.can(Permission.WRITE_REPORT):
        return Q(pk__in=[])
    return professional & conferences & Q(user__in=writes_for(viewer))


def writes_for(viewer: Viewer) -> list[int]:
    """The users (ids) that the viewer writes reports for today: themselves, and those that they cover for."""
    return sorted({viewer.id or 0, *viewer.stands_in_for})


def permission_to_write(by, invitation) -> Permission:
    """What lets this viewer write the report of the invitation: their own, or entering it for somebody else."""
    theirs = by.can(Permission.WRITE_REPORT) and invitation.user_id in writes_for(by)
    return Permission.WRITE_REPORT if theirs else Permission.ENTER_REPORT


@requires(Invitation, Permission.WRITE_REPORT)
def is_asked_themselves(by, invitation) -> bool:
    """The invited person, or who covers for them, writes the requested report; not after a withdrawal."""
    return (
        invitation.user_id in writes_for(by) and invitation.withdrawn_at is None and can_see(by, invitation.conference)
    )


@requires(Invitation, Permission.ENTER_REPORT)
def sees_the_conference(by, invitation) -> bool:
    """An administrator enters reports for the conferences they may see."""
    return invitation.withdrawn_at is None and can_see(by, invitation.conference)


@requires(Report, Permission.WRITE_REPORT)
def is_its_author(by, report) -> bool:
    """Only its author, or who covers for them, may continue a report."""
    return report.author_user_id in writes_for(by)


@requires(Report, Permission.APPROVE_REPORT)
def is_not_its_author(by, report) -> bool:
    """Nobody approves their own report, nor one that they may write for somebody who is away."""
    return by.id not in (report.author_user_id, report.entered_by_id) and not (
        by.can(Permission.WRITE_REPORT) and report.author_user_id in by.stands_in_for
    )


@requires(Report, Permission.CHECK_REPORT)
def chairs_its_conference(by, report) -> bool:
    """Only the chair of its conference checks the quality of a report."""
    return is_its_chair(by, report.conference)


@requires(Report, Permission.APPROVE_REPORT)
def runs_the_team(by, report) -> bool:
    """Only the manager of the team that holds the case approves its social work report."""
    return report.conference.family.team_id in by.teams_run


def may_read_restricted(viewer: Viewer) -> Q:
    """The reports, among those ``viewer`` may see, with a restricted part that they may read."""
    named = ReportReader.objects.filter(report=OuterRef("pk"), invitation__in=open_invitations(viewer))
    readers = readable_by(viewer, named, conference="conference", author="author_user", audience="restricted_audience")
    return (readers | Q(entered_by=viewer.id)) & ~Q(restricted="")


def may_read_last_version(viewer: Viewer) -> Q:
    """The reports that their authors are writing again. Their last version stays in a professional’s pack, but not if
    it was returned with a reason, because it may tell too much. Nothing of the police, because they may have submitted
    it for the chair alone.
    """
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    again = Q(state=ReportState.RETURNED, number__gt=0, return_reason="") & ~Q(invitation__role=InviteeRole.POLICE)
    read = readable_by(viewer, None, conference="conference", author="author_user")
    return conferences & again & read & ~Exists(_covers_another(viewer))


@sees(QualityCheck)
def visible_quality_checks(viewer: Viewer) -> Q:
    """Those who may see the report, inside the authority."""
    return Q(report__in=Report.objects.filter(visible(viewer))) if viewer.holds(*INSIDE) else Q(pk__in=[])


@sees(ReportStep)
def visible_steps(viewer: Viewer) -> Q:
    """Inside the authority, what was done to get the reports of the conferences one may see."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    return Q(invitation__conference__in=Conference.objects.filter(visible_conferences(viewer)))


@sees(Contribution)
def visible_contributions(viewer: Viewer) -> Q:
    """Inside the authority, what families wrote for the conferences one may see. What is for the chair alone: that
    chair, and the person who typed it in."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    return conferences & readable_by(viewer, None, conference="conference", author="entered_by")


@sees(ContributionScan)
def visible_scans(viewer: Viewer) -> Q:
    """Inside the authority, the drawings and letters of families. One for the chair alone: that chair, and who uploaded
    it."""
    if not viewer.holds(*INSIDE):
        return Q(pk__in=[])
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    return conferences & readable_by(viewer, None, conference="conference", author="uploaded_by")


@sees(UploadedFile)
def visible_files(viewer: Viewer) -> Q:
    """Inside the authority, the files of the conferences one may see, but for those that are only shared verbally here.
    Anybody else sees what they uploaded or what was entered for them, but nothing that was made here for one reader:
    it may reveal what they do not know.
    """
    conferences = Q(conference__in=Conference.objects.filter(visible_conferences(viewer)))
    if viewer.holds(*INSIDE):
        return conferences & (~shared_verbally() | _for_the_chair(viewer, "uploaded_by"))
    own = Q(uploaded_by=viewer.id) | Q(invitation__user=viewer.id)
    return conferences & own & ~Q(made__in=MADE_HERE) if viewer.id else Q(pk__in=[])


@sees(VersionRequest)
def visible_requests(viewer: Viewer) -> Q:
    """Anybody who may see the file also sees the requests for separate versions of it."""
    return Q(file__in=UploadedFile.objects.filter(visible_files(viewer)))


@requires(UploadedFile, Permission.REDACT_REPORT)
def chairs_it_or_looks_after_it(by, file) -> bool:
    """The chair of the conference redacts, or an administrator who may see it."""
    return by.holds(Role.ADMINISTRATOR) or is_its_chair(by, file.conference)
