"""The choices of the record, the letters and their copies."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned

# Why a letter waits. It goes on once the chair has approved it unchanged.
IN_CORRECTION = "This is being corrected."


class RecordState(Toned):
    DRAFT = "draft", "grey", "Draft"
    APPROVED = "approved", "green", "Approved"


class WrittenKind(TextChoices):
    """What is written after a conference, with one copy for each recipient."""

    RECORD = "record", "Record of the conference"
    DECISION_LETTER = "decision_letter", "Decision letter"


class Telling(TextChoices):
    """How a child is told what was decided. The chair chooses for each child."""

    LETTER = "letter", "By a letter in words for the child"
    IN_PERSON = "in_person", "Somebody tells the child"
    NOT_NOW = "not_now", "Not now"


class RecordPart(TextChoices):
    """The source of a paragraph of the record, in the order of the record."""

    CHAIR = "chair", "How the conference was chaired"
    HELD = "held", "When the conference was held"
    QUORUM = "quorum", "Whether enough agencies took part"
    EXCLUSION = "exclusion", "Who was asked not to take part"
    REASON = "reason", "Why the conference was held"
    DANGER_STATEMENT = "danger_statement", "Danger statement"
    PLAN_PROGRESS = "plan_progress", "Progress of the plan"
    WORRIED = "worried", "What we are worried about"
    WORKING_WELL = "working_well", "What is working well"
    NEEDS_TO_HAPPEN = "needs_to_happen", "What needs to happen"
    CHILD_VIEWS = "child_views", "The child’s views"
    PARENT_VIEWS = "parent_views", "The parent’s views"
    WOULD_HELP = "would_help", "What would help"
    SCALING = "scaling", "How safe the child is"
    AGENCY_VIEWS = "agency_views", "The agencies’ views"
    DISSENT = "dissent", "Disagreement with the decision"
    DECISION = "decision", "The reasons for the decision"
    INTERIM_PLAN = "interim_plan", "What happens until the next conference"
    CONFIDENTIAL = "confidential", "For professionals only"
    OTHER = "other", "Anything else"


class FileOutcome(Toned):
    """What one reader may have of a file."""

    AS_IT_IS = "as_it_is", "green", "May have it as it is"
    LOOK = "look", "yellow", "Someone must look first"
    SEPARATE = "separate", "red", "Needs a separate version"
    NOTHING = "nothing", "grey", "Receives none of it"
