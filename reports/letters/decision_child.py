"""The decision letter to a child, where the chair includes them: about that child alone, in plain words."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.kernel.phrases import capital
from cpc.core.policy.queries import words
from reports.letters import parts
from reports.queries.facts import first_name
from reports.rules import Reader


@dataclass(frozen=True, kw_only=True)
class DecisionChild(Letter):
    """What a child's letter may reveal: what was decided for them, who to talk to, what happens next."""

    title = "What was decided about you"

    first_name: str
    held_on: str
    outcome: str
    reasons: tuple[str, ...]
    lead: str
    core_group_at: str
    review: str
    chair: str
    chair_title: str
    phone: str
    advocacy: str
    has_plan: bool


def build(facts, copy, *, on: date, delivery) -> DecisionChild:
    """The letter covers the child themselves, whatever else the copy was widened to."""
    child = copy.invitation.person
    reader = Reader(children=frozenset({child.pk}), person=child.pk, invitation=copy.invitation_id)
    decided = parts.decided(facts, reader)
    after = parts.what_next(facts, reader)
    return DecisionChild(
        letterhead=letterhead(),
        addressee=Addressee(name=copy.invitation.name, lines=delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        first_name=first_name(child),
        held_on=parts.long_date(facts.conference.held_on),
        outcome=parts.outcome_told_to(facts, child, facts.decisions[child.pk]) if decided else "",
        reasons=decided[0].reasons if decided else (),
        lead=after.lead,
        core_group_at=after.core_group_at,
        review=after.review,
        chair=facts.conference.chair.get_full_name(),
        chair_title=capital(words("chair_title")),
        phone=words("contact_phone"),
        advocacy=words("advocacy_service"),
        has_plan=child.pk in facts.plans,
    )
