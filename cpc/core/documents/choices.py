"""The choices of documents and messages. Each state has a label and a tone."""

from django.db.models import TextChoices


class DocumentState(TextChoices):
    DRAFTED = "drafted", "Draft"
    APPROVED = "approved", "Approved"
    ISSUED = "issued", "Issued, not yet released"
    RELEASED = "released", "Released"
    SUPERSEDED = "superseded", "Replaced by a later version"
    RECALLED = "recalled", "Recalled"

    @property
    def tone(self):
        return {"drafted": "blue", "approved": "turquoise", "issued": "purple", "released": "green"}.get(self, "grey")


class Channel(TextChoices):
    EMAIL = "email", "Email"
    PRINT = "print", "Post"
    HAND = "hand", "By hand"
    PORTAL = "portal", "To read after signing in"


class OutgoingState(TextChoices):
    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNCERTAIN = "uncertain", "May have arrived"
    FAILED = "failed", "Not sent"
    HELD = "held", "Held back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    OPENED = "opened", "Opened"
    COLLECTED = "collected", "Collected"

    @property
    def tone(self):
        tones = {
            "queued": "blue",
            "sending": "turquoise",
            "uncertain": "yellow",
            "failed": "red",
            "held": "orange",
            "withdrawn": "grey",
        }
        return tones.get(self, "green")


# What its reader can read after signing in.
SHOWN_ONLINE = (OutgoingState.SENT, OutgoingState.OPENED)


class CheckKind(TextChoices):
    """What a second person checks before it is sent."""

    LIST = "list", "A list of people to invite"
    COPY = "copy", "A copy for one reader"
    FILE = "file", "What no program can read in a file"
    OVERRIDE = "override", "What stops a copy"
    TOGETHER = "together", "Two people who must not meet"


class CheckState(TextChoices):
    ASKED = "asked", "Awaiting second check"
    OPENED = "opened", "Opened, not yet checked"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class WhereItLay(TextChoices):
    """Where something was when it was taken back from a wrong reader."""

    WAITING = "waiting", "Waiting to be sent: it never left"
    UNREAD = "unread", "To read after signing in, and not opened"
    READ = "read", "Opened by its reader after signing in"
    DELIVERED = "delivered", "Sent or handed over"

    @property
    def reader_has_it(self) -> bool:
        """Whether its reader has it, so that they must be asked for it."""
        return self in (WhereItLay.READ, WhereItLay.DELIVERED)
