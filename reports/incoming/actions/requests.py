"""What is done to get a requested report: chase it, request it again, or record that it comes orally or not at all."""

from datetime import date

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from reports.incoming.choices import ReportState, Step
from reports.incoming.models import Report, ReportStep, UploadedFile
from reports.incoming.queries.requested import can_still_write


def record_step(
    *, by, invitation: Invitation, step: str, on: date, note: str = "", due_on: date | None = None
) -> ReportStep:
    """Record a step for a requested report. Requesting it again gives it a new date to come by."""
    with acting(by, Permission.ENTER_REPORT, on=invitation, about=invitation.conference, reason=note, step=step):
        if not can_still_write(invitation.conference):
            raise WrongState("The conference has been closed or called off, so its reports can no longer change.")
        if not invitation.report_asked:
            raise WrongState("No report was requested from them.")
        arrived = Report.objects.filter(invitation=invitation).exclude(state=ReportState.DRAFT).exists()
        if arrived or UploadedFile.objects.filter(invitation=invitation).exists():
            raise WrongState("Their report has been received.")
        if step not in Step.values:
            raise Invalid("Choose what happened.", "step")
        if on > by.on:
            raise Invalid("The date must be today or in the past.", "on")
        if step == Step.NOT_GIVEN and not note.strip():
            raise Invalid("Say why no report is given.", "note")
        if step == Step.AGAIN:
            if due_on is None or due_on < on:
                raise Invalid("Enter the new date to receive it by, today or later.", "due_on")
            invitation.report_due_on = due_on
            invitation.save(update_fields=["report_due_on"])
        return ReportStep.objects.create(
            invitation=invitation, step=step, on=on, note=note.strip(),
            by_id=by.id or invitation.conference.administrator_id,
        )  # fmt: skip
