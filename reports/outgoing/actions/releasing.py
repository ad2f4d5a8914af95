"""Check each copy, issue it with its hash, and release it to its one reader."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel, DocumentState
from cpc.core.documents.emails import email
from cpc.core.documents.examination import preview, writers_of
from cpc.core.documents.models import SecondCheck
from cpc.core.documents.protected import fingerprints
from cpc.core.documents.readers import Recipient
from cpc.core.documents.states import DOCUMENT
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import words
from reports.incoming.models import FileCopy
from reports.outgoing.actions.preparing import prepare_again
from reports.outgoing.models import ConferenceRecord, Copy
from reports.outgoing.queries.checking import AnyCopy, has_opened, protected_and_known, read_before
from reports.outgoing.queries.copies import ENDED, copies_of, is_ready
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts_since import has_changed_since_approval
from reports.outgoing.queries.file_copies import why_chair_must_decide, why_never_released
from reports.outgoing.queries.protected import names_of
from reports.outgoing.queries.second_checks import why_second_check
from reports.outgoing.states import COPY, UNMADE, WITHHELD


@dataclass(frozen=True)
class Blocked:
    """A copy that was refused, and why."""

    copy: AnyCopy
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """The copies that were released, and those that were not."""

    released: tuple[AnyCopy, ...]
    blocked: tuple[Blocked, ...]


@contextmanager
def _judgement(by, permission: Permission, copy: AnyCopy, **said):
    """One act for a decision about a copy: yields the copy’s current document, and what its reader must not learn and
    knows. Raises WrongState if the copy is not waiting to be released."""
    with acting(
        by, permission, on=copy.locked_with, about=copy.conference, copy=copy.pk, reader=copy.invitation.name, **said
    ):
        copy.refresh_from_db()
        if not is_ready(copy):
            if copy.document:
                DOCUMENT.must_be(copy.document, DocumentState.APPROVED, to="checked")
            raise WrongState("This copy is not waiting to be released, so there is nothing to judge.")
        protected, known = protected_and_known(copy)
        yield copy.document, {"protected": protected, "known": known, "reading": read_before(copy)}


def _of_those_who_release(by) -> Permission:
    return Permission.RELEASE_DOCUMENTS if by.can(Permission.RELEASE_DOCUMENTS) else Permission.APPROVE_RECORD


def mark_harmless(*, by, copy: AnyCopy, finding_key: str, reason: str) -> None:
    """Record why a finding reveals nothing to this reader. It applies only to these passages and this reader."""
    with _judgement(by, _of_those_who_release(by), copy, reason=reason, finding=finding_key) as (document, found):
        documents.mark_harmless(by, document=document, finding_key=finding_key, reason=reason, **found)


def ask_for_override(*, by, copy: AnyCopy, finding_key: str, reason: str) -> SecondCheck:
    """Ask a second person whether this reader may learn what stops the copy."""
    with _judgement(by, _of_those_who_release(by), copy, reason=reason, finding=finding_key) as (document, found):
        return documents.ask_for_override(by, document=document, finding_key=finding_key, reason=reason, **found)


def decide_override(*, by, copy: AnyCopy, override: SecondCheck, agreed: bool, reason: str) -> None:
    """Record a second person’s decision for exactly this copy. The person who wrote, approved, requested or releases it
    cannot decide."""
    said = {"reason": reason, "override": override.pk, "agreed": agreed}
    with _judgement(by, Permission.OVERRIDE_RELEASE_CHECK, copy, **said) as (document, _):
        documents.decide_override(by, document=document, override=override, agreed=agreed, reason=reason)


def open_copy(*, by, copy: AnyCopy) -> bytes:
    """Exactly the bytes that this copy’s reader gets. If ``by`` may be its second person, record that they opened
    it."""
    withheld = fingerprints(*protected_and_known(copy))
    may_check = by.can(Permission.CHECK_COPY) and by.id not in writers_of(copy.document)
    if may_check and not has_opened(by, copy, withheld):
        with acting(by, Permission.CHECK_COPY, about=copy.conference, copy=copy.pk, reader=copy.invitation.name):
            documents.open_for_check(by, document=copy.document, withheld=withheld)
    return preview(copy.document)


def record_file_check(*, by, copy: AnyCopy, said: str) -> SecondCheck:
    """Record what ``by`` saw in the parts of the file that no program can read, for this reader."""
    sha256 = copy.document.sha256
    with _judgement(by, Permission.CHECK_COPY, copy, reason=said, sha256=sha256) as (document, found):
        return documents.record_file_check(by, document=document, said=said, **found)


def record_check(*, by, copy: AnyCopy, said: str = "") -> None:
    """Record that ``by`` has checked this copy and that it may be released. ``by`` opened the preview, and neither
    wrote nor approved it."""
    with _judgement(by, Permission.CHECK_COPY, copy, said=said) as (document, found):
        withheld = fingerprints(found["protected"], found["known"])
        documents.record_check(by, document=document, withheld=withheld, said=said)


def record_checks(*, by, copies: Iterable[AnyCopy]) -> list[Blocked]:
    """Record that ``by`` has checked these copies, each in its own transaction. Returns those that were refused."""
    blocked = []
    for copy in copies:
        try:
            record_check(by=by, copy=copy)
        except (Invalid, WrongState) as refused:
            blocked.append(Blocked(copy, refused.sentence))
    return blocked


def refresh(*, by, copy: Copy) -> None:
    """Update the copy’s document with what is recorded now and how its reader is reached now.

    Raises Invalid if it would lack something that it did not lack before.
    """
    with acting(by, Permission.APPROVE_RECORD, on=copy.record, about=copy.record.conference, copy=copy.pk):
        copy.refresh_from_db()
        prepare_again(by, copy, "")


def release(*, by, copy: AnyCopy, tells: bool = True) -> None:
    """Check the copy’s bytes, store them with their hash, and send them to the reader. Someone who reads it here is
    told by email, unless they have just been told (``tells``).

    Raises Invalid, naming what was found, if the release check blocks it.
    """
    conference, reader = copy.conference, copy.invitation.name
    what = copy.get_kind_display() if isinstance(copy, Copy) else "Report as a file"
    with acting(
        by,
        Permission.RELEASE_DOCUMENTS,
        on=copy.locked_with,
        about=conference,
        copy=copy.pk,
        reader=reader,
        did=f"{what}, to {reader}",
    ):
        document = _ready(copy)
        delivery = delivery_of(copy.invitation, by.on)
        if list(delivery.lines) != document.recipient_address:
            raise WrongState(
                f"How {copy.invitation.name} is reached has changed since this copy was made ready. "
                f"{_BRING_UP_TO_DATE[type(copy)]}"
            )
        protected, known = protected_and_known(copy)
        documents.issue(
            by, document=document, protected=protected, known=known,
            needs_second_check=why_second_check(copy), reading=read_before(copy),
        )  # fmt: skip
        documents.release(by, document=document, channel=delivery.channel, purpose=copy.kind)
        if delivery.channel == Channel.PORTAL and tells:
            _tell(by, copy, document)


_NOT_YET = {
    Copy: f"The chair has not approved this copy yet. {COPY.way(UNMADE)}",
    FileCopy: "This was recalled. Prepare it again first.",
}
_BRING_UP_TO_DATE = {
    Copy: "Ask the chair to bring it up to date.",
    FileCopy: "Recall it, look at how it goes now, and make it ready again.",
}


def _ready(copy: AnyCopy):
    """The copy’s document, read again under the lock. Raises WrongState if it cannot be released."""
    copy.refresh_from_db()
    person = copy.invitation.person
    if person is not None and person.stands_for.died_on:
        raise WrongState(f"{copy.invitation.name} has died: nothing is sent to them.")
    if copy.invitation.user_id and not copy.invitation.user.is_active:
        raise WrongState(
            f"The account of {copy.invitation.name} is closed. Hand over their invitation to somebody else first."
        )
    if copy.withheld_reason:
        why = f"This copy is not sent to {copy.invitation.name}: {copy.withheld_reason.rstrip('.')}."
        raise WrongState(f"{why} {COPY.way(WITHHELD)}")
    if isinstance(copy, FileCopy) and (
        why := why_never_released(copy.file, copy.invitation) or why_chair_must_decide(copy.file, copy.invitation)
    ):
        raise WrongState(why)
    if copy.document_id is None or copy.document.state == DocumentState.DRAFTED:
        raise WrongState(_NOT_YET[type(copy)])
    if copy.document.state in ENDED:
        raise WrongState(f"This copy for {copy.invitation.name} was recalled.")
    if copy.document.state != DocumentState.APPROVED:
        raise WrongState(f"This copy has already been released to {copy.invitation.name}.")
    if isinstance(copy, Copy) and has_changed_since_approval(copy):
        raise WrongState(
            f"A birth, a death or a new name was recorded since the copy for {copy.invitation.name} was approved. "
            f"{_BRING_UP_TO_DATE[Copy]}"
        )
    return copy.document


def _tell(by, copy, document) -> None:
    user = copy.invitation.user
    text = email(
        "document_to_read", name=user.get_full_name(), service=words("service_name"), phone=words("contact_phone"),
        link=f"{settings.CPC_BASE_URL}{reverse('reports:mine')}",
    )  # fmt: skip
    documents.queue(
        by,
        key=f"copy:{copy.pk}:{document.pk}",
        purpose="copy_to_read",
        channel=Channel.EMAIL,
        recipient=Recipient(kind="user", id=user.pk, name=user.get_full_name()),
        to_address=user.email,
        subject=text.subject,
        body=text.body,
        about=copy.conference,
        must_not_name=names_of(copy.conference.family),
    )


def release_all(*, by, record: ConferenceRecord, kind: str | None = None) -> Outcome:
    """Release every copy that is ready and not blocked by the check, each in its own transaction."""
    ready = [copy for copy in copies_of(record) if is_ready(copy) and kind in (None, copy.kind)]
    return release_each(by=by, copies=ready)


def release_each(*, by, copies: Iterable[AnyCopy]) -> Outcome:
    """Release these copies, each in its own transaction. Those that the check blocks stay, with the reason.
    A reader of several is told once.
    """
    released, blocked, told = [], [], set()
    for copy in copies:
        try:
            release(by=by, copy=copy, tells=copy.invitation_id not in told)
        except (Invalid, WrongState) as refused:
            blocked.append(Blocked(copy, refused.sentence))
        else:
            released.append(copy)
            told.add(copy.invitation_id)
    return Outcome(tuple(released), tuple(blocked))
