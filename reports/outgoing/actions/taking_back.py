"""What happens to a copy of the record or a letter when it is taken back from a wrong reader."""

from cpc.core.documents.actions import withdraw_waiting
from cpc.core.documents.models import Outgoing
from reports.outgoing.models import Copy


def withhold_what_was_taken_back(by, outgoing, reason) -> None:
    """Send its reader no other copy of this kind until the chair includes them again, and withdraw the e-mail that
    announces this one. Call inside the act that takes it back.
    """
    copy = Copy.objects.filter(document=outgoing.document_id).first() if outgoing.document_id else None
    if copy is None:
        return
    copy.withheld_reason = f"Taken back: {reason}"
    copy.save()
    withdraw_waiting(Outgoing.objects.filter(key=f"copy:{copy.pk}:{copy.document_id}"), f"Taken back: {reason}")
