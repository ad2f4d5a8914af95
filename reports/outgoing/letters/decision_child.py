"""The decision letter to a child, if the chair includes them: about that child alone, in plain words."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.choices import DID_NOT_ATTEND
from conferences.convening.letters.facts import addressee_of
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import capital, lines_of
from cpc.core.policy.queries import words
from reports.incoming.queries.requested import first_name
from reports.outgoing.letters import parts
from reports.outgoing.rules.copies import Reader


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
    helpline: str
    lead_phone: str
    has_plan: bool
    came: bool = False


def build(facts, copy, *, on: date, delivery) -> DecisionChild:
    """The letter about the child alone, even if the copy was widened: its reasons are words written for the child."""
    child = copy.invitation.person
    reader = Reader(children=frozenset({child.pk}), person=child.pk, invitation=copy.invitation_id)
    decided = parts.decided(facts, reader)
    after = parts.what_next(facts, reader)
    return DecisionChild(
        letterhead=letterhead(),
        addressee=addressee_of(copy.invitation.name, copy.invitation.person, delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        first_name=child.own_name or first_name(child),
        held_on=parts.long_date(facts.conference.held_on),
        outcome=parts.outcome_sentence_to_child(facts, child, facts.decisions[child.pk]) if decided else "",
        reasons=lines_of(facts.words_for_child.get(child.pk, "")),
        lead=after.lead,
        core_group_at=after.core_group_at,
        review=after.review,
        chair=facts.signed_by(facts.record.letters_approved_by),
        chair_title=capital(words("chair_title")),
        phone=words("contact_phone"),
        advocacy=words("advocacy_service"),
        helpline=words("child_helpline"),
        lead_phone=after.lead_phone,
        has_plan=child.pk in facts.plans,
        came=copy.invitation.attendance == "present" and facts.participation.get(child.pk) not in DID_NOT_ATTEND,
    )
