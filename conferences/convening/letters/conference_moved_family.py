"""The letter to say that a conference has moved, or that something else that its reader was told has changed."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import MoveReason
from conferences.convening.letters import facts
from conferences.convening.letters.changes import changes_for
from conferences.convening.letters.invitation_family import still_to_come
from conferences.convening.queries.attending import Meeting, meeting_for
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.policy.queries import setting, words

# The reasons that every reader may know. Any other may tell something about another person.
REASONS = {
    MoveReason.CHAIR_ILL: "The chair could not be there at the time that was planned.",
    MoveReason.VENUE: "The room or the video link could not be used.",
}


@dataclass(frozen=True, kw_only=True)
class ConferenceMovedFamily(Letter):
    """The conference is not cancelled: how it is now, what has changed since the reader was last told (``was_on`` and
    ``was_at`` if the time has, ``changed`` is the rest), and the dates that follow.
    """

    reader: str
    about: str
    meeting: Meeting
    was_on: date | None
    was_at: str
    form_by: date | None
    form_name: str
    supporters_allowed: int
    supporter_by: date | None
    social_worker: str
    signed_by: str
    social_worker_phone: str = ""
    separated: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reason: str = ""
    form_enclosed: bool = True
    has_form: bool = True

    @property
    def title(self):
        if self.was_on is None:
            return f"Something has changed about the {self.meeting.called}"
        return f"The {self.meeting.called} has moved"

    @property
    def is_on_this_day(self):
        """Whether the conference is held on the day on which this letter is written."""
        return self.meeting.day == self.dated_on


def conference_moved_family(context, invitation, on, *, form_enclosed=True, has_form=True) -> ConferenceMovedFamily:
    """The letter to one reader. ``form_enclosed``: a new form goes with it, because the day, the hour or the children
    are not those of the form that the reader has. ``has_form``: there is a form for this reader.
    """
    conference, changes = context.conference, changes_for(context, invitation)
    return ConferenceMovedFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=facts.about(context, invitation),
        meeting=meeting_for(context, invitation),
        was_on=changes.was_on,
        was_at=changes.was_at,
        changed=changes.listed,
        form_by=still_to_come("contribution_form", conference, on),
        form_name=words("contribution_form_name"),
        supporters_allowed=setting("supporters_allowed"),
        supporter_by=still_to_come("supporter_notice", conference, on),
        social_worker=str(context.social_worker or ""),
        social_worker_phone=facts.phone_of_worker(context),
        signed_by=context.signed_by,
        separated=facts.separated(context, invitation),
        reason=REASONS.get(context.moved_because, "") if changes.was_on else "",
        form_enclosed=form_enclosed,
        has_form=has_form,
    )


def reader_of(invitation) -> str:
    """The name to greet the reader with: for a child, the name they go by."""
    person = invitation.person
    return person.short_name if invitation.role == "child" else person.full_name
