"""What every entry about who may not know or meet holds. It stands until ``ended_on`` is set; a review only reminds.

An entry is in force from the moment it is recorded; that no manager has agreed yet is said, and reminded of.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from families.choices import ProtectionSource


class LiveQuerySet(models.QuerySet):
    """What stands until it is ended, all or only what is in force."""

    def live(self):
        """What nobody has ended."""
        return self.filter(ended_on__isnull=True)


class Standing(models.Model):
    """Where an entry comes from, why, which manager agreed, and when it is looked at again."""

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
        """Whether it stands."""
        return self.ended_on is None
