"""The words of documents and of what leaves. Each state has its label and its tone."""

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
    FAILED = "failed", "Not sent"
    HELD = "held", "Held back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    OPENED = "opened", "Opened"
    COLLECTED = "collected", "Collected"

    @property
    def tone(self):
        tones = {"queued": "blue", "sending": "turquoise", "failed": "red", "held": "orange", "withdrawn": "grey"}
        return tones.get(self, "green")
