"""Pages about the agencies that know the children."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.audit.versions import versions
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.actions import involvement as involvement_actions
from families.people.forms.family import InvolvementForm
from families.people.models import Involvement
from families.people.queries.household import children_of
from families.people.queries.merged_records import records_in_family
from families.people.views.members import status


@page(Permission.RECORD_FAMILY)
def add_involvement(request, pk):
    """An agency that knows one or more of the children."""
    family = get_or_404(Family, request.viewer, pk)
    children = children_of(family)
    form = InvolvementForm(
        request.POST or None, children=children, initial={"from_on": family.opened_on},
        cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    form.other_submits = [("another", "Save and add another agency")]

    def do():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        chosen = {int(each) for each in given.pop("children", ())}
        known = [child for child in children if child.pk in chosen]
        return involvement_actions.record_involvement(by=request.viewer, family=family, children=known, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.cleaned_data['agency']} added")
        return redirect("families:add_involvement" if "another" in request.POST else "families:family", pk)
    return _page(request, form, family, "Add an agency working with the children")


@page(Permission.RECORD_FAMILY)
def change_involvement(request, pk, involvement):
    """The agency, the professional there, and from and to when."""
    family = get_or_404(Family, request.viewer, pk)
    found = Involvement.objects.select_related("child", "agency", "professional")
    involvement = get_object_or_404(found, pk=involvement, child__in=records_in_family(family))

    def now():
        fresh = Involvement.objects.get(pk=involvement.pk)
        answers = {"agency": fresh.agency_id, "professional": fresh.professional_id}
        return answers | {"from_on": fresh.from_on, "to_on": fresh.to_on}, versions(fresh)

    initial, seen = now()
    back = reverse("families:family", args=[pk])
    form = InvolvementForm(request.POST or None, initial=initial | {"seen": seen}, cancel_url=back)

    def do():
        return involvement_actions.change_involvement(
            by=request.viewer, family=family, involvement=involvement, **form.cleaned_data
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:family", pk)
    return _page(request, form, family, f"Change the involvement of {involvement.child.stands_for.full_name}")


def _page(request, form, family, heading):
    looked(request.viewer, children=children_of(family), page=heading.lower()[:60])
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))
