"""Take back what went to the wrong reader, wherever it lies, and settle the incident."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions.letters import recall
from cpc.core.documents.actions.outbox import withdraw_waiting
from cpc.core.documents.choices import DocumentState, OutgoingState
from cpc.core.documents.models import DataIncident, Outgoing
from cpc.core.documents.queries import never_left, where_it_lies
from cpc.core.documents.states import INCIDENT, NOT_SETTLED
from cpc.core.kernel.refusals import Invalid, WrongState

_after: list[Callable] = []


def after_taking_back(do: Callable):
    """Register ``do(by, outgoing, reason)``, which is called in the act that takes a message back."""
    if do not in _after:
        _after.append(do)
    return do


def take_back(by, *, outgoing: Outgoing, reason: str, asked: str = "") -> DataIncident:
    """Take the message and its document back at once: what waits is not sent or printed, and what is read after signing
    in cannot be opened any more. ``asked`` says what its reader was asked to do, if they have it already.

    Raises Invalid if a reason is missing, or if its reader has it and ``asked`` is.
    """
    reason, asked = reason.strip(), asked.strip()
    with acting(by, Permission.TAKE_BACK, on=outgoing, reason=reason):
        if not reason:
            raise Invalid("Say what went wrong.", field="reason")
        if outgoing.state == OutgoingState.SENDING:
            raise WrongState("It is being sent at this moment. Wait a minute, then take it back.")
        if never_left(outgoing):
            raise WrongState("It was withdrawn before it left, so its reader has nothing of it.")
        lay = where_it_lies(outgoing)
        if lay.reader_has_it and not asked:
            raise Invalid("Its reader has it. Say what they were asked to do with it.", field="asked")
        document = outgoing.document
        if document is not None and document.state in (DocumentState.ISSUED, DocumentState.RELEASED):
            recall(by, document=document, reason=reason, permission=Permission.TAKE_BACK)
        withdraw_waiting(Outgoing.objects.filter(pk=outgoing.pk), f"Taken back: {reason}")
        for do in _after:
            do(by, outgoing, reason)
        try:
            with transaction.atomic():
                return DataIncident.objects.create(
                    outgoing=outgoing, about_kind=outgoing.about_kind, about_id=outgoing.about_id, where_it_lay=lay,
                    reason=reason, asked=asked if lay.reader_has_it else "", taken_back_by_id=by.id,
                    taken_back_by_name=by.name,
                )  # fmt: skip
        except IntegrityError:
            raise WrongState("It has already been taken back.") from None


def settle_incident(by, *, incident: DataIncident, outcome: str) -> None:
    """Record how the incident was settled. Raises NotPermitted for somebody who may not see what went out."""
    outcome = outcome.strip()
    with acting(by, Permission.SETTLE_INCIDENT, on=incident, reason=outcome):
        if not outcome:
            raise Invalid("Say how it was settled.", field="outcome")
        INCIDENT.must_be(incident, NOT_SETTLED, to="settled again")
        incident.outcome, incident.settled_at = outcome, timezone.now()
        incident.settled_by_id, incident.settled_by_name = by.id, by.name
        incident.save()
