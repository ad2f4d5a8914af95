"""What is sent to the people on the list, each once: invited, excluded, moved, cancelled, withdrawn."""

from django.utils import timezone

from conferences.convening.actions.support import write_down_needs
from conferences.convening.choices import (
    CHAIR,
    CHAIR_CHANGED,
    EXCLUSION,
    INVITED,
    MOVED,
    TELL_WHEN,
    WITHDRAWN,
    ConferenceState,
)
from conferences.convening.letters import notices
from conferences.convening.letters.notices import common_words
from conferences.convening.letters.occasions import Mailing, mailing_for
from conferences.convening.models import Invitation
from conferences.convening.queries.attending import is_behind, was_told_of_another_chair
from conferences.convening.queries.exclusions import exclusions_in_force, who
from conferences.convening.queries.invitations import invitations_of, report_due_on, sent_invitations, what_stops
from conferences.convening.queries.last_told import messages_to
from conferences.convening.queries.letter_context import LetterContext, letter_context
from conferences.convening.queries.list_checks import list_check
from conferences.convening.states import CONFERENCE, INVITATION, PROPOSED, REPLIED, SENT
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.audit.models import Event
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel
from cpc.core.documents.models import Outgoing
from cpc.core.documents.protected import STOPS, Kind
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.kernel.refusals import Invalid, WrongState


def send_invitations(*, by, conference, only=None) -> list[Invitation]:
    """Invite everybody on the list (or ``only`` these) who is not invited yet, tell those that the chair excluded, and
    tell those who know something that is not true any more what has changed. Returns them.

    Raises Invalid, with a sentence for each thing to correct first, and then nothing is sent.
    """
    with acting(by, Permission.INVITE, on=conference, step="send"):
        _refuse_unready(by, conference)
        _withdraw_what_is_not_true(by, conference, only)
        context, due_on = letter_context(conference), report_due_on(conference)
        sent = []
        for invitation in _on_the_list(context, only):
            if _tell_exclusion(by, context, invitation):
                sent.append(invitation)
            one = _mailing(context, invitation, MOVED if invitation.sent_at else INVITED, by)
            is_new, has_news = not invitation.sent_at, is_behind(context, invitation)
            if one.not_sent_because or not (is_new or has_news):
                continue
            if is_new:
                invitation.sent_at, invitation.sent_by_id, invitation.ends_on = timezone.now(), by.id, None
                invitation.report_due_on = due_on if invitation.report_asked else None
                invitation.save()
            if has_news:
                send_mailing(by, context, one, one.occasion)
            sent.append(invitation)
        write_down_needs(conference)
    return list(dict.fromkeys(sent))


def _on_the_list(context, only) -> list[Invitation]:
    wanted = None if only is None else {one.pk for one in only}
    return [one for one in context.invitations if not one.withdrawn_at and (wanted is None or one.pk in wanted)]


def _withdraw_what_is_not_true(by, conference, only) -> None:
    """Withdraw what waits for the people who are sent something else now."""
    context = letter_context(conference)
    for invitation in _on_the_list(context, only):
        if is_behind(context, invitation) and not _mailing(context, invitation, INVITED, by).not_sent_because:
            _withdraw_for(conference, invitation, (*TELL_WHEN, WITHDRAWN), "It was no longer true.")


def _withdraw_for(conference, invitation, purposes, why) -> None:
    """Withdraw what waits for one invited reader. Call inside an act."""
    documents.withdraw_waiting(messages_to(invitation).filter(purpose__in=purposes), why)


def _tell_exclusion(by, context: LetterContext, invitation, again=False) -> bool:
    """Send the letter about an exclusion that is in force, once; or ``again``. Whether it was sent."""
    exclusion = context.exclusion_of(invitation)
    if exclusion is None or not exclusion.person_id or (exclusion.letter_sent_at and not again):
        return False
    one = _mailing(context, invitation, EXCLUSION, by)
    if one.not_sent_because:
        return False
    exclusion.letter_sent_at = timezone.now()
    exclusion.save(update_fields=["letter_sent_at"])
    send_mailing(by, context, one, EXCLUSION)
    return True


