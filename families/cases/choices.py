"""How access to a family is restricted, and how an emergency ends."""

from django.db.models import TextChoices


class RestrictionKind(TextChoices):
    """Why only people named for a family may see it."""

    STAFF = "staff", "A member of staff, or a relative of one"
    MEDIA = "media", "Interest of the press or the public"
    PROTECTED_ADDRESS = "protected", "A protected address"
    PRE_ADOPTION = "pre_adoption", "Before an adoption"
    SERIOUS_CASE = "serious_case", "A serious case or review"
    OTHER = "other", "Another reason"


class EmergencyOutcome(TextChoices):
    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "unjustified", "Not justified"
