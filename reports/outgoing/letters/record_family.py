"""The record of the conference as one member of the family gets it."""

from dataclasses import dataclass, replace
from datetime import date

from conferences.convening.letters.facts import addressee_of
from cpc.core.documents.letterhead import Help, help_for_families, letterhead
from cpc.core.documents.letters import Letter
from cpc.core.policy.queries import due, words
from reports.outgoing.choices import RecordPart
from reports.outgoing.letters import parts
from reports.outgoing.queries.facts import reader_of

SHOWN_WITH_DECISIONS = (RecordPart.DECISION, RecordPart.INTERIM_PLAN)


@dataclass(frozen=True, kw_only=True)
class RecordFamily(Letter):
    """What a family's copy of the record may reveal."""

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
    disagree: parts.Disagree
    help: Help
    corrections_by: str
    is_incomplete: bool
    approved: str
    replaces: str = ""
    differs: str = ""
    lead_title: str = "lead social worker"

    @property
    def title(self):
        return f"The {self.record_name} of the {self.kind}"


def build(facts, copy, *, on: date, delivery) -> RecordFamily:
    """Only what is about the children that the copy covers, or is the reader’s own view."""
    reader = replace(reader_of(copy, facts=facts), professional=False)
    letter = RecordFamily(
        letterhead=letterhead(),
        addressee=addressee_of(copy.invitation.name, copy.invitation.person, delivery.lines),
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
        disagree=parts.disagree(facts, on),
        help=help_for_families(),
        corrections_by=parts.long_date(due("record_corrections", on).on),
        is_incomplete=parts.is_incomplete(facts, reader),
        approved=facts.approved,
        replaces=parts.replaces(copy),
        lead_title=words("lead_worker_title"),
    )
    return parts.with_differences(letter, copy)
