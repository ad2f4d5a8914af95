"""Report files: upload and download them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, is_about, page
from cpc.core.web.uploads import KINDS
from reports.incoming.actions import uploads
from reports.incoming.actions.writing import NOT_SUBMITTED
from reports.incoming.forms import uploads as uploads_forms
from reports.incoming.models import UploadedFile
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.requested import can_still_write, covered_children, is_verbal, report_of
from reports.incoming.queries.uploads import body_of, children_of

P = Permission
FILES = ("conference__family", "invitation__agency", "agency", "uploaded_by", "version_of", "made_for__person")


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def upload(request, pk):
    """Upload a report file, as its author or as an administrator."""
    invitations = Invitation.objects.filter(may_write_for(request.viewer))
    found = invitations.select_related("conference__family", "agency", "user")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    children = covered_children(invitation)
    if not children or not can_still_write(invitation.conference):
        raise Http404("No report can be added for this invitation.")
    if is_verbal(invitation):
        messages.warning(request, uploads.ONLY_TOLD)
        return redirect("reports:write", invitation.pk)
    on_behalf = invitation.user_id != request.viewer.id
    form = uploads_forms.upload_form(children, asks_author=on_behalf)(
        request.POST or None, request.FILES or None, initial={"author": invitation.name}
    )

    def save(right_child):
        return uploads.upload_file(
            by=request.viewer, invitation=invitation, upload=uploads_forms.file_upload(form),
            author=form.cleaned_data.get("author", ""), children=map(int, form.cleaned_data["children"]),
            right_child=right_child,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and form.attempt(save):
        messages.success(request, "The report has been uploaded.")
        return redirect("reports:file", form.result.pk)
    asked = "report: asked whether it is about the right child" if "right_child" in form.errors else "report"
    looked(request.viewer, children=children, page=asked)
    context = {
        "form": form,
        "heading": "Upload a report",
        "caption": str(invitation.conference.family) if not on_behalf else f"For {invitation.name}",
        "back": _back(request, invitation),
    }
    return render(request, "layouts/form.html", context)


def _back(request, invitation) -> str:
    if request.viewer.holds(*INSIDE):
        return reverse("conferences:conference", args=[invitation.conference_id])
    return reverse("conferences:invitation", args=[invitation.pk])


def file_or_404(request, pk) -> UploadedFile:
    """The file. The view of the children it covers is on the audit trail."""
    found = get_or_404(UploadedFile.objects.select_related(*FILES), request.viewer, pk)
    looked(request.viewer, children=children_of(found), page="report")
    return found


def _is_to_be_handed_in(invitation) -> bool:
    """Whether nobody has said yet who in the family the report was shared with: submitting the report asks this."""
    report = report_of(invitation)
    return can_still_write(invitation.conference) and (report is None or report.state in NOT_SUBMITTED)


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def download_file(request, pk):
    """The file itself, under a name that reveals nothing. It is never shown in the browser, where it could run."""
    found = file_or_404(request, pk)
    response = HttpResponse(body_of(found), content_type=KINDS[found.kind][1])
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(P.REDACT_REPORT, methods=("POST",))
def read_again(request, pk):
    """Try again to read a file that no program could open."""
    found = file_or_404(request, pk)
    uploads.read_again(by=request.viewer, file=found)
    if found.did_not_open:
        messages.warning(request, "The file still could not be opened.")
    else:
        messages.success(request, "The file has now been opened.")
    return redirect("reports:file", found.pk)
