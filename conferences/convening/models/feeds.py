"""A chair's own diary in another calendar program."""

from django.conf import settings
from django.db import models

from cpc.core.audit.records import recorded


@recorded
class DiaryFeed(models.Model):
    """The address from which a calendar program fetches a chair's diary. Only the digest of its secret is stored."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret part of the address.")
    made_at = models.DateTimeField()