def tell_professional_and_agency(by, invitation):
    """Tell a professional that the chair excluded, if they were invited, and ask their agency to send somebody else.
    Returns when they were told; None if they were not. Both e-mails are fixed words that name nobody. Call inside the
    chair’s act.
    """
    context = letter_context(invitation.conference)
    mine = next(one for one in context.invitations if one.pk == invitation.pk)
    permission, told_at = Permission.DECIDE_EXCLUSION, None
    if mine.sent_at:
        mailing = _mailing(context, mine, EXCLUSION, by)
        if not mailing.not_sent_because:
            send_mailing(by, context, mailing, EXCLUSION, permission)
            told_at = timezone.now()
    if notices.agency_is_asked(mine):
        agency, notice = mine.user.agency, notices.for_agency_of_excluded()
        documents.queue(
            by, key=f"{_key(context, mine, EXCLUSION)}:agency", purpose=EXCLUSION, channel=Channel.EMAIL,
            recipient=Recipient(kind="agency", id=agency.pk, name=str(agency), label=mine.get_role_display()),
            to_address=agency.email, subject=notice.subject, body=notice.body, about=invitation.conference,
            must_not_name=forbidden_words(context, context.outside),
        )  # fmt: skip
    return told_at


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
        invitation.refresh_from_db()
        INVITATION.must_be(invitation, PROPOSED, SENT, REPLIED, to="sent again")
        if conference.state != ConferenceState.BOOKED:
            CONFERENCE.refuse(conference, "have an invitation sent again")
        purposes = (*TELL_WHEN, EXCLUSION)
        _withdraw_for(conference, invitation, purposes, "It was drafted again before this went out.")
        context = letter_context(conference)
        mine = next(one for one in context.invitations if one.pk == invitation.pk)
        excluded = context.exclusion_of(mine) is not None
        if not (mine.sent_at or excluded):
            INVITATION.refuse(invitation, "be sent again")
        # The act just written is also counted.
        if Event.objects.filter(on_id=conference.pk, details__contains=details).count() > 1:
            raise WrongState("This has already been sent again today.")
        _refuse_unready(by, conference)
        _tell_exclusion(by, context, mine, again=True)
        if mine.sent_at:
            send_mailing(by, context, _mailing(context, mine, INVITED, by), INVITED)


def withdraw_invitation(*, by, invitation, reason) -> Invitation:
    """Withdraw an invitation, tell the person if they were told of the conference, and close it to them at once."""
    if not reason.strip():
        raise Invalid("Say why the invitation is withdrawn. This is kept in the record.", field="reason")
    conference = invitation.conference
    with acting(by, Permission.INVITE, on=conference, reason=reason, step="withdraw", invitation=invitation.pk):
        invitation.refresh_from_db()
        INVITATION.must_be(invitation, SENT, REPLIED, to="withdrawn")
        _refuse_excluded(conference, invitation)
        if conference.state != ConferenceState.BOOKED:
            CONFERENCE.refuse(conference, "have an invitation withdrawn")
        withdraw_in_act(by, invitation, reason.strip())
    return invitation


def withdraw_in_act(by, invitation, reason, permission=Permission.INVITE) -> None:
    """Withdraw an invitation as a part of the act under way, and tell the person if it was sent. ``permission`` is what
    lets ``by`` write to them.
    """
    invitation.withdrawn_at, invitation.withdrawn_reason = timezone.now(), reason
    invitation.ends_on = by.on
    invitation.save()
    if not invitation.sent_at:
        return
    # A letter still in the print room must not tell them the time and place.
    _withdraw_for(invitation.conference, invitation, TELL_WHEN, "The invitation was withdrawn before this went out.")
    context = letter_context(invitation.conference)
    mine = next(one for one in context.invitations if one.pk == invitation.pk)
    send_mailing(by, context, _mailing(context, mine, WITHDRAWN, by), WITHDRAWN, permission)


def _refuse_excluded(conference, invitation) -> None:
    if who(invitation) in exclusions_in_force(conference):
        raise WrongState(
            f"The chair excluded {invitation.name}. A withdrawal is no exclusion: only the chair ends that decision."
        )


def notify_all(by, conference, occasion, permission=Permission.INVITE) -> int:
    """Tell everyone who was invited, as far as it is news to them, and return how many they are. What waits for them is
    withdrawn. Call inside an act of that permission.
    """
    invited = {one.pk for one in sent_invitations(conference)}
    context = letter_context(conference)
    news = {one.pk for one in context.invitations if one.pk in invited}
    if occasion in TELL_WHEN:
        news = {one.pk for one in context.invitations if one.pk in news and is_behind(context, one)}
        for invitation in (one for one in context.invitations if one.pk in news):
            _withdraw_for(conference, invitation, TELL_WHEN, "Something has changed before this went out.")
        context = letter_context(conference)  # what was printed counts as told once it is withdrawn
    told = 0
    for invitation in (one for one in context.invitations if one.pk in news):
        mailing = _mailing(context, invitation, occasion, by)
        send_mailing(by, context, mailing, mailing.occasion, permission)
        told += not mailing.not_sent_because
    return told


