"""The letter to say that a conference has moved to another time or place."""

from dataclasses import dataclass
from datetime import date, timedelta

from conferences.convening.letters import facts
from conferences.convening.letters.facts import Meeting
from conferences.convening.letters.invitation_family import still_to_come
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import setting, words


@dataclass(frozen=True, kw_only=True)
class ConferenceMovedFamily(Letter):
    """The conference is moved, not cancelled: the new time and place, and the dates that follow from them."""

    reader: str
    about: str
    meeting: Meeting
    was_on: date
    was_at: str
    form_by: date | None
    form_name: str
    supporters_allowed: int
    supporter_by: date | None
    social_worker: str
    signed_by: str
    social_worker_phone: str = ""
    separated: tuple[str, ...] = ()

    @property
    def title(self):
        return f"The {self.meeting.called} has moved"

    @property
    def is_on_this_day(self):
        """Whether the conference is held on the day on which this letter is written."""
        return self.meeting.day == self.dated_on


def conference_moved_family(context, invitation, on, before) -> ConferenceMovedFamily:
    """The letter to one reader; ``before`` is the earlier start time."""
    conference = context.conference
    # A reader with a separate time is told only that time, never when the others come.
    own = invitation.arrives_at - conference.starts_at if invitation.apart and invitation.arrives_at else timedelta()
    was = facts.meeting_for(context, invitation, starts_at=before + own)
    return ConferenceMovedFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=listed(facts.children_named(context, invitation)) if invitation.role != "child" else "you",
        meeting=facts.meeting_for(context, invitation),
        was_on=was.day,
        was_at=was.begins,
        form_by=still_to_come("contribution_form", conference, on),
        form_name=words("contribution_form_name"),
        supporters_allowed=setting("supporters_allowed"),
        supporter_by=still_to_come("supporter_notice", conference, on),
        social_worker=str(context.social_worker or ""),
        social_worker_phone=facts.phone_of_worker(context),
        signed_by=context.signed_by,
        separated=facts.separated(context, invitation),
    )


def reader_of(invitation) -> str:
    """The name to greet the reader with: for a child, the name they go by."""
    person = invitation.person
    return person.short_name if invitation.role == "child" else person.full_name
