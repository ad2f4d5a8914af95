"""The strategy discussion and the section 47 enquiry that it starts."""

from django.conf import settings
from django.db import models

from conferences.convening.choices import EnquiryOutcome
from cpc.core.audit.records import recorded
from families.cases.models import Family
from families.people.models import Person


@recorded
class StrategyDiscussion(models.Model):
    """The discussion of agencies that decides on a section 47 enquiry. Its date is day 0 of the 15 working days."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="strategy_discussions")
    held_on = models.DateField()
    who_took_part = models.TextField(help_text="Agencies and names.")
    concerns = models.TextField()
    decided = models.TextField(help_text="What was decided and why.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)


@recorded
class Enquiry(models.Model):
    """A section 47 enquiry, from the strategy discussion that started it to its outcome."""

    strategy_discussion = models.OneToOneField(StrategyDiscussion, on_delete=models.PROTECT, related_name="enquiry")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="enquiries")
    outcome = models.CharField(max_length=20, choices=EnquiryOutcome, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    findings = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_on__isnull=True)
                | (~models.Q(outcome="") & models.Q(outcome_on__isnull=False)),
                name="an_outcome_has_its_date",
            )
        ]
        indexes = [models.Index(fields=["family"], name="enquiry_open", condition=models.Q(outcome=""))]


@recorded
class EnquiryChild(models.Model):
    """A child that the enquiry is about."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enquiries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "child"], name="one_row_an_enquired_child")]
