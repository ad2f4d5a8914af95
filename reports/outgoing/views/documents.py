"""The documents: a preview of what a reader will get, and what was issued, for its reader and for staff."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.actions import mark_opened
from cpc.core.documents.choices import Channel, DocumentState
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf, pdf_response
from cpc.core.web.guards import get_or_404, page
from reports.outgoing.actions.releasing import open_copy
from reports.outgoing.actions.shown_copies import hide_if_unsafe
from reports.outgoing.letters import letter_for
from reports.outgoing.models import Copy, CopyChild
from reports.outgoing.queries.checking import CHECK_AGAIN, hidden_documents, must_be_checked_again
from reports.outgoing.queries.copies import own_copies
from reports.outgoing.queries.delivery import delivery_of
from reports.outgoing.queries.facts import facts_of

P = Permission


def _copy(request, pk) -> Copy:
    copies = Copy.objects.select_related("record__conference", "invitation__person", "document")
    return get_or_404(copies.defer("document__body").prefetch_related("children"), request.viewer, pk)


@page(P.DRAFT_RECORD, P.RELEASE_DOCUMENTS, P.CHECK_COPY)
def preview(request, pk):
    """Exactly what this reader will get, made by the code that issues it. A draft is marked as a draft."""
    found = _copy(request, pk)
    looked(request.viewer, children=[one.child_id for one in found.children.all()], page="copy")
    document = found.document
    if document is not None and document.issued_at:
        return pdf_response(document)
    if document is not None and document.state == DocumentState.APPROVED:
        return as_pdf(open_copy(by=request.viewer, copy=found), document.file_name)
    if not found.children.exists():
        raise Http404("This copy covers no child, so there is nothing in it.")
    on = request.viewer.on
    letter = letter_for(facts_of(found.record), found, on=on, delivery=delivery_of(found.invitation, on))
    return as_pdf(render_pdf(letter, draft=True), "draft.pdf")


@page(P.READ_RECORD)
def download(request, pk):
    """The issued bytes of a copy, for its own reader or for staff."""
    found = _copy(request, pk)
    document = found.document
    if document is None or document.state != DocumentState.RELEASED:
        raise Http404("This copy has not been released.")
    if found.invitation.user_id == request.viewer.id:
        hide_if_unsafe(copy=found)
        if must_be_checked_again(found):
            messages.error(request, CHECK_AGAIN)
            return redirect("reports:mine")
        for outgoing in document.outgoing.filter(channel=Channel.PORTAL, opened_at__isnull=True):
            mark_opened(request.viewer, outgoing=outgoing)
    looked(request.viewer, children=[one.child_id for one in found.children.all()], page="copy")
    return pdf_response(document)


@page(P.READ_RECORD)
def mine(request):
    """The records and letters that were released to the viewer."""
    covered = CopyChild.objects.select_related("child").order_by("child__born_on", "pk")
    found = list(own_copies(request.viewer).prefetch_related(Prefetch("children", covered)))
    children = {one.child_id for copy in found for one in copy.children.all()}
    looked(request.viewer, children=sorted(children), page="own copies")
    hidden = hidden_documents([copy.document_id for copy in found])
    return render(request, "reports/mine.html", {"copies": found, "hidden": hidden, "check_again": CHECK_AGAIN})
