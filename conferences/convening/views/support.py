"""What the family needs to take part in a conference: something else added, what was arranged, an advocate offered."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import support as actions
from conferences.convening.choices import SupportKind, SupportState
from conferences.convening.forms.support import AddSupportForm, AdvocateForm, SupportForm
from conferences.convening.models import Conference, Support
from conferences.convening.queries.invitations import included_children
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

WITH_CONFERENCE = Support.objects.select_related("conference__family", "person")


@page(Permission.INVITE)
def add(request, pk):
    """Write down something else that somebody needs."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    form = AddSupportForm(request.POST or None, conference=conference)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.add_support(by=request.viewer, conference=conference, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{form.result} is on the list of what to arrange.")
        return redirect("conferences:invitations", pk)
    return _form(request, form, conference, "Add a support need")


@page(Permission.INVITE)
def record(request, pk):
    """Record who was booked, or why nobody was."""
    one = get_or_404(WITH_CONFERENCE.exclude(kind=SupportKind.ADVOCATE), request.viewer, pk)
    was = {name: getattr(one, name) for name in ("state", "booked_with", "why_not")}
    form = SupportForm(request.POST or None, initial=was if one.state != SupportState.NEEDED else {}, kind=one.kind)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.record_support(by=request.viewer, support=one, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{one}: {one.get_state_display().lower()}.")
        return redirect("conferences:invitations", one.conference_id)
    return _form(request, form, one.conference, str(one), lead=one.what)


@page(Permission.RECORD_TAKING_PART)
def record_advocate(request, pk):
    """Record how far an advocate is arranged: offered, accepted, declined, referred or booked."""
    one = get_or_404(WITH_CONFERENCE.filter(kind=SupportKind.ADVOCATE), request.viewer, pk)
    if not request.viewer.may(Permission.RECORD_TAKING_PART, one.conference):
        raise Http404
    known = {name: getattr(one, name) for name in AdvocateForm.base_fields}
    form = AdvocateForm(request.POST or None, initial=known if one.state != SupportState.NEEDED else {})
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: actions.record_advocate(by=request.viewer, support=one, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{one}: {one.says.lower()}.")
        return redirect(f"{reverse('conferences:taking_part', args=[one.conference_id])}#advocates")
    return _form(request, form, one.conference, str(one), lead=one.what, back="conferences:taking_part")


def _form(request, form, conference, heading, lead="", back="conferences:invitations"):
    looked(request.viewer, children=included_children(conference), page="support to take part")
    context = {
        "form": form, "heading": heading, "caption": str(conference), "lead": lead,
        "back": reverse(back, args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
