"""Draft the record from what was recorded during the conference, and edit it paragraph by paragraph."""

from django.db.models import Max

from conferences.convening.choices import ConferenceState
from conferences.convening.models import Conference
from conferences.convening.permissions import is_its_chair
from conferences.disclosure.actions import (
    Before,
    Disclosure,
    named_readers,
    require_permission_to_share,
    set_named_readers,
)
from conferences.disclosure.choices import Audience
from conferences.disclosure.queries import key_of, readers_of
from conferences.disclosure.rules.audience import Readers, is_within
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.audit.versions import next_version
from cpc.core.kernel.refusals import Invalid, NotPermitted, WrongState
from cpc.core.policy.queries import due
from families.people.models import Person
from families.people.queries.household import eldest_first
from reports.incoming.queries.requested import included_children
from reports.outgoing.actions.copies import create_or_update_copies
from reports.outgoing.choices import RecordPart, RecordState
from reports.outgoing.models import ConferenceRecord, Paragraph, ParagraphReader
from reports.outgoing.queries.copies import record_of
from reports.outgoing.queries.drafting import ORDER, first_paragraphs
from reports.outgoing.states import RECORD

ABOUT_ONE_CHILD = (RecordPart.DECISION, RecordPart.INTERIM_PLAN)
# These parts are in the decision letter too, so they are final once the chair has approved the letters.
IN_LETTERS = (*ABOUT_ONE_CHILD, RecordPart.WOULD_HELP)
STEP = 10
# Permission to edit the record is not enough to let more people read these.
CONFIDENTIAL = (Audience.CHAIR, Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)


def draft_record(*, by, conference: Conference) -> ConferenceRecord:
    """Draft the record of a held conference with its first paragraphs and copies. A second call changes nothing."""
    with acting(by, Permission.DRAFT_RECORD, on=conference):
        if conference.state != ConferenceState.HELD:
            raise WrongState("The record is drafted once the conference is closed.")
        found = record_of(conference)
        if found is not None:
            return found
        record = ConferenceRecord.objects.create(conference=conference, **due_dates(conference))
        conference.to_write_up = False
        conference.save(update_fields=["to_write_up"])
        drafts = first_paragraphs(conference)
        made = Paragraph.objects.bulk_create(
            Paragraph(
                record=record,
                order=number * STEP,
                part=draft.part,
                heading=draft.heading[:200],
                text=draft.text,
                audience=draft.audience,
                child_id=draft.child,
                person_id=draft.person,
                procedural=draft.procedural,
                written_by_id=draft.written_by,
            )
            for number, draft in enumerate(drafts, 1)
        )
        ParagraphReader.objects.bulk_create(
            ParagraphReader(paragraph=paragraph, invitation_id=named)
            for paragraph, draft in zip(made, drafts, strict=True)
            for named in sorted(draft.named)
        )
        create_or_update_copies(record)
        return record


def due_dates(conference) -> dict:
    """The last days for the record and for the decision letters."""
    held_on = conference.held_on
    return {"record_due_on": due("record", held_on).on, "letter_due_on": due("decision_letter", held_on).on}


def edit_paragraph(
    *,
    by,
    paragraph: Paragraph,
    version: int,
    heading: str,
    text: str,
    audience: str,
    child: Person | None,
    procedural: bool = False,
    named=(),
    consent: str = "",
) -> Paragraph:
    """Save what was typed in the paragraph, for these readers.

    Raises Stale with both texts if somebody saved since ``version``, and RestrictedTextCopied if it contains a passage
    that fewer people may read and no ``consent`` is given.
    """
    conference = paragraph.record.conference
    readers = named_readers(conference, audience, named)
    before = Before(f"{paragraph.heading}\n{paragraph.text}", _readers_of(paragraph))
    typed = Disclosure({"heading": heading, "text": text}, readers, (before,), key_of(paragraph))
    shared = require_permission_to_share(by, conference.family_id, typed, consent=consent)
    with acting(by, Permission.DRAFT_RECORD, on=paragraph.record, about=conference, **shared):
        paragraph = _editable(by, paragraph)
        following = next_version(
            paragraph, version, "This paragraph was changed since you opened this page.",
            mine=text, theirs=lambda: paragraph.text,
        )  # fmt: skip
        was = _readers_of(paragraph)
        if was.audience in CONFIDENTIAL and not is_within(readers, was) and not _is_chair(by, paragraph.record):
            raise NotPermitted("Only the chair decides who else may read this.")
        if child is None and not procedural:
            raise Invalid("Choose the child that this paragraph is about.", field="about")
        before = paragraph.heading, paragraph.text, paragraph.speaker_id, was
        _set_content(paragraph, heading, text, audience, child, procedural)
        if (paragraph.heading, paragraph.text, paragraph.speaker_id, readers) != before:
            paragraph.included_reason = ""
        if paragraph.part in ABOUT_ONE_CHILD and procedural:
            raise Invalid("The reasons for a decision are about one child. Choose the child.", field="about")
        paragraph.version = following
        paragraph.written_by_id = by.id or paragraph.written_by_id
        paragraph.save()
        set_named_readers(paragraph, paragraph.readers, readers.named)
        return paragraph


