"""The letter that says that a conference now takes place at another time or in another place."""

from dataclasses import dataclass
from datetime import date, timedelta

from conferences.letters import facts
from conferences.letters.facts import Meeting
from conferences.letters.invitation_family import still_to_come
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

    @property
    def title(self):
        return f"The {self.meeting.called} has moved"


def conference_moved_family(bundle, invitation, on, before) -> ConferenceMovedFamily:
    """The letter to one reader; ``before`` is the moment at which the conference was to begin."""
    conference = bundle.conference
    # Who comes at a time of their own is told of that one, and never when the others were to come.
    own = invitation.arrives_at - conference.starts_at if invitation.apart and invitation.arrives_at else timedelta()
    was = facts.meeting_for(bundle, invitation, starts_at=before + own)
    return ConferenceMovedFamily(
        letterhead=letterhead(),
        addressee=facts.addressee(bundle, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        reader=reader_of(invitation),
        about=listed(facts.children_named(bundle, invitation)) if invitation.role != "child" else "you",
        meeting=facts.meeting_for(bundle, invitation),
        was_on=was.day,
        was_at=was.begins,
        form_by=still_to_come("contribution_form", conference, on),
        form_name=words("contribution_form_name"),
        supporters_allowed=setting("supporters_allowed"),
        supporter_by=still_to_come("supporter_notice", conference, on),
        social_worker=str(bundle.social_worker or ""),
        signed_by=str(conference.administrator or words("service_name")),
    )


def reader_of(invitation) -> str:
    """How the letter greets its reader: a child by the name that they go by."""
    person = invitation.person
    return (person.known_as or person.first_name) if invitation.role == "child" else person.full_name
