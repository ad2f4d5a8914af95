"""What the print room does with an envelope: print it, then mark it as sent."""

from django.utils import timezone

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.door import acting
from cpc.core.documents.actions.outbox import hold_back, mark_handed, mark_posted
from cpc.core.documents.choices import Channel
from cpc.core.documents.cover_sheet import CoverSheet, Enclosure
from cpc.core.documents.hand_delivery import envelope_lines
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Addressee, render_pdf
from cpc.core.documents.models import Document, MailQueue, Outgoing
from cpc.core.documents.queries import merged
from cpc.core.documents.sending import why_held
from cpc.core.kernel.refusals import WrongState


def hold_blocked_letters(by, *, letters: list[Outgoing]) -> list[Outgoing]:
    """Hold back the letters that may not be sent now, each with its reason. Returns the others.

    Raises WrongState after a restore, until somebody has decided about the letters that were waiting.
    """
    if MailQueue.objects.current().is_restored:
        raise WrongState(
            "Letters are on hold, because the database was restored from a backup. Ask an administrator to decide on "
            "the page “Email and jobs” what happens to those that were waiting."
        )
    may_leave = []
    for one in letters:
        if why_not := why_held(one):
            hold_back(by, outgoing=one, reason=why_not)
        else:
            may_leave.append(one)
    return may_leave


def print_envelope(by, *, letters: list[Outgoing], with_cover: bool) -> bytes:
    """Everything in one envelope as one PDF. The audit trail records who opened it and what was in it. From then on
    its reader may have it, even if it is withdrawn before somebody marks it as gone."""
    first = letters[0]
    documents = list(Document.objects.defer(None).filter(pk__in=[one.document_id for one in letters]).order_by("pk"))
    with acting(by, Permission.SEND_POST, on=first, printed=[document.file_name for document in documents]):
        for one in letters:
            one.may_have_left_at = timezone.now()
            one.save(update_fields=["may_have_left_at"])
        return merged(documents, _cover(by, first, documents) if with_cover else b"")


def mark_envelope_gone(by, *, letters: list[Outgoing]) -> None:
    """Mark every letter of one envelope as posted, or as handed over."""
    mark = mark_posted if letters[0].channel == Channel.PRINT else mark_handed
    with acting(by, Permission.SEND_POST, on=letters[0]):
        for one in letters:
            mark(by, outgoing=one)


def _cover(by, first: Outgoing, documents: list[Document]) -> bytes:
    readers = [one.values.get("addressee", {}) for one in documents]
    in_window = next((reader["on_envelope"] for reader in readers if reader.get("on_envelope")), "")
    return render_pdf(
        CoverSheet(
            letterhead=letterhead(),
            addressee=Addressee(
                name=first.recipient_name, lines=envelope_lines([first])[first.pk], on_envelope=in_window
            ),
            dated_on=by.on,
            channel="by post" if first.channel == Channel.PRINT else "by hand",
            enclosures=tuple(
                Enclosure(title=one.title, reference=one.values.get("reference") or "–", pages=one.pages)
                for one in documents
            ),
        )
    )
