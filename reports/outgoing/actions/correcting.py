"""The chair corrects what was entered wrongly at a conference that was held.

Whatever is corrected goes the same way: what follows is worked out again, the record’s paragraphs that were drafted
from it are drafted again, and what was approved goes back to the chair. Each reader of what changed is sent a new copy
through the usual checks; what they were sent stays as it was and is marked as replaced.
"""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from conferences.convening.models import Conference, Invitation
from conferences.disclosure.actions import Before, Disclosure, require_permission_to_share, set_named_readers
from conferences.disclosure.queries import readers_of
from conferences.disclosure.rules.audience import Readers, narrowest
from conferences.meeting.actions import attendance
from conferences.meeting.actions.attendance import must_be_held
from conferences.plans.actions import correcting as plans
from conferences.plans.actions import correcting_dates as dates
from conferences.plans.choices import CorrectionKind
from conferences.plans.models import Correction
from conferences.plans.queries import open_plans
from conferences.plans.queries.consequences import changes_between, consequences, words_of_plans
from conferences.plans.rules import PLAN_TEXTS
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid
from reports.outgoing.actions.approving import reopen
from reports.outgoing.actions.copies import (
    create_or_update_copies,
    excluded_readers,
    include_wrongly_excluded,
    withhold_wrongly_included,
)
from reports.outgoing.actions.drafting import STEP, due_dates
from reports.outgoing.choices import RecordState
from reports.outgoing.letters.told_again import Reader, readers_told_again
from reports.outgoing.models import Paragraph
from reports.outgoing.queries.copies import record_of
from reports.outgoing.queries.drafting import ORDER, Draft, first_paragraphs


@dataclass
class Made:
    """What a correction did: the correction, the paragraphs that were drafted again, and those among them that somebody
    had edited.
    """

    correction: Correction | None = None
    paragraphs: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a correction would do: ``changes`` (what, was, now), paragraphs, and who is sent a new copy."""

    changes: list[list[str]]
    paragraphs: tuple[str, ...]
    edited: tuple[str, ...]
    readers: list[Reader]


def preview(*, by, conference, correct) -> Preview:
    """What ``correct()`` would change. It is done and undone; nothing is saved or sent. Raises what it raises."""
    with transaction.atomic():
        made = correct()
        record = record_of(conference)
        readers = readers_told_again(record, by.on) if record else []
        transaction.set_rollback(True)
    conference.refresh_from_db()
    return Preview(made.correction.changes, made.paragraphs, made.edited, readers)


def correct_decision(*, by, conference, row, reason, consent="", **given) -> Made:
    """Correct the decision for one child (``row``): outcome, category, consent, reasons, or why a plan ended, and the
    plans, dates and duties that follow. ``given`` is what conferences.plans.actions.correcting.correct_decision takes.
    """
    texts = {name: given[name] for name in PLAN_TEXTS if given.get(name)}
    because = "\n".join((given.get("gap_reasons") or {}).values())
    said = {"child": row.child_id, "outcome": str(given.get("outcome", ""))}
    before = [
        Before("\n".join(getattr(plan, name) for name in texts)) for plan in open_plans(conference.family_id).values()
    ]
    with _correction(
        by, conference, Permission.DECIDE, CorrectionKind.DECISION, reason, consent, texts | {"gap_reason": because},
        before, **said,
    ) as made:  # fmt: skip
        plans.correct_decision(by=by, conference=conference, row=row, consent=consent, **given)
    return made


def correct_plan(*, by, conference, row, reason, lead_social_worker, consent="", **texts) -> Made:
    """Correct the lead and the words of the plan of one child (``row``). What was decided stays."""
    plan = open_plans(conference.family_id).get(row.child_id)
    before = [Before("\n".join(getattr(plan, name) for name in texts))] if plan else []
    with _correction(
        by, conference, Permission.DECIDE, CorrectionKind.PLAN, reason, consent, texts, before, child=row.child_id
    ) as made:
        plans.correct_plan(conference=conference, row=row, lead_social_worker=lead_social_worker, **texts)
    return made


def correct_attendance(*, by, conference, marks, reason, quorum_reason="", consent="", newcomer=None) -> Made:
    """Correct who attended, somebody who came and was not recorded (``newcomer``), and whether it was quorate."""
    texts = {"quorum_reason": quorum_reason}
    with _correction(
        by, conference, Permission.HOLD_CONFERENCE, CorrectionKind.ATTENDANCE, reason, consent, texts
    ) as made:
        attendance.correct_attendance(
            by=by, conference=conference, marks=marks, quorum_reason=quorum_reason, newcomer=newcomer
        )
    return made


def correct_held_on(*, by, conference, starts_at, ends_at, reason, consent="") -> Made:
    """Correct the day and the hours at which the conference was held, and every date that counts from it."""
    with _correction(by, conference, Permission.HOLD_CONFERENCE, CorrectionKind.DATE, reason, consent) as made:
        dates.correct_held_on(by=by, conference=conference, starts_at=starts_at, ends_at=ends_at)
        if record := record_of(conference):
            for name, day in due_dates(conference).items():
                setattr(record, name, day)
            record.save()
    return made


@contextmanager
def _correction(by, conference, permission, kind, reason, consent="", texts=None, before=(), **said):
    """One act for a correction: yields what it did, complete when the block has ended."""
    reason = reason.strip()
    if not reason:
        raise Invalid("Say what was wrong and how you know.", "reason")
    shared = require_permission_to_share(
        by, conference.family_id, Disclosure({"reason": reason} | (texts or {}), before=tuple(before)), consent=consent
    )
    with acting(by, permission, on=conference, reason=reason, correction=str(kind), **said, **shared):
        must_be_held(conference)
        record, was = record_of(conference), _in_words(conference, kind)
        drafted = first_paragraphs(conference) if record else []
        excluded = excluded_readers(conference) if record else set()
        made = Made()
        yield made
        conference = Conference.objects.select_related("family").get(pk=conference.pk)
        changes = changes_between(was, _in_words(conference, kind))
        now = first_paragraphs(conference) if record else []
        if not changes and Counter(now) == Counter(drafted):
            raise Invalid("This is already recorded, so there is nothing to correct.")
        made.correction = Correction.objects.create(
            family_id=conference.family_id, conference=conference, kind=kind, changes=changes, reason=reason,
            by_id=by.id or conference.chair_id,
        )  # fmt: skip
        if record:
            if record.state == RecordState.APPROVED or record.letters_approved_at is not None:
                reopen(by=by, record=record, reason=reason)
            made.paragraphs, made.edited = _draft_again(record, drafted, now)
            create_or_update_copies(record)
            if kind == CorrectionKind.ATTENDANCE:
                include_wrongly_excluded(record)
                withhold_wrongly_included(record, excluded_readers(conference) - excluded)


def _in_words(conference, kind) -> dict[str, str]:
    more = words_of_plans(conference) if kind == CorrectionKind.PLAN else {}
    return more | consequences(conference)


def _draft_again(record, before: list[Draft], now: list[Draft]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bring into the record’s paragraphs what is drafted differently now. Returns the headings of those that changed,
    and of those among them that somebody had edited.
    """
    gone, new = list((Counter(before) - Counter(now)).elements()), list((Counter(now) - Counter(before)).elements())
    changed, edited = [], []
    for old in gone:
        draft = next((one for one in new if _place(one) == _place(old)), None)
        paragraph = _paragraph_of(record, old)
        if draft is not None:
            new.remove(draft)
        changed.append((draft or old).heading)
        if paragraph is not None and paragraph.text != old.text.strip():
            edited.append(paragraph.heading)
        _write(record, paragraph, draft, old)
    for draft in new:
        changed.append(draft.heading)
        _write(record, None, draft)
    return tuple(dict.fromkeys(changed)), tuple(dict.fromkeys(edited))