def tell_of_another_chair(by, conference, permission) -> int:
    """Tell everyone invited that somebody else runs the conference, if that is not who they were told, and return how
    many they are. Call inside an act of that permission, once it is known whether the new one is independent.
    """
    if not was_told_of_another_chair(letter_context(conference)):
        return 0
    conference.sequence += 1
    conference.save(update_fields=["sequence"])
    return notify_all(by, conference, CHAIR_CHANGED, permission=permission)


def tell_family_who_chairs(by, conference) -> int:
    """Write again to the family members already invited, because their chair is not independent, and return how many
    they are. Call inside an act of the service manager.
    """
    invited = [one for one in sent_invitations(conference) if one.person_id]
    for invitation in invited:
        _withdraw_for(conference, invitation, TELL_WHEN, "It did not say that the chair is not independent.")
    context, numbers = letter_context(conference), {one.pk for one in invited}
    for invitation in (one for one in context.invitations if one.pk in numbers):
        mailing = _mailing(context, invitation, INVITED, by)
        send_mailing(by, context, mailing, INVITED, Permission.AGREE_CHAIR)
    return len(invited)


def notify_chair(by, conference, occasion, *, chair=None, label="Chair") -> None:
    """Tell the chair (or ``chair``: the former one, the acting one, or the administrator) about the booking, as far as
    it is news to them. Call inside an act.
    """
    context, chair = letter_context(conference), chair or conference.chair
    notice = notices.for_chair(context, chair, occasion, stamped_at=timezone.now())
    if notice is None:
        return
    documents.queue(
        by,
        key=f"conference:{conference.pk}:{occasion}:{conference.sequence}:chair:{chair.pk}",
        purpose=CHAIR,
        channel=Channel.EMAIL,
        recipient=Recipient(kind="user", id=chair.pk, name=str(chair), label=label),
        to_address=chair.email,
        subject=notice.subject,
        body=notice.body,
        calendar_file=notice.calendar_file,
        about=conference,
        must_not_name=forbidden_words(context, context.outside),
        said=notice.said,
    )


def withdraw_pending(by, conference, reason, permission=Permission.BOOK_CONFERENCE) -> None:
    """Withdraw everything not yet sent about this conference's time and place. Call inside an act of that
    permission.
    """
    documents.withdraw(by, about=conference, reason=reason, purposes=(*TELL_WHEN, CHAIR), permission=permission)


def _mailing(context: LetterContext, invitation, occasion, by) -> Mailing:
    return mailing_for(context, invitation, occasion, by.on, stamped_at=timezone.now())


def send_mailing(by, context: LetterContext, one: Mailing, occasion, permission=Permission.INVITE) -> None:
    """Queue what the preview showed: each letter for its one reader, and the notice."""
    conference, invitation = context.conference, one.invitation
    if one.not_sent_because:
        return
    key = _key(context, invitation, occasion)
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
            said=one.notice.said,
        )


def send_letter(by, context, invitation, letter, recipient, channel, purpose, *, permission, about=None) -> None:
    """Make one letter for one reader, check it against what they must not learn, and release it. Call inside an act."""
    about = about or context.conference
    protected, known = context.must_not_hold(invitation, purpose)
    document = documents.draft(by, letter=letter, about=about, recipient=recipient, permission=permission)
    documents.approve(by, document=document, permission=permission)
    documents.issue(by, document=document, protected=protected, known=known, permission=permission)
    documents.release(by, document=document, channel=channel, purpose=purpose, permission=permission)


def forbidden_words(context: LetterContext, withheld) -> list:
    """What no ordinary e-mail may hold: every name of the family, and what its reader must not learn."""
    ours = common_words()
    names = [name for name in context.names if name.lower() not in ours]
    return [*names, *(one for one in withheld.protected if one.kind in STOPS)]


def _key(context, invitation, occasion) -> str:
    # Each message to a reader has a number: what they were told decides whether there is another one.
    conference = context.conference
    earlier = Outgoing.objects.filter(**reference_to(conference), key__contains=f":invitation:{invitation.pk}:").count()
    return f"conference:{conference.pk}:{occasion}:{conference.sequence}:invitation:{invitation.pk}:{earlier}"
