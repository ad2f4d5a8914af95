"""What people decided before something was sent. Each check applies to one reader and to exactly what was checked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cpc.core.audit.records import recorded
from cpc.core.documents.choices import CheckKind, CheckState

DECIDED = (CheckState.AGREED, CheckState.REFUSED)


class HoldingManager(models.Manager):
    """Only checks that are not void."""

    def get_queryset(self):
        return super().get_queryset().filter(void_since=None)


class AboutOneReader(models.Model):
    """The record and the reader that a check is about. A check for one reader never applies to another.

    ``void_since``: what it was about must be checked again, so the check no longer applies and nothing reads it.
    """

    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    recipient_kind = models.CharField(max_length=60, blank=True)
    recipient_id = models.BigIntegerField(null=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    void_since = models.DateTimeField(null=True, editable=False)

    objects = HoldingManager()

    class Meta:
        abstract = True


@recorded
class HarmlessPassage(AboutOneReader):
    """A passage that reveals nothing to this reader, so that nobody is asked about it again.

    ``finding_key`` identifies the value and its owner; ``passage_hash`` identifies the sentence’s words. Another
    reader, value or sentence is asked about.
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
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="harmless_says_why"),
            models.CheckConstraint(condition=~Q(recipient_name=""), name="harmless_has_a_reader"),
        ]

    def __str__(self):
        return f"“{self.found}” is harmless in one passage for {self.recipient_name}"


@recorded
class SecondCheck(AboutOneReader):
    """A second person looks at exactly what would be sent, and says whether it may be.

    ``kind`` says what they look at: a list of people to invite, a copy, the parts of a file that no program can read, a
    stop (an override), or two people who must not meet and are to be together. ``fingerprint`` identifies what they
    saw: the check lapses when that changes. ``kept`` is what the reader of a copy or file had to be kept from learning
    at that time: the check lapses when there is more. A list has no single reader: its fingerprint covers everything
    that is withheld.
    """

    kind = models.CharField(max_length=10, choices=CheckKind)
    state = models.CharField(max_length=10, choices=CheckState)
    fingerprint = models.CharField(max_length=64)
    kept = ArrayField(
        models.CharField(max_length=16), default=list, blank=True,
        help_text="The fingerprint of each value that the reader must not learn.",
    )  # fmt: skip
    finding_key = models.CharField(max_length=16, blank=True, help_text="Of an override: what stops the copy.")
    found = ArrayField(
        models.TextField(), default=list, blank=True,
        help_text="In words: what stops the copy, or what could not be read in the file.",
    )  # fmt: skip
    asked_why = models.TextField(blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(help_text="When it was asked for, or opened.")
    reason = models.TextField(blank=True, help_text="What the second person saw, or why they decided so.")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["fingerprint"], name="second_check_fingerprint"),
            models.Index(fields=["about_kind", "about_id"], name="second_check_about"),
            models.Index(fields=["recipient_kind", "recipient_id"], name="second_check_recipient"),
            models.Index(fields=["about_id"], name="second_check_asked", condition=Q(state=CheckState.ASKED)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CheckKind), name="second_check_kind_known"),
            models.CheckConstraint(condition=Q(state__in=CheckState), name="second_check_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[CheckKind.OVERRIDE, CheckKind.TOGETHER])
                | (Q(kind=CheckKind.COPY) & ~Q(state__in=[CheckState.ASKED, CheckState.REFUSED]))
                | Q(kind__in=[CheckKind.LIST, CheckKind.FILE], state=CheckState.AGREED),
                name="second_check_state_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True)),
                name="second_check_decided_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.ASKED, by_id__isnull=True, by_name="", reason="")
                | (~Q(state=CheckState.ASKED) & ~Q(by_name="")),
                name="second_check_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CheckKind.OVERRIDE, CheckKind.TOGETHER, CheckKind.FILE])
                | ~Q(state__in=DECIDED)
                | ~Q(reason=""),
                name="second_check_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind=CheckKind.OVERRIDE) & ~Q(asked_why="") & ~Q(asked_by_name="") & ~Q(finding_key="")
                | Q(kind=CheckKind.TOGETHER, finding_key="") & ~Q(asked_why="") & ~Q(asked_by_name="")
                | ~Q(kind__in=[CheckKind.OVERRIDE, CheckKind.TOGETHER])
                & Q(asked_why="", asked_by_id__isnull=True, finding_key=""),
                name="override_was_asked_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(by_id__isnull=True) | Q(asked_by_id__isnull=True) | ~Q(by_id=F("asked_by_id")),
                name="second_check_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(kind=CheckKind.LIST, recipient_name="", by_id__isnull=False)
                | Q(kind=CheckKind.TOGETHER, recipient_name="")
                | (~Q(kind__in=[CheckKind.LIST, CheckKind.TOGETHER]) & ~Q(recipient_name="")),
                name="second_check_has_a_reader",
            ),
            models.UniqueConstraint(
                fields=["about_kind", "about_id", "fingerprint", "by_id"],
                condition=Q(kind=CheckKind.LIST, void_since=None),
                name="one_check_of_a_list_a_person",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_state_display().lower()}"

    def knew_all(self, withheld: frozenset[str]) -> bool:
        """Whether everything in ``withheld`` was already withheld from the reader when this check was made."""
        return withheld <= set(self.kept)
