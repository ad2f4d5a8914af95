"""The chair chooses how each child is told what was decided."""

from dataclasses import dataclass
from datetime import date

from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share, shortened
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from families.people.models import Person
from reports.incoming.queries.requested import included_children
from reports.outgoing.choices import Telling, WrittenKind
from reports.outgoing.models import ChildTold, ConferenceRecord, Copy
from reports.outgoing.queries.telling import in_words, written_for_adults


@dataclass(frozen=True)
class HowTold:
    """How a child is told: a letter with these ``words``, told by somebody on a day, or not now, because …"""

    how: str
    words: str = ""
    told_by: str = ""
    told_on: date | None = None
    because: str = ""


def choose_telling(*, by, record: ConferenceRecord, child: Person, told: HowTold, consent: str = "") -> ChildTold:
    """Save how the child is told. The child’s own letter goes out only with words for the child.

    Raises RestrictedTextCopied if the words hold a restricted passage and no ``consent`` is given.
    """
    before = tuple(Before(one.words) for one in record.children_told.filter(child=child))
    text = Disclosure({"words": told.words}, before=before)
    shared = require_permission_to_share(by, record.conference.family_id, text, consent=consent)
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference, child=child.pk, **shared):
        if record.letters_approved_at is not None:
            raise WrongState("The decision letters have been approved. Open the record to correct it.")
        if child.pk not in included_children(record.conference_id):
            raise Invalid("Choose a child of this conference.", field="how")
        copy = _own_letter(record, child)
        values = _checked(record, told, child, copy)
        found, _ = ChildTold.objects.update_or_create(record=record, child=child, defaults=values)
        if copy is not None:
            copy.withheld_reason = "" if found.how == Telling.LETTER else in_words(found)
            copy.save()
        return found


def _own_letter(record, child) -> Copy | None:
    letters = Copy.objects.filter(record=record, kind=WrittenKind.DECISION_LETTER, invitation__person=child)
    return letters.select_related("invitation").first()


def _checked(record, told, child, copy) -> dict:
    if told.how == Telling.LETTER:
        if not told.words.strip():
            raise Invalid("Write why this was decided, in words for the child.", field="words")
        if copied := written_for_adults(record, told.words):
            raise Invalid(f"This is written for adults: “{shortened(copied)}”. Say it in words for the child.", "words")
        if child.is_unborn or child.died_on:
            raise Invalid("A letter can be sent only to a living child.", field="how")
        if copy is None:
            sentence = (
                f"{child.full_name} is not on the list of this conference, so no letter can be sent. Say who tells"
            )
            raise Invalid(f"{sentence} the child.", field="how")
    elif told.how == Telling.IN_PERSON:
        if not told.told_by.strip():
            raise Invalid("Name who tells the child.", field="told_by")
        if told.told_on is None:
            raise Invalid("Enter the day on which the child is told.", field="told_on")
    elif told.how == Telling.NOT_NOW:
        if not told.because.strip():
            raise Invalid("Say why the child is not told now.", field="because")
    else:
        raise Invalid("Choose how the child is told.", field="how")
    kept = {"how": told.how, "words": "", "told_by": "", "told_on": None, "because": ""}
    if told.how == Telling.LETTER:
        return kept | {"words": told.words.strip()}
    if told.how == Telling.IN_PERSON:
        return kept | {"told_by": told.told_by.strip(), "told_on": told.told_on}
    return kept | {"because": told.because.strip()}
