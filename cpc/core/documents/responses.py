"""A document as an HTTP response. The calling app decides beforehand who may read it."""

from django.http import Http404, HttpResponse

from cpc.core.documents.examination import preview
from cpc.core.documents.models import Document


def pdf_response(document: Document, *, draft: bool = False) -> HttpResponse:
    """The issued bytes under their opaque file name; with ``draft``, what would be issued, marked as a draft."""
    if not draft and not document.issued_at:
        raise Http404("This document has not been issued.")
    return as_pdf(preview(document), document.file_name if document.issued_at else "draft.pdf")


def as_pdf(body: bytes, name: str) -> HttpResponse:
    """The bytes of a PDF, shown in the browser and never cached."""
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
