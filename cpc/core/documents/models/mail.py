"""Whether email may leave now. One row: it says nothing about any message, so no act is needed to write it."""

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

# A restore, into whatever server, makes the tables again; recovery to a point in time begins a new timeline. Either
# way this text is another one than before.
IDENTITY = """
    SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                     (SELECT timeline_id FROM pg_control_checkpoint()),
                     (SELECT oid FROM pg_database WHERE datname = current_database()),
                     'documents_mailqueue'::regclass::oid)
"""


class MailQueueManager(models.Manager):
    def current(self) -> "MailQueue":
        """The one row, made when it is first asked for, with the identity of the database as it is now."""
        identity = RawSQL(IDENTITY, ())
        found = self.annotate(identity=identity).filter(pk=1).first()
        if found is None:
            self.get_or_create(pk=1, defaults={"database": identity})
            found = self.annotate(identity=identity).get(pk=1)
        return found


class MailQueue(models.Model):
    """Since when the mail server takes no mail, and why; and the database in which messages were last sent.

    ``faults`` counts the server's faults since it last took a message. ``database`` differs from the database's
    identity after a restore: nothing is sent until somebody releases the messages.
    """

    database = models.CharField(max_length=100)
    waits_since = models.DateTimeField(null=True)
    waits_why = models.TextField(blank=True)
    faults = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    objects = MailQueueManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_mail_queue"),
            models.CheckConstraint(
                condition=Q(waits_since__isnull=True, waits_why="", next_try_at__isnull=True, faults=0)
                | Q(waits_since__isnull=False, next_try_at__isnull=False, faults__gte=1) & ~Q(waits_why=""),
                name="waiting_mail_says_why",
            ),
        ]

    @property
    def is_restored(self) -> bool:
        """Whether the database was restored from a backup, and nobody has released the messages since."""
        return self.database != self.identity
