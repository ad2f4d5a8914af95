"""The blank form on which a parent or carer writes what they want the conference to know."""

from dataclasses import dataclass
from datetime import date

from conferences.letters import facts
from conferences.letters.invitation_family import still_to_come
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ContributionForm(Letter):
    """A blank form for one reader, about the children whom their copy covers, with room to write."""

    title = "What I want the conference to know"

    about: str
    held_on: date
    begins: str
    return_by: date | None
    social_worker: str
    form_name: str


def contribution_form(bundle, invitation, on) -> ContributionForm:
    """The blank form for one reader."""
    conference = bundle.conference
    return ContributionForm(
        letterhead=letterhead(),
        addressee=facts.addressee(bundle, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        about=listed(facts.children_named(bundle, invitation)),
        held_on=conference.held_on,
        begins=facts.meeting_for(bundle, invitation).begins,
        return_by=still_to_come("contribution_form", conference, on),
        social_worker=str(bundle.social_worker or ""),
        form_name=words("contribution_form_name"),
    )
