"""The recipients of documents and messages, as plain values: this app has no foreign keys to other apps."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One reader. ``kind`` and ``id`` have a meaning in the app that made it; ``label`` describes them in words.
    ``on_envelope`` is the name on the outside, where it says less than ``name``.
    """

    kind: str
    id: int | None
    name: str
    label: str = ""
    on_envelope: str = ""

    @classmethod
    def of(cls, user) -> "Recipient":
        """A person who has an account."""
        return cls(kind="accounts.user", id=user.pk, name=user.get_full_name())


def reference_to(record) -> dict:
    """The kind and id that documents and messages use to refer to a record."""
    if record is None:
        return {"about_kind": "", "about_id": None}
    return {"about_kind": record._meta.label_lower, "about_id": record.pk}
