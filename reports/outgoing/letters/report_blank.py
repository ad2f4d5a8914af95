"""The blank form of a report, to fill in by hand or on a screen: the questions of its kind."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead, return_lines
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.policy.queries import setting
from reports.incoming.choices import Mark, OutcomeProgress, ReportKind
from reports.incoming.queries.outcomes import outcomes_to_answer
from reports.incoming.queries.requested import covered_children, first_name, is_verbal, kind_for
from reports.incoming.rules.sections import CHILD_SECTIONS, Question, questions_about, questions_of


@dataclass(frozen=True, kw_only=True)
class BlankQuestion:
    """A question with room for an answer, or with a scale from 0 to 10."""

    label: str
    hint: str = ""
    is_scale: bool = False


@dataclass(frozen=True, kw_only=True)
class BlankPart:
    """Questions under one heading."""

    heading: str
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class ReportBlank(Letter):
    """A blank form for one author. ``is_told`` is true where the police give their information by word of mouth."""

    called: str
    about: tuple[str, ...]
    held_on: date | None
    due_on: date | None
    is_told: bool
    parts: tuple[BlankPart, ...]
    progress: tuple[str, ...]
    marks: tuple[str, ...]
    child_age: int  # from which a report is shared with the child too
    return_lines: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the form is called."""
        return self.called


def report_blank(invitation, on) -> ReportBlank:
    """The blank form for the report that was requested with this invitation."""
    kind, children = kind_for(invitation), covered_children(invitation)
    is_review = invitation.conference.is_review
    scales = {section.name for section in CHILD_SECTIONS if section.is_scale}
    names = [first_name(child) for child in children]
    parts = [_part("The family as a whole", questions_of(kind, names, is_review=is_review), scales)]
    outcomes = outcomes_to_answer(invitation)
    if outcomes:
        asked = tuple(BlankQuestion(label=outcome) for outcome in outcomes)
        parts.append(BlankPart(heading="The outcomes of the plan", questions=asked))
    for child in children:
        name = first_name(child)
        asked_about = questions_about(kind, name, is_unborn=child.is_unborn, is_review=is_review)
        parts.append(_part(name, asked_about, scales))
    return ReportBlank(
        letterhead=letterhead(),
        addressee=Addressee(name=invitation.name),
        dated_on=on,
        called=ReportKind(kind).label,
        about=tuple(child.full_name for child in children),
        held_on=invitation.conference.held_on,
        due_on=invitation.report_due_on,
        is_told=is_verbal(invitation),
        parts=tuple(parts),
        progress=tuple(choice.label for choice in OutcomeProgress) if outcomes else (),
        marks=tuple(mark.label for mark in Mark),
        child_age=setting("child_invite_age"),
        return_lines=return_lines(),
    )


def _part(heading: str, questions: dict[str, Question], scales) -> BlankPart:
    asked = [BlankQuestion(label=one.label, hint=one.hint, is_scale=name in scales) for name, one in questions.items()]
    return BlankPart(heading=heading, questions=tuple(asked))
