"""The letter to a family member about the date of a core group or a child in need meeting that they take part in."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.letters.conference_moved_family import reader_of
from conferences.plans.queries.attending import WhenAndWhere
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter


@dataclass(frozen=True, kw_only=True)
class MeetingDateFamily(Letter):
    """When and where they meet next (``meeting``), or that they do not (None). ``was_on`` and ``was_at`` are what this
    reader was told before, where that is not right any more. It names no child and nobody else who comes.
    """

    reader: str
    called: str
    meeting: WhenAndWhere | None
    was_on: date | None
    was_at: str
    is_moved: bool
    social_worker: str
    signed_by: str

    @property
    def title(self):
        if self.meeting is None:
            return f"A {self.called} will not take place"
        if self.was_on is not None:
            return f"The date or time of a {self.called} has changed"
        return f"The place of a {self.called} has changed" if self.is_moved else f"The date of a {self.called}"


def meeting_date_family(context, invitation, called, meeting, was, on) -> MeetingDateFamily:
    """The letter to the person of ``invitation``. ``was`` is what they were last told (Told), or None."""
    worker = str(context.social_worker or "")
    is_new_hour = was is not None and (meeting is None or (was.day, was.begins) != (meeting.day, meeting.begins))
    return MeetingDateFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        called=called,
        meeting=meeting,
        was_on=was.day if is_new_hour else None,
        was_at=was.begins if is_new_hour else "",
        is_moved=was is not None,
        social_worker=worker,
        signed_by=worker or letterhead().service_name,
    )
