"""A professional’s disagreement with a decision not to hold a conference, and the stages that it goes through."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices import StageRole
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded


@recorded
class Dispute(models.Model):
    """Somebody's disagreement with the decision not to hold a conference, on the record until it is closed.

    It is closed by the person who disagrees, or because the conference is held after all (``upheld``), never by itself.
    ``accepted`` is whether the last answer settled it for them.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="disputes")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    reason = models.TextField()
    upheld = models.BooleanField(default=False, help_text="The conference is held after all.")
    accepted = models.BooleanField(null=True)
    closed_note = models.TextField(blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_dispute_has_by",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether the stage that it has reached is not answered yet."""
        return any(not stage.answered_at for stage in self.stages.all())


@recorded
class DisputeStage(models.Model):
    """One stage of a dispute: who answers it (as the settings said when it began), by when, and the answer."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField()
    people = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=StageRole)
    began_on = models.DateField()
    due_on = models.DateField()
    answered_by = models.CharField(max_length=200, blank=True, help_text="Name and role of who answered.")
    answer = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="one_row_a_dispute_stage"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, recorded_by__isnull=True, answer="", answered_by="")
                | (Q(answered_at__isnull=False, recorded_by__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
                name="answered_stage_is_complete",
            ),
        ]
