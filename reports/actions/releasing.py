"""Each copy is checked, issued with its hash, and released to its one reader."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents import actions as documents
from cpc.core.documents.choices import Channel, DocumentState
from cpc.core.documents.readers import Recipient
from cpc.core.kernel.refusals import Invalid, WrongState
from cpc.core.policy.queries import words
from reports.actions.preparing import prepare_again
from reports.models import ConferenceRecord, Copy, FileCopy
from reports.queries.checking import why_second_look
from reports.queries.copies import ENDED, copies_of, is_ready
from reports.queries.delivery import delivery_of
from reports.queries.kept_back import why_it_waits
from reports.queries.leaving import Leaving, kept_from_reader
from reports.queries.protected import names_of
from reports.queries.uploads import why_never


@dataclass(frozen=True)
class Blocked:
    """A copy that was not released, and why."""

    copy: Copy
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """What became of the copies that were to be released."""

    released: tuple[Copy, ...]
    blocked: tuple[Blocked, ...]


def refresh(*, by, copy: Copy) -> None:
    """The chair has looked again: the copy's document says what is recorded now, and how its reader is reached now."""
    with acting(by, Permission.APPROVE_RECORD, on=copy.record, about=copy.record.conference, copy=copy.pk):
        copy.refresh_from_db()
        prepare_again(by, copy, "Brought up to date")


def release(*, by, copy: Leaving) -> None:
    """The copy's bytes, of the record or of a file, are checked, kept with their hash, and on their way to the reader.

    Raises Invalid, naming what was found, when the release check blocks it.
    """
    conference = copy.conference
    with acting(
        by, Permission.RELEASE_DOCUMENTS, on=copy.held_by, about=conference, copy=copy.pk, reader=copy.invitation.name
    ):
        document = _ready(copy)
        delivery = delivery_of(copy.invitation, by.on)
        if list(delivery.lines) != document.recipient_address:
            raise WrongState(
                f"How {copy.invitation.name} is reached has changed since this copy was made ready. "
                f"{_BRING_UP_TO_DATE[type(copy)]}"
            )
        protected, known = kept_from_reader(copy)
        documents.issue(
            by, document=document, protected=protected, known=known,
            needs_second_look=why_second_look(conference),
        )  # fmt: skip
        documents.release(by, document=document, channel=delivery.channel, purpose=copy.kind)
        if delivery.channel == Channel.PORTAL:
            _tell(by, copy, document)


_NOT_YET = {
    Copy: "The chair has not approved this copy yet.",
    FileCopy: "This was taken back. Make it ready again first.",
}
_BRING_UP_TO_DATE = {
    Copy: "Ask the chair to bring it up to date.",
    FileCopy: "Take it back, look at how it goes now, and make it ready again.",
}


def _ready(copy: Leaving):
    """The copy's document, read afresh under the lock; raises WrongState when it cannot be released."""
    copy.refresh_from_db()
    person = copy.invitation.person
    if person is not None and person.stands_for.died_on:
        raise WrongState(f"{copy.invitation.name} has died: nothing is sent to them.")
    if copy.withheld_reason:
        raise WrongState(f"This copy is not sent to {copy.invitation.name}: {copy.withheld_reason}")
    if isinstance(copy, FileCopy) and (
        why := why_never(copy.file, copy.invitation) or why_it_waits(copy.file, copy.invitation)
    ):
        raise WrongState(why)
    if copy.document_id is None or copy.document.state == DocumentState.DRAFTED:
        raise WrongState(_NOT_YET[type(copy)])
    if copy.document.state in ENDED:
        raise WrongState(f"This copy for {copy.invitation.name} was taken back.")
    if copy.document.state != DocumentState.APPROVED:
        raise WrongState(f"This copy has been released to {copy.invitation.name} already.")
    return copy.document


def _tell(by, copy, document) -> None:
    user, service = copy.invitation.user, words("service_name")
    documents.queue(
        by,
        key=f"copy:{copy.pk}:{document.pk}",
        purpose="copy_to_read",
        channel=Channel.EMAIL,
        recipient=Recipient(kind="user", id=user.pk, name=user.get_full_name()),
        to_address=user.email,
        subject=f"{service}: a document for you to read",
        body=(
            f"Dear {user.get_full_name()}\n\n"
            "There is a document for you to read. For everybody’s safety it is not sent by email.\n\n"
            f"Sign in to read it: {settings.CPC_BASE_URL}{reverse('reports:mine')}\n\n"
            f"{service}\n{words('contact_phone')}\n"
        ),
        about=copy.conference,
        must_not_name=names_of(copy.conference.family),
    )


def release_all(*, by, record: ConferenceRecord, kind: str | None = None) -> Outcome:
    """Every copy that is ready and not blocked by the check has been released, each in its own transaction."""
    released, blocked = [], []
    for copy in copies_of(record):
        if not is_ready(copy) or (kind and copy.kind != kind):
            continue
        try:
            release(by=by, copy=copy)
        except (Invalid, WrongState) as refused:
            blocked.append(Blocked(copy, refused.sentence))
        else:
            released.append(copy)
    return Outcome(tuple(released), tuple(blocked))
