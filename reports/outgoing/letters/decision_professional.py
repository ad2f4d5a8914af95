"""The decision letter to one professional."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.kernel.phrases import capital
from cpc.core.policy.queries import words
from reports.outgoing.letters import parts
from reports.outgoing.queries.facts import reader_of


@dataclass(frozen=True, kw_only=True)
class DecisionProfessional(Letter):
    """What a professional's decision letter may reveal."""

    title = "What the conference decided"

    kind: str
    held_on: str
    names: str
    children: tuple[parts.Subject, ...]
    decisions: tuple[parts.Decided, ...]
    steps: tuple[parts.Step, ...]
    aims: tuple[parts.Aim, ...]
    next: parts.NextSteps
    record_name: str
    chair: str
    chair_title: str
    lead_title: str
    dissent_words: str
    replaces: str = ""
    differs: str = ""


def build(facts, copy, *, on: date, delivery) -> DecisionProfessional:
    """The decisions for the children that this professional was invited for."""
    reader = reader_of(copy, facts=facts)
    letter = DecisionProfessional(
        letterhead=letterhead(),
        addressee=Addressee(name=copy.invitation.reader_name, lines=delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        kind=parts.kind_words(facts),
        held_on=parts.long_date(facts.conference.held_on),
        names=parts.names_of(facts, reader),
        children=parts.subjects(facts, reader),
        decisions=parts.decided(facts, reader),
        steps=parts.steps(facts, reader),
        aims=parts.aims(facts, reader),
        next=parts.what_next(facts, reader),
        record_name=words("record_name"),
        chair=facts.signed_by(facts.record.letters_approved_by),
        chair_title=capital(words("chair_title")),
        lead_title=words("lead_worker_title"),
        dissent_words=parts.dissent_words(facts, on),
        replaces=parts.replaces(copy),
    )
    return parts.with_differences(letter, copy)
