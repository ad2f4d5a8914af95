"""The family on paper: the genogram by itself, and the sheet for the wall of a conference room."""

from django.shortcuts import render

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.numbers import read_id
from families.cases.models import Family
from families.overview.queries.genogram import genogram_of
from families.overview.queries.whiteboard import sheet_for
from families.people.queries import household as household_queries


@page(Permission.READ_FAMILY, methods=("GET",))
def genogram(request, pk):
    """The genogram on a page of its own, with the same facts as a table: for reading large, and for A3."""
    family = get_or_404(Family.objects.select_related("team", "social_worker"), request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    looked(request.viewer, children=[member.person for member in household.children], page="genogram")
    context = {"family": family, "picture": genogram_of(household, request.viewer), "household": household}
    return render(request, "families/genogram_page.html", context)


@page(Permission.READ_FAMILY, methods=("GET",))
def whiteboard(request, pk):
    """The sheet for the wall: for staff alone, or for a room with those of the family who are chosen."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    looked(request.viewer, children=[member.person for member in household.children], page="whiteboard sheet")
    chosen = set(map(read_id, request.GET.getlist("with")))
    present = tuple(member for member in household.members if member.person.pk in chosen)
    context = {
        "family": family,
        "household": household,
        "present": present,
        "chosen": {member.person.pk for member in present},
        "sheet": sheet_for(household, request.viewer, present),
        "may_come": [
            member for member in household.members if not member.person.is_unborn and not member.person.died_on
        ],
    }
    return render(request, "families/whiteboard.html", context)
