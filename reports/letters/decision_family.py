"""The decision letter to one member of the family."""

from dataclasses import dataclass, replace
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.kernel.phrases import capital
from cpc.core.policy.queries import words
from reports.letters import parts
from reports.queries.facts import reader_of


@dataclass(frozen=True, kw_only=True)
class DecisionFamily(Letter):
    """What a family's decision letter may reveal."""

    title = "What the conference decided"

    kind: str
    held_on: str
    names: str
    decisions: tuple[parts.Decided, ...]
    steps: tuple[parts.Step, ...]
    aims: tuple[parts.Aim, ...]
    next: parts.Next
    disagree: parts.Disagree
    record_name: str
    record_by: str
    chair: str
    chair_title: str
    lead_title: str
    advocacy: str
    came: bool
    replaces: str = ""


def build(facts, copy, *, on: date, delivery) -> DecisionFamily:
    """The letter says what was decided for the children whom this reader's copy covers, and for no other."""
    reader = replace(reader_of(copy), professional=False)
    return DecisionFamily(
        letterhead=letterhead(),
        addressee=Addressee(name=copy.invitation.name, lines=delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        kind=parts.kind_words(facts),
        held_on=parts.long_date(facts.conference.held_on),
        names=parts.names_of(facts, reader),
        decisions=parts.decided(facts, reader),
        steps=parts.steps(facts, reader),
        aims=parts.aims(facts, reader),
        next=parts.what_next(facts, reader),
        disagree=parts.disagree(facts),
        record_name=words("record_name"),
        record_by=parts.long_date(facts.record.record_due_on) if facts.record.record_due_on > on else "",
        chair=facts.conference.chair.get_full_name(),
        chair_title=capital(words("chair_title")),
        lead_title=words("lead_worker_title"),
        advocacy=words("advocacy_service"),
        came=copy.invitation.attendance == "present",
        replaces=parts.replaces(copy),
    )
