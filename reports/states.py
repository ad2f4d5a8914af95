"""What may follow what for a report and for a record."""

from cpc.core.kernel.states import Machine
from reports.choices import RecordState, ReportState

REPORT = Machine(
    {
        ReportState.DRAFT: {ReportState.SUBMITTED},
        ReportState.SUBMITTED: {ReportState.APPROVED, ReportState.RETURNED},
        ReportState.RETURNED: {ReportState.SUBMITTED},
        ReportState.APPROVED: set(),
    },
    noun="report",
)
# Approved goes back to draft to be corrected: what was issued stays, and the correction supersedes it.
RECORD = Machine({RecordState.DRAFT: {RecordState.APPROVED}, RecordState.APPROVED: {RecordState.DRAFT}}, noun="record")
