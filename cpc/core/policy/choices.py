"""The words of policy: units, and ways of counting the ends."""

from django.db.models import TextChoices

from cpc.core.kernel import deadlines


class Unit(TextChoices):
    WORKING_DAYS = deadlines.WORKING_DAYS, "Working days"
    DAYS = deadlines.DAYS, "Days"
    WEEKS = deadlines.WEEKS, "Weeks"
    MONTHS = deadlines.MONTHS, "Months"
    HOURS = deadlines.HOURS, "Hours"


class Counting(TextChoices):
    ORDINARY = deadlines.ORDINARY, "The day of the event does not count"
    INCLUSIVE = deadlines.INCLUSIVE, "The day of the event counts as the first day"
    CLEAR = deadlines.CLEAR, "Clear days: neither end counts"
