"""What a member of the family needs so that they can take part: an interpreter, an advocate, childcare, transport."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices import SupportKind, SupportState
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded
from families.people.models import Person


@recorded
class Support(models.Model):
    """One thing that a person needs to take part in a conference, and who was booked for it, or why nobody was."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="support")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SupportKind)
    what = models.TextField(blank=True, help_text="For example the language.")
    state = models.CharField(max_length=10, choices=SupportState, default=SupportState.NEEDED)
    booked_with = models.CharField(max_length=200, blank=True)
    why_not = models.TextField(blank=True, help_text="Why it could not be booked, or is not wanted.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "support"
        constraints = [
            models.UniqueConstraint(fields=["conference", "person", "kind"], name="one_support_of_a_kind"),
            models.CheckConstraint(
                name="support_has_its_answer",
                condition=Q(state=SupportState.NEEDED, recorded_by__isnull=True)
                | Q(state=SupportState.BOOKED, recorded_by__isnull=False) & ~Q(booked_with="")
                | Q(state__in=[SupportState.DECLINED, SupportState.NOT_BOOKED], recorded_by__isnull=False)
                & ~Q(why_not=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} for {self.person.full_name}"

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return SupportState(self.state).tone
