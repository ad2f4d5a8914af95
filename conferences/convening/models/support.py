"""What a member of the family needs so that they can take part: an interpreter, an advocate, childcare, transport."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from conferences.convening.choices import ON_THE_WAY, BookingPart, SupportKind, SupportState
from conferences.convening.models.changes import BookingChange
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded
from families.people.models import Person


class SupportQuerySet(models.QuerySet):
    """What the family needs, narrowed by what is still to be done."""

    def to_offer(self):
        """The advocates who were not offered yet, or have no answer yet."""
        return self.filter(kind=SupportKind.ADVOCATE, state__in=[SupportState.NEEDED, SupportState.OFFERED])

    def to_arrange(self):
        """What nobody has booked yet, or only for a time before the conference was moved; an advocate, once they were
        accepted.
        """
        accepted = Q(kind=SupportKind.ADVOCATE, state__in=[SupportState.ACCEPTED, SupportState.REFERRED])
        needed = ~Q(kind=SupportKind.ADVOCATE) & Q(state=SupportState.NEEDED)
        return self.with_moves().filter(accepted | needed | Q(for_earlier_time=True))

    def with_moves(self):
        """Each with whether it was booked for a time before the conference was moved: ``for_earlier_time``."""
        moved = BookingChange.objects.filter(
            conference=OuterRef("conference"), part=BookingPart.TIME, made_at__gt=OuterRef("recorded_at")
        )
        return self.annotate(for_earlier_time=Q(state=SupportState.BOOKED) & Exists(moved))


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
    # An advocate alone:
    offered_by = models.CharField(max_length=200, blank=True, help_text="Who offered an advocate.")
    offered_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    referred_to = models.CharField(max_length=200, blank=True, help_text="The service that finds an advocate.")
    referred_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    objects = SupportQuerySet.as_manager()

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
                & ~Q(why_not="")
                | Q(state__in=list(ON_THE_WAY), kind=SupportKind.ADVOCATE, recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="advocate_was_offered",
                condition=~Q(kind=SupportKind.ADVOCATE)
                | Q(state=SupportState.NEEDED)
                | Q(offered_on__isnull=False) & ~Q(offered_by=""),
            ),
            models.CheckConstraint(
                name="accepted_advocate_has_day",
                condition=~Q(state__in=[SupportState.ACCEPTED, SupportState.REFERRED]) | Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referred_advocate_has_service",
                condition=~Q(state=SupportState.REFERRED) | Q(referred_on__isnull=False) & ~Q(referred_to=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} for {self.person.full_name}"

    @property
    def is_advocate(self) -> bool:
        """Whether it is an advocate, who is offered first."""
        return self.kind == SupportKind.ADVOCATE

    @property
    def says(self) -> str:
        """How far it is arranged, in words."""
        return "Not offered yet" if self.is_advocate and self.state == SupportState.NEEDED else self.get_state_display()

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return SupportState(self.state).tone
