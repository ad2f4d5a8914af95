"""The page where the service manager names who acts for the chair of a conference."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import acting as actions
from conferences.convening.choices import TAKES_PLACE
from conferences.convening.forms.acting import ActingChairForm
from conferences.convening.models import Conference
from conferences.convening.queries.acting import acting_chair_of, who_can_act
from conferences.convening.states import CONFERENCE
from cpc.core.accounts.permissions import Permission
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page

READ = Conference.objects.select_related("family__team", "chair")


@page(Permission.NAME_ACTING_CHAIR)
def acting_chair(request, pk):
    """Who acts for the chair of this conference, and since when."""
    conference = get_or_404(READ, request.viewer, pk)
    back = reverse("conferences:conference", args=[pk])
    if refused := not_now(request, CONFERENCE, conference, *TAKES_PLACE, to="given an acting chair", back=back):
        return refused
    form = ActingChairForm(request.POST or None, who=who_can_act(conference), cancel_url=back)

    def do():
        return actions.name_acting_chair(by=request.viewer, conference=conference, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.result.user} is now acting chair for {conference.chair}.")
        return redirect(back)
    context = {
        "form": form, "heading": "Name an acting chair", "caption": str(conference), "back": back,
        "conference": conference, "named": acting_chair_of(conference, request.viewer.on),
    }  # fmt: skip
    return render(request, "conferences/acting_chair.html", context)


@page(Permission.NAME_ACTING_CHAIR, methods=("POST",))
def end_acting_chair(request, pk):
    """Nobody acts for the chair any more."""
    conference = get_or_404(READ, request.viewer, pk)
    actions.end_acting_chair(by=request.viewer, conference=conference)
    messages.success(request, f"{conference.chair} chairs this conference.")
    return redirect("conferences:conference", pk)
