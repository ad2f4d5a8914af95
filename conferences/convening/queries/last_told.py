"""What each reader was last told about a conference or another meeting, from the letters and e-mails that left."""

from django.db.models import Q

from conferences.convening.choices import CANCELLED, CHAIR, OCCASIONS, TELL_WHEN, WITHDRAWN
from conferences.convening.rules.told import Told
from cpc.core.documents.choices import OutgoingState as S
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import reference_to

# What was withdrawn after it was printed, or given to a mail server that did not confirm it, counts: the reader may
# have it.
HAS_LEFT = Q(state__in=(S.SENT, S.OPENED, S.COLLECTED, S.SENDING, S.UNCERTAIN)) | Q(
    state=S.WITHDRAWN, may_have_left_at__isnull=False
)
WAITING = (S.QUEUED, S.HELD)
WAITS = Q(state__in=WAITING)
NOT_COMING = "not coming"  # in ``Outgoing.said``: its reader need not come any more


def told_and_waiting(
    meeting, *, tells=(*TELL_WHEN, CHAIR), off=(CANCELLED, WITHDRAWN)
) -> tuple[dict[tuple, Told], dict[tuple, Told]]:
    """What each reader was last told, and what it will be once everything that waits has left; by the key of the reader
    (``reader_of``). ``tells`` are the purposes of messages that say when it is, ``off`` of those that say that their
    reader need not come, of a conference unless it is said otherwise. One query.

    Nobody who was never told, or was last told not to come, is in it. A message that was withdrawn before it left, or
    came back, told nothing.
    """
    rows = Outgoing.objects.filter(
        HAS_LEFT | WAITS, **reference_to(meeting), purpose__in={*tells, *off, *OCCASIONS, CHAIR}
    ).select_related("document")  # fmt: skip
    told: dict[tuple, Told] = {}
    will_be: dict[tuple, Told] = {}
    for one in sorted(rows.defer("body", "calendar_file", "document__body"), key=_when):
        for found in (will_be,) if one.state in WAITING else (told, will_be):
            _take(found, one, tells, off)
    return told, will_be


def _take(found: dict[tuple, Told], one, tells, off) -> None:
    said, reader = one.document.values if one.document else one.said, reader_of(one)
    if one.purpose in tells and said.get("meeting"):
        found[reader] = Told.from_values(said["meeting"])
    elif (one.document and one.purpose in off) or said.get(NOT_COMING) or said.get("not_at_meeting"):
        found.pop(reader, None)  # an e-mail that only says that there is a letter tells nothing


def _when(outgoing) -> tuple:
    left_at = None if outgoing.state in WAITING else outgoing.sent_at or outgoing.may_have_left_at
    return left_at is None, left_at or outgoing.queued_at, outgoing.pk


def reader_of(outgoing) -> tuple:
    """The key of a message's reader. Agencies have a name too: one agency may be invited in two parts."""
    if outgoing.purpose == CHAIR:
        return CHAIR, outgoing.recipient_id, ""
    return key_of(outgoing.recipient_kind, outgoing.recipient_id, outgoing.recipient_name)


def key_of(kind, id_, name) -> tuple:
    """The key of a reader."""
    return kind, id_, name if kind == "agency" else ""


def reader_key(invitation) -> tuple:
    """The key of an invited reader."""
    kind = "person" if invitation.person_id else "user" if invitation.user_id else "agency"
    return key_of(kind, invitation.person_id or invitation.user_id or invitation.agency_id, invitation.name)
