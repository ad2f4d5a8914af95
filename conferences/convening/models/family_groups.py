"""A family group decision-making meeting: offered to each parent, held, and the plan that the family made."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices.enquiries import GroupAnswer
from cpc.core.audit.records import original_kept, recorded
from cpc.core.web.uploads import KINDS
from families.cases.models import Family
from families.people.models import Person


@recorded
class FamilyGroupMeeting(models.Model):
    """A family group decision-making meeting: held on a day with the plan that the family made, or why there is none.

    Both are empty while it is still to be held.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="group_meetings")
    held_on = models.DateField(null=True)
    plan = models.TextField(blank=True, help_text="The family’s plan, in their words.")
    why_not = models.TextField(blank=True, help_text="Why none was held.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, plan="") | (Q(held_on__isnull=False, why_not="") & ~Q(plan="")),
                name="group_meeting_has_a_plan_or_a_reason",
            ),
        ]


@recorded(exclude=("body",))
class GroupPlanFile(models.Model):
    """The family’s plan as a file, as it was uploaded. Only staff of the authority open it; nothing here sends it."""

    meeting = models.ForeignKey(FamilyGroupMeeting, on_delete=models.PROTECT, related_name="plan_files")
    kind = models.CharField(max_length=4)
    body = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        triggers = original_kept()
        constraints = [models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="plan_file_kind_known")]


@recorded
class FamilyGroupOffer(models.Model):
    """Whether the meeting was offered to one parent: who offered it, when, and the answer; or why not."""

    meeting = models.ForeignKey(FamilyGroupMeeting, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="group_offers")
    offered_by = models.CharField(max_length=200, blank=True)
    offered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=GroupAnswer, blank=True)
    why_not = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_row_a_group_offer"),
            models.CheckConstraint(
                condition=(Q(offered_on__isnull=False, why_not="") & ~Q(offered_by="") & ~Q(answer=""))
                | (Q(offered_on__isnull=True, offered_by="", answer="") & ~Q(why_not="")),
                name="group_meeting_offered_or_says_why_not",
            ),
        ]
