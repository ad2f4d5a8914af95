"""How urgent something is when somebody is reminded of it."""

from django.db.models import TextChoices


class Urgency(TextChoices):
    SOON = "soon", "Due soon"
    TODAY = "today", "Due today"
    LATE = "late", "Late"
    MISSED = "missed", "Last day missed"
