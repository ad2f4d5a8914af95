"""What is sent to the people on the list, each time once: invited, moved, cancelled, withdrawn."""

from django.utils import timezone

from conferences.choices import ConferenceState
from conferences.letters import notices
from conferences.letters.leaving import Leaving, leaving
from conferences.letters.notices import CHAIR, INVITED, MOVED, WITHDRAWN, own_words
from conferences.models import Invitation
from conferences.queries.checking import checking
from conferences.queries.invite import invitations_of, report_due_on, told, what_stops
from conferences.queries.tell import Bundle, bundle
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from cpc.core.documents.protected import STOPS, Kind
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.refusals import Invalid, WrongState


def send_invitations(*, by, conference, only=None) -> list[Invitation]:
    """Everybody on the list (or ``only`` these) who was not invited yet is invited now; those who were are left alone.

    Raises Invalid with a sentence for each thing that must be put right first, and then nobody is invited.
    """
    with acting(by, Permission.INVITE, on=conference, step="send"):
        rows = invitations_of(conference)
        if stopped := what_stops(conference, rows):
            raise Invalid(" ".join(stopped))
        if lacking := checking(conference, rows).lacks(by):
            raise Invalid(lacking)
        pack, due_on = bundle(conference), report_due_on(conference)
        wanted = None if only is None else {one.pk for one in only}
        sent = []
        for invitation in pack.invitations:
            if invitation.sent_at or invitation.withdrawn_at or (wanted is not None and invitation.pk not in wanted):
                continue
            one = _what_leaves(pack, invitation, INVITED, by)
            if one.nothing_because:
                continue
            invitation.sent_at, invitation.sent_by_id, invitation.ends_on = timezone.now(), by.id, None
            invitation.report_due_on = due_on if invitation.report_asked else None
            invitation.save()
            _send(by, pack, one, INVITED)
            sent.append(invitation)
    return sent


def send_again(*, by, invitation) -> None:
    """Somebody who was invited is sent the same again as it stands today; at most once a day."""
    conference = invitation.conference
    details = {"step": "send again", "invitation": invitation.pk, "day": by.on.isoformat()}
    with acting(by, Permission.INVITE, on=conference, **details):
        if conference.state != ConferenceState.BOOKED:
            raise WrongState("This conference is not booked any more, so nothing can be sent again.")
        pack = bundle(conference)
        mine = next((one for one in pack.invitations if one.pk == invitation.pk), None)
        if mine is None or not mine.sent_at or mine.withdrawn_at:
            raise WrongState("This person is not invited now. Send the invitation instead.")
        # The act just written is one of them.
        if Event.objects.filter(on_id=conference.pk, details__contains=details).count() > 1:
            raise WrongState("This was sent again today already.")
        _send(by, pack, _what_leaves(pack, mine, INVITED, by), INVITED, f":again:{by.on.isoformat()}")


