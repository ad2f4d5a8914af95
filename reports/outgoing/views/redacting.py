"""Redact a file: show its pages as pictures, and make a new version without the marked parts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.documents.redacting import CannotRedact, picture
from cpc.core.kernel.refusals import Refusal
from cpc.core.web.guards import page
from reports.incoming.queries.uploads import body_of, is_original
from reports.incoming.views.uploads import file_or_404
from reports.outgoing.actions.versions import CAN_BE_REDACTED, redact_file
from reports.outgoing.forms import versions
from reports.outgoing.views.files import reader_or_404

P = Permission


@page(P.REDACT_REPORT)
def redact(request, pk, reader):
    """Choose what is removed from a file for one family member, page by page, each with its reason."""
    found = file_or_404(request, pk)
    for_whom = reader_or_404(request, found, reader)
    back = reverse("reports:file", args=[found.pk])
    if found.kind not in CAN_BE_REDACTED or not is_original(found):
        messages.info(request, "Only a PDF or a picture, as its author made it, can be redacted.")
        return redirect(back)
    parts = versions.parts_form(request.POST or None, found.pages)
    if request.method == "POST" and "another" in request.POST:
        parts = parts.with_one_more()
    elif request.method == "POST" and parts.is_valid():
        try:
            made = redact_file(by=request.viewer, file=found, reader=for_whom, redacted=versions.redacted_parts(parts))
        except Refusal as refusal:
            if parts.forms:
                parts.forms[0].add_error(None, refusal.sentence)
            else:
                messages.error(request, refusal.sentence)
        else:
            messages.success(request, "The redacted version is made. Read it through before anybody else does.")
            return redirect("reports:file", made.pk)
    context = {
        "file": found, "reader": for_whom, "formset": parts, "empty": parts.empty_form,
        "pages": range(1, found.pages + 1), "back": back,
    }  # fmt: skip
    return render(request, "reports/redact.html", context)


@page(P.REDACT_REPORT)
def page_picture(request, pk, number):
    """One page as a picture, for the person who redacts it."""
    found = file_or_404(request, pk)
    if not request.viewer.may(P.REDACT_REPORT, found) or found.kind not in CAN_BE_REDACTED:
        raise Http404
    try:
        body = picture(body_of(found), number)
    except CannotRedact as refused:
        raise Http404(str(refused)) from None
    response = HttpResponse(body, content_type="image/png")
    response["Content-Disposition"] = 'inline; filename="page.png"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
