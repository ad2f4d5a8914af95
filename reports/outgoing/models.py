"""What goes out: the record of a conference, its paragraphs, the letters and their copies."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.convening.models import Conference, Invitation
from conferences.disclosure.choices import Audience
from cpc.core.audit.records import recorded
from cpc.core.documents.models import Document
from families.people.models import Person
from reports.outgoing.choices import RecordPart, RecordState, Telling, WrittenKind

# The parts in which a child's own words are.
CHILDS_WORDS = (RecordPart.CHILD_VIEWS, RecordPart.WOULD_HELP)


@recorded
class ConferenceRecord(models.Model):
    """The record of a conference: paragraphs drafted from what was recorded live, edited, approved by the chair."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="record")
    state = models.CharField(max_length=10, choices=RecordState, default=RecordState.DRAFT)
    record_due_on = models.DateField()
    letter_due_on = models.DateField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # The letters are sent first, often weeks before the record, so the chair approves them separately.
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
    """A paragraph of the record. Its audience and its children decide which copies it appears in.

    Each paragraph is about one ``child``: what is said of several children is a paragraph for each. ``person`` is the
    parent who holds this view. ``procedural`` is about how the conference was run, about nobody, and in every copy.
    Somebody’s own words are held back from readers that they are protected from, unless ``included_reason`` says why
    not.
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
    included_reason = models.TextField(
        blank=True, help_text="Why the chair gives these words to readers that the speaker is protected from."
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                name="paragraph_is_about_one_child_or_procedural",
                condition=Q(procedural=False, child__isnull=False)
                | Q(procedural=True, child__isnull=True, person__isnull=True),
            )
        ]

    @property
    def speaker_id(self) -> int | None:
        """The person of the family with these own words: a parent, or the child of a child’s view."""
        return self.person_id or (self.child_id if self.part in CHILDS_WORDS else None)


@recorded
class ParagraphReader(models.Model):
    """An invited person who is named for a paragraph that only named people may read."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, related_name="readers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paragraph", "invitation"], name="one_row_a_paragraph_reader")]


@recorded
class ChildTold(models.Model):
    """How one child is told what was decided: by a letter in words for the child, by somebody, or not now."""

    record = models.ForeignKey(ConferenceRecord, on_delete=models.PROTECT, related_name="children_told")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=Telling)
    words = models.TextField(
        blank=True, help_text="The reasons in words for the child: never those written for adults."
    )
    told_by = models.CharField(max_length=200, blank=True)
    told_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True, help_text="Why the child is not told now.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "child"], name="one_row_a_told_child"),
            models.CheckConstraint(
                name="child_told_is_complete",
                condition=(Q(how=Telling.LETTER) & ~Q(words=""))
                | (Q(how=Telling.IN_PERSON, told_on__isnull=False) & ~Q(told_by=""))
                | (Q(how=Telling.NOT_NOW) & ~Q(because="")),
            ),
        ]


@recorded
class Copy(models.Model):
    """One recipient’s copy of the record or the letter: its reader and the children it covers, by rule.

    Its document is issued once and never changed after that.
    """

    record = models.ForeignKey(ConferenceRecord, on_delete=models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=20, choices=WrittenKind)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="copies")
    withheld_reason = models.TextField(blank=True, help_text="Why this person gets no copy at all.")
    lacking = models.TextField(blank=True, help_text="What its reader needs and it does not contain, one line each.")
    lacking_reason = models.TextField(blank=True, help_text="Why it may be sent all the same.")
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
                name="lacking_has_reason",
                condition=Q(lacking="", lacking_reason="") | (~Q(lacking="") & ~Q(lacking_reason="")),
            ),
            models.CheckConstraint(
                name="widened_has_by",
                condition=Q(widened_reason="", widened_by__isnull=True)
                | (~Q(widened_reason="") & Q(widened_by__isnull=False)),
            ),
        ]

    @property
    def conference(self) -> Conference:
        """The conference that it is about."""
        return self.record.conference

    @property
    def locked_with(self) -> ConferenceRecord:
        """The row that is locked while somebody checks or releases it; permission is needed for this row."""
        return self.record


@recorded
class CopyChild(models.Model):
    """A child that a copy covers; ``widened`` if the chair added the child beyond the rule."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    widened = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "child"], name="one_row_a_copied_child")]
