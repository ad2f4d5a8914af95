"""The record of the conference as one professional gets it."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.policy.queries import due, words
from reports.outgoing.choices import RecordPart
from reports.outgoing.letters import parts
from reports.outgoing.queries.facts import reader_of

SHOWN_WITH_DECISIONS = (RecordPart.DECISION, RecordPart.INTERIM_PLAN)


@dataclass(frozen=True, kw_only=True)
class RecordProfessional(Letter):
    """What a professional's copy of the record may reveal."""

    record_name: str
    kind: str
    held_on: str
    children: tuple[parts.Subject, ...]
    names: str
    people: tuple[parts.Attended, ...]
    reports: tuple[parts.Received, ...]
    paragraphs: tuple[parts.LetterParagraph, ...]
    decisions: tuple[parts.Decided, ...]
    steps: tuple[parts.Step, ...]
    aims: tuple[parts.Aim, ...]
    next: parts.NextSteps
    corrections_by: str
    is_incomplete: bool
    approved: str
    dissent_words: str
    replaces: str = ""
    differs: str = ""
    lead_title: str = "lead social worker"

    @property
    def title(self):
        return f"The {self.record_name} of the {self.kind}"


def build(facts, copy, *, on: date, delivery) -> RecordProfessional:
    """What is about the children that the reader was invited for."""
    reader = reader_of(copy, facts=facts)
    letter = RecordProfessional(
        letterhead=letterhead(),
        addressee=Addressee(name=copy.invitation.reader_name, lines=delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        record_name=words("record_name"),
        kind=parts.kind_words(facts),
        held_on=parts.long_date(facts.conference.held_on),
        children=parts.subjects(facts, reader),
        names=parts.names_of(facts, reader),
        people=parts.attended(facts, reader),
        reports=parts.received(facts, reader),
        paragraphs=parts.paragraphs(facts, reader, without=SHOWN_WITH_DECISIONS),
        decisions=parts.decided(facts, reader),
        steps=parts.steps(facts, reader),
        aims=parts.aims(facts, reader),
        next=parts.what_next(facts, reader),
        corrections_by=parts.long_date(due("record_corrections", on).on),
        is_incomplete=parts.is_incomplete(facts, reader),
        approved=facts.approved,
        dissent_words=parts.dissent_words(facts, on),
        replaces=parts.replaces(copy),
        lead_title=words("lead_worker_title"),
    )
    return parts.with_differences(letter, copy)
