"""The ways of attending a conference, and what two people who must not meet may be allowed to share."""

from django.db.models import TextChoices


class AttendMode(TextChoices):
    ROOM = "room", "In the room"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"
    REPORT = "report", "By a written report only"


class Shared(TextChoices):
    """What two people who must not meet share if the chair decides so, with a reason."""

    BUILDING = "building", "Come to one building at different times"
    CONFERENCE = "conference", "Be at this conference together"
    CORE_GROUP = "core_group", "Be in one core group"
