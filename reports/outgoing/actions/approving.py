"""The chair approves the letters and the record, and reopens them to correct them."""

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from reports.outgoing.actions.copies import create_or_update_copies
from reports.outgoing.actions.preparing import prepare_all, return_all_to_draft
from reports.outgoing.choices import RecordState, WrittenKind
from reports.outgoing.models import ConferenceRecord
from reports.outgoing.queries.copies import kinds_to_approve
from reports.outgoing.queries.telling import why_not_all_told
from reports.outgoing.states import RECORD


def approve_letters(*, by, record: ConferenceRecord, reason: str = "") -> None:
    """Approve the decision letters, so that each reader’s letter can be checked and released.

    Raises Invalid if a letter lacks what its reader needs and no ``reason`` says why it may be sent as it is.
    """
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference, reason=reason.strip()):
        if record.letters_approved_at is not None:
            raise WrongState("The decision letters have already been approved.")
        _require_telling(record)
        record.letters_approved_by_id, record.letters_approved_at = by.id or _chair(record), timezone.now()
        record.save()
        create_or_update_copies(record)
        prepare_all(by, record, [WrittenKind.DECISION_LETTER], reason)


def _require_telling(record) -> None:
    if sentence := why_not_all_told(record):
        raise Invalid(sentence)


def _chair(record) -> int:
    # Only set-up code has no id: the conference's chair is named instead.
    return record.conference.chair_id


def approve_record(*, by, record: ConferenceRecord, reason: str = "") -> None:
    """Approve the record, and the letters too if they are not approved yet. Raises Invalid as ``approve_letters``
    does."""
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference, reason=reason.strip()):
        RECORD.move(record, RecordState.APPROVED)
        kinds = kinds_to_approve(record)
        record.approved_by_id, record.approved_at = by.id or _chair(record), timezone.now()
        record.correction_reason = ""
        if WrittenKind.DECISION_LETTER in kinds:
            _require_telling(record)
            record.letters_approved_by_id, record.letters_approved_at = record.approved_by_id, record.approved_at
        record.save()
        create_or_update_copies(record)
        prepare_all(by, record, kinds, reason)


def reopen(*, by, record: ConferenceRecord, reason: str) -> None:
    """Reopen the record and letters for correction. What was issued stays until its correction is issued."""
    if not reason.strip():
        raise Invalid("Say what needs to be corrected.", field="reason")
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference, reason=reason.strip()):
        if record.state == RecordState.APPROVED:
            RECORD.move(record, RecordState.DRAFT)
        elif record.letters_approved_at is None:
            raise WrongState(f"Nothing has been approved yet. {RECORD.way(RecordState.DRAFT)}")
        record.approved_by = record.approved_at = None
        record.letters_approved_by = record.letters_approved_at = None
        record.correction_reason = reason.strip()
        record.save()
        return_all_to_draft(by, record, reason.strip())
