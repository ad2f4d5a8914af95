"""What is sent to the people on the list, each once: invited, excluded, moved, cancelled, withdrawn."""

from django.utils import timezone

from conferences.convening.choices import EXCLUSION, INVITED, MOVED, WITHDRAWN, ConferenceState
from conferences.convening.letters import notices
from conferences.convening.letters.notices import CHAIR, common_words
from conferences.convening.letters.occasions import Mailing, mailing_for
from conferences.convening.models import Invitation
from conferences.convening.queries.exclusions import exclusions_in_force
from conferences.convening.queries.invitations import invitations_of, report_due_on, sent_invitations, what_stops
from conferences.convening.queries.letter_context import LetterContext, letter_context
from conferences.convening.queries.list_checks import list_check
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
    """Invite everybody on the list (or ``only`` these) who is not invited yet, and tell those that the chair excluded.

    Raises Invalid, with a sentence for each thing to correct first, and then nobody is invited.
    """
    with acting(by, Permission.INVITE, on=conference, step="send"):
        _refuse_unready(by, conference)
        context, due_on = letter_context(conference), report_due_on(conference)
        wanted = None if only is None else {one.pk for one in only}
        sent = []
        for invitation in context.invitations:
            if invitation.withdrawn_at or (wanted is not None and invitation.pk not in wanted):
                continue
            if _tell_exclusion(by, context, invitation):
                sent.append(invitation)
            if invitation.sent_at:
                continue
            one = _mailing(context, invitation, INVITED, by)
            if one.not_sent_because:
                continue
            invitation.sent_at, invitation.sent_by_id, invitation.ends_on = timezone.now(), by.id, None
            invitation.report_due_on = due_on if invitation.report_asked else None
            invitation.save()
            send_mailing(by, context, one, INVITED)
            sent.append(invitation)
    return list(dict.fromkeys(sent))


def _tell_exclusion(by, context: LetterContext, invitation, again="") -> bool:
    """Send the letter about an exclusion that is in force, once; or ``again``. Whether it was sent."""
    exclusion = context.exclusions.get(invitation.person_id)
    if exclusion is None or (exclusion.letter_sent_at and not again):
        return False
    one = _mailing(context, invitation, EXCLUSION, by)
    if one.not_sent_because:
        return False
    exclusion.letter_sent_at = timezone.now()
    exclusion.save(update_fields=["letter_sent_at"])
    send_mailing(by, context, one, EXCLUSION, again)
    return True


def _refuse_unready(by, conference) -> None:
    """The one gate for everything that tells somebody when and where to come: what stops the list, and the second
    person's check of it as it is now.
    """
    rows = invitations_of(conference)
    if stopped := what_stops(conference, rows):
        raise Invalid(" ".join(stopped))
    if lacking := list_check(conference, rows).refusal_for(by):
        raise Invalid(lacking)


def send_again(*, by, invitation) -> None:
    """Draft the invitation again as it is now for somebody already invited, and send it, at most once a day. It passes
    the same gate as the first one, and replaces what still waits.
    """
    conference = invitation.conference
    details = {"step": "send again", "invitation": invitation.pk, "day": by.on.isoformat()}
    with acting(by, Permission.INVITE, on=conference, **details):
        if conference.state != ConferenceState.BOOKED:
            raise WrongState("This conference is no longer booked, so nothing can be sent again.")
        context = letter_context(conference)
        mine = next((one for one in context.invitations if one.pk == invitation.pk), None)
        excluded = mine is not None and mine.person_id in context.exclusions
        if mine is None or mine.withdrawn_at or not (mine.sent_at or excluded):
            raise WrongState("This person is not invited now. Send the invitation instead.")
        # The act just written is also counted.
        if Event.objects.filter(on_id=conference.pk, details__contains=details).count() > 1:
            raise WrongState("This has already been sent again today.")
        _refuse_unready(by, conference)
        leaves, again = _mailing(context, mine, INVITED, by), f":again:{by.on.isoformat()}"
        documents.withdraw(
            by, about=conference, reason="It was drafted again before this went out.",
            purposes=(INVITED, MOVED, EXCLUSION), recipient=leaves.recipient, permission=Permission.INVITE,
        )  # fmt: skip
        _tell_exclusion(by, context, mine, again)
        if mine.sent_at:
            send_mailing(by, context, leaves, INVITED, again)


