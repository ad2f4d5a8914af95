"""The reminders that were sent, and those that could not be. What is due is never stored: it follows from the facts."""

from django.conf import settings
from django.db import models

from cpc.core.audit.records import recorded
from cpc.reminders.choices import Urgency


@recorded
class Reminder(models.Model):
    """One person was told, once, that one thing is due soon, due today, late or missed. A moved date makes a new one
    possible.
    """

    kind = models.CharField(max_length=40)
    duty_id = models.BigIntegerField()
    due_on = models.DateField()
    urgency = models.CharField(max_length=10, choices=Urgency)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "duty_id", "due_on", "urgency", "user"], name="one_reminder_an_urgency_and_person"
            )
        ]


@recorded
class UnsentReminder(models.Model):
    """The last run could not remind this person, and why. The row goes when a run can."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unsent_reminder")
    failed_on = models.DateField()
    why = models.TextField()
