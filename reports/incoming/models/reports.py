"""Reports of agencies: what they say, their versions and checks, and how they were shared."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from conferences.convening.models import Conference, Invitation
from conferences.disclosure.choices import Audience
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from families.people.models import Person
from reports.incoming.choices import OutcomeProgress, ReportKind, ReportState, SharedHow, Step
from reports.incoming.rules.quality import QUALITY
from reports.incoming.rules.sections import CHILD_SECTIONS, FAMILY_SECTIONS


def fields_model(name: str, fields: dict) -> type[models.Model]:
    """An abstract model with these fields: one for each entry of a list that other modules read too."""
    return type(name, (models.Model,), fields | {"__module__": __name__, "Meta": type("Meta", (), {"abstract": True})})


SectionTexts = fields_model("SectionTexts", {one.name: models.TextField(blank=True) for one in FAMILY_SECTIONS})
ChildTexts = fields_model("ChildTexts", {one.name: models.TextField(blank=True) for one in CHILD_SECTIONS})
QualityAnswers = fields_model("QualityAnswers", {name: models.BooleanField() for name in QUALITY})


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
    audience = models.CharField(
        max_length=20, choices=Audience, default=Audience.EVERYONE,
        help_text="The chair alone, for what the police write where they tell it by word of mouth.",
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    restricted = models.TextField(blank=True, help_text="What must stay apart from the report that is shared.")
    restricted_audience = models.CharField(max_length=20, choices=Audience, blank=True)
    restricted_reason = models.TextField(blank=True, help_text="Why it must stay apart.")
    version = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField(default=0, help_text="The number of the version that was last submitted.")
    submitted_at = models.DateTimeField(null=True)
    first_submitted_on = models.DateField(null=True, help_text="The day on which its first version came.")
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
        return {section.name: getattr(self, section.name) for section in FAMILY_SECTIONS}


@recorded
class ReportReader(models.Model):
    """An invited person who is named for the restricted part of a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "invitation"], name="one_row_a_report_reader")]


@recorded
class ReportChild(ChildTexts):
    """A child that a report covers, with what is written about that child alone."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "child"], name="one_row_a_reported_child")]

    @property
    def sections(self) -> dict[str, str]:
        """The text of each section about this child, in order."""
        return {section.name: getattr(self, section.name) for section in CHILD_SECTIONS}


@recorded
class ReportOutcome(models.Model):
    """What a report to a review says of one outcome of the plan, as that outcome was worded when it was answered."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.TextField()
    progress = models.CharField(max_length=12, choices=OutcomeProgress, blank=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "outcome"], name="one_answer_an_outcome")]


@recorded
class ReportVersion(models.Model):
    """The words of a report as they were submitted. Its readers are those of the report; the confidential part is not
    in it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.TextField()
    covers = ArrayField(
        models.BigIntegerField(), default=list, help_text="The children (ids) that the report covered then."
    )
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_row_a_report_version")]

    @property
    def title(self) -> str:
        """Which version it is, and when it came."""
        return f"Version {self.number}, {date_format(timezone.localdate(self.submitted_at), 'j F Y')}"


@recorded
class QualityCheck(QualityAnswers):
    """The chair’s check of one submitted version of a report, and why it was returned, if it was."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="quality_checks")
    number = models.PositiveIntegerField()
    return_reason = models.TextField(blank=True, help_text="For the author.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_quality_check_a_version")]


@recorded
class ReportStep(models.Model):
    """What was done to get a requested report: asked for again, given orally, or not given and why. Only staff of the
    authority see it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="report_steps")
    step = models.CharField(max_length=12, choices=Step)
    on = models.DateField()
    note = models.TextField(blank=True, help_text="Who was spoken to, or why no report is given.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="not_given_says_why", condition=~Q(step=Step.NOT_GIVEN) | ~Q(note="")),
        ]


@recorded
class ReportSharing(models.Model):
    """When and how a report was shared with one parent or child and who shared it, or why it was not."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sharings")
    number = models.PositiveIntegerField(default=1, help_text="The version of the report that this is about.")
    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shared_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=SharedHow, blank=True)
    shared_by = models.CharField(max_length=200, blank=True)
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
