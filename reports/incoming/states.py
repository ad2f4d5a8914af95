"""Which state of a report may follow which."""

from cpc.core.kernel.states import Machine
from reports.incoming.choices import ReportState

REPORT = Machine(
    {
        ReportState.DRAFT: {ReportState.SUBMITTED},
        ReportState.SUBMITTED: {ReportState.APPROVED, ReportState.RETURNED},
        ReportState.RETURNED: {ReportState.SUBMITTED},
        ReportState.APPROVED: set(),
    },
    noun="report",
)
