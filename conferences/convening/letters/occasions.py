"""What one invited person is sent on one occasion. The preview and the sending both use it."""

from dataclasses import dataclass

from conferences.convening.choices import CANCELLED, EXCLUSION, INVITED, MOVED, WITHDRAWN, InviteeRole
from conferences.convening.letters import facts, notices
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
from conferences.convening.queries.exclusions import NOT_AT_IT, NOT_DECIDED
from conferences.disclosure.choices import InviteeKind
from cpc.core.documents.choices import Channel
from cpc.core.documents.letters import Letter
from cpc.core.documents.readers import Recipient
from cpc.core.policy.queries import rules_read_once
from families.people.choices import SafeContact


@dataclass(frozen=True)
class Mailing:
    """What one person is sent: letters by post or by hand, an e-mail that names nobody, or nothing and why."""

    invitation: object
    recipient: Recipient
    channel: Channel | None = None
    letters: tuple[Letter, ...] = ()
    notice: Notice | None = None
    to_address: str = ""
    how: str = ""
    not_sent_because: str = ""


def mailing_for(context, invitation, occasion, on, *, before=None, stamped_at) -> Mailing:
    """What this person is sent now, on this occasion."""
    if invitation.kind == InviteeKind.FAMILY:
        with rules_read_once():
            return _family(context, invitation, occasion, on, before)
    recipient = Recipient(
        kind="user" if invitation.user_id else "agency",
        id=invitation.user_id or invitation.agency_id,
        name=invitation.name,
        label=invitation.get_role_display(),
    )
    address = invitation.user.email if invitation.user_id else invitation.agency.email if invitation.agency_id else ""
    notice = notices.for_professional(context, invitation, occasion, before=before, stamped_at=stamped_at)
    how = f"By email to {address}: a notice that names nobody, with a calendar file" if address else ""
    because = "" if address else "There is no email address."
    if invitation.user_id and not invitation.user.is_active:
        because = "Their account is closed. Invite somebody else."
    return Mailing(invitation, recipient, Channel.EMAIL, (), notice, address, how, because)


def letters_now(context, invitation, on, *, stamped_at) -> tuple[Letter, ...]:
    """Every letter that this family member would get if all were sent now: about an exclusion, and the invitation."""
    return tuple(
        letter
        for occasion in ((EXCLUSION, INVITED) if invitation.person_id in context.exclusions else (INVITED,))
        for letter in mailing_for(context, invitation, occasion, on, stamped_at=stamped_at).letters
    )


def _family(context, invitation, occasion, on, before) -> Mailing:
    person = invitation.person
    recipient = Recipient(kind="person", id=person.pk, name=person.full_name, label=invitation.get_role_display())
    if person.stands_for.died_on:
        return Mailing(invitation, recipient, not_sent_because="This person has died, so cannot be invited.")
    if occasion in (INVITED, MOVED, CANCELLED) and context.is_excluded(invitation):
        return Mailing(invitation, recipient, not_sent_because=NOT_AT_IT)
    if occasion in (INVITED, MOVED) and person.pk in context.undecided:
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
        _letters(context, invitation, occasion, on, before),
        notices.for_family(worker) if wants_email else None,
        details.email if wants_email else "",
        how,
    )


def _letters(context, invitation, occasion, on, before) -> tuple[Letter, ...]:
    is_child = invitation.role == InviteeRole.CHILD
    if occasion == EXCLUSION:
        if invitation.person_id not in context.exclusions:
            return ()
        return ((exclusion_child if is_child else exclusion_family)(context, invitation, on),)
    if is_child:
        form = contribution_form_child(context, invitation.person, on, facts.addressee(context, invitation)[0])
    else:
        form = contribution_form(context, invitation, on)
    if occasion == INVITED:
        letter = invitation_child if is_child else invitation_family
        return (letter(context, invitation, on), form)
    if occasion == MOVED:
        # The form again: the first may not have gone yet, and its date has moved.
        return (conference_moved_family(context, invitation, on, before), form)
    if occasion == CANCELLED:
        return (conference_cancelled_family(context, invitation, on),)
    assert occasion == WITHDRAWN
    return (invitation_withdrawn_family(context, invitation, on),)
