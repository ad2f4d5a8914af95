"""The chair checks the quality of a submitted report, and may return it to its author."""

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from reports.incoming.choices import ReportState
from reports.incoming.models import QualityCheck, Report
from reports.incoming.rules.quality import QUALITY
from reports.incoming.states import REPORT


def check_quality(
    *, by, report: Report, number: int, answers: dict[str, bool], return_reason: str = ""
) -> QualityCheck:
    """Record the chair’s answers for the version ``number``; a ``return_reason`` returns it to its author."""
    with acting(by, Permission.CHECK_REPORT, on=report, about=report.conference, reason=return_reason):
        REPORT.must_be(report, ReportState.SUBMITTED, ReportState.APPROVED, to="checked")
        if number != report.number:
            raise Invalid("A new version has come since you opened this page. Read that one.")
        if set(answers) != set(QUALITY):
            raise Invalid("Answer all ten questions.")
        check, _ = QualityCheck.objects.update_or_create(
            report=report,
            number=report.number,
            defaults={
                **answers, "return_reason": return_reason.strip(),
                "by_id": by.id or report.conference.chair_id, "at": timezone.now(),
            },
        )  # fmt: skip
        if return_reason.strip():
            REPORT.move(report, ReportState.RETURNED)
            report.return_reason = return_reason.strip()
            report.approved_by, report.approved_at = None, None
            report.save()
        return check
