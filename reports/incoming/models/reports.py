"""Reports and the family's own contributions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.models import Conference, Invitation
from conferences.disclosure.choices import Audience
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.people.models import Person
from reports.incoming.choices import SECTIONS, ReportKind, ReportState, SharedHow

# One field for each section of the list.
SectionTexts = type(
    "SectionTexts",
    (models.Model,),
    {section.name: models.TextField(blank=True) for section in SECTIONS}
    | {"__module__": __name__, "Meta": type("Meta", (), {"abstract": True})},
)


@recorded
class Report(SectionTexts):
    """What one agency writes for a conference. ``author`` is the name in the report; ``entered_by`` typed it in."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="reports")
    invitation = models.OneToOneField(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="report"
    )
    kind = models.CharField(max_length=20, choices=ReportKind)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    author = models.CharField(max_length=200)
    author_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="reports_written"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    restricted = models.TextField(blank=True, help_text="What must stay apart from the report that is shared.")
    restricted_audience = models.CharField(max_length=20, choices=Audience, blank=True)
    restricted_reason = models.TextField(blank=True, help_text="Why it must stay apart.")
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["conference"], name="report_to_approve", condition=Q(state=ReportState.SUBMITTED))
        ]
        constraints = [
            models.CheckConstraint(
                name="handed_in_has_moment", condition=Q(state=ReportState.DRAFT) | Q(submitted_at__isnull=False)
            ),
            models.CheckConstraint(
                name="restricted_part_has_readers_and_reason",
                condition=Q(restricted="")
                | (~Q(restricted_audience="") & ~Q(restricted_audience=Audience.EVERYONE) & ~Q(restricted_reason="")),
            ),
            models.CheckConstraint(
                name="approved_report_has_by",
                condition=~Q(state=ReportState.APPROVED) | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]

    @property
    def sections(self) -> dict[str, str]:
        """The text of each section, in order."""
        return {section.name: getattr(self, section.name) for section in SECTIONS}


@recorded
class ReportReader(models.Model):
    """An invited person who is named for the restricted part of a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "invitation"], name="one_row_a_report_reader")]


@recorded
class ReportChild(models.Model):
    """A child that a report covers, with what is written about that child alone."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "child"], name="one_row_a_reported_child")]


@recorded
class ReportSharing(models.Model):
    """When and how a report was shared with one parent, or why it was not."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sharings")
    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=SharedHow, blank=True)
    not_shared_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "parent"], name="one_sharing_a_parent"),
            models.CheckConstraint(
                name="shared_or_why_not",
                condition=(Q(shared_on__isnull=False) & ~Q(how="") & Q(not_shared_reason=""))
                | (Q(shared_on__isnull=True, how="") & ~Q(not_shared_reason="")),
            ),
        ]


@recorded
class Contribution(models.Model):
    """A family member's own written views, typed in when the form came back."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    received_on = models.DateField()
    working_well = models.TextField(blank=True)
    worried = models.TextField(blank=True)
    support_wanted = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    on_reports = models.TextField(blank=True, help_text="Comments on the reports; for a child, anything else to say.")
    supporter = models.CharField(max_length=200, blank=True, help_text="Who comes with them.")
    needs = models.TextField(blank=True, help_text="Interpreter, access, childcare, transport.")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "person"], name="one_contribution_a_person"),
        ]
