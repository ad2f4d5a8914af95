"""The letter that says that a conference will not take place. Cancelled is not postponed, and the letter says so."""

from dataclasses import dataclass
from datetime import date

from conferences.letters import facts
from conferences.letters.conference_moved_family import reader_of
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ConferenceCancelledFamily(Letter):
    """The conference will not take place, and no other date has been made for it."""

    reader: str
    about: str
    called: str
    was_on: date
    was_at: str
    social_worker: str
    signed_by: str

    @property
    def title(self):
        return f"The {self.called} is cancelled"


def conference_cancelled_family(bundle, invitation, on) -> ConferenceCancelledFamily:
    """The letter to one reader."""
    conference = bundle.conference
    meeting = facts.meeting_for(bundle, invitation)
    return ConferenceCancelledFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(bundle, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=listed(facts.children_named(bundle, invitation)) if invitation.role != "child" else "you",
        called=meeting.called,
        was_on=meeting.day,
        was_at=meeting.begins,
        social_worker=str(bundle.social_worker or ""),
        signed_by=str(conference.administrator or words("service_name")),
    )
