"""Documents for one reader, and outgoing messages. This app knows no letter, family or conference by name."""

import secrets

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cpc.core.audit.records import recorded
from cpc.core.documents.choices import Channel, DocumentState, OutgoingState

# An issued document is what the reader holds, and a file is what was checked: the database refuses to change either.
# What becomes of an issued document afterwards is all that still changes.
ISSUED_IS_FINAL = pgtrigger.Trigger(
    name="issued_is_final",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange(exclude=["state", "released_at", "ended_at", "why_ended"]),
    func="""
        IF OLD.issued_at IS NOT NULL THEN
            RAISE EXCEPTION 'An issued document cannot be changed: issue a new one that supersedes it.';
        END IF;
        RETURN NEW;
    """,
)
ISSUED_STAYS = pgtrigger.Trigger(
    name="issued_stays",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    condition=pgtrigger.Q(old__issued_at__isnull=False),
    func="RAISE EXCEPTION 'An issued document is never deleted.';",
)
FILE_IS_FINAL = pgtrigger.Trigger(
    name="file_is_final",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("is_file", "body", "sha256"),
    func="""
        IF OLD.is_file OR NEW.is_file THEN
            RAISE EXCEPTION 'The bytes of a file never change: make another document.';
        END IF;
        RETURN NEW;
    """,
)
BYTES_ARE_THEIR_HASH = pgtrigger.Trigger(
    name="bytes_are_their_hash",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("body", "sha256", "issued_at"),
    func="""
        IF NEW.body IS NOT NULL AND encode(sha256(NEW.body), 'hex') <> NEW.sha256 THEN
            RAISE EXCEPTION 'The bytes of a document must be those of its hash.';
        END IF;
        RETURN NEW;
    """,
)


def opaque_name() -> str:
    """A file name that reveals nothing to anybody who sees it in a list."""
    return f"letter-{secrets.token_hex(6)}.pdf"


class LightQuerySet(models.QuerySet):
    """Rows with a manager that defers large fields until they are needed.

    Django loads a deferred field with ``only(field)`` and then subtracts the fields that the manager deferred. Nothing
    is left, so it would load every field and overwrite unsaved changes.
    """

    def only(self, *fields):
        """Only these fields, whatever the manager deferred."""
        return super(LightQuerySet, self.defer(None)).only(*fields)


class DocumentManager(models.Manager.from_queryset(LightQuerySet)):
    """Documents without their bytes, which only a download needs."""

    def get_queryset(self):
        return super().get_queryset().defer("body")

    def about(self, record, *, kind: str | None = None):
        """The documents about one record (a conference, a plan), newest first."""
        found = self.filter(about_kind=record._meta.label_lower, about_id=record.pk).order_by("-pk")
        return found.filter(kind=kind) if kind else found


@recorded(exclude=("body",))
class Document(models.Model):
    """One written thing for one reader: its values from the first draft, its bytes and their hash once issued.

    ``is_file``: somebody else made it, so its values are only the name for its envelope, and it has its bytes
    from the first draft.
    """

    kind = models.CharField(max_length=60, help_text="The letter's name.")
    title = models.CharField(max_length=200)
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    recipient_kind = models.CharField(max_length=60, help_text="person, user, agency …: the app that made it knows.")
    recipient_id = models.BigIntegerField(null=True)
    recipient_name = models.CharField(max_length=200)
    recipient_label = models.CharField(max_length=200, blank=True, help_text="Mother of Tamsin; Police; …")
    recipient_address = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_file = models.BooleanField(default=False, help_text="Its bytes were made elsewhere: no letter makes them.")
    values = models.JSONField()
    template_version = models.CharField(max_length=12)
    body = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    file_name = models.CharField(max_length=40, unique=True, default=opaque_name)
    state = models.CharField(max_length=12, choices=DocumentState, default=DocumentState.DRAFTED)
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    findings = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.BigIntegerField(null=True)
    made_by_name = models.CharField(max_length=200)
    typed_by = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Users who typed words that it contains."
    )
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.TextField(blank=True)

    objects = DocumentManager()

    class Meta:
        base_manager_name = "objects"
        triggers = [ISSUED_IS_FINAL, ISSUED_STAYS, FILE_IS_FINAL, BYTES_ARE_THEIR_HASH]
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="document_about"),
            models.Index(fields=["recipient_kind", "recipient_id"], name="document_recipient"),
            models.Index(fields=["state", "id"], name="document_unreleased", condition=Q(released_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DocumentState), name="document_state_known"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, is_file=False, body__isnull=True, sha256="", pages__isnull=True)
                | (
                    Q(body__isnull=False, sha256__regex=r"^[0-9a-f]{64}$", pages__gte=1)
                    & (Q(issued_at__isnull=False) | Q(is_file=True))
                ),
                name="issued_has_bytes_and_hash",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DocumentState.DRAFTED, DocumentState.APPROVED], issued_at__isnull=True)
                | Q(
                    state__in=[
                        DocumentState.ISSUED,
                        DocumentState.RELEASED,
                        DocumentState.SUPERSEDED,
                        DocumentState.RECALLED,
                    ],
                    issued_at__isnull=False,
                ),
                name="document_issued_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.DRAFTED, approved_at__isnull=True, approved_by_name="")
                | (~Q(state=DocumentState.DRAFTED) & Q(approved_at__isnull=False) & ~Q(approved_by_name="")),
                name="approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.RELEASED) | Q(released_at__isnull=False),
                name="released_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DocumentState.SUPERSEDED, DocumentState.RECALLED]) | Q(ended_at__isnull=False),
                name="document_ended_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(recipient_name=""), name="document_has_a_reader"),
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="document_never_supersedes_itself"),
        ]

    def __str__(self):
        return f"{self.title}, for {self.recipient_name}"


