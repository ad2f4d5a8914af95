"""The blank form for the views of a child or young person, whether or not they come."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.letters.contribution_form import AskedQuestion, asked_questions
from conferences.convening.letters.invitation_family import still_to_come
from conferences.convening.rules.family_words import FACES, age_group
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.dates import age_on
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class ContributionFormChild(Letter):
    """A blank form in a child's words. Somebody may write it down for them."""

    title = "What I think"

    reader: str
    held_on: date
    return_by: date | None
    social_worker: str
    advocacy_service: str
    questions: tuple[AskedQuestion, ...] = ()
    faces: tuple[tuple[str, str], ...] = ()
    age_group: str = ""


def contribution_form_child(context, child, on, addressee=None) -> ContributionFormChild:
    """The blank form for one child of the conference. An invited child's form goes the way of the invitation, in one
    envelope: ``addressee``.
    """
    held_on = context.conference.held_on
    group = age_group(age_on(child.born_on, held_on) if child.born_on and held_on else None)
    return ContributionFormChild(
        letterhead=letterhead(),
        addressee=addressee or facts.addressee_of(child.full_name, child, ()),
        dated_on=on,
        large_print=facts.wants_large_print(child),
        reader=child.own_name or child.full_name,
        held_on=context.conference.held_on,
        return_by=still_to_come("contribution_form", context.conference, on),
        social_worker=str(context.social_worker or ""),
        advocacy_service=words("advocacy_service"),
        questions=asked_questions(group),
        faces=tuple((face, file) for _, face, file in FACES),
        age_group=group,
    )
