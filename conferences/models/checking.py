"""The second pair of eyes on a list of people to invite, and who decided to invite somebody all the same."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from conferences.models.convening import Conference
from conferences.models.inviting import Invitation
from cpc.core.audit.records import recorded


@recorded
class ListCheck(models.Model):
    """Somebody looked through the list as it stood: ``as_it_stood`` is its fingerprint, so that a change undoes it."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="list_checks")
    as_it_stood = models.CharField(max_length=64)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "as_it_stood", "checked_by"], name="one_check_a_person")
        ]


@recorded
class InvitedAllTheSame(models.Model):
    """Somebody who must not learn of a child, or whose child it is, is invited all the same: who decided, and why.

    ``entries`` are the ids of what they must not learn as it stood then: a new entry needs a new decision.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="all_the_same")
    entries = ArrayField(models.BigIntegerField())
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "invited all the same"
        constraints = [models.CheckConstraint(name="all_the_same_has_reason", condition=~Q(reason=""))]
