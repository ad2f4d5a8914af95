"""The choices of reports and contributions."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned


class ReportKind(TextChoices):
    SOCIAL_WORK = "social_work", "Social work report"
    SCHOOL = "school", "School or nursery report"
    GP = "gp", "GP report"
    HEALTH_VISITOR = "health_visitor", "Health visitor or school nurse report"
    MIDWIFE = "midwife", "Midwife report"
    POLICE = "police", "Police report"
    PROBATION = "probation", "Probation report"
    ADULT_SERVICES = "adult_services", "Adult services report"
    AGENCY = "agency", "Agency report"


class OutcomeProgress(TextChoices):
    """How far an outcome of the plan has been reached, in a report to a review."""

    REACHED = "reached", "Reached"
    PARTLY = "partly", "Partly reached"
    NOT_REACHED = "not_reached", "Not reached"
    NOT_KNOWN = "not_known", "We do not know"


class ReportState(Toned):
    DRAFT = "draft", "grey", "Draft"
    SUBMITTED = "submitted", "blue", "Submitted"
    RETURNED = "returned", "orange", "Returned for changes"
    APPROVED = "approved", "green", "Approved"


class SharedHow(TextChoices):
    """How a report was shared with a parent."""

    READ_TOGETHER = "read_together", "Read through together"
    BY_HAND = "by_hand", "Given by hand"
    POST = "post", "Posted"
    TRANSLATED = "translated", "With an interpreter or translated"
    BY_PHONE = "by_phone", "Talked through by phone"
    IN_OWN_WORDS = "in_own_words", "Explained in words for a child"


class FileKind(TextChoices):
    """The file type of an uploaded report."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    PNG = "png", "Picture (PNG)"
    JPG = "jpg", "Picture (JPEG)"
    TXT = "txt", "Plain text"


class MadeHow(TextChoices):
    """Where a file came from."""

    CAME = "came", "As it came"
    SEPARATE = "separate", "A separate version by its author"
    REDACTED = "redacted", "Redacted here"
    TYPED = "typed", "A copy of a typed report"


# Made by this service for one reader, not by its author.
MADE_HERE = (MadeHow.REDACTED, MadeHow.TYPED)


class Mark(TextChoices):
    """What kind of statement a line of a report is."""

    SEEN = "seen", "Seen"
    TOLD = "told", "Told by"
    ALLEGED = "alleged", "Alleged"
    FOUND = "found", "Found"


class Step(TextChoices):
    """What was done to get a requested report."""

    CHASED = "chased", "Chased"
    AGAIN = "again", "Requested again"
    ORALLY = "orally", "Given orally"
    NOT_GIVEN = "not_given", "Not given"


class ReportStatus(Toned):
    """The state of a requested report, for the list of reports."""

    REQUESTED = "requested", "grey", "Not started"
    CHASED = "chased", "yellow", "Chased"
    LATE = "late", "red", "Late"
    RECEIVED_LATE = "received_late", "yellow", "Received late"
    AS_FILE = "as_file", "blue", "Received as a file"
    ORALLY = "orally", "turquoise", "Given orally"
    NOT_GIVEN = "not_given", "orange", "Not given"
