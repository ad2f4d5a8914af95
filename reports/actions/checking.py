"""What people say of a copy before it goes: harmless here, overridden by a second person, checked by another."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.examination import glance, preview, recipient_of, writers_of
from cpc.core.documents.models import Override
from cpc.core.kernel.refusals import WrongState
from reports.models import Copy
from reports.queries.facts import reader_of
from reports.queries.protected import protected_from


def answer(*, by, copy: Copy, finding_key: str, reason: str) -> None:
    """``by`` has said why what the check found tells this reader nothing; it holds for these passages and this reader
    alone."""
    permission = _of_those_who_release(by)
    with acting(by, permission, on=copy.record, about=copy.record.conference, reason=reason, copy=copy.pk):
        document, found = _to_judge(copy)
        documents.answer(
            by, document=document, finding_key=finding_key, reason=reason, permission=permission, **found
        )  # fmt: skip


def ask_for_override(*, by, copy: Copy, finding_key: str, reason: str) -> Override:
    """A second person is asked whether this reader may learn what stops the copy."""
    permission = _of_those_who_release(by)
    with acting(by, permission, on=copy.record, about=copy.record.conference, reason=reason, copy=copy.pk):
        document, found = _to_judge(copy)
        return documents.ask_for_override(
            by, document=document, finding_key=finding_key, reason=reason, permission=permission, **found
        )


def decide_override(*, by, copy: Copy, override: Override, agreed: bool, reason: str) -> None:
    """A second person, not who wrote, approved, asked or releases, has decided for exactly this copy as it stands."""
    permission = Permission.OVERRIDE_RELEASE_CHECK
    with acting(by, permission, on=copy.record, about=copy.record.conference, reason=reason, copy=copy.pk):
        document, _ = _to_judge(copy)
        documents.decide_override(by, document=document, override=override, agreed=agreed, reason=reason)


def opened(*, by, copy: Copy) -> bytes:
    """Exactly the bytes that this copy's reader gets; where ``by`` may be its second pair of eyes, that they opened it
    is kept."""
    text_hash = glance(copy.document, protected=()).text_hash
    if by.can(Permission.CHECK_COPY) and by.id not in writers_of(copy.document):
        documents.open_for_check(
            by, about=copy.record.conference, recipient=recipient_of(copy.document), text_hash=text_hash
        )
    return preview(copy.document)


def say_checked(*, by, copy: Copy, said: str = "") -> None:
    """``by``, who opened the preview and neither wrote nor approved it, says that this copy may go to its reader."""
    with acting(by, Permission.CHECK_COPY, on=copy.record, about=copy.record.conference, copy=copy.pk):
        document, _ = _to_judge(copy)
        documents.say_checked(
            by,
            about=copy.record.conference,
            recipient=recipient_of(document),
            text_hash=glance(document, protected=()).text_hash,
            said=said,
            not_by=writers_of(document),
        )


def _of_those_who_release(by) -> Permission:
    return Permission.RELEASE_DOCUMENTS if by.can(Permission.RELEASE_DOCUMENTS) else Permission.APPROVE_RECORD


def _to_judge(copy: Copy):
    """The copy's document as it stands, and what its reader must not learn; raises WrongState when it is not to go."""
    copy.refresh_from_db()
    if copy.document_id is None or copy.withheld_reason or copy.document.state != DocumentState.APPROVED:
        raise WrongState("This copy is not waiting to be released, so there is nothing to judge.")
    protected, known = protected_from(reader_of(copy), copy.record.conference)
    return copy.document, {"protected": protected, "known": known}
