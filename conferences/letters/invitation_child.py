"""The letter that asks a child or young person whether they want to come. It speaks only of them."""

from dataclasses import dataclass
from datetime import date

from conferences.letters import facts
from conferences.letters.facts import Meeting
from conferences.letters.invitation_family import still_to_come
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.policy.queries import setting, words


@dataclass(frozen=True, kw_only=True)
class InvitationChild(Letter):
    """A child is told what the meeting is, and how they can say what they think, whether they come or not."""

    title = "A meeting about you"

    reader: str
    meeting: Meeting
    is_review: bool
    social_worker: str
    chair_talks_first: bool
    advocacy_service: str
    form_by: date | None
    scale_low: str
    scale_high: str
    signed_by: str


def invitation_child(bundle, invitation, on) -> InvitationChild:
    """The letter to one child, as it stands today."""
    conference, person = bundle.conference, invitation.person
    addressee, _, _ = facts.addressee(bundle, invitation)
    return InvitationChild(
        letterhead=letterhead(),
        addressee=addressee,
        dated_on=on,
        large_print=facts.wants_large_print(person),
        reader=person.known_as or person.first_name or person.full_name,
        meeting=facts.meeting_for(bundle, invitation),
        is_review=conference.is_review,
        social_worker=str(bundle.social_worker or ""),
        chair_talks_first=setting("chair_meets_family_first"),
        advocacy_service=words("advocacy_service"),
        form_by=still_to_come("contribution_form", conference, on),
        scale_low=setting("scale_low_label") if setting("uses_scale") else "",
        scale_high=setting("scale_high_label") if setting("uses_scale") else "",
        signed_by=str(conference.administrator or words("service_name")),
    )
