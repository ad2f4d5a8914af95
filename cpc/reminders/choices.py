"""The stages at which somebody is reminded."""

from django.db.models import TextChoices


class Stage(TextChoices):
    SOON = "soon", "Due soon"
    TODAY = "today", "Due today"
    LATE = "late", "Late"
    MISSED = "missed", "Last day missed"
