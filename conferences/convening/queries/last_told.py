"""What each reader was last told about a conference or another meeting, from the letters and e-mails that left."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from conferences.convening.choices import (
    BLANK_FORMS,
    CANCELLED,
    CHAIR,
    ENCLOSED,
    INVITED,
    OCCASIONS,
    TELL_WHEN,
    WITHDRAWN,
    SpokenHow,
)
from conferences.convening.models import Conference, SpokenNews
from conferences.convening.rules.told import Told
from cpc.core.documents.choices import OutgoingState as S
from cpc.core.documents.models import Outgoing
from cpc.core.documents.readers import reference_to
from families.people.queries.identity import by_identity, linked_records_of_person

# What was withdrawn after it was printed, or given to a mail server that did not confirm it, counts: the reader may
# have it.
HAS_LEFT = Q(state__in=(S.SENT, S.OPENED, S.COLLECTED, S.SENDING, S.UNCERTAIN)) | Q(
    state=S.WITHDRAWN, may_have_left_at__isnull=False
)
WAITING = (S.QUEUED, S.HELD)
WAITS = Q(state__in=WAITING)
NOT_COMING = "not coming"  # in ``Outgoing.said``: its reader need not come any more


def told_and_waiting(
    meeting, people, *, tells=(*TELL_WHEN, CHAIR), off=(CANCELLED, WITHDRAWN)
) -> tuple[dict[tuple, Told], dict[tuple, Told]]:
    """What each reader was last told, and what it will be once everything that waits has left; by the key of the reader
    (``reader_key``). ``people`` are the ids of the persons concerned, also of the children: a message may name another
    record of theirs. ``tells`` are the purposes of messages that say when it is, ``off`` of those that say that their
    reader need not come: of a conference unless it is said otherwise. Two queries, and those that find such a person.

    Nobody who was never told, or was last told not to come, is in it. A message that was withdrawn before it left, or
    came back, told nothing. What somebody was told by phone or in person counts as a message.
    """
    rows = Outgoing.objects.filter(
        HAS_LEFT | WAITS, **reference_to(meeting), purpose__in={*tells, *off, *OCCASIONS, CHAIR}
    ).select_related("document")  # fmt: skip
    rows = [*rows.defer("body", "calendar_file", "document__body"), *spoken_about([meeting])]
    told: dict[tuple, Told] = {}
    will_be: dict[tuple, Told] = {}
    messages = sorted(rows, key=_when)
    named = {one.recipient_id for one in messages if one.recipient_kind == "person"}
    named |= {child for one in messages for child in _said(one).get("meeting", {}).get("children") or ()}
    elsewhere = named - set(people)
    record = by_identity(people) if elsewhere else {}
    for one in messages:
        kind, id_, name = reader_of(one)
        reader = (kind, record.get(id_, id_) if kind == "person" and id_ in elsewhere else id_, name)
        for found in (will_be,) if one.state in WAITING else (told, will_be):
            _take(found, reader, one, tells, off, record)
    return told, will_be


@dataclass(frozen=True)
class Spoken:
    """What somebody was told by phone or in person, read like a message that was sent."""

    pk: int
    about_id: int
    purpose: str
    recipient_kind: str
    recipient_id: int
    recipient_name: str
    said: dict
    sent_at: datetime
    state: str = S.SENT
    document: None = None


def spoken_about(meetings) -> list[Spoken]:
    """What people were told of these conferences by phone or in person. One query; none for other meetings."""
    ids = [one.pk for one in meetings if isinstance(one, Conference)]
    if not ids:
        return []
    rows = SpokenNews.objects.filter(invitation__conference__in=ids).exclude(how=SpokenHow.NOT_REACHED)
    found = []
    for one in rows.select_related("invitation"):
        kind, id_, name = reader_key(one.invitation)
        about, at = one.invitation.conference_id, one.recorded_at
        found.append(Spoken(one.pk, about, INVITED, kind, id_, name or one.invitation.name, one.said, at))
    return found


def _said(outgoing) -> dict:
    return outgoing.document.values if outgoing.document else outgoing.said


def _take(found: dict[tuple, Told], reader: tuple, one, tells, off, record) -> None:
    said = _said(one)
    if one.purpose in tells and said.get("meeting"):
        known = Told.from_values(said["meeting"])
        children = known.children and tuple(record.get(child, child) for child in known.children)
        found[reader] = replace(known, children=children)
    elif (one.document and one.purpose in off) or said.get(NOT_COMING) or said.get("not_at_meeting"):
        found.pop(reader, None)  # an e-mail that only says that there is a letter tells nothing


def forms_that_left(conference) -> dict[tuple, dict]:
    """The values of the last blank form that left for each reader, by the key of the reader. One query."""
    rows = Outgoing.objects.filter(
        HAS_LEFT, **reference_to(conference), document__kind__in=BLANK_FORMS
    ).select_related("document")  # fmt: skip
    found = rows.defer("body", "calendar_file", "document__body").order_by("pk")
    return {reader_of(one): one.document.values for one in found}


def _when(outgoing) -> tuple:
    left_at = None if outgoing.state in WAITING else outgoing.sent_at or outgoing.may_have_left_at
    return left_at is None, left_at or outgoing.queued_at, outgoing.pk


def taken_back_from(conference) -> set[tuple]:
    """The readers (keys) that had their latest letter or e-mail about the conference taken back. One query."""
    rows = Outgoing.objects.filter(**reference_to(conference), purpose__in=OCCASIONS).order_by("pk")
    # A form comes with a letter, and an e-mail to the family only says that there is one.
    rows = rows.exclude(document__kind__in=ENCLOSED).exclude(recipient_kind="person", document=None)
    rows = rows.select_related("incident").defer("body", "calendar_file")
    last = {reader_of(one): one.is_taken_back for one in rows}
    return {reader for reader, is_taken_back in last.items() if is_taken_back}


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


def messages_about(meeting, kind, id_):
    """Every message about the meeting to one reader: to any record of a person, as ``messages_to``."""
    ids = linked_records_of_person(id_) if kind == "person" else (id_,)
    return Outgoing.objects.filter(**reference_to(meeting), recipient_kind=kind, recipient_id__in=ids)


def messages_to(invitation):
    """Every message about the conference to the reader of an invitation: to any record of theirs, because a message
    keeps the one that it was written for when their family is restricted, or records are merged.
    """
    kind, id_, name = reader_key(invitation)
    found = messages_about(invitation.conference, kind, id_)
    return found.filter(recipient_name=name) if name else found


def invitation_to(outgoing, invitations):
    """The invitation, of ``invitations``, of the family member that a letter is for, by any record of theirs; or None.
    No query where the letter names the record that is invited.
    """
    if outgoing.recipient_kind != "person":
        return None
    found = {one.person_id: one for one in reversed(invitations) if one.person_id}
    if outgoing.recipient_id not in found:
        records = linked_records_of_person(outgoing.recipient_id)
        return next((one for one in invitations if one.person_id in records), None)
    return found[outgoing.recipient_id]
