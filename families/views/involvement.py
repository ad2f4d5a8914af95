"""Pages of which agencies know the children."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families import actions, queries
from families.actions.involvement import FIELDS
from families.actions.stale import seen_stamp
from families.forms import InvolvementForm
from families.models import Family, Involvement
from families.views.finding import the_one_shown
from families.views.saving import saved, status


@page(Permission.RECORD_FAMILY)
def add_involvement(request, pk):
    """An agency that knows one or more of the children."""
    family = get_or_404(Family, request.viewer, pk)
    children = queries.children_of(family, request.viewer)
    form = InvolvementForm(
        request.POST or None, children=children, initial={"from_on": family.opened_on},
        cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    form.other_submits = [("another", "Save and add another agency")]

    def do():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        chosen = {int(each) for each in given.pop("children", ())}
        known = [child for child in children if child.pk in chosen]
        return actions.record_involvement(by=request.viewer, family=family, children=known, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.cleaned_data['agency']} added")
        return redirect("families:add_involvement" if "another" in request.POST else "families:family", pk)
    return _page(request, form, family, "Add an agency that knows the children")


@page(Permission.RECORD_FAMILY)
def change_involvement(request, pk, involvement):
    """The agency, the professional there, and from and to when."""
    family = get_or_404(Family, request.viewer, pk)
    found = Involvement.objects.select_related("child", "agency", "professional")
    rows = found.filter(pk=involvement, child__in=queries.everyone_in(family))
    involvement = the_one_shown(request, rows, "child_id")

    def now():
        fresh = Involvement.objects.get(pk=involvement.pk)
        answers = {"agency": fresh.agency_id, "professional": fresh.professional_id}
        return answers | {"from_on": fresh.from_on, "to_on": fresh.to_on}, seen_stamp(fresh, FIELDS)

    initial, stamp = now()
    back = reverse("families:family", args=[pk])
    form = InvolvementForm(request.POST or None, initial=initial | {"seen": stamp}, cancel_url=back)

    def do():
        return actions.change_involvement(
            by=request.viewer, family=family, involvement=involvement, **form.cleaned_data
        )

    if request.method == "POST" and form.is_valid() and saved(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:family", pk)
    child = queries.person_shown(request.viewer, involvement.child.stands_for, family)
    return _page(request, form, family, f"Change who knows {child.full_name}")


def _page(request, form, family, heading):
    looked(request.viewer, children=queries.children_of(family, request.viewer), page=heading.lower()[:60])
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))
