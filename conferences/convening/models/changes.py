"""Each change of a booking: what was changed, why, and who agreed to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices import BookingPart, ChairReason, MoveReason
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded

# The two lists share some codes, which mean the same in both.
REASONS = [*MoveReason.choices, *(one for one in ChairReason.choices if one not in MoveReason.choices)]


@recorded
class BookingChange(models.Model):
    """A booked conference was moved, or got another chair: why, in a code that can be counted, and who agreed.

    ``was_at`` and ``was_chair`` are what it was before.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="booking_changes")
    part = models.CharField(max_length=5, choices=BookingPart)
    reason = models.CharField(max_length=20, choices=REASONS)
    note = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, help_text="Name and job of who agreed to it.")
    was_at = models.DateTimeField()
    was_chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["made_at"], name="booking_change_made")]
        constraints = [
            models.CheckConstraint(name="booking_change_was_agreed", condition=~Q(agreed_by="")),
            models.CheckConstraint(name="other_booking_change_has_note", condition=~Q(reason="other") | ~Q(note="")),
            models.CheckConstraint(
                name="reason_fits_the_change",
                condition=Q(part=BookingPart.TIME, reason__in=MoveReason.values)
                | Q(part=BookingPart.CHAIR, reason__in=ChairReason.values),
            ),
        ]