def withdraw_invitation(*, by, invitation, reason) -> Invitation:
    """Somebody who was invited is invited no more: they are told, and the conference is closed to them at once."""
    if not reason.strip():
        raise Invalid("Say why the invitation is withdrawn. It stands in the record.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="withdraw", invitation=invitation.pk):
        invitation.refresh_from_db()
        if not invitation.sent_at or invitation.withdrawn_at:
            raise WrongState("This person is not invited now, so there is nothing to withdraw.")
        if conference.state != ConferenceState.BOOKED:
            raise WrongState("Only an invitation to a booked conference can be withdrawn.")
        invitation.withdrawn_at, invitation.withdrawn_reason = timezone.now(), reason.strip()
        invitation.ends_on = by.on
        invitation.save()
        pack = bundle(conference)
        mine = next(one for one in pack.invitations if one.pk == invitation.pk)
        leaves = _what_leaves(pack, mine, WITHDRAWN, by)
        # The time and place must not follow them by a letter that still lies in the print room.
        documents.withdraw(
            by, about=conference, reason="The invitation was withdrawn before this went out.",
            purposes=(INVITED, MOVED), recipient=leaves.recipient, permission=Permission.INVITE,
        )  # fmt: skip
        _send(by, pack, leaves, WITHDRAWN)
    return invitation


def tell_everyone(by, conference, occasion, before=None) -> int:
    """Everyone who was invited is told, inside the caller's act; how many there were."""
    pack = bundle(conference)
    invited = {one.pk for one in told(conference)}
    everyone = [one for one in pack.invitations if one.pk in invited]
    for invitation in everyone:
        _send(by, pack, _what_leaves(pack, invitation, occasion, by, before=before), occasion)
    return len(everyone)


def tell_chair(by, conference, occasion, *, chair=None, before=None) -> None:
    """The chair (or ``chair``, who no longer is) is told of the booking, inside the caller's act."""
    pack, chair = bundle(conference), chair or conference.chair
    notice = notices.for_chair(pack, chair, occasion, before=before, stamped_at=timezone.now())
    documents.queue(
        by,
        key=f"conference:{conference.pk}:{occasion}:{conference.sequence}:chair:{chair.pk}",
        purpose=CHAIR,
        channel=Channel.EMAIL,
        recipient=Recipient(kind="user", id=chair.pk, name=str(chair), label="Chair"),
        to_address=chair.email,
        subject=notice.subject,
        body=notice.body,
        calendar_file=notice.calendar_file,
        about=conference,
        must_not_name=_unsaid(pack, pack.outside),
    )


def let_go(by, conference, reason) -> None:
    """What still waits to leave about this conference's time and place is withdrawn, inside the caller's act."""
    documents.withdraw(
        by, about=conference, reason=reason, purposes=(INVITED, MOVED, CHAIR), permission=Permission.BOOK_CONFERENCE
    )


def _what_leaves(pack: Bundle, invitation, occasion, by, before=None) -> Leaving:
    return leaving(pack, invitation, occasion, by.on, before=before, stamped_at=timezone.now())


def _send(by, pack: Bundle, one: Leaving, occasion, again="") -> None:
    """What the preview showed is queued: each letter for its one reader, and the notice."""
    conference, invitation = pack.conference, one.invitation
    if one.nothing_because:
        return
    key = _key(pack, invitation, occasion, again)
    permission = Permission.INVITE
    for letter in one.letters:
        document = documents.draft(by, letter=letter, about=conference, recipient=one.recipient, permission=permission)
        documents.approve(by, document=document, permission=permission)
        documents.issue(
            by,
            document=document,
            protected=pack.stops_for(invitation),
            known=pack.kept_from(invitation).known,
            permission=permission,
        )
        documents.release(by, document=document, channel=one.channel, purpose=occasion, permission=permission)
    if one.notice:
        kept = pack.kept_from(invitation)
        documents.queue(
            by,
            key=key,
            purpose=occasion,
            channel=Channel.EMAIL,
            recipient=one.recipient,
            to_address=one.to_address,
            subject=one.notice.subject,
            body=one.notice.body,
            calendar_file=one.notice.calendar_file,
            about=conference,
            must_not_name=_unsaid(pack, kept),
            # Their own address is on the envelope. Names are known to them, and must all the same stand in no e-mail.
            known=[one for one in kept.known if one.kind == Kind.EMAIL],
        )


def _unsaid(pack: Bundle, kept) -> list:
    """What no ordinary e-mail may say: every name of the family, and whatever its reader must not learn."""
    ours = own_words()
    names = [name for name in pack.names if name.lower() not in ours]
    return [*names, *(one for one in kept.protected if one.kind in STOPS)]


def _key(pack, invitation, occasion, again) -> str:
    # Who was withdrawn and is invited after all is told afresh; the same press of the same button is not.
    conference = pack.conference
    withdrawn = f"conference:{conference.pk}:{WITHDRAWN}:"
    rounds = Outgoing.objects.filter(key__startswith=withdrawn, key__contains=f":invitation:{invitation.pk}:").count()
    return f"conference:{conference.pk}:{occasion}:{conference.sequence}:invitation:{invitation.pk}:{rounds}{again}"
