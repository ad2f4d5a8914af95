"""Pages of where people live and how they may safely be reached: a right of their own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import Refusal
from cpc.core.web.guards import get_or_404, page
from families import actions, queries
from families.actions.contact import ADDRESS_FIELDS, CONTACT_FIELDS
from families.actions.stale import seen_stamp
from families.forms import AddressForm, ContactForm
from families.models import Address, ContactDetails, Family
from families.views.finding import the_one_shown
from families.views.saving import saved, status

ADDRESS_ANSWERS = ("kind", "care_of", "lines", "postcode", "from_on", "to_on", "is_safe_for_post")


@page(Permission.READ_CONTACT_DETAILS, methods=("GET",))
def contact(request, pk):
    """Everybody's addresses and how each may be reached."""
    viewer = request.viewer
    family = get_or_404(Family, viewer, pk)
    household = queries.household(family, viewer)
    _looked(request, household)
    context = {
        "family": family,
        "people": queries.contact_of(household, viewer),
        "may_record": viewer.may(Permission.RECORD_CONTACT_DETAILS, family),
        "may_read_protections": viewer.may(Permission.READ_PROTECTIONS, family),
    }
    return render(request, "families/contact.html", context)


@page(Permission.RECORD_CONTACT_DETAILS)
def change_contact(request, pk, person):
    """How one person may safely be reached."""
    family, member, household = _found(request, pk, person)

    def now():
        fresh = queries.contact_shown(request.viewer, member.person) or ContactDetails(person=member.person)
        answers = {field: getattr(fresh, field) for field in ("safe_contact", "email", "phone", "note")}
        return answers | {"hand_by": fresh.hand_by_id}, seen_stamp(fresh, CONTACT_FIELDS)

    initial, stamp = now()
    form = ContactForm(
        request.POST or None, family=family, initial=initial | {"seen": stamp},
        cancel_url=reverse("families:contact", args=[pk]),
    )  # fmt: skip

    def do():
        return actions.record_contact(by=request.viewer, family=family, person=member.person, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and saved(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:contact", pk)
    _looked(request, household)
    heading = f"How to reach {member.person.full_name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_CONTACT_DETAILS, methods=("POST",))
def confirm(request, pk, person):
    """Somebody has made sure that this is how the person may be reached."""
    family, member, _ = _found(request, pk, person)
    try:
        actions.confirm_contact(by=request.viewer, family=family, person=member.person)
        messages.success(request, f"Made sure today how {member.person.full_name} is reached")
    except Refusal as refused:
        messages.error(request, refused.sentence)
    return redirect("families:contact", pk)


@page(Permission.RECORD_CONTACT_DETAILS)
def add_address(request, pk, person):
    """An address, for one person or for several who live together."""
    family, member, household = _found(request, pk, person)
    others = [
        each.person for each in household.members
        if each.person.pk != person and not each.person.is_unborn and not each.person.is_unknown
    ]  # fmt: skip
    lived = queries.as_open_families_wrote(request.viewer, member.person.addresses.order_by("pk"))
    left = [address for address in lived if not address.to_on]
    form = AddressForm(
        request.POST or None, others=others, left=left, cancel_url=reverse("families:contact", args=[pk])
    )

    def do():
        given = {
            name: value for name, value in form.cleaned_data.items() if name not in ("seen", "also_for", "leaving")
        }
        also = [other for other in others if str(other.pk) in form.cleaned_data.get("also_for", ())]
        gone = [one for one in left if str(one.pk) in form.cleaned_data.get("leaving", ())]
        return actions.record_address(
            by=request.viewer, family=family, person=member.person, also_for=also, leaving=gone, **given
        )

    if request.method == "POST" and form.is_valid() and saved(form, do, lambda: ({}, "")):
        entry = form.result.protections.live().first()
        if entry and request.viewer.may(Permission.RECORD_PROTECTIONS, family):
            messages.success(request, "Address saved. It is protected. Say from whom it is kept, and why.")
            return redirect("families:change_protection", pk, entry.pk)
        messages.success(request, "Address saved")
        return redirect("families:contact", pk)
    _looked(request, household)
    heading = f"Add an address for {member.person.full_name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_CONTACT_DETAILS)
def change_address(request, pk, address):
    """An address is corrected, or its end recorded."""
    family = get_or_404(Family, request.viewer, pk)
    rows = Address.objects.select_related("person").filter(pk=address, person__in=queries.everyone_in(family))
    address = the_one_shown(request, rows)

    def now():
        fresh = Address.objects.get(pk=address.pk)
        return {field: getattr(fresh, field) for field in ADDRESS_ANSWERS}, seen_stamp(fresh, ADDRESS_FIELDS)

    initial, stamp = now()
    form = AddressForm(
        request.POST or None, initial=initial | {"seen": stamp}, is_new=False,
        cancel_url=reverse("families:contact", args=[pk]),
    )  # fmt: skip

    def do():
        return actions.record_address(
            by=request.viewer, family=family, person=address.person, address=address, **form.cleaned_data
        )

    if request.method == "POST" and form.is_valid() and saved(form, do, now):
        messages.success(request, "Address saved")
        return redirect("families:contact", pk)
    household = queries.household(family, request.viewer)
    _looked(request, household)
    heading = f"Change an address of {household.member(address.person.stands_for_id).name}"
    context = {"form": form, "heading": heading, "caption": str(family), "back": form.cancel_url}
    return render(request, "layouts/form.html", context, status=status(form))


def _looked(request, household):
    children = [each.person for each in household.children]
    looked(request.viewer, children=children, page="contact details")


def _found(request, pk, person):
    family = get_or_404(Family.objects.select_related("team"), request.viewer, pk)
    household = queries.household(family, request.viewer)
    member = household.member(person)
    if member is None:
        raise Http404
    return family, member, household
