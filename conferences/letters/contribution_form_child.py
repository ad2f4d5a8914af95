"""The blank form on which a child or young person says what they think, whether or not they come."""

from dataclasses import dataclass
from datetime import date

from conferences.letters import facts
from conferences.letters.invitation_family import still_to_come
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ContributionFormChild(Letter):
    """A blank form in a child's words; somebody may write it down for them."""

    title = "What I think"

    reader: str
    held_on: date
    return_by: date | None
    social_worker: str
    advocacy_service: str


def contribution_form_child(bundle, child, on) -> ContributionFormChild:
    """The blank form for one child of the conference."""
    return ContributionFormChild(
        letterhead=letterhead(),
        addressee=Addressee(name=child.full_name),
        dated_on=on,
        large_print=facts.wants_large_print(child),
        reader=child.known_as or child.first_name or child.full_name,
        held_on=bundle.conference.held_on,
        return_by=still_to_come("contribution_form", bundle.conference, on),
        social_worker=str(bundle.social_worker or ""),
        advocacy_service=words("advocacy_service"),
    )
