"""What comes in: reports, contributions, and uploaded files with their versions and redactions."""

from reports.incoming.models.reports import Contribution, Report, ReportChild, ReportReader, ReportSharing
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
    "FileCopy",
    "FileManager",
    "GivenAllTheSame",
    "Redaction",
    "Report",
    "ReportChild",
    "ReportReader",
    "ReportSharing",
    "UploadedFile",
    "UploadedFileChild",
    "VersionRequest",
]
