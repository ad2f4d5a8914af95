"""The letter to tell a family member that they are no longer invited."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.letters.changes import day_told
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.convening.queries.last_told import reader_key
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawnFamily(Letter):
    """The reader need not come, can still give their views, and can ask somebody why.

    ``held_on`` is the day that the reader was last told; None if no letter may name it.
    """

    title = "You do not need to come to the conference"

    reader: str
    held_on: date | None
    social_worker: str
    signed_by: str
    social_worker_phone: str = ""


def invitation_withdrawn_family(context, invitation, on) -> InvitationWithdrawnFamily:
    """The letter to one reader. It gives no reason: a reason may reveal something about another person."""
    return InvitationWithdrawnFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        held_on=day_told(context, invitation, context.told.get(reader_key(invitation)))[0],
        social_worker=str(context.social_worker or ""),
        social_worker_phone=facts.phone_of_worker(context),
        signed_by=context.signed_by,
    )
