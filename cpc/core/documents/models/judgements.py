"""What a named person judged before something left: each holds for one reader, and for exactly what was judged."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cpc.core.audit.records import recorded


class Judgement(models.Model):
    """About which record, for which reader. Nothing judged for one reader ever holds for another."""

    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    recipient_kind = models.CharField(max_length=60)
    recipient_id = models.BigIntegerField(null=True)
    recipient_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Look(Judgement):
    """What somebody looked at for one reader: it holds for as long as nothing else is kept from the reader than was
    then."""

    kept = ArrayField(
        models.CharField(max_length=16), default=list, blank=True,
        help_text="What the reader must not learn, as it was when somebody looked: the fingerprint of each value.",
    )  # fmt: skip

    class Meta:
        abstract = True

    def knew_of(self, kept: frozenset[str]) -> bool:
        """Whether all of ``kept`` was kept from the reader already when somebody looked."""
        return kept <= set(self.kept)


@recorded
class HarmlessPassage(Judgement):
    """What was found in a passage gives nothing away to this reader: the same passage is not asked about again.

    ``finding_key`` is the value and whose it is; ``passage_hash`` is the sentence's words. Another reader, another
    value or another sentence is asked about.
    """

    finding_key = models.CharField(max_length=16)
    passage_hash = models.CharField(max_length=64)
    found = models.CharField(max_length=300)
    sentence = models.TextField()
    reason = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recipient_kind", "recipient_id"], name="harmless_recipient")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="harmless_says_why")]

    def __str__(self):
        return f"“{self.found}” is harmless in one passage for {self.recipient_name}"


@recorded
class Override(Judgement):
    """A second person was asked whether exactly this text may tell its reader what stops it, and what they decided."""

    finding_key = models.CharField(max_length=16)
    text_hash = models.CharField(max_length=64)
    found = models.CharField(max_length=300)
    asked_why = models.TextField()
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["text_hash"], name="override_text"),
            models.Index(fields=["about_id"], name="override_undecided", condition=Q(agreed__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(asked_why=""), name="override_was_asked_with_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, at__isnull=True, by_name="", reason="")
                | (Q(agreed__isnull=False, at__isnull=False) & ~Q(by_name="") & ~Q(reason="")),
                name="override_decided_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(by_id__isnull=True) | Q(asked_by_id__isnull=True) | ~Q(by_id=models.F("asked_by_id")),
                name="override_takes_two",
            ),
        ]

    def __str__(self):
        return f"Whether {self.recipient_name} may learn “{self.found}”"


@recorded
class SecondLook(Look):
    """Somebody opened exactly this text as its reader will have it, and (``checked_at``) said that it may go.

    ``kept`` is as it was when they opened it.
    """

    text_hash = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["text_hash"], name="second_look_text")]

    def __str__(self):
        return f"{self.by_name} looked at what {self.recipient_name} gets"


@recorded
class FileLook(Look):
    """Somebody looked at what no program can read of one file (a scan, a photograph), for this reader, and said what
    they saw."""

    sha256 = models.CharField(max_length=64)
    unreadable = ArrayField(models.TextField(), default=list)
    said = models.TextField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_look_file")]
        constraints = [models.CheckConstraint(condition=~Q(said=""), name="file_look_says_what_was_seen")]

    def __str__(self):
        return f"{self.by_name} looked at a file for {self.recipient_name}"
