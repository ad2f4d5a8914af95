"""What people decide about a document before it is sent: harmless passages, overrides, second checks.

Call these inside the caller’s act, so that each decision is one event on the audit trail.
"""

from collections.abc import Iterable

from django.utils import timezone

from cpc.core.documents.check import Finding, unjudged
from cpc.core.documents.choices import CheckKind, CheckState
from cpc.core.documents.examination import (
    Examination,
    examine,
    hash_of,
    opened_by,
    recipient_of,
    writers_of,
)
from cpc.core.documents.models import Document, HarmlessPassage, SecondCheck
from cpc.core.documents.protected import Protected
from cpc.core.documents.readers import Recipient, reference_to
from cpc.core.documents.reading import Reading
from cpc.core.documents.states import SECOND_CHECK
from cpc.core.kernel.refusals import Invalid, WrongState

_GONE = "This is no longer in the document. Reload the page to see what is."


def mark_harmless(
    by,
    *,
    document: Document,
    finding_key: str,
    reason: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    reading: Reading | None = None,
) -> None:
    """Mark the passages of a finding as harmless for this reader, with the reason."""
    examined = examine(document, protected=protected, known=known, reading=reading)
    finding = _found(examined, finding_key)
    if not reason.strip():
        raise Invalid("Say why this tells the reader nothing.", field="reason")
    if finding.stops:
        raise Invalid(f"{finding.reason} cannot be judged harmless. Take it out, or ask a second person to override.")
    _store_harmless(by, finding, frozenset(examined.judged.harmless), reason, _of(document))


def mark_words_harmless(by, *, about, recipient: Recipient, findings: Iterable[Finding], reason: str) -> None:
    """Mark the passages of these findings as harmless for somebody, although they are in no document: the words are on
    a screen."""
    if not reason.strip():
        raise Invalid("Say why this tells them nothing.", field="reason")
    for finding in findings:
        if finding.stops:
            raise Invalid(f"{finding.reason} cannot be judged harmless. Take it out of the words.")
        _store_harmless(by, finding, frozenset(), reason, {**reference_to(about), **_reader_fields(recipient)})


def _store_harmless(by, finding: Finding, judged: frozenset, reason: str, about_whom: dict) -> None:
    for passage in unjudged(finding, judged):
        HarmlessPassage.objects.create(
            **about_whom, finding_key=finding.key, passage_hash=passage.hash, found=finding.found[:300],
            sentence=passage.sentence, reason=reason.strip(), by_id=by.id, by_name=by.name, at=timezone.now(),
        )  # fmt: skip


def ask_for_override(
    by,
    *,
    document: Document,
    finding_key: str,
    reason: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    reading: Reading | None = None,
) -> SecondCheck:
    """Ask a second person whether this reader may learn what stops exactly this text."""
    if not reason.strip():
        raise Invalid("Say why this reader should have it anyway.", field="reason")
    examined = examine(document, protected=protected, known=known, reading=reading)
    finding = _found(examined, finding_key)
    if not finding.stops:
        raise Invalid("This needs no second person. Say why it tells the reader nothing.")
    asked = examined.judged.overrides.get(finding_key)
    if asked is not None and asked.state != CheckState.REFUSED:
        raise WrongState("A second person has already been asked.")
    return SecondCheck.objects.create(
        **_of(document), kind=CheckKind.OVERRIDE, state=CheckState.ASKED, fingerprint=examined.text_hash,
        finding_key=finding_key, found=[finding.found[:300]], asked_why=reason.strip(), asked_by_id=by.id,
        asked_by_name=by.name, started_at=timezone.now(),
    )  # fmt: skip


def decide_override(by, *, document: Document, override: SecondCheck, agreed: bool, reason: str) -> None:
    """Record a second person’s decision. It applies only to exactly this text and this reader."""
    if not reason.strip():
        raise Invalid("Give your reason. This is kept in the record with your name.", field="reason")
    override.refresh_from_db()
    SECOND_CHECK.must_be(override, CheckState.ASKED, to="decided again")
    if by.id is not None and by.id in writers_of(document) | {override.asked_by_id}:
        raise Invalid("This needs a second person: not who wrote, approved, asked or gets it. Ask a colleague.")
    _decide(by, override, CheckState.AGREED if agreed else CheckState.REFUSED, reason)


def open_for_check(by, *, document: Document, withheld: frozenset[str]) -> SecondCheck:
    """Record that ``by`` has opened exactly this document, while everything in ``withheld`` is withheld from its
    reader. Opening it again changes nothing."""
    hashed = hash_of(document)
    return opened_by(by, document, hashed, withheld) or SecondCheck.objects.create(
        **_of(document), kind=CheckKind.COPY, state=CheckState.OPENED, fingerprint=hashed, kept=sorted(withheld),
        started_at=timezone.now(), by_id=by.id, by_name=by.name,
    )  # fmt: skip


