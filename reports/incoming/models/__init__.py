"""What comes in: reports, contributions, and uploaded files with their versions and redactions."""

from reports.incoming.models.contributions import Contribution, ContributionChild, ContributionScan, PlannedTalk
from reports.incoming.models.reports import (
    QualityCheck,
    Report,
    ReportChild,
    ReportOutcome,
    ReportReader,
    ReportSharing,
    ReportStep,
    ReportVersion,
)
from reports.incoming.models.uploads import (
    FileCopy,
    FileManager,
    GivenAllTheSame,
    Redaction,
    UploadedFile,
    UploadedFileChild,
    VersionRequest,
)

__all__ = [
    "Contribution",
    "ContributionChild",
    "ContributionScan",
    "FileCopy",
    "FileManager",
    "GivenAllTheSame",
    "PlannedTalk",
    "QualityCheck",
    "Redaction",
    "Report",
    "ReportChild",
    "ReportOutcome",
    "ReportReader",
    "ReportSharing",
    "ReportStep",
    "ReportVersion",
    "UploadedFile",
    "UploadedFileChild",
    "VersionRequest",
]
