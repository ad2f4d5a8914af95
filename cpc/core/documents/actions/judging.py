"""What people say of what was found before something leaves: harmless here, overridden, checked, looked at."""

from collections.abc import Iterable

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.check import Finding, unjudged
from cpc.core.documents.examination import Examination, examine, recipient_of, writers_of
from cpc.core.documents.judged import second_looks_at, whole_reader
from cpc.core.documents.models import Document, FileLook, HarmlessPassage, Override, SecondLook
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.kernel.refusals import Invalid, WrongState

_GONE = "This is no longer in the document. Reload the page to see what is."


def answer(
    by,
    *,
    document: Document,
    finding_key: str,
    reason: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    permission: Permission = Permission.APPROVE_RECORD,
) -> None:
    """``by`` has said why what was found tells this reader nothing; it is remembered for these passages and reader."""
    with acting(by, permission, on=document, reason=reason, finding=finding_key):
        examined = examine(document, protected=protected, known=known)
        finding = _found(examined, finding_key)
        _remember(by, _about(document), recipient_of(document), finding, examined, reason)
        document.answers[finding_key] = {
            "text_hash": examined.text_hash,
            "reason": reason,
            "by_id": by.id,
            "by_name": by.name,
            "at": timezone.now().isoformat(),
        }
        document.save()


def _found(examined: Examination, finding_key: str) -> Finding:
    finding = next((one for one in examined.findings if one.key == finding_key), None)
    if finding is None:
        raise Invalid(_GONE)
    return finding


def _remember(by, about, recipient, finding, examined, reason) -> None:
    if not reason.strip():
        raise Invalid("Say why this tells the reader nothing.", field="reason")
    if finding.stops:
        raise Invalid(f"{finding.reason} cannot be judged harmless. Take it out, or ask a second person to override.")
    for passage in unjudged(finding, frozenset(examined.judged.harmless)):
        HarmlessPassage.objects.create(
            **about, **whole_reader(recipient), finding_key=finding.key, passage_hash=passage.hash,
            found=finding.found[:300], sentence=passage.sentence, reason=reason.strip(), by_id=by.id, by_name=by.name,
            at=timezone.now(),
        )  # fmt: skip


def ask_for_override(
    by,
    *,
    document: Document,
    finding_key: str,
    reason: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    permission: Permission = Permission.APPROVE_RECORD,
) -> Override:
    """A second person is asked whether exactly this text may tell its reader what stops it."""
    if not reason.strip():
        raise Invalid("Say why this reader should have it all the same.", field="reason")
    with acting(by, permission, on=document, reason=reason, finding=finding_key):
        examined = examine(document, protected=protected, known=known)
        finding = _found(examined, finding_key)
        if not finding.stops:
            raise Invalid("This needs no second person. Say why it tells the reader nothing.")
        asked = examined.judged.overrides.get(finding_key)
        if asked is not None and asked.agreed is not False:
            raise WrongState("A second person has been asked already.")
        return Override.objects.create(
            **_about(document), **whole_reader(recipient_of(document)), finding_key=finding_key,
            text_hash=examined.text_hash, found=finding.found[:300], asked_why=reason.strip(), asked_by_id=by.id,
            asked_by_name=by.name, asked_at=timezone.now(),
        )  # fmt: skip


def decide_override(
    by,
    *,
    document: Document,
    override: Override,
    agreed: bool,
    reason: str,
    permission: Permission = Permission.OVERRIDE_RELEASE_CHECK,
) -> None:
    """``by``, a second person, has decided: it holds for exactly this text and this reader, and for nothing else."""
    if not reason.strip():
        raise Invalid("Give your reason. It stands in the record with your name.", field="reason")
    with acting(by, permission, on=document, reason=reason, override=override.pk, agreed=agreed):
        override.refresh_from_db()
        if override.at is not None:
            raise WrongState(f"{override.by_name} has decided this already.")
        if by.id is not None and by.id in writers_of(document) | {override.asked_by_id}:
            raise Invalid("This needs a second person: not who wrote, approved or asked. Ask a colleague to decide it.")
        override.agreed, override.reason = agreed, reason.strip()
        override.by_id, override.by_name, override.at = by.id, by.name, timezone.now()
        override.save()


def open_for_check(
    by,
    *,
    about,
    recipient: Recipient,
    text_hash: str,
    kept: frozenset[str],
    permission: Permission = Permission.CHECK_COPY,
) -> SecondLook:
    """``by`` has exactly this text before them as its reader will have it, while this is ``kept`` from the reader;
    opening it again changes nothing."""
    before = next((one for one in second_looks_at(about, recipient, text_hash, kept) if one.by_id == by.id), None)
    if before is not None:
        return before
    with acting(by, permission, about=about, reader=recipient.name):
        return SecondLook.objects.create(
            **reference_to(about), **whole_reader(recipient), text_hash=text_hash, kept=sorted(kept), by_id=by.id,
            by_name=by.name, opened_at=timezone.now(),
        )  # fmt: skip


def say_checked(
    by,
    *,
    about,
    recipient: Recipient,
    text_hash: str,
    kept: frozenset[str],
    said: str = "",
    not_by: Iterable[int | None] = (),
    permission: Permission = Permission.CHECK_COPY,
) -> SecondLook:
    """``by``, who opened exactly this text and is none of ``not_by``, says that it may go to its reader: until
    something else than what is ``kept`` now is kept from the reader."""
    if by.id is not None and by.id in set(not_by):
        raise Invalid("A second pair of eyes is somebody other than who wrote or approved it. Ask a colleague.")
    with acting(by, permission, about=about, reader=recipient.name, said=said):
        look = next((one for one in second_looks_at(about, recipient, text_hash, kept) if one.by_id == by.id), None)
        if look is None:
            raise Invalid(
                "Open the preview and read it first. If you have, it has changed since, or more is kept from its "
                "reader now: open it again."
            )
        look.checked_at, look.said = look.checked_at or timezone.now(), said.strip()
        look.save()
        return look


def look_at_file(
    by,
    *,
    document: Document,
    said: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    permission: Permission = Permission.CHECK_COPY,
) -> FileLook:
    """``by`` has looked at what no program can read of the file that is carried, for this reader, and says what they
    saw: until something else is kept from the reader."""
    if not said.strip():
        raise Invalid("Say what you looked at, and that it tells this reader nothing.", field="said")
    with acting(by, permission, on=document, reason=said, sha256=document.sha256, reader=document.recipient_name):
        examined = examine(document, protected=protected, known=known)
        if not examined.unreadable:
            raise WrongState("There is nothing left in this file that somebody must look at.")
        before = examined.look.unreadable if examined.look else []
        return FileLook.objects.create(
            **_about(document), **whole_reader(recipient_of(document)), sha256=document.sha256,
            unreadable=[*before, *examined.unreadable], kept=sorted(examined.kept), said=said.strip(), by_id=by.id,
            by_name=by.name, at=timezone.now(),
        )  # fmt: skip


def _about(document: Document) -> dict:
    return {"about_kind": document.about_kind, "about_id": document.about_id}
