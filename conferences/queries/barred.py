"""Whoever has declared a conflict with the family gets nothing about its conference, though it was queued before."""

from conferences.models import Conference
from families.models import DeclaredConflict

STILL_TOLD = ("cancelled", "withdrawn")  # these name nobody, and free the reader’s day


def why_nothing_for_whoever_has_a_conflict(outgoing) -> str:
    """Asked at the moment of sending: why this message to a user waits; nothing where it may go."""
    is_ours = outgoing.about_kind == Conference._meta.label_lower and outgoing.recipient_kind == "user"
    if not is_ours or outgoing.purpose in STILL_TOLD:
        return ""
    family = Conference.objects.filter(pk=outgoing.about_id).values("family")
    conflict = DeclaredConflict.objects.live().filter(user=outgoing.recipient_id, family__in=family)
    return "Its reader must not be told of this conference. Choose somebody else in their place." if conflict else ""
