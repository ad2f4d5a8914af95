"""The letter to say that a conference will not take place. It says that cancelled is not postponed."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import CancelReason
from conferences.convening.letters import facts
from conferences.convening.letters.changes import day_told
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.convening.queries.attending import meeting_for
from conferences.convening.queries.last_told import reader_key
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter

# The reasons that every reader may know. Any other may reveal something about another person.
REASONS = {
    CancelReason.NO_LONGER_NEEDED: "The meeting is no longer needed.",
    CancelReason.CHAIR_ILL: "The chair cannot be there.",
}


@dataclass(frozen=True, kw_only=True)
class ConferenceCancelledFamily(Letter):
    """The conference will not take place, and has no other date. ``was_on`` is the day that the reader was told."""

    reader: str
    about: str
    called: str
    was_on: date | None
    was_at: str
    social_worker: str
    signed_by: str
    social_worker_phone: str = ""
    reason: str = ""

    @property
    def title(self):
        return f"The {self.called} is cancelled"


def conference_cancelled_family(context, invitation, on) -> ConferenceCancelledFamily:
    """The letter to one reader."""
    meeting = meeting_for(context, invitation)
    was_on, was_at = day_told(context, invitation, context.told.get(reader_key(invitation)))
    return ConferenceCancelledFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=facts.about(context, invitation),
        called=meeting.called,
        was_on=was_on,
        was_at=was_at,
        reason=REASONS.get(context.conference.cancel_reason, ""),
        social_worker=str(context.social_worker or ""),
        social_worker_phone=facts.phone_of_worker(context),
        signed_by=context.signed_by,
    )
