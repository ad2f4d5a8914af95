"""Who comes with a parent, and how a child takes part: asked beforehand, and decided by the chair."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices import ChildAnswer, CompanionKind, CompanionState, PartForChild
from conferences.convening.models.conferences import Conference
from cpc.core.audit.records import recorded
from families.people.models import Person

S = CompanionState


@recorded
class Companion(models.Model):
    """A supporter or solicitor who was named to come with a parent or carer, and whether the chair agreed.

    Nothing is sent to them: a page for them goes with the parent's letter. ``relative`` is set where they are a member
    of the family, who is then kept apart from others like anybody else.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="companions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="The person they come with."
    )
    kind = models.CharField(max_length=10, choices=CompanionKind)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200, help_text="Who they are to the parent, or the firm of a solicitor.")
    relative = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_namesake = models.BooleanField(
        default=False, help_text="They have the name of somebody of the family, and are another person."
    )
    contact = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=200, help_text="Who asked that they come.")
    state = models.CharField(max_length=10, choices=CompanionState, default=S.NAMED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why the chair did not agree, or why they do not come any more.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="companion_has_name_and_relation", condition=~Q(name="") & ~Q(relation="") & ~Q(asked_by="")
            ),
            models.CheckConstraint(
                name="companion_has_its_decision",
                condition=Q(state=S.NAMED, decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=[S.AGREED, S.ENDED])
                | Q(state=S.REFUSED, decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="refused_companion_has_reason",
                condition=~Q(state__in=[S.REFUSED, S.ENDED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="agreed_companion_has_by",
                condition=~Q(state=S.AGREED) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_kind_display().lower()} of {self.person.full_name})"

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return CompanionState(self.state).tone


@recorded
class ChildPart(models.Model):
    """Whether a child was asked to come and what they answered, and how they take part, as the chair decided."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="child_parts")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=ChildAnswer, blank=True)
    asked_by = models.CharField(max_length=200, blank=True, help_text="Who asked the child.")
    asked_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=PartForChild, blank=True)
    how = models.TextField(blank=True, help_text="Which part, or which other way, in words to the child.")
    reason = models.TextField(blank=True, help_text="Why this is in the child’s interest.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "child"], name="one_part_a_child"),
            models.CheckConstraint(
                name="asked_child_has_answer",
                condition=Q(answer="", asked_by="", asked_on__isnull=True, recorded_by__isnull=True)
                | ~Q(answer="") & ~Q(asked_by="") & Q(asked_on__isnull=False, recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_part_is_complete",
                condition=Q(part="", how="", reason="", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(part="")
                    & ~Q(reason="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & (
                        Q(part=PartForChild.ALL, how="")
                        | Q(part__in=[PartForChild.SOME, PartForChild.ANOTHER]) & ~Q(how="")
                    )
                ),
            ),
        ]

    def __str__(self):
        return f"How {self.child.full_name} takes part"
