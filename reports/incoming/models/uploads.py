"""Report files: each as it was uploaded, the versions made of it for one reader, the reason for each redaction, and who
gets which.

An uploaded file is never changed: a version is another file that refers to the one it was made from.
"""

import secrets

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from conferences.convening.models import Conference, Invitation
from cpc.core.accounts.models import Agency
from cpc.core.audit.records import original_kept, recorded
from cpc.core.documents.models import Document, LightQuerySet
from families.people.models import Person
from reports.incoming.choices import MADE_HERE, FileKind, MadeHow

_READ = ("pages", "reading", "unreadable")
_KEPT = {"when": pgtrigger.Before, "operation": pgtrigger.Update | pgtrigger.Delete, "level": pgtrigger.Row}
READING_IS_FINAL = pgtrigger.Trigger(
    name="reading_is_final",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__pages__gt=0) | ~pgtrigger.Q(old__kind="pdf"),
    func="RAISE EXCEPTION 'What was read of a file is kept with it.';",
)
FILE_IS_ITS_HASH = pgtrigger.Trigger(
    name="file_is_its_hash",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF encode(sha256(NEW.body), 'hex') <> NEW.sha256 THEN
            RAISE EXCEPTION 'The bytes of a file must be those of its hash.';
        END IF;
        RETURN NEW;
    """,
)
PART_IS_FINAL = pgtrigger.Trigger(
    name="part_is_final", func="RAISE EXCEPTION 'What was said of a file is kept with it.';", **_KEPT
)


def opaque_name() -> str:
    """The start of a file name that reveals nothing to anybody who sees it in a list."""
    return f"report-{secrets.token_hex(6)}"


class FileManager(models.Manager.from_queryset(LightQuerySet)):
    """Files without their bytes and words, which only a download and a check need."""

    def get_queryset(self):
        return super().get_queryset().defer("body", "reading")


@recorded(exclude=("body", "reading"))
class UploadedFile(models.Model):
    """One report file, as uploaded or as a version of another file for one reader. Never changed.

    ``given_name`` is the name its author gave it, for staff alone; it is sent as ``file_name``. ``reading`` is what a
    program could read in it; ``unreadable`` says in sentences what it could not. A file that no program could open may
    be read again.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="uploaded_files")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="uploaded_files")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=200, help_text="Who wrote it, in words.")
    made = models.CharField(max_length=10, choices=MadeHow, default=MadeHow.CAME)
    version_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    made_for = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=200)
    file_name = models.CharField(max_length=40, unique=True, default=opaque_name)
    kind = models.CharField(max_length=4, choices=FileKind)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="In bytes.")
    pages = models.PositiveSmallIntegerField(help_text="0 where it is not known.")
    reading = models.JSONField(help_text="[[where, text, shadow], …]")
    unreadable = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = FileManager()

    class Meta:
        base_manager_name = "objects"
        triggers = [*original_kept(*_READ), READING_IS_FINAL, FILE_IS_ITS_HASH]
        indexes = [models.Index(fields=["conference", "-id"], name="uploaded_for_conference")]
        constraints = [
            models.CheckConstraint(condition=Q(made__in=MadeHow), name="uploaded_made_known"),
            models.CheckConstraint(condition=Q(kind__in=FileKind), name="uploaded_kind_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="uploaded_has_hash"),
            models.CheckConstraint(condition=~Q(version_of=F("id")), name="uploaded_never_of_itself"),
            models.CheckConstraint(
                condition=Q(made=MadeHow.CAME, version_of__isnull=True, made_for__isnull=True)
                | Q(made=MadeHow.TYPED, version_of__isnull=True, made_for__isnull=False)
                | Q(made__in=[MadeHow.SEPARATE, MadeHow.REDACTED], version_of__isnull=False, made_for__isnull=False),
                name="uploaded_version_says_of_what_for_whom",
            ),
        ]

    def __str__(self):
        return f"File of {self.author}"

    @property
    def is_made_here(self) -> bool:
        """Whether this service made it for one reader. Anything else was uploaded."""
        return self.made in MADE_HERE

    @property
    def did_not_open(self) -> bool:
        """Whether no program could open it: it is locked or broken, or reading takes too long."""
        return self.kind == FileKind.PDF and not self.pages

    @property
    def name(self) -> str:
        """The file name of the download."""
        return f"{self.file_name}.{self.kind}"


@recorded
class UploadedFileChild(models.Model):
    """A child that a file covers, according to the person who uploaded it."""

    file = models.ForeignKey(UploadedFile, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [PART_IS_FINAL]
        constraints = [models.UniqueConstraint(fields=["file", "child"], name="one_row_an_uploaded_child")]


@recorded
class Redaction(models.Model):
    """A page, or an area of one, that was removed from the original to make ``file``, and why.

    ``left``, ``top``, ``right`` and ``bottom`` are shares of the visible page, from its top left corner.
    """

    file = models.ForeignKey(UploadedFile, on_delete=models.PROTECT, related_name="redactions")
    page = models.PositiveSmallIntegerField()
    whole_page = models.BooleanField(default=False)
    left = models.FloatField(default=0)
    top = models.FloatField(default=0)
    right = models.FloatField(default=1)
    bottom = models.FloatField(default=1)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["page", "id"]
        triggers = [PART_IS_FINAL]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="redaction_says_why"),
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1)
                & Q(right__gt=F("left"), bottom__gt=F("top")),
                name="redaction_lies_on_its_page",
            ),
        ]

    @property
    def where(self) -> str:
        """Where it was, in words."""
        if self.whole_page:
            return f"Page {self.page}, all of it"
        across, down = (round(100 * share) for share in (self.left, self.top))
        return f"Page {self.page}, from {across}% across and {down}% down"


@recorded
class VersionRequest(models.Model):
    """The author was asked for a separate version of a file, for one reader; answered by the version that came."""

    file = models.ForeignKey(UploadedFile, on_delete=models.PROTECT, related_name="requests")
    reader = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(help_text="What the version must leave out, in words that its author may read.")
    due_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_with = models.OneToOneField(
        UploadedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "reader"], condition=Q(answered_with__isnull=True), name="one_open_request_a_reader"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="request_says_why"),
        ]


@recorded
class FileCopy(models.Model):
    """A file as one family member gets it. Its document holds the bytes, and is checked and released like any copy.

    After it was taken back another can be made; the old one is kept.
    """

    kind = "report_file"
    withheld_reason = ""  # a person who gets nothing of a file has no copy of it

    file = models.ForeignKey(UploadedFile, on_delete=models.PROTECT, related_name="copies")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="file_copies")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="file_copy")

    class Meta:
        verbose_name_plural = "file copies"
        triggers = [PART_IS_FINAL]

    @property
    def conference(self) -> Conference:
        """The conference that the report is for."""
        return self.file.conference

    @property
    def locked_with(self) -> UploadedFile:
        """The row that is locked while somebody checks or releases it; permission is needed for this row."""
        return self.file

    @property
    def children(self):
        """The children it covers, according to the person who uploaded the file."""
        return self.file.children


@recorded
class GivenAllTheSame(models.Model):
    """A decision to give a file to somebody who gets no copy, or who the report was not shared with: who decided, and
    why.

    ``despite`` lists the reasons against it at that time, one sentence each. A new reason needs a new decision.
    """

    file = models.ForeignKey(UploadedFile, on_delete=models.PROTECT, related_name="all_the_same")
    reader = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    despite = ArrayField(models.TextField())
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "given all the same"
        triggers = [PART_IS_FINAL]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="given_all_the_same_says_why")]
