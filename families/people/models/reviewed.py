"""The fields that all entries share: protections, must-not-learn, must-not-meet and warnings.

An entry is in force from the moment it is recorded until ``ended_on`` is set; a review date only reminds. Until a
manager has agreed, pages say so and a reminder is sent.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cpc.core.audit.records import Versioned
from families.cases.models import LiveQuerySet
from families.people.choices import ProtectionSource


class ProtectionEntry(Versioned):
    """An entry: its source and reason, the manager who agreed, and its review date."""

    source = models.CharField(max_length=20, choices=ProtectionSource)
    reason = models.TextField()
    recorded_on = models.DateField(default=timezone.localdate)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        """Whether the entry is in force."""
        return self.ended_on is None
