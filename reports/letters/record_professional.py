"""The record of the conference as one professional gets it."""

from dataclasses import dataclass
from datetime import date

from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, Letter
from cpc.core.policy.queries import due, words
from reports.choices import RecordPart
from reports.letters import parts
from reports.queries.facts import reader_of

TOLD_ELSEWHERE = (RecordPart.DECISION, RecordPart.INTERIM_PLAN)


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
    paragraphs: tuple[parts.Para, ...]
    decisions: tuple[parts.Decided, ...]
    steps: tuple[parts.Step, ...]
    aims: tuple[parts.Aim, ...]
    next: parts.Next
    corrections_by: str
    is_part_only: bool
    chair: str
    dissent_words: str
    replaces: str = ""
    lead_title: str = "lead social worker"

    @property
    def title(self):
        return f"The {self.record_name} of the {self.kind}"


def build(facts, copy, *, on: date, delivery) -> RecordProfessional:
    """The professional copy: what is about the children for whom the reader was invited."""
    reader = reader_of(copy)
    return RecordProfessional(
        letterhead=letterhead(),
        addressee=Addressee(name=copy.invitation.name, lines=delivery.lines),
        dated_on=on,
        reference=facts.conference.family.case_number,
        record_name=words("record_name"),
        kind=parts.kind_words(facts),
        held_on=parts.long_date(facts.conference.held_on),
        children=parts.subjects(facts, reader),
        names=parts.names_of(facts, reader),
        people=parts.attended(facts, reader),
        reports=parts.received(facts, reader),
        paragraphs=parts.paragraphs(facts, reader, without=TOLD_ELSEWHERE),
        decisions=parts.decided(facts, reader),
        steps=parts.steps(facts, reader),
        aims=parts.aims(facts, reader),
        next=parts.what_next(facts, reader),
        corrections_by=parts.long_date(due("record_corrections", on).on),
        is_part_only=parts.is_part_only(facts, reader),
        chair=facts.conference.chair.get_full_name(),
        dissent_words=parts.dissent_words(),
        replaces=parts.replaces(copy),
        lead_title=words("lead_worker_title"),
    )