def _place(draft):
    return draft.part, draft.child, draft.person, draft.heading


def _paragraph_of(record, draft) -> Paragraph | None:
    found = record.paragraphs.filter(part=draft.part, child=draft.child, person=draft.person)
    return found.filter(text=draft.text.strip()).first() or found.filter(heading=draft.heading[:200]).first()


def _readers_now(paragraph, draft, old) -> Readers:
    """Who may read the words of the draft. Where somebody chose other readers than those first drafted (``old``), these
    words are for the readers of both choices only: a correction never shows a paragraph to more people.
    """
    drafted = _drafted_for(draft)
    if paragraph.pk is None or old is None:
        return drafted
    named = [one.invitation for one in paragraph.readers.select_related("invitation")]
    chosen = readers_of(paragraph.audience, named)
    return drafted if chosen == _drafted_for(old) else narrowest([chosen, drafted])


def _drafted_for(draft) -> Readers:
    return readers_of(draft.audience, Invitation.objects.filter(pk__in=draft.named) if draft.named else ())


def _write(record, paragraph, draft, old=None) -> None:
    """Give the paragraph the words of the draft, add one, or delete it if there is no draft."""
    if draft is None:
        if paragraph is not None:
            paragraph.readers.all().delete()
            paragraph.delete()
        return
    paragraph = paragraph or Paragraph(record=record, order=_order(record, draft), version=0)
    readers = _readers_now(paragraph, draft, old)
    paragraph.part, paragraph.heading, paragraph.text = draft.part, draft.heading[:200], draft.text
    paragraph.audience, paragraph.child_id, paragraph.person_id = readers.audience, draft.child, draft.person
    paragraph.included_reason = ""
    paragraph.procedural, paragraph.written_by_id = draft.procedural, draft.written_by
    paragraph.version += 1
    paragraph.save()
    set_named_readers(paragraph, paragraph.readers, readers.named)


def _order(record, draft) -> int:
    """After the last paragraph of its part or of a part before it."""
    before = [one.order for one in record.paragraphs.all() if ORDER[one.part] <= ORDER[draft.part]]
    return max(before, default=STEP)
