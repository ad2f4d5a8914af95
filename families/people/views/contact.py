"""Pages of where people live and how they may safely be reached: a right of their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.versions import versions
from cpc.core.kernel.refusals import Refusal
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.actions.contact import (
    confirm_contact,
    record_address,
    record_contact,
)
from families.people.forms.contact import AddressForm, ContactForm
from families.people.models import Address, ContactDetails
from families.people.queries import household as household_queries
from families.people.queries.contact import contact_of, contact_shown
from families.people.queries.merged_records import records_in_family
from families.people.views.members import found, looked_at, status

ADDRESS_ANSWERS = ("kind", "care_of", "lines", "postcode", "from_on", "to_on", "is_safe_for_post")


@page(Permission.READ_CONTACT_DETAILS, methods=("GET",))
def contact(request, pk):
    """Everybody's addresses and how each may be reached."""
    viewer = request.viewer
    family = get_or_404(Family, viewer, pk)
    household = household_queries.household(family, viewer)
    looked_at(request, household, page="contact details")
    context = {
        "family": family,
        "people": contact_of(household, viewer),
        "may_record": viewer.may(Permission.RECORD_CONTACT_DETAILS, family),
        "may_read_protections": viewer.may(Permission.READ_PROTECTIONS, family),
    }
    return render(request, "families/contact.html", context)


@page(Permission.RECORD_CONTACT_DETAILS)
def change_contact(request, pk, person):
    """How one person may safely be reached."""
    family, household, member = found(request, pk, person)

    def now():
        fresh = contact_shown(member.person) or ContactDetails(person=member.person)
        answers = {field: getattr(fresh, field) for field in ("safe_contact", "email", "phone", "note")}
        return answers | {"hand_by": fresh.hand_by_id}, versions(fresh)

    initial, seen = now()
    form = ContactForm(
        request.POST or None, family=family, initial=initial | {"seen": seen},
        cancel_url=reverse("families:contact", args=[pk]),
    )  # fmt: skip

    def do():
        return record_contact(by=request.viewer, family=family, person=member.person, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:contact", pk)
    looked_at(request, household, page="contact details")
    heading = f"How to reach {member.person.full_name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_CONTACT_DETAILS, methods=("POST",))
def confirm(request, pk, person):
    """Somebody has made sure that this is how the person may be reached."""
    family, _, member = found(request, pk, person)
    try:
        confirm_contact(by=request.viewer, family=family, person=member.person)
        messages.success(request, f"Contact details confirmed today for {member.person.full_name}")
    except Refusal as refused:
        messages.error(request, refused.sentence)
    return redirect("families:contact", pk)


@page(Permission.RECORD_CONTACT_DETAILS)
def add_address(request, pk, person):
    """An address, for one person or for several who live together."""
    family, household, member = found(request, pk, person)
    others = [
        each.person for each in household.members
        if each.person.pk != person and not each.person.is_unborn and not each.person.is_unknown
    ]  # fmt: skip
    left = [address for address in member.person.addresses.order_by("pk") if not address.to_on]
    form = AddressForm(
        request.POST or None, others=others, left=left, cancel_url=reverse("families:contact", args=[pk])
    )

    def do():
        given = {
            name: value for name, value in form.cleaned_data.items() if name not in ("seen", "also_for", "leaving")
        }
        also = [other for other in others if str(other.pk) in form.cleaned_data.get("also_for", ())]
        gone = [one for one in left if str(one.pk) in form.cleaned_data.get("leaving", ())]
        return record_address(
            by=request.viewer, family=family, person=member.person, also_for=also, leaving=gone, **given
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        entry = form.result.protections.live().first()
        if entry and request.viewer.may(Permission.RECORD_PROTECTIONS, family):
            messages.success(request, "Address saved and protected. Now record who it is withheld from, and why.")
            return redirect("families:change_protection", pk, entry.pk)
        messages.success(request, "Address saved")
        return redirect("families:contact", pk)
    looked_at(request, household, page="contact details")
    heading = f"Add an address for {member.person.full_name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_CONTACT_DETAILS)
def change_address(request, pk, address):
    """An address is corrected, or its end recorded."""
    family = get_or_404(Family, request.viewer, pk)
    rows = Address.objects.select_related("person").filter(person__in=records_in_family(family))
    address = get_object_or_404(rows, pk=address)

    def now():
        fresh = Address.objects.get(pk=address.pk)
        answers = {field: getattr(fresh, field) for field in ADDRESS_ANSWERS} | {"is_abroad": not fresh.postcode}
        return answers, versions(fresh)

    initial, seen = now()
    form = AddressForm(
        request.POST or None, initial=initial | {"seen": seen}, is_new=False,
        cancel_url=reverse("families:contact", args=[pk]),
    )  # fmt: skip

    def do():
        return record_address(
            by=request.viewer, family=family, person=address.person, address=address, **form.cleaned_data
        )

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Address saved")
        return redirect("families:contact", pk)
    household = household_queries.household(family, request.viewer)
    looked_at(request, household, page="contact details")
    heading = f"Change an address of {household.member(address.person.stands_for_id).name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))