def record_check(by, *, document: Document, withheld: frozenset[str], said: str = "") -> SecondCheck:
    """Record that ``by`` has checked exactly this document and that it may be sent. The check lapses when more than
    ``withheld`` is withheld from the reader.

    Raises Invalid if ``by`` made, approved or gets the document, or has not opened it.
    """
    if by.id is not None and by.id in writers_of(document):
        raise Invalid("A second check is made by somebody other than who wrote, approved or gets it. Ask a colleague.")
    check = opened_by(by, document, hash_of(document), withheld)
    if check is None:
        raise Invalid(
            "Open the preview and read it first. If you have, it has changed since, or more is kept from its "
            "reader now: open it again."
        )
    if check.decided_at is None:
        _decide(by, check, CheckState.AGREED, said)
    return check


def record_file_check(
    by,
    *,
    document: Document,
    said: str,
    protected: Iterable[Protected],
    known: Iterable[Protected | str] = (),
    reading: Reading | None = None,
) -> SecondCheck:
    """Record what ``by`` saw in the parts of a file that no program can read, for this reader. It lapses when something
    else is withheld from the reader. Raises Invalid if ``by`` made or prepared the file: another person looks."""
    if by.id is not None and by.id in writers_of(document):
        raise Invalid("Somebody other than the person who made or prepared this file must look. Ask a colleague.")
    if not said.strip():
        raise Invalid("Say what you looked at, and that it tells this reader nothing.", field="said")
    examined = examine(document, protected=protected, known=known, reading=reading)
    if not examined.unreadable:
        raise WrongState("There is nothing left in this file that somebody must look at.")
    before, now = examined.file_check.found if examined.file_check else [], timezone.now()
    return SecondCheck.objects.create(
        **_of(document), kind=CheckKind.FILE, state=CheckState.AGREED, fingerprint=document.sha256,
        kept=sorted(examined.withheld), found=[*before, *examined.unreadable], started_at=now, decided_at=now,
        reason=said.strip(), by_id=by.id, by_name=by.name,
    )  # fmt: skip


def check_list(by, *, about, fingerprint: str) -> SecondCheck:
    """Record that ``by`` has checked the list of people to invite to ``about``, in the version of this ``fingerprint``.
    A second time changes nothing."""
    now = timezone.now()
    check, _ = SecondCheck.objects.get_or_create(
        **reference_to(about), kind=CheckKind.LIST, fingerprint=fingerprint, by_id=by.id,
        defaults={"state": CheckState.AGREED, "by_name": by.name, "started_at": now, "decided_at": now},
    )  # fmt: skip
    return check


def ask_to_be_together(by, *, about, fingerprint: str, who: list[str], reason: str) -> SecondCheck:
    """Record the reason why two people who must not meet are to be together, and ask a second person to agree."""
    if not reason.strip():
        raise Invalid("Say why. This is kept in the record.", field="reason")
    return SecondCheck.objects.create(
        **reference_to(about), kind=CheckKind.TOGETHER, state=CheckState.ASKED, fingerprint=fingerprint, found=who,
        asked_why=reason.strip(), asked_by_id=by.id, asked_by_name=by.name, started_at=timezone.now(),
    )  # fmt: skip


def decide_to_be_together(by, *, check: SecondCheck, agreed: bool, reason: str) -> None:
    """Record a second person’s decision about two people who must not meet."""
    if not reason.strip():
        raise Invalid("Give your reason. This is kept in the record with your name.", field="reason")
    check.refresh_from_db()
    SECOND_CHECK.must_be(check, CheckState.ASKED, to="decided again")
    if by.id is not None and by.id == check.asked_by_id:
        raise Invalid("This needs a second person: not who asked. Ask a colleague to decide it.")
    _decide(by, check, CheckState.AGREED if agreed else CheckState.REFUSED, reason)


def _found(examined: Examination, finding_key: str) -> Finding:
    finding = next((one for one in examined.findings if one.key == finding_key), None)
    if finding is None:
        raise Invalid(_GONE)
    return finding


def _decide(by, check: SecondCheck, state: CheckState, reason: str) -> None:
    SECOND_CHECK.move(check, state)
    check.reason, check.by_id, check.by_name, check.decided_at = reason.strip(), by.id, by.name, timezone.now()
    check.save()


def _of(document: Document) -> dict:
    """The fields of a new check that say which record and which reader it is about."""
    about = {"about_kind": document.about_kind, "about_id": document.about_id}
    return {**about, **_reader_fields(recipient_of(document))}


def _reader_fields(recipient: Recipient) -> dict:
    return {"recipient_kind": recipient.kind, "recipient_id": recipient.id, "recipient_name": recipient.name}


def make_checks_void(document: Document) -> None:
    """Make the second checks of exactly this document for its reader void, so that it is checked again. Call it inside
    an act.
    """
    SecondCheck.objects.filter(**_of(document), kind=CheckKind.COPY, fingerprint=hash_of(document)).update(
        void_since=timezone.now()
    )


def make_void(*, kind: str, ids: Iterable[int]) -> None:
    """Make every check of documents about these records void. Call it inside an act."""
    for model in (HarmlessPassage, SecondCheck):
        model.objects.filter(about_kind=kind, about_id__in=ids).update(void_since=timezone.now())
