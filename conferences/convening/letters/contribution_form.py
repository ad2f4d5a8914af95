"""The blank form for a parent's or carer's own views."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters import facts
from conferences.convening.letters.invitation_family import EACH_CHILD, still_to_come
from conferences.convening.queries.attending import meeting_for
from conferences.convening.rules.family_words import SCALE_HINT, questions_for
from cpc.core.documents.letterhead import letterhead, return_lines
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import words


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question with its hint, how it is answered, and a character for each line of room."""

    words: str
    hint: str
    kind: str
    rules: str


def asked_questions(age_group: str, called: str = EACH_CHILD) -> tuple[AskedQuestion, ...]:
    """The questions for this age group, or for an adult (empty), that need room on paper. ``called`` is "each child",
    or the one child that the form is about.
    """
    return tuple(
        AskedQuestion(words=said.replace(EACH_CHILD, called), hint=one.hint, kind=one.kind, rules="1" * one.lines)
        for one, said in questions_for(age_group)
        if not one.apart
    )


@dataclass(frozen=True, kw_only=True)
class ContributionForm(Letter):
    """A blank form for one reader, about the children that their copy covers."""

    title = "What I want the conference to know"

    about: str
    held_on: date
    begins: str
    return_by: date | None
    social_worker: str
    form_name: str
    questions: tuple[AskedQuestion, ...] = ()
    children: tuple[str, ...] = ()
    scale_hint: str = SCALE_HINT
    return_lines: tuple[str, ...] = ()


def contribution_form(context, invitation, on) -> ContributionForm:
    """The blank form for one reader."""
    conference, children = context.conference, facts.children_named(context, invitation)
    return ContributionForm(
        letterhead=letterhead(),
        addressee=facts.addressee(context, invitation)[0],
        dated_on=on,
        large_print=facts.wants_large_print(invitation.person),
        about=listed(children),
        held_on=conference.held_on,
        begins=meeting_for(context, invitation).begins,
        return_by=still_to_come("contribution_form", conference, on),
        social_worker=str(context.social_worker or ""),
        form_name=words("contribution_form_name"),
        questions=asked_questions("", children[0] if len(children) == 1 else EACH_CHILD),
        children=tuple(children),
        return_lines=return_lines(),
    )
