"""Who something is for, as plain values: this app follows no one's foreign key."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One reader: ``kind`` and ``id`` mean something to the app that made it, ``label`` says who they are in words."""

    kind: str
    id: int | None
    name: str
    label: str = ""

    @classmethod
    def of(cls, user) -> "Recipient":
        """Somebody who has an account."""
        return cls(kind="accounts.user", id=user.pk, name=user.get_full_name())


def reference_to(record) -> dict:
    """A record as the plain kind and id that documents and the outbox keep."""
    if record is None:
        return {"about_kind": "", "about_id": None}
    return {"about_kind": record._meta.label_lower, "about_id": record.pk}
