"""What happens to a copy of the record or a letter when it is taken back from a wrong reader."""

from cpc.core.documents.actions import withdraw_waiting
from cpc.core.documents.choices import DocumentState
from cpc.core.documents.models import Document, Outgoing
from reports.outgoing.models import Copy
from reports.outgoing.queries.copies import is_issued


def withhold_what_was_taken_back(by, outgoing, reason) -> None:
    """Send its reader no other copy of this kind until the chair includes them again, and withdraw the e-mail that
    announces this one, unless it announces others too. Call inside the act that takes it back.
    """
    copy = _copy_with(outgoing.document_id)
    if copy is None:
        return
    if copy.document_id == outgoing.document_id or not is_issued(copy):
        copy.withheld_reason = f"Taken back: {reason}"
        copy.save()
    others = Copy.objects.filter(invitation=copy.invitation_id, document__state=DocumentState.RELEASED)
    if others.exclude(document=outgoing.document_id).exists():
        return
    withdraw_waiting(Outgoing.objects.filter(key=f"copy:{copy.pk}:{outgoing.document_id}"), f"Taken back: {reason}")


def _copy_with(document_id) -> Copy | None:
    """The copy that has this document, or a correction of it that is on its way to the same reader."""
    while document_id is not None:
        if copy := Copy.objects.select_related("document").filter(document=document_id).first():
            return copy
        document_id = Document.objects.filter(supersedes=document_id).values_list("pk", flat=True).first()
    return None
