"""The reminders that were sent, and those that could not be. What is due is never stored: it follows from the facts."""

from django.conf import settings
from django.db import models

from cpc.core.audit.records import recorded
from cpc.reminders.choices import Stage


@recorded
class Reminder(models.Model):
    """One person was told, once, that one thing had reached one stage. A moved date makes a new one possible."""

    kind = models.CharField(max_length=40)
    duty_id = models.BigIntegerField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "duty_id", "due_on", "stage", "user"], name="one_reminder_a_stage_and_person"
            )
        ]


@recorded
class UnsentReminder(models.Model):
    """The last run could not remind this person, and why. The row goes when a run can."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unsent_reminder")
    failed_on = models.DateField()
    why = models.TextField()
