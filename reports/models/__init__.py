"""Everything written: what is typed here and its copies (``written``), and reports that came as files (``uploads``)."""

from reports.models.uploads import FileCopy, GivenAllTheSame, Redaction, UploadedFile, UploadedFileChild, VersionRequest
from reports.models.written import (
    ConferenceRecord,
    Contribution,
    Copy,
    CopyChild,
    Paragraph,
    ParagraphReader,
    Report,
    ReportChild,
    ReportReader,
    ReportSharing,
)

__all__ = [
    "ConferenceRecord", "Contribution", "Copy", "CopyChild", "FileCopy", "GivenAllTheSame", "Paragraph",
    "ParagraphReader", "Redaction", "Report", "ReportChild", "ReportReader", "ReportSharing", "UploadedFile",
    "UploadedFileChild", "VersionRequest",
]  # fmt: skip
