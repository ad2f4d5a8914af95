"""Everything written: reports and contributions coming in; the record, the letters and their copies going out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.choices import Audience
from conferences.models import Conference, Invitation
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import recorded
from cpc.core.documents.models import Document
from families.models import Person
from reports.choices import RecordPart, RecordState, ReportKind, ReportState, SharedHow, WrittenKind


@recorded
class Report(models.Model):
    """What one agency writes for a conference. ``author`` is in the words of the report; ``entered_by`` typed it in."""

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
    involvement = models.TextField(blank=True, help_text="How the agency knows the family, and since when.")
    worried = models.TextField(blank=True)
    working_well = models.TextField(blank=True)
    needs_to_happen = models.TextField(blank=True)
    child_views = models.TextField(blank=True)
    family_views = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
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


@recorded
class ReportReader(models.Model):
    """Somebody invited who is named for the restricted part of a report."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "invitation"], name="one_row_a_report_reader")]


@recorded
class ReportChild(models.Model):
    """A child whom a report covers, with what is written about that child alone."""

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


@recorded
class ConferenceRecord(models.Model):
    """The record of a conference: paragraphs drafted from what was recorded live, edited, approved by the chair."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="record")
    state = models.CharField(max_length=10, choices=RecordState, default=RecordState.DRAFT)
    record_due_on = models.DateField()
    letter_due_on = models.DateField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # The letters go first, often weeks before the record: the chair approves what they say by itself.
    letters_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    letters_approved_at = models.DateTimeField(null=True)
    correction_reason = models.TextField(blank=True, help_text="Why an approved record was opened again.")

    class Meta:
        indexes = [
            models.Index(fields=["conference"], name="record_in_draft", condition=Q(state=RecordState.DRAFT)),
            models.Index(
                fields=["conference"], name="letters_to_approve", condition=Q(letters_approved_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="approved_record_has_by",
                condition=~Q(state=RecordState.APPROVED) | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_letters_have_by",
                condition=Q(letters_approved_at__isnull=True, letters_approved_by__isnull=True)
                | Q(letters_approved_at__isnull=False, letters_approved_by__isnull=False),
            ),
        ]


@recorded
class Paragraph(models.Model):
    """A paragraph of the record: its audience, and the children it is about, decide in whose copies it stands.

    ``child`` empty means all the children of the conference together; ``person`` is the parent whose own view it is;
    ``procedural`` is about how the conference was run, and about nobody: it stands in every copy.
    """

    record = models.ForeignKey(ConferenceRecord, on_delete=models.PROTECT, related_name="paragraphs")
    order = models.PositiveIntegerField()
    part = models.CharField(max_length=20, choices=RecordPart, default=RecordPart.OTHER)
    heading = models.CharField(max_length=200)
    text = models.TextField()
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    child = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    procedural = models.BooleanField(default=False, help_text="How the conference was run: about no child.")
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                name="procedural_is_about_nobody",
                condition=Q(procedural=False) | Q(child__isnull=True, person__isnull=True),
            )
        ]


@recorded
class ParagraphReader(models.Model):
    """Somebody invited who is named for a paragraph that only named people may read."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paragraph", "invitation"], name="one_row_a_paragraph_reader")]


@recorded
class Copy(models.Model):
    """One recipient's copy of the record or the letter: whom it is for and which children it covers, by rule.

    The document is made when the copy is issued, and never altered after that.
    """

    record = models.ForeignKey(ConferenceRecord, on_delete=models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=20, choices=WrittenKind)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="copies")
    withheld_reason = models.TextField(blank=True, help_text="Why this person gets no copy at all.")
    widened_reason = models.TextField(blank=True, help_text="Why the chair widened it beyond the rule.")
    widened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="copy")

    class Meta:
        verbose_name_plural = "copies"
        indexes = [
            models.Index(
                fields=["record", "kind"], name="copy_to_make", condition=Q(document__isnull=True, withheld_reason="")
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "invitation"], name="one_copy_a_recipient"),
            models.CheckConstraint(
                name="widened_has_by",
                condition=Q(widened_reason="", widened_by__isnull=True)
                | (~Q(widened_reason="") & Q(widened_by__isnull=False)),
            ),
        ]

    @property
    def conference(self) -> Conference:
        """The conference that it tells of."""
        return self.record.conference

    @property
    def held_by(self) -> ConferenceRecord:
        """What is locked while somebody judges or releases it, and about which they need the permission."""
        return self.record


@recorded
class CopyChild(models.Model):
    """A child whom a copy covers; ``widened`` where the chair added the child beyond the rule."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    widened = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "child"], name="one_row_a_copied_child")]
