"""What one invited person is sent on one occasion. The preview and the sending both use it."""

from dataclasses import dataclass, replace

from conferences.convening.choices import (
    CANCELLED,
    CHAIR_CHANGED,
    EXCLUSION,
    INVITED,
    MOVED,
    TELL_WHEN,
    WITHDRAWN,
    InviteeRole,
    Reply,
)
from conferences.convening.letters import facts, notices
from conferences.convening.letters.chair_changed_family import chair_changed_family
from conferences.convening.letters.changes import changes_for
from conferences.convening.letters.conference_cancelled_family import conference_cancelled_family
from conferences.convening.letters.conference_moved_family import conference_moved_family
from conferences.convening.letters.contribution_form import contribution_form
from conferences.convening.letters.contribution_form_child import contribution_form_child
from conferences.convening.letters.exclusion_child import exclusion_child
from conferences.convening.letters.exclusion_family import exclusion_family
from conferences.convening.letters.invitation_child import invitation_child
from conferences.convening.letters.invitation_family import invitation_family
from conferences.convening.letters.invitation_withdrawn_family import invitation_withdrawn_family
from conferences.convening.letters.notices import Notice
from conferences.convening.letters.page_for_companion import pages_for_companions
from conferences.convening.queries.exclusions import NOT_AT_IT, NOT_AT_IT_PROFESSIONAL, NOT_DECIDED, who
from conferences.convening.queries.last_told import reader_key
from conferences.convening.rules.childs_voice import Voice, voice_of
from conferences.convening.rules.told import Change
from conferences.disclosure.choices import InviteeKind
from cpc.core.documents.choices import Channel
from cpc.core.documents.letters import Letter, values
from cpc.core.documents.readers import Recipient
from cpc.core.policy.queries import rules_read_once
from families.people.choices import SafeContact


@dataclass(frozen=True)
class Mailing:
    """What one person is sent: letters by post or by hand, an e-mail that names nobody, or nothing and why.

    ``occasion`` is what it tells: an invitation, where others are told of a change and this person was never told.
    """

    invitation: object
    recipient: Recipient
    channel: Channel | None = None
    letters: tuple[Letter, ...] = ()
    notice: Notice | None = None
    to_address: str = ""
    how: str = ""
    not_sent_because: str = ""
    occasion: str = ""


NEVER_TOLD = "They were never told of it."
ALL_DIED = "Every child that they were to come for has died. Remove them from the list."


def mailing_for(context, invitation, occasion, on, *, stamped_at) -> Mailing:
    """What this person is sent now, on this occasion. Somebody who was never told of the conference is invited where
    others are told of a change.
    """
    was_told = reader_key(invitation) in context.told
    if occasion in (MOVED, CHAIR_CHANGED) and not was_told:
        occasion = INVITED
    if occasion == CHAIR_CHANGED and set(changes_for(context, invitation).what) - {Change.CHAIR}:
        occasion = MOVED
    if invitation.kind == InviteeKind.FAMILY:
        with rules_read_once():
            mailing = _family(context, invitation, occasion, on)
    else:
        mailing = _professional(context, invitation, occasion, stamped_at)
    because = mailing.not_sent_because
    ends = (CANCELLED, WITHDRAWN) if invitation.person_id else (CANCELLED, WITHDRAWN, EXCLUSION)
    if occasion in ends and not was_told and invitation.reply == Reply.NONE:
        because = because or NEVER_TOLD
    if because:
        return replace(mailing, letters=(), notice=None, not_sent_because=because, occasion=occasion)
    return replace(mailing, occasion=occasion)


def _have_all_died(invitation) -> bool:
    """Whether the invitation is about children, and each of them has died."""
    children = [row.child for row in invitation.children.all()]
    return bool(children) and all(child.died_on for child in children)


