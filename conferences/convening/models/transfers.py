"""The plan of another authority, with which children moved here."""

from django.db import models
from django.db.models import F, Q

from conferences.convening.choices import Category
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded


@recorded
class PlanElsewhere(models.Model):
    """The protection plan of the authority that children moved from, as a transfer-in conference finds it.

    That authority stays responsible until this conference has been held. ``review_due_on`` is the last day for its own
    next review, written with the rest.
    """

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="plan_elsewhere")
    authority = models.CharField(max_length=200)
    plan_started_on = models.DateField()
    category = models.CharField(max_length=3, choices=Category)
    last_reviewed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField()

    class Meta:
        verbose_name_plural = "plans elsewhere"
        constraints = [
            models.CheckConstraint(name="plan_elsewhere_has_authority", condition=~Q(authority="")),
            models.CheckConstraint(
                name="reviewed_elsewhere_after_its_start",
                condition=Q(last_reviewed_on__isnull=True) | Q(last_reviewed_on__gt=F("plan_started_on")),
            ),
        ]
