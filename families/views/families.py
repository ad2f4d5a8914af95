"""The list of families, a family's page, whose case it is, and who has looked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.audit.looks import looked
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.paging import Pages
from families import actions, queries
from families.actions.family import FIELDS
from families.actions.stale import seen_stamp
from families.forms import FamilyForm
from families.models import Family
from families.queries.genogram import genogram_of
from families.views.saving import saved, status
from families.views.search import families_alike

WHOSE = ((queries.MINE, "My families"), (queries.TEAM, "My team’s"), (queries.ALL, "All I may see"))
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
        whose = _first_choice(viewer) if tabs else queries.ALL
    found = queries.families_seen(viewer, whose=whose)
    shown = Pages(found, 25).get_page(request.GET.get("page"))
    shown.object_list = queries.with_children(viewer, shown.object_list)
    children = {child.pk for each in shown for child in each.shown_children}
    looked(viewer, children=children, page="list of families")
    context = {
        "families": shown, "tabs": tabs, "whose": whose, "may_merge": viewer.may(Permission.MERGE_PEOPLE),
    }  # fmt: skip
    return render(request, "families/list.html", context)


def _first_choice(viewer):
    """Whoever manages a team sees the team's."""
    return queries.TEAM if viewer.teams_run else queries.MINE


@page(Permission.READ_FAMILY, methods=("GET",))
def family(request, pk):
    """Who is who, who knows the children, and what happens next."""
    viewer = request.viewer
    family = get_or_404(Family.objects.select_related("team", "social_worker"), viewer, pk)
    household = queries.household(family, viewer)
    looked(viewer, children=[member.person for member in household.children], page="family")
    may = viewer.may_which(family, *SHOWN_WITH)
    involvements = list(queries.involvements_of([member.person for member in household.children], viewer=viewer))
    now = [row for row in involvements if row.to_on is None or row.to_on >= viewer.on]
    context = {
        "family": family,
        "household": household,
        "picture": genogram_of(household, viewer),
        "agencies": _by_agency(now),
        "past_involvements": [row for row in involvements if row.to_on and row.to_on < viewer.on],
        "may_record": Permission.RECORD_FAMILY in may,
        "may_read_contact": Permission.READ_CONTACT_DETAILS in may,
        "may_read_protections": Permission.READ_PROTECTIONS in may,
        "may_record_protections": Permission.RECORD_PROTECTIONS in may,
        "may_read_looks": viewer.may(Permission.READ_LOOKS),
        "may_read_trail": viewer.may(Permission.READ_TRAIL),
        "interpreters": [person for person in household.people if person.interpreter_needed],
        "nobody_responsible": [
            member.person
            for member in household.children
            if not member.person.is_unborn and not any(tie.parental_responsibility for tie in member.ties)
        ],
    }
    return render(request, "families/family.html", context)


def _by_agency(rows):
    """One line for an agency and its professional, however many of the children they know."""
    lines = {}
    for row in rows:
        lines.setdefault((row.agency_id, row.professional_id), []).append(row)
    return [(rows[0].agency, rows[0].professional, rows) for rows in lines.values()]


@page(Permission.RECORD_FAMILY)
def add(request):
    """A family is recorded; then its children and adults."""
    form = FamilyForm(
        request.POST or None,
        viewer=request.viewer,
        cancel_url=reverse("families:list"),
        initial=_myself(request.viewer),
    )
    if request.method == "POST" and form.is_valid() and (alike := families_alike(request, form)):
        return alike
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _record(request, form), dict):
        messages.success(request, f"{form.result} recorded. Now add the children.")
        return redirect("families:family", form.result.pk)
    return render(
        request,
        "layouts/form.html",
        {
            "form": form,
            "heading": "Record a family",
            "back": reverse("families:list"),
            "lead": "Search first: the family may already be here.",
        },
    )


def _myself(viewer):
    return {"social_worker": viewer.id}


def _record(request, form):
    given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    return actions.record_family(by=request.viewer, **given)


@page(Permission.RECORD_FAMILY)
def change(request, pk):
    """The family's name, case number and who holds the case."""
    family = get_or_404(Family, request.viewer, pk)

    def now():
        fresh = Family.objects.get(pk=pk)
        answers = {field: getattr(fresh, field) for field in ("name", "case_number", "opened_on")}
        return answers | {"team": fresh.team_id, "social_worker": fresh.social_worker_id}, seen_stamp(fresh, FIELDS)

    initial, stamp = now()
    form = FamilyForm(
        request.POST or None, viewer=request.viewer, family=family, initial=initial | {"seen": stamp},
        cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.change_family(by=request.viewer, family=family, **form.cleaned_data), now)
    ):
        messages.success(request, "Saved")
        return redirect("families:family", pk) if can_see(request.viewer, family) else redirect("families:list")
    context = {"form": form, "heading": "Change whose case this is", "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))
