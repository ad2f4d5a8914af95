"""Report files on their way to the family: list, view, request and send a separate version."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.models import Invitation
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from reports.incoming.forms import uploads as uploads_forms
from reports.incoming.models import VersionRequest
from reports.incoming.permissions import INSIDE, may_write_for
from reports.incoming.queries.right_child import strangers_in
from reports.incoming.queries.uploads import children_of, is_original, words_of_file
from reports.incoming.views.uploads import P, _back, _is_to_be_handed_in, file_or_404
from reports.outgoing.actions import versions
from reports.outgoing.forms import versions as versions_forms
from reports.outgoing.queries.file_copies import children_for, children_for_each, may_be_shared_with


@page(P.WRITE_REPORT, P.ENTER_REPORT, P.READ_RECORD)
def file(request, pk):
    """One file: what it is, what could be read in it, which family members may have it, and the versions made of it."""
    found, viewer = file_or_404(request, pk), request.viewer
    judges = viewer.holds(*INSIDE) and viewer.may(P.READ_PROTECTIONS, found.conference.family)
    may_make = judges and is_original(found) and viewer.may(P.REDACT_REPORT, found)
    may_send = Invitation.objects.filter(may_write_for(viewer), pk=found.invitation_id).exists()
    open_ones = found.requests.filter(answered_with__isnull=True).select_related("reader").order_by("pk")
    requests = list(open_ones) if may_send else []
    wanted = children_for_each(found, [one.reader for one in requests])
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
            "can_be_redacted": found.kind in versions.CAN_BE_REDACTED and not found.did_not_open,
            "may_read_again": found.did_not_open and viewer.may(P.REDACT_REPORT, found),
            "wanted": [(one, wanted[one.reader_id]) for one in requests],
            "to_hand_in": may_send and _is_to_be_handed_in(found.invitation),
            "redactions": found.redactions.select_related("by") if viewer.holds(*INSIDE) else [],
            "inside": viewer.holds(*INSIDE),
            "strangers": strangers_in(words_of_file(found), found.conference) if viewer.holds(*INSIDE) else [],
        },
    )


@page(P.REDACT_REPORT)
def ask_version(request, pk, reader):
    """Ask the author for a separate version for one family member."""
    found = file_or_404(request, pk)
    for_whom = reader_or_404(request, found, reader)
    form = versions_forms.AskForm(request.POST or None, initial=versions_forms.in_a_week(request.viewer.on))

    def ask():
        data = form.cleaned_data
        return versions.ask_for_version(
            by=request.viewer, file=found, reader=for_whom, why=data["why"], due_on=data["due_on"]
        )

    if request.method == "POST" and form.is_valid() and attempt(form, ask):
        messages.success(
            request, "The author has been asked for a separate version. They will see the request with their report."
        )
        return redirect("reports:file", found.pk)
    context = {"form": form, "heading": "Ask for a separate version", "caption": f"For {for_whom.name}"}
    return render(request, "layouts/form.html", {**context, "back": reverse("reports:file", args=[found.pk])})


def reader_or_404(request, found, reader) -> Invitation:
    """A family member invited to the file’s conference, if the viewer may make versions of the file."""
    if not request.viewer.may(P.REDACT_REPORT, found):
        raise Http404
    invitations = Invitation.objects.filter(conference=found.conference_id, person__isnull=False)
    return get_object_or_404(invitations.select_related("person", "conference"), pk=reader)


@page(P.WRITE_REPORT, P.ENTER_REPORT)
def send_version(request, pk):
    """Upload the requested separate version."""
    asked = get_or_404(VersionRequest.objects.select_related("file__invitation", "reader"), request.viewer, pk)
    found = file_or_404(request, asked.file_id)
    if not Invitation.objects.filter(may_write_for(request.viewer), pk=found.invitation_id).exists():
        raise Http404
    form = versions_forms.VersionForm(request.POST or None, request.FILES or None)

    def send(right_child):
        upload = uploads_forms.file_upload(form)
        return versions.send_version(by=request.viewer, request=asked, upload=upload, right_child=right_child)

    if request.method == "POST" and form.is_valid() and form.attempt(send):
        messages.success(request, "The separate version has been uploaded.")
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
