"""What a user holds of reports: drafts that nobody else could finish. They go with the invitation."""

from conferences.convening.choices import COMING
from cpc.core.accounts.holdings import Kind, history, register
from cpc.core.accounts.models import User
from cpc.core.kernel.phrases import in_sentence
from reports.incoming.choices import ReportState
from reports.incoming.models import (
    Contribution,
    ContributionScan,
    GivenAllTheSame,
    PlannedTalk,
    QualityCheck,
    Redaction,
    Report,
    ReportStep,
    UploadedFile,
    VersionRequest,
)


def _drafts_of(user, on):
    found = Report.objects.filter(
        author_user=user, state__in=[ReportState.DRAFT, ReportState.RETURNED],
        conference__state__in=COMING,
    )  # fmt: skip
    return found.select_related("conference__family").order_by("pk")


def _write_on(by, report, to):
    """The draft is its new writer's. Without one, an administrator can finish it for its agency."""
    invited = User.objects.filter(invitations=report.invitation_id, is_active=True).first()
    writer = to or (invited if invited and invited.pk != report.author_user_id else None)
    report.author_user, report.author = writer, str(writer) if writer else report.author
    report.version += 1
    report.save(update_fields=["author_user", "author", "version"])


register(
    Kind(
        key="drafts",
        heading="Reports they have started (these go with the invitation)",
        model=Report,
        field="author_user",
        held=_drafts_of,
        says=lambda report: f"{report.get_kind_display()} for the {in_sentence(str(report.conference))}",
        give=_write_on,
        about=lambda report: report.conference.family,
        by_team=True,
        by_agency=True,
        like="invitations",
        who=lambda user: User.objects.none(),
        # Read again: the invitation was given a moment ago.
        may_take=lambda report, user, viewer: user.invitations.filter(pk=report.invitation_id).exists(),
        follows=lambda report: True,
    ),
)
history(Report, "entered_by", "approved_by")
history(QualityCheck, "by")
history(ReportStep, "by")
history(Contribution, "entered_by")
history(ContributionScan, "uploaded_by")
history(PlannedTalk, "planned_by")
history(UploadedFile, "uploaded_by")
history(Redaction, "by")
history(VersionRequest, "asked_by")
history(GivenAllTheSame, "decided_by")