def add_paragraph(
    *,
    by,
    record: ConferenceRecord,
    heading: str,
    text: str,
    audience: str,
    child: Person | None = None,
    procedural: bool = False,
    named=(),
    consent: str = "",
) -> Paragraph:
    """Add a paragraph at the end of the record: about one child, or procedural, or else one for each child of the
    conference. Returns the (first) paragraph. Raises RestrictedTextCopied like ``edit_paragraph``."""
    readers = named_readers(record.conference, audience, named)
    typed = Disclosure({"heading": heading, "text": text}, readers)
    shared = require_permission_to_share(by, record.conference.family_id, typed, consent=consent)
    with acting(by, Permission.DRAFT_RECORD, on=record, about=record.conference, **shared):
        _is_draft(record)
        last = record.paragraphs.aggregate(last=Max("order"))["last"] or ORDER[RecordPart.OTHER]
        about = [child] if child is not None or procedural else _children_of(record.conference)
        made = []
        for number, one in enumerate(about, 1):
            paragraph = Paragraph(record=record, order=last + number * STEP, part=RecordPart.OTHER)
            _set_content(paragraph, heading, text, audience, one, procedural)
            paragraph.written_by_id = by.id
            paragraph.save()
            set_named_readers(paragraph, paragraph.readers, readers.named)
            made.append(paragraph)
        return made[0]


def _children_of(conference) -> list[Person]:
    return list(Person.objects.filter(pk__in=included_children(conference)).order_by(*eldest_first()))


def include_held_words(*, by, paragraph: Paragraph, reason: str) -> None:
    """Give somebody’s own words also to readers that they are protected from. They are held again when they change."""
    if not reason.strip():
        raise Invalid("Say why these words are included.", field="reason")
    with acting(by, Permission.APPROVE_RECORD, on=paragraph.record, about=paragraph.record.conference, reason=reason):
        paragraph = _editable(by, paragraph)
        paragraph.included_reason = reason.strip()
        paragraph.save(update_fields=["included_reason"])


def remove_paragraph(*, by, paragraph: Paragraph, reason: str) -> None:
    """Remove the paragraph from the record. History keeps it, and the audit trail has the reason."""
    if not reason.strip():
        raise Invalid("Say why the paragraph is removed.", field="reason")
    with acting(by, Permission.DRAFT_RECORD, on=paragraph.record, about=paragraph.record.conference, reason=reason):
        paragraph = _editable(by, paragraph)
        if paragraph.part == RecordPart.CHAIR:
            raise WrongState("Why this chair was agreed is part of the record and cannot be removed.")
        paragraph.readers.all().delete()
        paragraph.delete()


def _set_content(paragraph, heading, text, audience, child, procedural) -> None:
    if not text.strip():
        raise Invalid("Write the paragraph, or remove it.", field="text")
    if not heading.strip():
        raise Invalid("Give the paragraph a heading.", field="heading")
    if child is not None and child.pk not in included_children(paragraph.record.conference_id):
        raise Invalid("Choose a child of this conference.", field="about")
    paragraph.heading, paragraph.text, paragraph.audience = heading.strip(), text.strip(), audience
    paragraph.child, paragraph.procedural = (None, True) if procedural else (child, False)
    if procedural:
        paragraph.person = None


def _readers_of(paragraph) -> Readers:
    return readers_of(paragraph.audience, [one.invitation for one in paragraph.readers.select_related("invitation")])


def _editable(by, paragraph) -> Paragraph:
    _is_draft(paragraph.record)
    # Read again: the record's lock is held, so any earlier save is committed.
    fresh = Paragraph.objects.select_related("record__conference").filter(pk=paragraph.pk).first()
    if fresh is None:
        raise WrongState("This paragraph has been removed. Reload the page.")
    if not can_see(by, fresh):
        raise NotPermitted("You are not one of the people who may read this paragraph.")
    if fresh.part in IN_LETTERS and fresh.record.letters_approved_at is not None:
        raise WrongState(
            "The decision letters have been approved, so what is in them is final. Open the record to correct it."
        )
    return fresh


def _is_draft(record) -> None:
    RECORD.must_be(record, RecordState.DRAFT, to="changed")


def _is_chair(by, record) -> bool:
    return by.kind == "system" or is_its_chair(by, record.conference)
