"""Each copy's document is made from its letter and approved with it: what is issued is what the chair approved."""

from cpc.core.accounts.permissions import Permission
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.letters import values
from reports.letters import letter_for
from reports.models import ConferenceRecord, Copy
from reports.queries.copies import approved_for, copies_of, has_gone
from reports.queries.delivery import delivery_of, recipient_of
from reports.queries.facts import Facts, facts_of

# What differs in a letter made on another day though it says the same.
OF_THE_DAY = ("dated_on", "replaces", "corrections_by", "addressee")


def prepare_all(by, record: ConferenceRecord, kind: str) -> None:
    """Inside the chair's act: every copy of this kind that is not withheld has its approved document."""
    facts = facts_of(record)
    for copy in copies_of(record):
        if copy.kind == kind and not copy.withheld_reason:
            prepare(by, copy, facts)


def prepare_again(by, copy: Copy, reason: str) -> None:
    """Inside the chair's act: the copy's document says what the copy now is, where the chair has approved its kind."""
    if copy.withheld_reason:
        _take_back(by, copy, reason)
    elif approved_for(copy.record, copy.kind):
        prepare(by, copy, facts_of(copy.record))


def prepare(by, copy: Copy, facts: Facts) -> None:
    """The copy has an approved document that says what its letter says; one that went is superseded if it differs."""
    letter = letter_for(facts, copy, on=by.on, delivery=delivery_of(copy.invitation, by.on))
    old = copy.document if copy.document_id else None
    if has_gone(copy) and _says_the_same(old, letter):
        return
    chair = Permission.APPROVE_RECORD
    if old is not None and old.state in (DocumentState.DRAFTED, DocumentState.APPROVED):
        _take_back(by, copy, "Made again")
        documents.redraft(by, document=old, letter=letter, permission=chair)
        documents.approve(by, document=old, permission=chair)
        return
    new = documents.draft(
        by,
        letter=letter,
        about=facts.conference,
        recipient=recipient_of(facts, copy),
        supersedes=old if has_gone(copy) else None,
        permission=chair,
    )
    documents.approve(by, document=new, permission=chair)
    copy.document = new
    copy.save()


def take_back_all(by, record: ConferenceRecord, reason: str) -> None:
    """Inside the chair's act: no document that has not gone yet can be released."""
    for copy in copies_of(record):
        _take_back(by, copy, reason)


def _take_back(by, copy, reason) -> None:
    if copy.document_id and copy.document.state == DocumentState.APPROVED:
        documents.return_to_draft(by, document=copy.document, reason=reason, permission=Permission.APPROVE_RECORD)


def _says_the_same(document, letter) -> bool:
    now, then = values(letter), dict(document.values)
    return all(now[name] == then.get(name) for name in now if name not in OF_THE_DAY)
