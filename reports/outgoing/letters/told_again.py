"""Who is sent a new copy after a correction."""

from dataclasses import dataclass
from datetime import date

from reports.outgoing.choices import WrittenKind
from reports.outgoing.letters import letter_for
from reports.outgoing.models import ConferenceRecord
from reports.outgoing.queries.copies import copies_of, is_issued, says_the_same
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of


@dataclass(frozen=True)
class Reader:
    """Somebody who was sent something that is not right any more."""

    name: str
    what: str


def readers_told_again(record: ConferenceRecord, on: date) -> list[Reader]:
    """The readers of issued copies that would say something else if they were made on this day."""
    facts, found = facts_of(record), []
    for copy in copies_of(record):
        if is_issued(copy) and not copy.withheld_reason:
            letter = letter_for(facts, copy, on=on, delivery=delivery_of(copy.invitation, on))
            if not says_the_same(copy.document, letter):
                found.append(Reader(copy.invitation.reader_name, str(WrittenKind(copy.kind).label)))
    return found
