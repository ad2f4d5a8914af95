"""The page on which an administrator records what was done to get a report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.models import Invitation
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import is_about, page
from reports.incoming.actions.requests import record_step
from reports.incoming.forms.requests import step_form
from reports.incoming.permissions import may_write_for
from reports.incoming.queries.requested import covered_children

P = Permission


@page(P.ENTER_REPORT)
def step(request, pk):
    """Chase a report, request it again, or record that it is given orally or not at all."""
    found = Invitation.objects.filter(may_write_for(request.viewer), report_asked=True)
    found = found.select_related("conference__family", "agency", "user")
    invitation = is_about(request.viewer, get_object_or_404(found, pk=pk))
    form = step_form(request.viewer.on)(request.POST or None)

    def save():
        return record_step(by=request.viewer, invitation=invitation, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, save):
        messages.success(request, f"Saved what happened with the report of {invitation.name}.")
        return redirect("conferences:conference", invitation.conference_id)
    looked(request.viewer, children=covered_children(invitation), page="requested report")
    context = {
        "form": form,
        "heading": f"The report of {invitation.name}",
        "caption": str(invitation.conference.family),
        "back": reverse("conferences:conference", args=[invitation.conference_id]),
    }
    return render(request, "layouts/form.html", context)
