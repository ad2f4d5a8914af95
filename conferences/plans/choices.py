"""The words of plans: states, ends, actions, core groups."""

from django.db.models import TextChoices

from conferences.choices import Toned


class PlanState(Toned):
    OPEN = "open", "blue", "Open"
    ENDED = "ended", "grey", "Ended"


class EndReason(TextChoices):
    """Why a child protection plan ended."""

    SAFE = "safe", "No longer likely to suffer significant harm"
    MOVED = "moved", "Moved: the transfer-in conference was held elsewhere"
    EIGHTEEN = "eighteen", "Reached 18"
    DIED = "died", "Died"
    LEFT_UK = "left_uk", "Left the United Kingdom for good"


class ActionState(Toned):
    TO_DO = "to_do", "blue", "To do"
    DONE = "done", "green", "Done"
    NOT_DONE = "not_done", "red", "Not done"


class MeetingState(Toned):
    PLANNED = "planned", "turquoise", "Booked"
    HELD = "held", "green", "Held"
    CANCELLED = "cancelled", "grey", "Cancelled"


class EarlierKind(TextChoices):
    """What may be entered later than it happened."""

    VISIT = "visit", "Visit"
    CORE_GROUP = "core_group", "Core group"
    REVIEW = "review", "Review conference"
    CATEGORY = "category", "Change of category"
