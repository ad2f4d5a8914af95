"""Who may read a text, and the kinds of invited people that decide it."""

from django.db.models import TextChoices


class Toned(TextChoices):
    """Choices with a tone for the tag component."""

    def __new__(cls, value, tone):
        member = str.__new__(cls, value)
        member._value_ = value
        member.tone = tone
        return member


class InviteeKind(TextChoices):
    FAMILY = "family", "Family"
    PROFESSIONAL = "professional", "Professional"


class Audience(Toned):
    """Who may ever read a paragraph; rules/audience.py says who that is. The release check is a second safeguard."""

    EVERYONE = "everyone", "green", "Any reader"
    FAMILY = "family", "turquoise", "The family"
    PROFESSIONALS = "professionals", "orange", "Professionals only"
    CHAIR = "chair", "red", "The chair alone"
    NAMED = "named", "purple", "Only people named"
    POLICE = "police", "red", "Police information, restricted"
    THIRD_PARTY = "third_party", "red", "Third-party information, restricted"


# The audiences with named readers of a copy.
BY_NAME = (Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)
