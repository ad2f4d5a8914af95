"""Make each copy’s document from its letter and approve it, so that what is issued is what the chair approved."""

from cpc.core.accounts.permissions import Permission
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import DocumentState
from cpc.core.kernel.refusals import Invalid
from reports.outgoing.choices import IN_CORRECTION
from reports.outgoing.letters import letter_for
from reports.outgoing.letters.lacks import lacks_of
from reports.outgoing.models import ConferenceRecord, Copy
from reports.outgoing.queries.copies import approved_for, copies_of, is_issued, says_the_same
from reports.outgoing.queries.delivery import delivery_of, recipient_of
from reports.outgoing.queries.facts import Facts, facts_of
from reports.outgoing.queries.typists import typists_of


def prepare_all(by, record: ConferenceRecord, kinds, reason: str) -> None:
    """Make and approve the documents of all copies of these kinds that are not withheld. Call it inside the chair’s
    act. ``reason`` says why a copy may lack what its reader needs; raises Invalid if one lacks it without a reason."""
    facts = facts_of(record)
    for copy in copies_of(record):
        if copy.kind in kinds and not copy.withheld_reason:
            prepare(by, copy, facts, reason)


def prepare_again(by, copy: Copy, reason: str) -> None:
    """Update the copy’s document after the copy changed, if the chair has approved its kind. Call it inside the chair’s
    act."""
    if copy.withheld_reason:
        _take_back(by, copy, reason)
    elif approved_for(copy.record, copy.kind):
        prepare(by, copy, facts_of(copy.record), reason)


def prepare(by, copy: Copy, facts: Facts, reason: str) -> None:
    """Make and approve a document with the letter’s content. An issued document is superseded if it differs."""
    letter = letter_for(facts, copy, on=by.on, delivery=delivery_of(copy.invitation, by.on))
    old = copy.document if copy.document_id else None
    if is_issued(copy) and says_the_same(old, letter):
        documents.withdraw_pending(old.outgoing.all(), IN_CORRECTION)
        return
    typed_by = typists_of(facts, copy)
    _note_what_it_lacks(copy, lacks_of(facts, copy, letter), reason.strip())
    chair = Permission.APPROVE_RECORD
    if old is not None and old.state in (DocumentState.DRAFTED, DocumentState.APPROVED):
        _take_back(by, copy, "Made again")
        documents.redraft(by, document=old, letter=letter, typed_by=typed_by, permission=chair)
        documents.approve(by, document=old, permission=chair)
        return
    new = documents.draft(
        by,
        letter=letter,
        about=facts.conference,
        recipient=recipient_of(facts, copy),
        supersedes=old if is_issued(copy) else None,
        typed_by=typed_by,
        permission=chair,
    )
    documents.approve(by, document=new, permission=chair)
    copy.document = new
    copy.save()


def _note_what_it_lacks(copy, lacks, reason) -> None:
    now = "\n".join(lack.sentence for lack in lacks)
    if now and now != copy.lacking and not reason:
        raise Invalid(
            f"The copy for {copy.invitation.name} is not complete. {now.replace(chr(10), ' ')} Correct the record, or "
            "say why the copies may be sent as they are.",
            field="reason",
        )
    if now != copy.lacking:
        copy.lacking, copy.lacking_reason = now, reason if now else ""
        copy.save()


def return_all_to_draft(by, record: ConferenceRecord, reason: str) -> None:
    """Return every document that is not issued yet to draft, so that none can be released, and hold back the letters
    that wait for the post. Call it inside the chair’s act."""
    for copy in copies_of(record):
        _take_back(by, copy, reason)
        if is_issued(copy):
            documents.hold_waiting(copy.document.outgoing.all(), IN_CORRECTION)


def _take_back(by, copy, reason) -> None:
    if copy.document_id and copy.document.state == DocumentState.APPROVED:
        documents.return_to_draft(by, document=copy.document, reason=reason, permission=Permission.APPROVE_RECORD)
