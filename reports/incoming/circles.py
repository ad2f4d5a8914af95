"""The rows of reports, contributions and files that name people of the family."""

from families.people.circles import Rows
from reports.incoming.models import (
    Contribution,
    ContributionChild,
    ContributionScan,
    PlannedTalk,
    ReportChild,
    ReportSharing,
    UploadedFileChild,
)

ROWS = (
    Rows(ReportChild, "report__conference__family", ("child",)),
    Rows(ReportSharing, "report__conference__family", ("parent",)),
    Rows(ContributionChild, "contribution__conference__family", ("child",)),
    Rows(PlannedTalk, "conference__family", ("person",)),
    Rows(ContributionScan, "conference__family", ("person",)),
    Rows(Contribution, "conference__family", ("person",)),
    Rows(UploadedFileChild, "file__conference__family", ("child",)),
)
