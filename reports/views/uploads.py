"""Reports that come as files: uploaded, listed, read about, downloaded; a separate version asked for and sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, is_about, page
from cpc.core.web.uploads import KINDS
from reports import actions
from reports.actions.writing import UNFINISHED
from reports.forms import uploads as forms
from reports.models import UploadedFile, VersionRequest
from reports.permissions import INSIDE, may_write_for
from reports.queries.asked import can_still_write, covered_children, report_of
from reports.queries.uploads import body_of, children_for, children_of, is_original, may_be_shared_with

P = Permission
FILES = ("conference__family", "invitation__agency", "agency", "uploaded_by", "version_of", "made_for__person")


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def upload(request, pk):
    """A report comes as a file, from its author or through an administrator."""
    invitations = Invitation.objects.filter(may_write_for(request.viewer))
    found = invitations.select_related("conference__family", "agency", "user")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    children = covered_children(invitation)
    if not children or not can_still_write(invitation.conference):
        raise Http404("No report can be added for this invitation.")
    on_behalf = invitation.user_id != request.viewer.id
    form = forms.upload_form(children, asks_author=on_behalf)(
        request.POST or None, request.FILES or None, initial={"author": invitation.name}
    )

    def save():
        return actions.upload_file(
            by=request.viewer, invitation=invitation, given=forms.given(form),
            author=form.cleaned_data.get("author", ""), children=map(int, form.cleaned_data["children"]),
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        messages.success(request, "The report is uploaded.")
        return redirect("reports:file", form.result.pk)
    looked(request.viewer, children=children, page="report")
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
    """The file, and that the viewer looked at the children whom it covers is on the trail."""
    found = get_or_404(UploadedFile.objects.select_related(*FILES), request.viewer, pk)
    looked(request.viewer, children=children_of(found), page="report")
    return found


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def file(request, pk):
    """One file: what it is, what could be read in it, who of the family may have it, and what was made of it."""
    found, viewer = file_or_404(request, pk), request.viewer
    judges = viewer.holds(*INSIDE) and viewer.may(P.READ_PROTECTIONS, found.conference.family)
    may_make = judges and is_original(found) and viewer.may(P.REDACT_REPORT, found)
    may_send = Invitation.objects.filter(may_write_for(viewer), pk=found.invitation_id).exists()
    requests = found.requests.filter(answered_with__isnull=True).order_by("pk")
    return render(
        request,
        "reports/file.html",
        {
            "file": found,
            "back": _back(request, found.invitation),
            "children": children_of(found),
            "readers": may_be_shared_with(found) if judges else [],
            "judges": judges,
            "may_make": may_make,
            "may_release": judges and (viewer.can(P.RELEASE_DOCUMENTS) or viewer.can(P.CHECK_COPY)),
            "can_be_redacted": found.kind in actions.CAN_BE_REDACTED and not found.did_not_open,
            "may_read_again": found.did_not_open and viewer.may(P.REDACT_REPORT, found),
            "wanted": [(one, children_for(found, one.reader)) for one in requests] if may_send else [],
            "to_hand_in": may_send and _is_to_be_handed_in(found.invitation),
            "redactions": found.redactions.select_related("by") if viewer.holds(*INSIDE) else [],
            "inside": viewer.holds(*INSIDE),
        },
    )


def _is_to_be_handed_in(invitation) -> bool:
    """Whether nobody has said yet with whom of the family the report was shared: that is asked when it is handed in."""
    report = report_of(invitation)
    return can_still_write(invitation.conference) and (report is None or report.state in UNFINISHED)


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def download_file(request, pk):
    """The file itself, under a name that tells nothing; never shown in the browser, where it could run."""
    found = file_or_404(request, pk)
    response = HttpResponse(body_of(found), content_type=KINDS[found.kind][1])
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(P.REDACT_REPORT, methods=("POST",))
def read_again(request, pk):
    """A file that no program could open is tried once more."""
    found = file_or_404(request, pk)
    actions.read_again(by=request.viewer, file=found)
    if found.did_not_open:
        messages.warning(request, "It could not be opened this time either.")
    else:
        messages.success(request, "It opened this time.")
    return redirect("reports:file", found.pk)


@page(P.REDACT_REPORT)
def ask_version(request, pk, reader):
    """The author is asked for a separate version, for one of the family."""
    found = file_or_404(request, pk)
    for_whom = reader_or_404(request, found, reader)
    form = forms.AskForm(request.POST or None, initial=forms.in_a_week(request.viewer.on))

    def ask():
        data = form.cleaned_data
        return actions.ask_for_version(
            by=request.viewer, file=found, reader=for_whom, why=data["why"], due_on=data["due_on"]
        )

    if request.method == "POST" and form.is_valid() and attempt(form, ask):
        messages.success(request, "The author is asked for a separate version. They see it with their report.")
        return redirect("reports:file", found.pk)
    context = {"form": form, "heading": "Ask for a separate version", "caption": f"For {for_whom.name}"}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:file", args=[found.pk])})


def reader_or_404(request, found, reader) -> Invitation:
    """One of the family who was invited to the conference of the file, where the viewer may make versions of it."""
    if not request.viewer.may(P.REDACT_REPORT, found):
        raise Http404
    invitations = Invitation.objects.filter(conference=found.conference_id, person__isnull=False)
    return get_object_or_404(invitations.select_related("person", "conference"), pk=reader)


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def send_version(request, pk):
    """The separate version that was asked for comes."""
    asked = get_or_404(VersionRequest.objects.select_related("file__invitation", "reader"), request.viewer, pk)
    found = file_or_404(request, asked.file_id)
    if not Invitation.objects.filter(may_write_for(request.viewer), pk=found.invitation_id).exists():
        raise Http404
    form = forms.VersionForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.send_version(by=request.viewer, request=asked, given=forms.given(form)))
    ):
        messages.success(request, "The separate version is uploaded.")
        return redirect("reports:file", form.result.pk)
    names = ", ".join(child.full_name for child in children_for(found, asked.reader))
    context = {
        "form": form,
        "heading": "Upload a separate version",
        "caption": found.author,
        "lead": f"It may write about {names} only. {asked.why}",
        "back": reverse("reports:file", args=[found.pk]),
    }
    return render(request, "layouts/form.html", context)
