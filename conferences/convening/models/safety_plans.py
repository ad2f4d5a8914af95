"""The interim safety plan, which covers the time until the conference."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.choices.enquiries import PlanAgreement
from conferences.convening.models.conferences import Conference
from conferences.convening.models.enquiries import Enquiry
from cpc.core.audit.records import recorded
from families.cases.models import Family
from families.people.models import Person


@recorded
class SafetyPlan(models.Model):
    """What keeps the children of an enquiry safe until the conference. It ends when a conference has decided about
    each of them, or when a manager ends it with a reason.
    """

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="safety_plans")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="safety_plans")
    made_on = models.DateField()
    worries = models.TextField(help_text="In words for everybody in the plan.")
    review_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.TextField(blank=True)
    ended_with = models.ForeignKey(Conference, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(ended_at__isnull=True), name="one_safety_plan_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(ended_with__isnull=False)
                | (Q(ended_by__isnull=False) & ~Q(end_reason="")),
                name="safety_plan_ends_with_a_conference_or_a_reason",
            ),
        ]


@recorded
class SafetyPlanPerson(models.Model):
    """Somebody in an interim safety plan, who gets a page of their own. ``person`` is empty for a professional."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="safety_plans")
    name = models.CharField(max_length=200)
    agreed = models.CharField(max_length=10, choices=PlanAgreement, default=PlanAgreement.NOT_ASKED)
    agreed_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name", "person"], nulls_distinct=False, name="one_row_a_safety_plan_person"
            ),
            models.CheckConstraint(
                condition=Q(agreed=PlanAgreement.NOT_ASKED) | Q(agreed_on__isnull=False), name="agreement_has_its_date"
            ),
        ]


@recorded
class SafetyPlanStep(models.Model):
    """What somebody does and by when. ``for_all``: everybody in the plan may read it, and not only who does it."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="steps")
    who = models.ForeignKey(SafetyPlanPerson, on_delete=models.PROTECT, related_name="steps")
    what = models.TextField()
    due_on = models.DateField()
    for_all = models.BooleanField()

    class Meta:
        ordering = ["pk"]


@recorded
class SafetyPlanReview(models.Model):
    """A look at whether the plan still keeps the children safe."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    found = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
