"""The chair approves the letters and the record, and opens them again to correct them."""

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.kernel.refusals import Invalid, WrongState
from reports.actions.copies import lay_out_copies
from reports.actions.preparing import prepare_all, take_back_all
from reports.choices import RecordState, WrittenKind
from reports.models import ConferenceRecord
from reports.states import RECORD


def approve_letters(*, by, record: ConferenceRecord) -> None:
    """The chair has approved what the decision letters say; each reader's is ready to be checked and released."""
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference):
        if record.letters_approved_at is not None:
            raise WrongState("The decision letters have been approved already.")
        _approve_letters(by, record)


def _approve_letters(by, record) -> None:
    record.letters_approved_by_id, record.letters_approved_at = by.id or _chair(record), timezone.now()
    record.save()
    lay_out_copies(record)
    prepare_all(by, record, WrittenKind.DECISION_LETTER)


def _chair(record) -> int:
    # Only set-up acts without being anybody: the chair it stands for is the one named.
    return record.conference.chair_id


def approve_record(*, by, record: ConferenceRecord) -> None:
    """The chair has approved the record, and with it the letters where they were not yet."""
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference):
        RECORD.move(record, RecordState.APPROVED)
        record.approved_by_id, record.approved_at = by.id or _chair(record), timezone.now()
        record.correction_reason = ""
        record.save()
        if record.letters_approved_at is None:
            _approve_letters(by, record)
        else:
            lay_out_copies(record)
        prepare_all(by, record, WrittenKind.RECORD)


def reopen(*, by, record: ConferenceRecord, reason: str) -> None:
    """The record and letters can be corrected; what was issued stays until its correction is issued."""
    if not reason.strip():
        raise Invalid("Say what has to be corrected.", field="reason")
    with acting(by, Permission.APPROVE_RECORD, on=record, about=record.conference, reason=reason.strip()):
        if record.state == RecordState.APPROVED:
            RECORD.move(record, RecordState.DRAFT)
        elif record.letters_approved_at is None:
            raise WrongState("Nothing has been approved yet, so everything can be changed as it is.")
        record.approved_by = record.approved_at = None
        record.letters_approved_by = record.letters_approved_at = None
        record.correction_reason = reason.strip()
        record.save()
        take_back_all(by, record, reason.strip())
