"""The choices of reports and contributions."""

from dataclasses import dataclass

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned


class ReportKind(TextChoices):
    SOCIAL_WORK = "social_work", "Social work report"
    AGENCY = "agency", "Agency report"


class ReportState(Toned):
    DRAFT = "draft", "grey", "Draft"
    SUBMITTED = "submitted", "blue", "Submitted"
    RETURNED = "returned", "orange", "Returned to the author"
    APPROVED = "approved", "green", "Approved"


class SharedHow(TextChoices):
    """How a report was shared with a parent."""

    READ_TOGETHER = "read_together", "Read through together"
    BY_HAND = "by_hand", "Given by hand"
    POST = "post", "Posted"
    TRANSLATED = "translated", "With an interpreter or translated"
    BY_PHONE = "by_phone", "Talked through by phone"


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


@dataclass(frozen=True)
class Question:
    """A question on a form, with the hint below it."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class ReportSection:
    """One section of a report: its field name, and the question in each kind of report, if it has one."""

    name: str
    agency: Question | None = None
    social_work: Question | None = None

    def asked_in(self, kind) -> Question | None:
        """The question in this kind of report; None if this kind does not have the section."""
        return self.social_work if kind == ReportKind.SOCIAL_WORK else self.agency


# The sections of a report, in order. The model fields, the form, the page and the restricted texts use this list.
SECTIONS = (
    ReportSection(
        "involvement",
        Question("How does your agency know the family, and since when?", "What you do with them and how often."),
        Question(
            "What led to this conference, and what has been done?",
            "The enquiry, when each child was seen and who was present, and earlier help.",
        ),
    ),
    ReportSection(
        "worried",
        Question(
            "What are you worried about?",
            "Distinguish what you saw, what you were told and who told you, and what you think.",
        ),
        Question(
            "What has happened to the children, and what are you worried will happen?",
            "Distinguish what you saw, what you were told and who told you, and what you think.",
        ),
    ),
    ReportSection(
        "working_well",
        Question("What is working well?", "What keeps the children safe now."),
        Question("What is working well?", "Strengths of the family, and what keeps the children safe now."),
    ),
    ReportSection(
        "child_views",
        Question("What have the children said or shown?", "In their own words where you can."),
        Question("What have the children said or shown?", "In their own words where you can."),
    ),
    ReportSection(
        "family_views",
        Question("What does the family say?"),
        Question("What do the parents, carers and wider family say?"),
    ),
    ReportSection(
        "analysis",
        social_work=Question(
            "What is your analysis?",
            "The parents’ care, the children’s needs, and whether each child is suffering or likely to suffer "
            "significant harm.",
        ),
    ),
    ReportSection(
        "needs_to_happen",
        Question("What needs to happen, and what will your agency do?"),
        Question("What needs to change, and what should the outline plan hold?"),
    ),
    ReportSection(
        "recommendation",
        Question("What is your view?", "Whether each child needs a child protection plan, and why."),
        Question("What do you recommend to the conference?", "For each child."),
    ),
)


# The questions to a family member, by field: for an adult, and for a child.
CONTRIBUTION = {
    "working_well": ("What is going well in the family?", "What is going well for them?"),
    "worried": ("What are they worried about, or what should change?", "What are they worried about?"),
    "support_wanted": ("What help do they want?", "Who or what helps them?"),
    "next_steps": ("What do they think should happen next?", "What do they want to change?"),
    "on_reports": ("What do they say about the reports?", "What else do they want the conference to know?"),
    "supporter": ("Who is coming with them, if anyone?", "Who will speak for them or come with them, if anyone?"),
    "needs": (
        "What do they need to take part? Interpreter, access, childcare, transport",
        "How do they want to take part? All of it, some of it, or another way",
    ),
}


def questions_of(kind) -> dict[str, Question]:
    """The questions of this kind of report by section, in order."""
    return {section.name: asked for section in SECTIONS if (asked := section.asked_in(kind))}
