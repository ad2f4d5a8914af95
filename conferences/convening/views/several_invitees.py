"""How several people on the list attend, changed on one page."""

from django.contrib import messages
from django.shortcuts import redirect, render

from conferences.convening.actions.several_invitees import change_modes
from conferences.convening.forms.several_invitees import ModesForm
from conferences.convening.queries.invitations import attend_with_the_others, included_children, invitations_of
from conferences.convening.views.invitations import READ
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

# What the links above the list tick, by the word in the address.
TICKED = {
    "everyone": lambda one: True,
    "family": lambda one: one.person_id,
    "professionals": lambda one: not one.person_id,
}


@page(Permission.INVITE)
def change_several(request, pk):
    """Which people on the list, ticked one by one or all at once, and how they will attend."""
    conference = get_or_404(READ, request.viewer, pk)
    rows = invitations_of(conference)
    together = attend_with_the_others(rows)
    ticked = TICKED.get(request.GET.get("tick", ""), lambda one: False)
    initial = {"people": [str(one.pk) for one in together if ticked(one)]}
    form = ModesForm(request.POST or None, invitations=together, initial=initial)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: change_modes(
        by=request.viewer, conference=conference, invitations=form.chosen(), mode=form.cleaned_data["mode"]
    )):  # fmt: skip
        messages.success(request, _said(form.result))
        return redirect("conferences:invitations", pk)
    looked(request.viewer, children=included_children(conference), page="change several invitations")
    return render(request, "conferences/change_several.html", {
        "form": form, "conference": conference, "together": together,
        "separate": [one for one in rows if one.apart and not one.withdrawn_at],
    })  # fmt: skip


def _said(changed) -> str:
    number = len(changed)
    said = f"{number} {'person' if number == 1 else 'people'} changed."
    if any(one.sent_at for one in changed):
        said += " Some have already been invited. Send the change to tell them."
    return said if changed else "They all attend in this way already. Nothing was changed."
