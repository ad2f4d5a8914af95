"""What people say of a copy, of the record or of a file, before it goes: harmless here, overridden by a second person,
looked at, checked by another."""

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.examination import hash_of, preview, recipient_of, writers_of
from cpc.core.documents.models import FileLook, Override
from cpc.core.documents.protected import fingerprints
from cpc.core.kernel.refusals import WrongState
from reports.queries.copies import is_ready
from reports.queries.leaving import Leaving, kept_from_reader


def answer(*, by, copy: Leaving, finding_key: str, reason: str) -> None:
    """``by`` has said why what the check found tells this reader nothing; it holds for these passages and this reader
    alone."""
    permission = _of_those_who_release(by)
    with acting(by, permission, on=copy.held_by, about=copy.conference, reason=reason, copy=copy.pk):
        document, found = _to_judge(copy)
        documents.answer(
            by, document=document, finding_key=finding_key, reason=reason, permission=permission, **found
        )  # fmt: skip


def ask_for_override(*, by, copy: Leaving, finding_key: str, reason: str) -> Override:
    """A second person is asked whether this reader may learn what stops the copy."""
    permission = _of_those_who_release(by)
    with acting(by, permission, on=copy.held_by, about=copy.conference, reason=reason, copy=copy.pk):
        document, found = _to_judge(copy)
        return documents.ask_for_override(
            by, document=document, finding_key=finding_key, reason=reason, permission=permission, **found
        )


def decide_override(*, by, copy: Leaving, override: Override, agreed: bool, reason: str) -> None:
    """A second person, not who wrote, approved, asked or releases, has decided for exactly this copy as it stands."""
    permission = Permission.OVERRIDE_RELEASE_CHECK
    with acting(by, permission, on=copy.held_by, about=copy.conference, reason=reason, copy=copy.pk):
        document, _ = _to_judge(copy)
        documents.decide_override(by, document=document, override=override, agreed=agreed, reason=reason)


def opened(*, by, copy: Leaving) -> bytes:
    """Exactly the bytes that this copy's reader gets; where ``by`` may be its second pair of eyes, that they opened it
    is kept."""
    if by.can(Permission.CHECK_COPY) and by.id not in writers_of(copy.document):
        documents.open_for_check(
            by, about=copy.conference, recipient=recipient_of(copy.document), text_hash=hash_of(copy.document),
            kept=fingerprints(*kept_from_reader(copy)),
        )  # fmt: skip
    return preview(copy.document)


def look_at_file(*, by, copy: Leaving, said: str) -> FileLook:
    """``by`` has looked at what no program can read in the file, for this reader, and says what they saw."""
    permission = Permission.CHECK_COPY
    with acting(by, permission, on=copy.held_by, about=copy.conference, reason=said, copy=copy.pk):
        document, found = _to_judge(copy)
        return documents.look_at_file(by, document=document, said=said, permission=permission, **found)


def say_checked(*, by, copy: Leaving, said: str = "") -> None:
    """``by``, who opened the preview and neither wrote nor approved it, says that this copy may go to its reader."""
    with acting(by, Permission.CHECK_COPY, on=copy.held_by, about=copy.conference, copy=copy.pk):
        document, found = _to_judge(copy)
        documents.say_checked(
            by, about=copy.conference, recipient=recipient_of(document), text_hash=hash_of(document),
            kept=fingerprints(**found), said=said, not_by=writers_of(document),
        )  # fmt: skip


def _of_those_who_release(by) -> Permission:
    return Permission.RELEASE_DOCUMENTS if by.can(Permission.RELEASE_DOCUMENTS) else Permission.APPROVE_RECORD


def _to_judge(copy: Leaving):
    """The copy's document as it stands, and what its reader must not learn; raises WrongState when it is not to go."""
    copy.refresh_from_db()
    if not is_ready(copy):
        raise WrongState("This copy is not waiting to be released, so there is nothing to judge.")
    protected, known = kept_from_reader(copy)
    return copy.document, {"protected": protected, "known": known}
