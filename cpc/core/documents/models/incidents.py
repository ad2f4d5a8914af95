"""What went to the wrong reader, for the council’s data protection officer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cpc.core.audit.records import recorded
from cpc.core.documents.choices import WhereItLay
from cpc.core.documents.models.documents import Outgoing


@recorded
class DataIncident(models.Model):
    """A letter, copy, file or e-mail that was taken back because it was for somebody else, or said what its reader must
    not learn: where it lay, what its reader was asked to do, and how it was settled.

    ``about_kind`` and ``about_id`` are those of the message: who may see that record may see the names here.
    """

    outgoing = models.OneToOneField(Outgoing, on_delete=models.PROTECT, related_name="incident")
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    where_it_lay = models.CharField(max_length=12, choices=WhereItLay)
    reason = models.TextField(help_text="What went wrong.")
    asked = models.TextField(blank=True, help_text="What its reader was asked to do.")
    taken_back_by_id = models.BigIntegerField(null=True)
    taken_back_by_name = models.CharField(max_length=200)
    taken_back_at = models.DateTimeField(default=timezone.now)
    outcome = models.TextField(blank=True, help_text="How it was settled.")
    settled_by_id = models.BigIntegerField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-taken_back_at"], name="incident_latest")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="incident_says_what_went_wrong"),
            models.CheckConstraint(
                condition=Q(where_it_lay__in=[WhereItLay.WAITING, WhereItLay.UNREAD]) | ~Q(asked=""),
                name="reader_was_asked_something",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="") & ~Q(settled_by_name="")),
                name="settled_says_how",
            ),
        ]

    def __str__(self):
        return f"{self.outgoing.what}, taken back from {self.outgoing.recipient_name}"
