"""What each reader was last told about a conference, from the letters and e-mails that left."""

from django.db.models import Q

from conferences.convening.choices import CANCELLED, CHAIR, EXCLUSION, INVITED, MOVED, OCCASIONS, WITHDRAWN
from conferences.convening.rules.told import Told
from cpc.core.documents.choices import OutgoingState as S
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import reference_to

# What was withdrawn after it was printed, or given to a mail server that did not confirm it, counts: the reader may
# have it.
HAS_LEFT = Q(state__in=(S.SENT, S.OPENED, S.COLLECTED, S.SENDING, S.UNCERTAIN)) | Q(
    state=S.WITHDRAWN, may_have_left_at__isnull=False
)
WAITS = Q(state__in=(S.QUEUED, S.HELD))
NOT_COMING = "not coming"  # in ``Outgoing.said`` of the chair's e-mails: they need not come any more


def last_told(conference) -> dict[tuple, Told]:
    """What each reader was last told, by the key of the reader (``reader_of``). Nobody who was never told, or was last
    told not to come, is in it. A message that was withdrawn before it left, or came back, told nothing. One query.
    """
    return _last(conference, HAS_LEFT)


def will_be_told(conference) -> dict[tuple, Told]:
    """The same, once everything that waits has left. One query."""
    return _last(conference, HAS_LEFT | WAITS)


def _last(conference, which) -> dict[tuple, Told]:
    rows = Outgoing.objects.filter(which, **reference_to(conference), purpose__in=(*OCCASIONS, CHAIR))
    rows = rows.select_related("document").defer("body", "calendar_file", "document__body")
    found: dict[tuple, Told] = {}
    for one in sorted(rows, key=_when):
        said = one.document.values if one.document else one.said
        if one.purpose in (INVITED, MOVED, CHAIR) and said.get("meeting"):
            found[reader_of(one)] = Told.from_values(said["meeting"])
        elif (
            one.purpose in (CANCELLED, WITHDRAWN)
            or said.get(NOT_COMING)
            or (one.purpose == EXCLUSION and said.get("not_at_meeting"))
        ):
            found.pop(reader_of(one), None)
    return found


def _when(outgoing) -> tuple:
    left_at = outgoing.sent_at or outgoing.may_have_left_at
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
