"""The decision letter to one member of the family."""

from dataclasses import dataclass, replace
from datetime import date

from conferences.convening.letters.facts import addressee_of
from cpc.core.documents.letterhead import Help, help_for_families, letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import capital
from cpc.core.policy.queries import words
from reports.outgoing.letters import parts
from reports.outgoing.queries.facts import reader_of


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
    next: parts.NextSteps
    would_help: tuple[str, ...] = ()
    disagree: parts.Disagree
    record_name: str
    record_by: str
    chair: str
    chair_title: str
    lead_title: str
    help: Help
    came: bool
    replaces: str = ""
    differs: str = ""
    gets_record: bool = True


def build(facts, copy, *, on: date, delivery) -> DecisionFamily:
    """The decisions for the children that this reader’s copy covers, and for no other."""
    reader = replace(reader_of(copy, facts=facts), professional=False)
    letter = DecisionFamily(
        letterhead=letterhead(),
        addressee=addressee_of(copy.invitation.name, copy.invitation.person, delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        kind=parts.kind_words(facts),
        held_on=parts.long_date(facts.conference.held_on),
        names=parts.names_of(facts, reader),
        decisions=parts.decided(facts, reader),
        steps=parts.steps(facts, reader),
        aims=parts.aims(facts, reader),
        next=parts.what_next(facts, reader),
        would_help=parts.said_would_help(facts, reader),
        disagree=parts.disagree(facts, on),
        record_name=words("record_name"),
        record_by=parts.long_date(facts.record.record_due_on) if facts.record.record_due_on > on else "",
        chair=facts.signed_by(facts.record.letters_approved_by),
        chair_title=capital(words("chair_title")),
        lead_title=words("lead_worker_title"),
        help=help_for_families(),
        came=copy.invitation.attendance == "present",
        replaces=parts.replaces(copy),
        gets_record=copy.invitation_id in facts.with_record,
    )
    return parts.with_differences(letter, copy)
