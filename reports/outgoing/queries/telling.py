"""How each child is told what was decided. Nothing here writes."""

from dataclasses import dataclass

from conferences.disclosure.rules.audience import CHAIR, EVERYONE, Readers
from conferences.disclosure.rules.shared_passages import Source, folded_letters, passages_from
from conferences.meeting.models import Decision
from cpc.core.kernel.dates import in_words as day_in_words
from cpc.core.kernel.phrases import capital, listed
from families.people.models import Person
from families.people.queries.household import eldest_first
from reports.incoming.queries.requested import first_name, included_children
from reports.outgoing.choices import Telling
from reports.outgoing.models import ChildTold, ConferenceRecord

FEW_WORDS = 4  # a shorter text is not looked for whole: "Likely to suffer" may be anybody's words


@dataclass(frozen=True)
class ToldRow:
    """A child who can be told, and what the chair chose; None if nothing is chosen yet."""

    child: Person
    told: ChildTold | None

    @property
    def words(self) -> str:
        """What the chair chose, in a sentence."""
        return in_words(self.told) if self.told else ""


def children_to_tell(record: ConferenceRecord) -> list[ToldRow]:
    """The living children of the conference, eldest first. Two queries."""
    told = {one.child_id: one for one in record.children_told.all()}
    children = Person.objects.filter(pk__in=included_children(record.conference_id)).order_by(*eldest_first())
    return [ToldRow(child, told.get(child.pk)) for child in children if not child.is_unborn and not child.died_on]


def in_words(told: ChildTold) -> str:
    """How the child is told, in a sentence."""
    if told.how == Telling.LETTER:
        return "By a letter in words for the child."
    if told.how == Telling.IN_PERSON:
        return f"{capital(told.told_by)} tells the child on {day_in_words(told.told_on)}."
    return f"Not now: {told.because}"


def written_for_adults(record: ConferenceRecord, words: str) -> str:
    """The longest passage of ``words`` that a decision of this conference holds too, in what is written for adults; ""
    if there is none. One query.
    """
    decisions = Decision.objects.filter(conference_child__conference=record.conference_id)
    texts = [
        text for row in decisions.values_list("threshold", "category_reason", "reasons", "restricted") for text in row
    ]
    for_adults = [Source("", "", Readers(CHAIR), text) for text in texts]
    found = [one.passage for one in passages_from(words, Readers(EVERYONE), for_adults)]
    whole = folded_letters(words)
    found += [text for text in texts if len(text.split()) >= FEW_WORDS and folded_letters(text) in whole]
    return max(found, key=len, default="")


def why_not_all_told(record: ConferenceRecord) -> str:
    """Why the letters cannot be approved yet; "" if how each child is told is chosen."""
    rows = children_to_tell(record)
    if names := [first_name(row.child) for row in rows if row.told is None]:
        return f"Choose how these children are told what was decided: {listed(names)}."
    letters = [row for row in rows if row.told and row.told.how == Telling.LETTER]
    names = [first_name(row.child) for row in letters if written_for_adults(record, row.told.words)]
    return f"Write again in words for the child, not in those for adults: {listed(names)}." if names else ""
