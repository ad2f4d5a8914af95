"""Pages of homes: who lives where, who lived there before, who moves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.actions import households as households_actions
from families.people.forms.households import HouseholdForm, MoveInForm, MoveOutForm
from families.people.models import Household, HouseholdMember
from families.people.queries import homes as homes_queries
from families.people.queries import household as household_queries
from families.people.views.members import looked_at


@page(Permission.READ_FAMILY, methods=("GET",))
def households(request, pk):
    """Who lives where, and who lived there before."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    looked_at(request, household, "homes")
    homes = homes_queries.homes(family)
    names = {member.person.pk: member.name for member in household.members}
    stays = [stay for home in homes for stay in (*home.now, *home.before)]
    for stay in stays:
        stay.said = names.get(stay.person_id, stay.person.full_name)
    housed = {stay.person_id for home in homes for stay in home.now}
    context = {
        "family": family,
        "homes": homes,
        "elsewhere": [each for each in household.members if each.person.pk not in housed and not each.person.died_on],
        "may_record": request.viewer.may(Permission.RECORD_FAMILY, family),
    }
    return render(request, "families/households.html", context)


@page(Permission.RECORD_FAMILY)
def add_household(request, pk):
    """A further home of the family."""
    family = get_or_404(Family, request.viewer, pk)
    form = HouseholdForm(request.POST or None, cancel_url=reverse("families:households", args=[pk]))

    def do():
        return households_actions.add_household(by=request.viewer, family=family, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved. Now say who lives there.")
        return redirect("families:move_in", pk, form.result.pk)
    return _answer(request, family, form, "Add a home")


@page(Permission.RECORD_FAMILY)
def change_household(request, pk, home):
    """What a home is called, and whether the case is about it."""
    family, row = _home(request, pk, home)
    initial = {"name": row.name, "is_main": row.is_main}
    form = HouseholdForm(request.POST or None, initial=initial, cancel_url=reverse("families:households", args=[pk]))

    def do():
        return households_actions.change_household(by=request.viewer, family=family, household=row, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("families:households", pk)
    return _answer(request, family, form, f"Change {row.name}")


@page(Permission.RECORD_FAMILY)
def move_in(request, pk, home):
    """Who lives in a home since when, and whether they left another for it."""
    family, row = _home(request, pk, home)
    household = household_queries.household(family, request.viewer)
    homes = homes_queries.homes(family)
    there = {stay.person_id for each in homes if each.household.pk == row.pk for stay in each.now}
    members = [member for member in household.members if member.person.pk not in there]
    form = MoveInForm(request.POST or None, members=members, cancel_url=reverse("families:households", args=[pk]))
    if len(homes) < 2:
        form.fields["moves"].required = False
        form.fields["moves"].widget = form.fields["moves"].hidden_widget()

    def do():
        given = form.cleaned_data
        leaving = [each.household for each in homes if each.household.pk != row.pk] if given["moves"] == "yes" else []
        people = [household.member(int(one)).person for one in given["people"]]
        return households_actions.move_in(
            by=request.viewer, family=family, household=row, people=people, from_on=given["from_on"], leaving=leaving
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("families:households", pk)
    looked_at(request, household, "homes")
    return _answer(request, family, form, f"Who lives in {row.name}?", look=False)


@page(Permission.RECORD_FAMILY)
def move_out(request, pk, stay):
    """Somebody left a home; that they lived there stays on the record."""
    family = get_or_404(Family, request.viewer, pk)
    rows = HouseholdMember.objects.filter(household__family=family, to_on__isnull=True)
    row = rows.select_related("household", "person").filter(pk=stay).first()
    if row is None:
        raise Http404
    household = household_queries.household(family, request.viewer)
    form = MoveOutForm(request.POST or None, cancel_url=reverse("families:households", args=[pk]))

    def do():
        return households_actions.move_out(by=request.viewer, family=family, stay=row, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("families:households", pk)
    looked_at(request, household, "homes")
    heading = f"{household.member(row.person.stands_for_id).name} left {row.household.name}"
    return _answer(request, family, form, heading, look=False)


def _home(request, pk, home):
    family = get_or_404(Family, request.viewer, pk)
    row = Household.objects.filter(family=family, pk=home).first()
    if row is None:
        raise Http404
    return family, row


def _answer(request, family, form, heading, look=True):
    if look:
        looked_at(request, household_queries.household(family, request.viewer), "homes")
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context)
