"""Pages of what two people are to each other: a relationship, a couple."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.versions import versions
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.actions import relationships
from families.people.actions.relationships import COUPLED
from families.people.forms.relationships import (
    ChangeRelationshipForm,
    EndRelationshipForm,
    PartnershipForm,
    RelationshipForm,
    responsibility_shown,
)
from families.people.models import Partnership, Relationship
from families.people.queries import household as household_queries
from families.people.rules.kin import of_the_child
from families.people.views.members import found, looked_at, status


@page(Permission.RECORD_FAMILY)
def add_relationship(request, pk, person):
    """What one person is to another; the inverse follows by itself."""
    family, household, member = found(request, pk, person)
    others = [other for other in household.members if other.person.pk != person]
    back = reverse("families:person", args=[pk, person])
    form = RelationshipForm(request.POST or None, name=member.name, others=others, cancel_url=back)

    def do():
        other = household.member(int(form.cleaned_data["other"])).person
        is_adult = form.cleaned_data["direction"] == "is"
        adult, child = (member.person, other) if is_adult else (other, member.person)
        return relationships.record_relationship(
            by=request.viewer, family=family, adult=adult, child=child, **form.details()
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect("families:person", pk, person)
    looked_at(request, household)
    context = {"form": form, "heading": f"Add a relative of {member.name}", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_FAMILY)
def change_relationship(request, pk, relationship):
    """The kind, parental responsibility and care, and since when."""
    family, household, row = _relationship(request, pk, relationship)

    def now():
        fresh = Relationship.objects.get(pk=relationship)
        shown = {
            "kind": fresh.kind, "responsibility": responsibility_shown(fresh), "from_on": fresh.from_on,
            "more": ["carer"] if fresh.main_carer else [],
        }  # fmt: skip
        return shown, versions(fresh)

    initial, seen = now()
    back = reverse("families:person", args=[pk, row.child_id])
    form = ChangeRelationshipForm(
        request.POST or None, of_a_child=household.member(row.child_id).is_child, initial=initial | {"seen": seen},
        cancel_url=back, submit_label="Save",
    )  # fmt: skip

    def do():
        return relationships.change_relationship(by=request.viewer, family=family, relationship=row, **form.details())

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    looked_at(request, household)
    context = {"form": form, "heading": _both(household, row), "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_FAMILY)
def end_relationship(request, pk, relationship):
    """A relationship is over, and stays on the record; or it was a mistake."""
    family, household, row = _relationship(request, pk, relationship)
    back = reverse("families:person", args=[pk, row.child_id])
    form = EndRelationshipForm(request.POST or None, cancel_url=back)

    def do():
        given = {"by": request.viewer, "family": family, "relationship": row}
        if form.cleaned_data["why"] == "mistake":
            return relationships.remove_relationship(**given, reason=form.cleaned_data["reason"])
        return relationships.end_relationship(**given, to_on=form.cleaned_data["to_on"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect(back)
    looked_at(request, household)
    context = {
        "form": form, "heading": f"End: {_both(household, row)}", "caption": str(family), "back": back,
        "lead": "The relationship stays on the record. After it ends it gives no parental responsibility or care, so "
        "it leads to no copies or invitations.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_FAMILY)
def add_partnership(request, pk, person):
    """Two adults who are or were a couple."""
    family, household, member = found(request, pk, person)
    if member.is_child:
        raise Http404
    others = [other for other in household.adults if other.person.pk != person]
    back = reverse("families:person", args=[pk, person])
    form = PartnershipForm(request.POST or None, others=others or household.adults, cancel_url=back)

    def do():
        given = form.cleaned_data
        return relationships.record_partnership(
            by=request.viewer, family=family, one=member.person, other=household.member(int(given["other"])).person,
            kind=given["kind"], from_on=given["from_on"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved")
        return redirect(back)
    looked_at(request, household)
    context = {"form": form, "heading": f"Add a partner of {member.name}", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_FAMILY)
def change_partnership(request, pk, partnership):
    """What a couple are to each other, since when and until when."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    row = next((row for row in household.partnerships if row.pk == partnership), None)
    if row is None:
        raise Http404

    def now():
        fresh = Partnership.objects.get(pk=partnership)
        return {name: getattr(fresh, name) for name in COUPLED}, versions(fresh)

    initial, seen = now()
    back = reverse("families:person", args=[pk, row.one_id])
    form = PartnershipForm(request.POST or None, initial=initial | {"seen": seen}, cancel_url=back)

    def do():
        return relationships.change_partnership(by=request.viewer, family=family, partnership=row, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    looked_at(request, household)
    heading = f"{row.one.full_name} and {row.other.full_name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))


def _relationship(request, pk, relationship):
    """The family, who is who, and a relationship among them; a 404 for any other."""
    family = get_or_404(Family, request.viewer, pk)
    household = household_queries.household(family, request.viewer)
    row = next((row for row in household.relationships if row.pk == relationship), None)
    if row is None:
        raise Http404
    return family, household, row


def _both(household, row):
    adult, child = household.member(row.adult_id), household.member(row.child_id)
    return of_the_child(row.kind, child.name, adult.name)
