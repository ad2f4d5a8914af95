"""Pages of the people of a family: added, changed, tied to each other, taken out."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.audit.versions import versions
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.numbers import read_id
from families.cases.models import Family
from families.finding.views.search import families_alike, one_of_these
from families.people.actions import people
from families.people.actions.relationships import record_ties, ties_between
from families.people.forms.family import FamilyForm
from families.people.forms.people import PersonForm, RemoveForm, TiesForm, nearest, ties_given, ties_shown
from families.people.queries import household as household_queries
from families.people.views.families import _myself, _record
from families.people.views.members import found, looked_at, status


@page(Permission.RECORD_FAMILY)
def add_child(request, pk):
    """A child is added, born or not, with what each adult is to them."""
    return _add(request, pk, is_child=True)


@page(Permission.RECORD_FAMILY)
def add_adult(request, pk):
    """An adult is added, with what they are to each child."""
    return _add(request, pk, is_child=False)


def _add(request, pk, *, is_child):
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    others = nearest(None, household.adults if is_child else household.children)
    noun = "child" if is_child else "adult"
    form = PersonForm(
        request.POST or None, is_child=is_child, others=others,
        initial=_twin_of(request, household) or {"last_name": family.name} if is_child else None,
        submit_label=f"Save {noun}", cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    form.other_submits = [("another", f"Save and add another {noun}")]
    if request.method == "POST" and form.is_valid():
        ties = ties_given(form, others)
        if not form.errors and (asked := one_of_these(request, family, form, ties)):
            return asked
        if not form.errors and attempt(
            form, lambda: people.add_person(by=request.viewer, family=family, ties=ties, **form.details())
        ):
            messages.success(request, f"{household_queries.called(form.result)} added")
            again = "families:add_child" if is_child else "families:add_adult"
            return redirect(again if "another" in request.POST else "families:family", pk)
    looked(request.viewer, children=[member.person for member in household.children], page="add a person")
    context = {"form": form, "heading": f"Add {_an(noun)}", "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context)


def _twin_of(request, household) -> dict:
    """What a child has in common with the twin that the address names: the day, the last name, the relatives."""
    number = read_id(request.GET.get("twin"))
    twin = household.member(number) if number else None
    if twin is None or not twin.is_child:
        return {}
    return {"last_name": twin.person.last_name, "born_on": twin.person.born_on} | ties_shown(twin)


def _an(noun):
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


@page(Permission.RECORD_FAMILY)
def ties(request, pk, person):
    """What one person is to each child, or each adult to one child."""
    family, household, member = found(request, pk, person)
    others = nearest(member, household.adults if member.is_child else household.children)

    def now():
        fresh = household_queries.household(family, request.viewer).member(person)
        standing = ties_between(family, fresh.person, fresh.part)
        blank = {f"tie_{other.person.pk}{more}": "" for other in others for more in ("", "_pr")} | {
            f"tie_{other.person.pk}_more": [] for other in others
        }
        return blank | ties_shown(fresh), versions(*standing)

    initial, seen = now()
    form = TiesForm(
        request.POST or None, member=member, others=others, initial=initial | {"seen": seen},
        cancel_url=reverse("families:family", args=[pk]),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = ties_given(form, others)
        if not form.errors and attempt(
            form,
            lambda: record_ties(
                by=request.viewer, family=family, person=member.person, ties=given, seen=form.cleaned_data["seen"]
            ),
            now,
        ):
            messages.success(request, "Saved")
            return redirect("families:family", pk)
    looked_at(request, household)
    name = member.name
    heading = f"Relationships to {name}" if member.is_child else f"{name}’s relationship to each child"
    context = {
        "form": form, "heading": heading, "caption": str(family), "back": form.cancel_url, "others": others,
        "member": member,
    }  # fmt: skip
    return render(request, "families/ties.html", context, status=status(form))


@page(Permission.RECORD_FAMILY)
def remove_person(request, pk, person):
    """Somebody who was added by mistake is taken out."""
    family, household, member = found(request, pk, person)
    form = RemoveForm(request.POST or None, cancel_url=reverse("families:person", args=[pk, person]))
    name = member.person.full_name
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: people.remove_person(by=request.viewer, family=family, person=member.person, **form.cleaned_data),
        )
    ):
        messages.success(request, f"{name} is no longer in this family")
        return redirect("families:family", pk)
    looked_at(request, household)
    lead = "Only remove someone who was added by mistake. What was recorded about them stays in the history."
    context = {
        "form": form, "heading": f"Remove {name} from the family", "caption": str(family), "back": form.cancel_url,
        "lead": lead,
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


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
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _record(request, form)):
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
