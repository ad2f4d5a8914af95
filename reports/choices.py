"""The words of what is written: reports, contributions, the record, letters and their copies."""

from django.db.models import TextChoices

from conferences.choices import Toned


class ReportKind(TextChoices):
    SOCIAL_WORK = "social_work", "Social work report"
    AGENCY = "agency", "Agency report"


class ReportState(Toned):
    DRAFT = "draft", "grey", "Being written"
    SUBMITTED = "submitted", "blue", "Handed in"
    RETURNED = "returned", "orange", "Sent back to its author"
    APPROVED = "approved", "green", "Approved"


class SharedHow(TextChoices):
    """How a report was shared with a parent."""

    READ_TOGETHER = "read_together", "Read through together"
    BY_HAND = "by_hand", "Given by hand"
    POST = "post", "Posted"
    TRANSLATED = "translated", "With an interpreter or translated"
    BY_PHONE = "by_phone", "Talked through by phone"


class RecordState(Toned):
    DRAFT = "draft", "grey", "Draft"
    APPROVED = "approved", "green", "Approved"


class WrittenKind(TextChoices):
    """What is made after a conference, one copy per recipient."""

    RECORD = "record", "Record of the conference"
    DECISION_LETTER = "decision_letter", "Decision letter"


class RecordPart(TextChoices):
    """What a paragraph of the record is drafted from, in the order of the record."""

    CHAIR = "chair", "How the conference was chaired"
    QUORUM = "quorum", "Whether enough agencies took part"
    REASON = "reason", "Why the conference was held"
    DANGER_STATEMENT = "danger_statement", "Danger statement"
    PLAN_PROGRESS = "plan_progress", "Progress of the plan"
    WORRIED = "worried", "What we are worried about"
    WORKING_WELL = "working_well", "What is working well"
    NEEDS_TO_HAPPEN = "needs_to_happen", "What needs to happen"
    CHILD_VIEWS = "child_views", "The child’s views"
    PARENT_VIEWS = "parent_views", "The parent’s views"
    SCALING = "scaling", "How safe the child is"
    AGENCY_VIEWS = "agency_views", "The agencies’ views"
    DISSENT = "dissent", "Disagreement with the decision"
    DECISION = "decision", "The reasons for the decision"
    INTERIM_PLAN = "interim_plan", "What happens until the next conference"
    CONFIDENTIAL = "confidential", "For professionals only"
    OTHER = "other", "Anything else"


class FileKind(TextChoices):
    """What kind of file a report came as."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    PNG = "png", "Picture (PNG)"
    JPG = "jpg", "Picture (JPEG)"
    TXT = "txt", "Plain text"


class MadeHow(TextChoices):
    """How a file came to be."""

    CAME = "came", "As it came"
    SEPARATE = "separate", "A separate version by its author"
    REDACTED = "redacted", "Redacted here"


class Fate(Toned):
    """What one reader may have of a file."""

    AS_IT_IS = "as_it_is", "green", "May have it as it is"
    LOOK = "look", "yellow", "Somebody must look first"
    SEPARATE = "separate", "red", "Needs a separate version"
    NOTHING = "nothing", "grey", "Gets nothing of it"