def withdraw_invitation(*, by, invitation, reason) -> Invitation:
    """Withdraw an invitation, tell the person, and close the conference to them at once."""
    if not reason.strip():
        raise Invalid("Say why the invitation is withdrawn. This is kept in the record.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="withdraw", invitation=invitation.pk):
        invitation.refresh_from_db()
        if not invitation.sent_at or invitation.withdrawn_at:
            raise WrongState("This person is not invited now, so there is nothing to withdraw.")
        _refuse_excluded(conference, invitation)
        if conference.state != ConferenceState.BOOKED:
            raise WrongState("Only an invitation to a booked conference can be withdrawn.")
        invitation.withdrawn_at, invitation.withdrawn_reason = timezone.now(), reason.strip()
        invitation.ends_on = by.on
        invitation.save()
        context = letter_context(conference)
        mine = next(one for one in context.invitations if one.pk == invitation.pk)
        leaves = _mailing(context, mine, WITHDRAWN, by)
        # A letter still in the print room must not tell them the time and place.
        documents.withdraw(
            by, about=conference, reason="The invitation was withdrawn before this went out.",
            purposes=(INVITED, MOVED), recipient=leaves.recipient, permission=Permission.INVITE,
        )  # fmt: skip
        send_mailing(by, context, leaves, WITHDRAWN)
    return invitation


def _refuse_excluded(conference, invitation) -> None:
    if invitation.person_id in exclusions_in_force(conference):
        raise WrongState(
            f"The chair excluded {invitation.name}. A withdrawal is no exclusion: only the chair ends that decision."
        )


def notify_all(by, conference, occasion, before=None, permission=Permission.INVITE) -> int:
    """Tell everyone who was invited, and return how many they are. Call inside an act of that permission."""
    context = letter_context(conference)
    invited = {one.pk for one in sent_invitations(conference)}
    everyone = [one for one in context.invitations if one.pk in invited]
    for invitation in everyone:
        mailing = _mailing(context, invitation, occasion, by, before=before)
        send_mailing(by, context, mailing, occasion, permission=permission)
    return len(everyone)


def tell_family_who_chairs(by, conference) -> int:
    """Write again to the family members already invited, because their chair is not independent, and return how many
    they are. Call inside an act of the service manager.
    """
    context, permission = letter_context(conference), Permission.AGREE_CHAIR
    invited = {one.pk for one in sent_invitations(conference) if one.person_id}
    theirs = [one for one in context.invitations if one.pk in invited]
    for invitation in theirs:
        one = _mailing(context, invitation, INVITED, by)
        documents.withdraw(
            by, about=conference, reason="It did not say that the chair is not independent.",
            purposes=(INVITED, MOVED), recipient=one.recipient, permission=permission,
        )  # fmt: skip
        send_mailing(by, context, one, INVITED, f":chair:{conference.chair_agreed_at.isoformat()}", permission)
    return len(theirs)


def notify_chair(by, conference, occasion, *, chair=None, before=None) -> None:
    """Tell the chair (or ``chair``, if they were replaced) about the booking. Call inside an act."""
    context, chair = letter_context(conference), chair or conference.chair
    notice = notices.for_chair(context, chair, occasion, before=before, stamped_at=timezone.now())
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
        must_not_name=forbidden_words(context, context.outside),
    )


def withdraw_pending(by, conference, reason, permission=Permission.BOOK_CONFERENCE) -> None:
    """Withdraw everything not yet sent about this conference's time and place. Call inside an act of that
    permission.
    """
    documents.withdraw(by, about=conference, reason=reason, purposes=(INVITED, MOVED, CHAIR), permission=permission)


def _mailing(context: LetterContext, invitation, occasion, by, before=None) -> Mailing:
    return mailing_for(context, invitation, occasion, by.on, before=before, stamped_at=timezone.now())


def send_mailing(by, context: LetterContext, one: Mailing, occasion, again="", permission=Permission.INVITE) -> None:
    """Queue what the preview showed: each letter for its one reader, and the notice."""
    conference, invitation = context.conference, one.invitation
    if one.not_sent_because:
        return
    key = _key(context, invitation, occasion, again)
    withheld = context.withheld_from(invitation)
    for letter in one.letters:
        send_letter(by, context, invitation, letter, one.recipient, one.channel, occasion, permission=permission)
    if one.notice:
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
            must_not_name=forbidden_words(context, withheld),
            # Their own address is on the envelope. They know the names, but no e-mail may hold them.
            known=[one for one in withheld.known if one.kind == Kind.EMAIL],
        )


def send_letter(by, context, invitation, letter, recipient, channel, purpose, *, permission, about=None) -> None:
    """Make one letter for one reader, check it against what they must not learn, and release it. Call inside an act."""
    about = about or context.conference
    protected, known = context.stops_for(invitation), context.withheld_from(invitation).known
    if purpose == EXCLUSION:  # its words are typed, so single names are checked too
        typed = context.withheld_in_exclusion_letter(invitation)
        protected, known = typed.protected, typed.known
    document = documents.draft(by, letter=letter, about=about, recipient=recipient, permission=permission)
    documents.approve(by, document=document, permission=permission)
    documents.issue(by, document=document, protected=protected, known=known, permission=permission)
    documents.release(by, document=document, channel=channel, purpose=purpose, permission=permission)


def forbidden_words(context: LetterContext, withheld) -> list:
    """What no ordinary e-mail may hold: every name of the family, and what its reader must not learn."""
    ours = common_words()
    names = [name for name in context.names if name.lower() not in ours]
    return [*names, *(one for one in withheld.protected if one.kind in STOPS)]


def _key(context, invitation, occasion, again) -> str:
    # Somebody withdrawn or excluded and invited again gets a new key; a repeated press of the same button does not.
    conference = context.conference
    before = Outgoing.objects.filter(key__contains=f":invitation:{invitation.pk}:")
    rounds = sum(
        before.filter(key__startswith=f"conference:{conference.pk}:{told}:").count() for told in (WITHDRAWN, EXCLUSION)
    )
    return f"conference:{conference.pk}:{occasion}:{conference.sequence}:invitation:{invitation.pk}:{rounds}{again}"
