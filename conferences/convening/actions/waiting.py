"""Letters to the family that wait to leave: written again when what they say has changed, or held back for a person."""

from dataclasses import replace
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from conferences.convening.actions.notify import send_mailing
from conferences.convening.choices import (
    CHAIR_CHANGED,
    EXCLUSION,
    MOVED,
    OCCASIONS,
    TELL_WHEN,
    ConferenceState,
)
from conferences.convening.letters.changes import changes_for
from conferences.convening.letters.occasions import mailing_for
from conferences.convening.letters.still_right import CHANGED, has_changed
from conferences.convening.models import Conference
from conferences.convening.queries.invitations import what_stops
from conferences.convening.queries.last_told import invitation_to, messages_to, reader_key
from conferences.convening.queries.letter_context import REACHED_OTHERWISE, letter_context
from conferences.convening.queries.list_checks import GOES_ON, list_awaits_check
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import OutgoingState
from cpc.core.documents.models import MailQueue, Outgoing
from cpc.core.documents.readers import reference_to
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import Refusal

NOTHING_NEW = "Nothing has changed since what its reader was told."
TOO_LATE = "The conference was held before this went out."
AGAIN = "It was drafted again before this went out, because what it says had changed."
# What the service held back, and may take up again. What a person held back waits for a person.
_HELD_BY_US = Q(why_failed__in=(CHANGED, REACHED_OTHERWISE)) | Q(why_failed__endswith=GOES_ON)
WAITING = (
    Q(purpose__in=OCCASIONS, recipient_kind="person", document__isnull=False)
    & Q(about_kind=Conference._meta.label_lower)
    & (Q(state=OutgoingState.QUEUED) | Q(state=OutgoingState.HELD) & _HELD_BY_US)
)  # fmt: skip


def check_waiting_letters(*, by) -> int:
    """Look at every letter to the family that waits: write it again where it has changed, hold it back where a person
    must decide first, let it go on where somebody has, and withdraw what tells of a conference that is over. Returns
    how many readers get a fresh letter.

    Nothing happens after a restore, until somebody has decided about what was waiting.
    """
    if MailQueue.objects.current().is_restored:
        return 0
    about = Outgoing.objects.filter(WAITING).order_by().values("about_id")
    return sum(_check_letters_of(by, conference) for conference in Conference.objects.filter(pk__in=about))


def _check_letters_of(by, conference) -> int:
    context, again = letter_context(conference), 0
    letters = Outgoing.objects.filter(WAITING, **reference_to(conference)).select_related("document")
    if conference.state == ConferenceState.OPEN:
        letters = letters.exclude(purpose__in=TELL_WHEN)  # a conference opened by mistake is put back, and they go on
    elif conference.state == ConferenceState.HELD and (late := letters.filter(purpose__in=TELL_WHEN)):
        with acting(by, Permission.INVITE, on=conference, step="not sent in time"):
            documents.withdraw_waiting(late, TOO_LATE)
    for _, group in groupby(sorted(letters, key=_reader_and_occasion), key=_reader_and_occasion):
        mine = list(group)
        if _tells_nothing_new(context, mine):
            with acting(by, Permission.INVITE, on=conference, step="drafted again"):
                documents.withdraw_waiting(Outgoing.objects.filter(pk__in=[one.pk for one in mine]), NOTHING_NEW)
        elif any(has_changed(context, one) for one in mine) or any(one.why_failed == REACHED_OTHERWISE for one in mine):
            if fresh := _write_again(by, context, mine):
                again += 1
            _hold_or_let_go(by, fresh or mine, "" if fresh else CHANGED)
        else:
            _hold_or_let_go(by, mine, "")
    return again


def _reader_and_occasion(outgoing):
    # A letter about a move or another chair replaces the invitation: each is answered by a new invitation.
    return outgoing.recipient_id, "" if outgoing.purpose in TELL_WHEN else outgoing.purpose


def _tells_nothing_new(context, letters) -> bool:
    """Whether these letters about a change tell their reader what they were told before, because it changed back."""
    reader = invitation_to(letters[0], context.invitations)
    says_when = any("meeting" in one.document.values for one in letters)
    if reader is None or letters[0].purpose not in (MOVED, CHAIR_CHANGED) or not says_when:
        return False
    return reader_key(reader) in context.told and not changes_for(context, reader).what


def _write_again(by, context, letters) -> list[Outgoing]:
    """The fresh letters of one reader, in place of ``letters``; nothing where a person must do something first."""
    conference, purpose = context.conference, letters[0].purpose
    about_the_time = purpose in TELL_WHEN
    invitation = invitation_to(letters[0], context.invitations)
    was_told = purpose == EXCLUSION or (invitation and invitation.sent_at)
    if invitation is None or not was_told or _a_person_holds_one(invitation):
        return []
    if about_the_time and (
        invitation.withdrawn_at or conference.state != ConferenceState.BOOKED or what_stops(conference)
    ):
        return []
    mailing = mailing_for(context, invitation, purpose, by.on, stamped_at=timezone.now())
    if mailing.not_sent_because:
        return []
    waiting = Outgoing.objects.filter(pk__in=[one.pk for one in letters])
    try:
        with acting(by, Permission.INVITE, on=conference, step="drafted again", invitation=invitation.pk):
            # None are left where the print room posted them in this moment.
            if documents.withdraw_waiting(waiting, AGAIN) == len(letters):
                # No second e-mail: it said only that there is a letter.
                send_mailing(by, context, replace(mailing, notice=None), mailing.occasion)
            else:
                raise Refusal("Some of these letters have gone.")
    except Refusal:
        return []
    return list(messages_to(invitation).filter(WAITING))


def _a_person_holds_one(invitation) -> bool:
    """Whether somebody has held back a letter to this reader about the conference."""
    return messages_to(invitation).filter(state=OutgoingState.HELD).exclude(_HELD_BY_US).exists()


def _hold_or_let_go(by, letters, changed: str) -> None:
    for one in letters:
        if one.state == OutgoingState.QUEUED and (why := changed or list_awaits_check(one)):
            documents.hold_back(by, outgoing=one, reason=why, permission=Permission.INVITE)
        elif one.state == OutgoingState.HELD and not changed and not why_held(one):
            documents.retry(by, outgoing=one, permission=Permission.INVITE)
