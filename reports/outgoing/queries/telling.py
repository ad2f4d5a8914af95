"""How each child is told what was decided. Nothing here writes."""

from dataclasses import dataclass

from cpc.core.kernel.dates import in_words as day_in_words
from cpc.core.kernel.phrases import capital, listed
from families.people.models import Person
from families.people.queries.household import eldest_first
from reports.incoming.queries.requested import first_name, included_children
from reports.outgoing.choices import Telling
from reports.outgoing.models import ChildTold, ConferenceRecord


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


def why_not_all_told(record: ConferenceRecord) -> str:
    """Why the letters cannot be approved yet; "" if how each child is told is chosen."""
    names = [first_name(row.child) for row in children_to_tell(record) if row.told is None]
    return f"Choose how these children are told what was decided: {listed(names)}." if names else ""
