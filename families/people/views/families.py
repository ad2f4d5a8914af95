"""The list of families, a family's page, who has its case, and who has looked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, Viewer, can_see
from cpc.core.audit.looks import looked
from cpc.core.audit.versions import versions
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.paging import Pages
from families.cases.models import Family
from families.people.actions.family import change_family, record_family
from families.people.forms.family import FamilyForm
from families.people.queries.lists import ALL, MINE, TEAM, families_seen, with_children
from families.people.views.members import status

WHOSE = ((MINE, "My families"), (TEAM, "My team’s"), (ALL, "All I may see"))
# What the links and buttons of a family's page depend on.
SHOWN_WITH = (
    Permission.RECORD_FAMILY, Permission.READ_CONTACT_DETAILS, Permission.READ_PROTECTIONS,
    Permission.RECORD_PROTECTIONS,
)  # fmt: skip


@page(Permission.READ_FAMILY, methods=("GET",))
def families(request):
    """The families that the viewer may see; what is searched for is on a page of its own."""
    viewer = request.viewer
    tabs = WHOSE if viewer.may(Permission.RECORD_FAMILY) else ()
    whose = request.GET.get("whose", "")
    if whose not in dict(tabs):
        whose = _first_choice(viewer) if tabs else ALL
    found = families_seen(viewer, whose=whose)
    shown = Pages(found, 25).get_page(request.GET.get("page"))
    shown.object_list = with_children(shown.object_list)
    children = {child.pk for each in shown for child in each.shown_children}
    looked(viewer, children=children, page="list of families")
    context = {
        "families": shown, "tabs": tabs, "whose": whose, "may_merge": viewer.may(Permission.MERGE_PEOPLE),
    }  # fmt: skip
    return render(request, "families/list.html", context)


def _first_choice(viewer: Viewer):
    """The list shown first: the team's for those who manage a team, otherwise the viewer's own."""
    return TEAM if viewer.teams_run else MINE


def _myself(viewer: Viewer):
    return {"social_worker": viewer.id}


def _record(request, form):
    given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    return record_family(by=request.viewer, **given)


@page(Permission.RECORD_FAMILY)
def change(request, pk):
    """The family's name, case number and who holds the case."""
    family = get_or_404(Family, request.viewer, pk)

    def now():
        fresh = Family.objects.get(pk=pk)
        answers = {field: getattr(fresh, field) for field in ("name", "case_number", "opened_on")}
        return answers | {"team": fresh.team_id, "social_worker": fresh.social_worker_id}, versions(fresh)

    initial, seen = now()
    form = FamilyForm(
        request.POST or None, viewer=request.viewer, family=family, initial=initial | {"seen": seen},
        cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: change_family(by=request.viewer, family=family, **form.cleaned_data), now)
    ):
        messages.success(request, "Saved")
        return redirect("families:family", pk) if can_see(request.viewer, family) else redirect("families:list")
    context = {"form": form, "heading": "Change the allocation", "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))