@recorded
class Outgoing(models.Model):
    """One message to one recipient for one purpose. Its key prevents a second message for the same thing."""

    key = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    recipient_kind = models.CharField(max_length=60)
    recipient_id = models.BigIntegerField(null=True)
    recipient_name = models.CharField(max_length=200)
    to_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    calendar_file = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="outgoing")
    state = models.CharField(max_length=10, choices=OutgoingState, default=OutgoingState.QUEUED)
    why_failed = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    may_have_left_at = models.DateTimeField(
        null=True, help_text="When it was printed, or given to a mail server that did not confirm it."
    )
    said = models.JSONField(default=dict, blank=True, help_text="What an email says about a meeting, as plain values.")
    opened_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="outgoing_waiting",
                condition=Q(state=OutgoingState.QUEUED, channel=Channel.EMAIL),
            ),
            models.Index(fields=["state", "-id"], name="outgoing_state"),
            models.Index(fields=["about_kind", "about_id", "-id"], name="outgoing_about"),
            models.Index(fields=["recipient_kind", "recipient_id"], name="outgoing_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OutgoingState), name="outgoing_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel), name="outgoing_channel_known"),
            models.CheckConstraint(condition=~Q(recipient_name=""), name="outgoing_has_a_recipient"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.EMAIL) | (~Q(to_address="") & ~Q(subject="") & ~Q(body="")),
                name="email_has_address_subject_and_words",
            ),
            models.CheckConstraint(
                # Ordinary e-mail is for notices only; what names a child goes on paper or is read after signing in.
                condition=~Q(channel=Channel.EMAIL) | Q(document__isnull=True),
                name="email_carries_no_document",
            ),
            models.CheckConstraint(
                condition=Q(state=OutgoingState.SENDING, claimed_at__isnull=False)
                | (~Q(state=OutgoingState.SENDING) & Q(claimed_at__isnull=True)),
                name="sending_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OutgoingState.SENT, OutgoingState.OPENED, OutgoingState.COLLECTED])
                | Q(sent_at__isnull=False),
                name="sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OutgoingState.FAILED, OutgoingState.HELD, OutgoingState.UNCERTAIN])
                | ~Q(why_failed=""),
                name="failed_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} to {self.recipient_name}: {self.purpose}"

    @property
    def what(self) -> str:
        """What is sent, for a list: a document’s title, an e-mail’s subject, or the purpose."""
        return self.subject or self.purpose.replace("_", " ").capitalize()

    @property
    def is_taken_back(self) -> bool:
        """Whether it was taken back from a wrong reader. A query, unless the incident was read with it."""
        return hasattr(self, "incident")

    @property
    def state_shown(self) -> str:
        """Its state in words: also that it was taken back."""
        return "Taken back" if self.is_taken_back else str(OutgoingState(self.state).label)

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return "red" if self.is_taken_back else OutgoingState(self.state).tone
