"""Exactly what leaves for one invited person on one occasion. The preview shows it and sending queues it: one code."""

from dataclasses import dataclass

from conferences.choices import InviteeKind, InviteeRole
from conferences.letters import facts, notices
from conferences.letters.conference_cancelled_family import conference_cancelled_family
from conferences.letters.conference_moved_family import conference_moved_family
from conferences.letters.contribution_form import contribution_form
from conferences.letters.contribution_form_child import contribution_form_child
from conferences.letters.invitation_child import invitation_child
from conferences.letters.invitation_family import invitation_family
from conferences.letters.invitation_withdrawn_family import invitation_withdrawn_family
from conferences.letters.notices import CANCELLED, INVITED, MOVED, WITHDRAWN, Notice
from cpc.core.documents.choices import Channel
from cpc.core.documents.letters import Letter
from cpc.core.documents.readers import Recipient
from families.choices import SafeContact


@dataclass(frozen=True)
class Leaving:
    """What one person gets: letters by post or by hand, an e-mail that names nobody, or nothing and why."""

    invitation: object
    recipient: Recipient
    channel: Channel | None = None
    letters: tuple[Letter, ...] = ()
    notice: Notice | None = None
    to_address: str = ""
    how: str = ""
    nothing_because: str = ""


def leaving(bundle, invitation, occasion, on, *, before=None, stamped_at) -> Leaving:
    """What this person gets now, on this occasion."""
    if invitation.kind == InviteeKind.FAMILY:
        return _family(bundle, invitation, occasion, on, before)
    recipient = Recipient(
        kind="user" if invitation.user_id else "agency",
        id=invitation.user_id or invitation.agency_id,
        name=invitation.name,
        label=invitation.get_role_display(),
    )
    address = invitation.user.email if invitation.user_id else invitation.agency.email if invitation.agency_id else ""
    notice = notices.for_professional(bundle, invitation, occasion, before=before, stamped_at=stamped_at)
    how = f"By email to {address}: a notice that names nobody, with a calendar file" if address else ""
    because = "" if address else "There is no email address."
    return Leaving(invitation, recipient, Channel.EMAIL, (), notice, address, how, because)


def _family(bundle, invitation, occasion, on, before) -> Leaving:
    person = invitation.person
    recipient = Recipient(kind="person", id=person.pk, name=person.full_name, label=invitation.get_role_display())
    if person.stands_for.died_on:
        return Leaving(invitation, recipient, nothing_because="This person has died, and is never written to.")
    _, channel, worker = facts.addressee(bundle, invitation)
    details = facts.contact_of(person)
    wants_email = bool(details and details.safe_contact == SafeContact.EMAIL and details.email)
    how = "By post" if channel == "post" else f"By hand, from {worker}" if worker else "By hand"
    if wants_email:
        how += f"; and an email to {details.email} that only says that there is a letter"
    return Leaving(
        invitation,
        recipient,
        Channel.PRINT if channel == "post" else Channel.HAND,
        _letters(bundle, invitation, occasion, on, before),
        notices.for_family(worker) if wants_email else None,
        details.email if wants_email else "",
        how,
    )


def _letters(bundle, invitation, occasion, on, before) -> tuple[Letter, ...]:
    is_child = invitation.role == InviteeRole.CHILD
    if is_child:
        form = contribution_form_child(bundle, invitation.person, on)
    else:
        form = contribution_form(bundle, invitation, on)
    if occasion == INVITED:
        letter = invitation_child if is_child else invitation_family
        return (letter(bundle, invitation, on), form)
    if occasion == MOVED:
        # The form again: the first may not have gone yet, and its date has moved.
        return (conference_moved_family(bundle, invitation, on, before), form)
    if occasion == CANCELLED:
        return (conference_cancelled_family(bundle, invitation, on),)
    assert occasion == WITHDRAWN
    return (invitation_withdrawn_family(bundle, invitation, on),)
