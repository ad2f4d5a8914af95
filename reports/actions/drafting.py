"""The record is drafted from what was recorded live, and edited paragraph by paragraph."""

from django.db.models import Max

from conferences.actions.leave import checked, keep_named, named_readers, own_words, stood_before
from conferences.choices import Audience, ConferenceState
from conferences.models import Conference
from conferences.queries.sources import key_of, readers_of
from conferences.rules.audience import Readers, is_within
from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, NotPermitted, Stale, WrongState
from cpc.core.policy.queries import due
from families.models import Person
from reports.actions.copies import lay_out_copies
from reports.choices import RecordPart, RecordState
from reports.models import ConferenceRecord, Paragraph, ParagraphReader
from reports.queries.copies import included_children, record_of
from reports.queries.drafting import ORDER, first_paragraphs

# What the decision letter says too: once the chair has approved the letters, these stand.
IN_LETTERS = (RecordPart.DECISION, RecordPart.INTERIM_PLAN)
STEP = 10
# Whoever may edit the record may not by that alone let more people read these.
FEW = (Audience.CHAIR, Audience.NAMED, Audience.POLICE, Audience.THIRD_PARTY)


def draft_record(*, by, conference: Conference) -> ConferenceRecord:
    """The held conference has a record with its first paragraphs and copies; a second time changes nothing."""
    with acting(by, Permission.DRAFT_RECORD, on=conference):
        if conference.state != ConferenceState.HELD:
            raise WrongState("The record is drafted when the conference has been closed.")
        found = record_of(conference)
        if found is not None:
            return found
        record = ConferenceRecord.objects.create(
            conference=conference,
            record_due_on=due("record", conference.held_on).on,
            letter_due_on=due("decision_letter", conference.held_on).on,
        )
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
        lay_out_copies(record)
        return record


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
    leave: str = "",
) -> Paragraph:
    """The paragraph says what was typed, for those readers; raises Stale with both texts when somebody saved since
    ``version``, and FromRestricted where it holds a passage that fewer may read and no ``leave`` is given.
    """
    conference = paragraph.record.conference
    readers, was = named_readers(conference, audience, named), _readers_of(paragraph)
    trail = checked(
        by,
        conference.family_id,
        [heading, text],
        readers,
        leave=leave,
        already=stood_before(readers, was, paragraph.heading, paragraph.text),
        but=own_words(key_of(paragraph), readers, was),
    )
    with acting(by, Permission.DRAFT_RECORD, on=paragraph.record, about=conference, **trail):
        paragraph = _editable(by, paragraph)
        if paragraph.version != version:
            raise Stale(
                "Somebody else has saved this paragraph since you opened it.",
                mine=text,
                theirs=paragraph.text,
                version=paragraph.version,
            )
        was = _readers_of(paragraph)
        if was.audience in FEW and not is_within(readers, was) and not _is_chair(by, paragraph.record):
            raise NotPermitted("Only the chair decides who else may read this.")
        _say(paragraph, heading, text, audience, child, procedural)
        if paragraph.part in IN_LETTERS and (paragraph.child_id is None or procedural):
            raise Invalid("The reasons for a decision are about one child. Choose the child.", field="about")
        paragraph.version += 1
        paragraph.written_by_id = by.id or paragraph.written_by_id
        paragraph.save()
        keep_named(paragraph, paragraph.readers, readers.named)
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
    leave: str = "",
) -> Paragraph:
    """A paragraph more stands at the end of the record; FromRestricted as above."""
    readers = named_readers(record.conference, audience, named)
    trail = checked(by, record.conference.family_id, [heading, text], readers, leave=leave)
    with acting(by, Permission.DRAFT_RECORD, on=record, about=record.conference, **trail):
        _is_draft(record)
        last = record.paragraphs.aggregate(last=Max("order"))["last"] or ORDER[RecordPart.OTHER]
        paragraph = Paragraph(record=record, order=last + STEP, part=RecordPart.OTHER)
        _say(paragraph, heading, text, audience, child, procedural)
        paragraph.written_by_id = by.id
        paragraph.save()
        keep_named(paragraph, paragraph.readers, readers.named)
        return paragraph


def remove_paragraph(*, by, paragraph: Paragraph, reason: str) -> None:
    """The paragraph is gone from the record; history keeps it, and the trail says why."""
    if not reason.strip():
        raise Invalid("Say why the paragraph is taken out.", field="reason")
    with acting(by, Permission.DRAFT_RECORD, on=paragraph.record, about=paragraph.record.conference, reason=reason):
        paragraph = _editable(by, paragraph)
        if paragraph.part == RecordPart.CHAIR:
            raise WrongState("Why this chair was agreed stands in the record and cannot be taken out.")
        paragraph.readers.all().delete()
        paragraph.delete()


def _say(paragraph, heading, text, audience, child, procedural) -> None:
    if not text.strip():
        raise Invalid("Write the paragraph, or take it out.", field="text")
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
    # Read afresh: the record's lock is held, and whoever saved before us has committed.
    fresh = Paragraph.objects.select_related("record__conference").filter(pk=paragraph.pk).first()
    if fresh is None:
        raise WrongState("This paragraph has been taken out. Reload the page.")
    if not can_see(by, fresh):
        raise NotPermitted("You are not among those who may read this paragraph.")
    if fresh.part in IN_LETTERS and fresh.record.letters_approved_at is not None:
        raise WrongState(
            "The decision letters have been approved, so these reasons stand. Open the record to correct it."
        )
    return fresh


def _is_draft(record) -> None:
    if record.state != RecordState.DRAFT:
        raise WrongState("The record has been approved. To change it, the chair opens it for a correction.")


def _is_chair(by, record) -> bool:
    return by.kind == "system" or record.conference.chair_id == by.id
