"""The letter that says that somebody of the family is not asked to this conference any more."""

from dataclasses import dataclass
from datetime import date

from conferences.letters import facts
from conferences.letters.conference_moved_family import reader_of
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawnFamily(Letter):
    """The reader need not come; how to give their views all the same, and whom to ask why."""

    title = "You do not need to come to the conference"

    reader: str
    held_on: date
    social_worker: str
    signed_by: str


def invitation_withdrawn_family(bundle, invitation, on) -> InvitationWithdrawnFamily:
    """The letter to one reader. It gives no reason: a reason may tell of another person."""
    conference = bundle.conference
    return InvitationWithdrawnFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(bundle, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        held_on=conference.held_on,
        social_worker=str(bundle.social_worker or ""),
        signed_by=str(conference.administrator or words("service_name")),
    )
