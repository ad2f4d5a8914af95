"""The words of plans: states, ends, actions, core groups."""

from django.db.models import TextChoices

from conferences.disclosure.choices import Toned

PLAN_ENDED = "plan_ended"  # the purpose of every letter and notice about the end of a plan
PLAN_GOES_ON = "plan_goes_on"  # the purpose of every notice that a plan was ended by mistake

# The purposes of every letter and notice about when a core group or a child in need meeting is, and that it is not.
MEETING_SET, MEETING_OFF = "meeting_set", "meeting_off"

CORE_GROUP_CHANGED = "core_group_changed"  # the purpose of every notice about who is in a core group


class PlanState(Toned):
    OPEN = "open", "blue", "Open"
    ENDED = "ended", "grey", "Ended"


class EndReason(TextChoices):
    """Why a child protection plan ended."""

    SAFE = "safe", "No longer likely to suffer significant harm"
    MOVED = "moved", "Moved: the other authority held its conference and accepted responsibility"
    EIGHTEEN = "eighteen", "Reached 18"
    DIED = "died", "Died"
    LEFT_UK = "left_uk", "Left the United Kingdom for good"


class NeedEnd(TextChoices):
    """Why a child in need plan ended."""

    MET = "met", "The child’s needs are met"
    EARLY_HELP = "early_help", "Family Help or early help continues"
    PROTECTION = "protection", "A child protection plan began"
    CONSENT = "consent", "The family no longer consents"
    MOVED = "moved", "Moved to another area"
    EIGHTEEN = "eighteen", "Reached 18"
    DIED = "died", "Died"


# Ended by the manager without a conference. Only a review decides that a child is safe.
WITHOUT_A_CONFERENCE = (EndReason.DIED, EndReason.EIGHTEEN, EndReason.MOVED, EndReason.LEFT_UK)
# What a review can give as the reason: a move needs its proof, a death and a birthday are on the record.
AT_A_REVIEW = (EndReason.SAFE, EndReason.LEFT_UK)


class MeetingState(Toned):
    PLANNED = "planned", "turquoise", "Booked"
    HELD = "held", "green", "Held"
    CANCELLED = "cancelled", "grey", "Cancelled"


class EarlierKind(TextChoices):
    """The kinds of late entry."""

    VISIT = "visit", "Visit"
    CORE_GROUP = "core_group", "Core group"
    REVIEW = "review", "Review conference"
    CATEGORY = "category", "Change of category"


class CorrectionKind(TextChoices):
    """What was entered wrongly and corrected."""

    DECISION = "decision", "A decision"
    ATTENDANCE = "attendance", "Attendance"
    DATE = "date", "The date of the conference"
    PLAN = "plan", "The lead or the words of a plan"
    LATE_ENTRY = "late_entry", "A late entry"
    ENDING = "ending", "The end of a plan"