def _professional(context, invitation, occasion, stamped_at) -> Mailing:
    recipient = Recipient(
        kind="user" if invitation.user_id else "agency",
        id=invitation.user_id or invitation.agency_id,
        name=invitation.reader_name,
        label=invitation.get_role_display(),
    )
    address = invitation.user.email if invitation.user_id else invitation.agency.email if invitation.agency_id else ""
    notice = notices.for_professional(context, invitation, occasion, stamped_at=stamped_at)
    how = f"By email to {address}: a notice that names nobody, with a calendar file" if address else ""
    because = "" if address else "There is no email address."
    if invitation.user_id and not invitation.user.is_active:
        because = "Their account is closed. Invite somebody else."
    if context.is_excluded(invitation) and occasion != EXCLUSION:
        because = NOT_AT_IT_PROFESSIONAL
    if occasion in TELL_WHEN and who(invitation) in context.undecided:
        because = NOT_DECIDED
    if occasion == INVITED and _have_all_died(invitation):
        because = ALL_DIED
    return Mailing(invitation, recipient, Channel.EMAIL, (), notice, address, how, because)


def letters_now(context, invitation, on, *, stamped_at) -> tuple[Letter, ...]:
    """Every letter that this family member would get if all were sent now: about an exclusion, and the invitation, or
    what has changed since.
    """
    news = MOVED if invitation.sent_at and changes_for(context, invitation).what else INVITED
    return tuple(
        letter
        for occasion in ((EXCLUSION, news) if context.exclusion_of(invitation) else (news,))
        for letter in mailing_for(context, invitation, occasion, on, stamped_at=stamped_at).letters
    )


def _family(context, invitation, occasion, on) -> Mailing:
    person = invitation.person
    recipient = Recipient(kind="person", id=person.pk, name=person.full_name, label=invitation.get_role_display())
    if person.stands_for.died_on:
        return Mailing(invitation, recipient, not_sent_because="This person has died, so cannot be invited.")
    if occasion in (*TELL_WHEN, CANCELLED) and context.is_excluded(invitation):
        return Mailing(invitation, recipient, not_sent_because=NOT_AT_IT)
    if occasion in TELL_WHEN and who(invitation) in context.undecided:
        return Mailing(invitation, recipient, not_sent_because=NOT_DECIDED)
    _, channel, worker = facts.addressee(context, invitation)
    details = facts.contact_of(person)
    wants_email = bool(details and context.ways.get(person.pk) == SafeContact.EMAIL and details.email)
    how = "By post" if channel == "post" else f"By hand, from {worker}" if worker else "By hand"
    if wants_email:
        how += f"; and an email to {details.email} that only says that there is a letter"
    return Mailing(
        invitation,
        recipient,
        Channel.PRINT if channel == "post" else Channel.HAND,
        _letters(context, invitation, occasion, on),
        notices.for_family(worker) if wants_email else None,
        details.email if wants_email else "",
        how,
    )


def _letters(context, invitation, occasion, on) -> tuple[Letter, ...]:
    is_child = invitation.role == InviteeRole.CHILD
    if occasion == EXCLUSION:
        if context.exclusion_of(invitation) is None:
            return ()
        return ((exclusion_child if is_child else exclusion_family)(context, invitation, on),)
    pages = pages_for_companions(context, invitation, on)
    if occasion == INVITED:
        letter = invitation_child if is_child else invitation_family
        return (letter(context, invitation, on), *_forms(context, invitation, on), *pages)
    if occasion == MOVED:
        forms = _forms(context, invitation, on)
        new = tuple(one for one in forms if _says_something_new(context, invitation, one))
        how = {"form_enclosed": bool(new), "has_form": bool(forms)}
        return (conference_moved_family(context, invitation, on, **how), *new, *pages)
    if occasion == CHAIR_CHANGED:
        return (chair_changed_family(context, invitation, on),)
    if occasion == CANCELLED:
        return (conference_cancelled_family(context, invitation, on),)
    assert occasion == WITHDRAWN
    return (invitation_withdrawn_family(context, invitation, on),)


def _forms(context, invitation, on) -> tuple[Letter, ...]:
    """The blank form that goes with the letter: none to a child who is too young for one."""
    if invitation.role != InviteeRole.CHILD:
        return (contribution_form(context, invitation, on),)
    if voice_of(invitation.person, context.conference.held_on) != Voice.FORM:
        return ()
    return (contribution_form_child(context, invitation.person, on, facts.addressee(context, invitation)[0]),)


def _says_something_new(context, invitation, form) -> bool:
    """Whether the last form that left for this reader names another day, hour or children, or none has left."""
    last, now = context.forms_that_left.get(reader_key(invitation)), values(form)
    return last is None or any(last.get(field) != now.get(field) for field in ("held_on", "begins", "about"))
