"""The page of one person, and the pages that change one thing about them."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission
from cpc.core.audit.versions import versions
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.numbers import read_id
from families.cases.models import Family
from families.people.actions import names, people
from families.people.actions.names import NAMES
from families.people.actions.people import shown
from families.people.choices import PARENTS, Disability, RelationshipKind
from families.people.forms.person import (
    BirthForm,
    IdentityForm,
    LossForm,
    NameForm,
    NeedsForm,
    NumbersForm,
    OtherNameForm,
    TakeAwayForm,
    WhoForm,
)
from families.people.models import Person, PersonName
from families.people.queries import household as household_queries
from families.people.queries.merged_records import memberships_of, records_in_family
from families.people.queries.person import has_health_visiting, person_page
from families.people.views.members import found, looked_at, status


@page(Permission.READ_FAMILY, methods=("GET",))
def person(request, pk, person):
    """Everything known of one person, but how they may be reached."""
    family, household, member = found(request, pk, person)
    looked_at(request, household, "person")
    viewer = request.viewer
    context = {
        "family": family,
        "member": member,
        "person": member.person,
        "known": person_page(household, member),
        "disabilities": [Disability(code).label for code in member.person.disabilities],
        "may_record": viewer.may(Permission.RECORD_FAMILY, family),
        "may_read_contact": viewer.may(Permission.READ_CONTACT_DETAILS),
        "may_read_looks": viewer.may(Permission.READ_LOOKS),
    }
    return render(request, "families/person.html", context)


@page(Permission.RECORD_FAMILY)
def change_person(request, pk, person):
    """Role in the family, birth, sex, pronouns, death."""
    return _section(request, pk, person, WhoForm, "Details of {}", by_member=True)


@page(Permission.RECORD_FAMILY)
def change_identity(request, pk, person):
    """Ethnicity and religion."""
    return _section(request, pk, person, IdentityForm, "Identity of {}")


@page(Permission.RECORD_FAMILY)
def change_needs(request, pk, person):
    """Disability, language, communication and access."""
    return _section(request, pk, person, NeedsForm, "Language and needs of {}")


@page(Permission.RECORD_FAMILY)
def change_numbers(request, pk, person):
    """The numbers that other services know the person by."""
    return _section(request, pk, person, NumbersForm, "Numbers of {}", by_member=True)


def _section(request, pk, person, kind, heading, by_member=False):
    family, household, member = found(request, pk, person)
    more = {"member": member} if by_member else {}
    asked = [name for name in kind(**more).fields if name != "seen"]

    def now():
        membership = memberships_of(family, person).select_related("family").first()
        fresh = shown(Person.objects.get(pk=person), membership)
        answers = {name: getattr(fresh, name) for name in asked}
        return answers, fresh.version

    initial, seen = now()
    back = reverse("families:person", args=[pk, person])
    form = kind(request.POST or None, initial=initial | {"seen": seen}, cancel_url=back, submit_label="Save", **more)

    def do():
        return people.change_person(by=request.viewer, family=family, person=member.person, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:person", pk, person)
    looked_at(request, household)
    context = {"form": form, "heading": heading.format(member.name), "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_FAMILY)
def change_name(request, pk, person):
    """What a person is called; the name that they had is kept."""
    family, household, member = found(request, pk, person)

    def now():
        fresh = Person.objects.get(pk=person)
        return {name: getattr(fresh, name) for name in NAMES}, versions(fresh)

    initial, seen = now()
    back = reverse("families:person", args=[pk, person])
    form = NameForm(
        request.POST or None, person=member.person, initial=initial | {"seen": seen}, cancel_url=back,
        submit_label="Save",
    )  # fmt: skip

    def do():
        return names.change_name(by=request.viewer, family=family, person=member.person, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect("families:person", pk, person)
    looked_at(request, household)
    context = {"form": form, "heading": f"Change the name of {member.name}", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_FAMILY)
def add_name(request, pk, person):
    """Another name that a person uses or used, or had at birth."""
    family, household, member = found(request, pk, person)
    back = reverse("families:person", args=[pk, person])
    form = OtherNameForm(request.POST or None, cancel_url=back)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: names.add_name(by=request.viewer, family=family, person=member.person, **form.cleaned_data),
        )
    ):
        messages.success(request, f"{form.result} added")
        return redirect("families:person", pk, person)
    looked_at(request, household)
    context = {"form": form, "heading": f"Add another name for {member.name}", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_FAMILY)
def remove_name(request, pk, name):
    """Another name that was recorded by mistake is taken away."""
    family = get_or_404(Family, request.viewer, pk)
    rows = PersonName.objects.filter(person__in=records_in_family(family)).select_related("person")
    row = get_object_or_404(rows, pk=name)
    household = household_queries.household(family, request.viewer)
    back = reverse("families:person", args=[pk, row.person_id])
    sent = request.POST if request.method == "POST" else None  # nothing is asked, so what is sent may be empty
    form = TakeAwayForm(sent, cancel_url=back)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: names.remove_name(by=request.viewer, family=family, name=row))
    ):
        messages.success(request, "The name has been removed")
        return redirect("families:person", pk, row.person_id)
    looked_at(request, household)
    context = {
        "form": form, "heading": f"Remove the name {row}", "back": back,
        "caption": household.member(row.person.stands_for_id).name,
        "lead": "Only remove a name that was recorded by mistake. A name they used to have stays on the record.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_FAMILY)
def birth(request, pk, person):
    """A child who was expected is born."""
    family, household, member = found(request, pk, person)
    back = reverse("families:person", args=[pk, person])
    if not member.person.is_unborn:
        messages.info(request, "The birth is already recorded.")
        return redirect(back)
    parents = [tie.adult for tie in member.ties if tie.kind in PARENTS or tie.parental_responsibility]
    form = BirthForm(
        request.POST or None, parents=[person for person in parents if not person.died_on and not person.is_unknown],
        mothers={tie.adult.pk for tie in member.ties if tie.kind == RelationshipKind.MOTHER},
        born_before=_born_before(household, member, request.viewer.on),
        initial={"last_name": member.person.last_name, "born_on": _day_of_twin(request, household)},
        may_have_visitor=not has_health_visiting(member.person, request.viewer.on), cancel_url=back,
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: people.record_birth(by=request.viewer, family=family, child=member.person, **form.birth()),
        )
    ):
        messages.success(request, f"The birth of {form.result.full_name} is recorded")
        if form.cleaned_data["has_twin"]:
            return redirect(_page_of_twin(family, household, member, form.result))
        return redirect("families:person", pk, person)
    looked_at(request, household)
    context = {
        "form": form, "heading": "Record the birth", "caption": household_queries.called(member.person), "back": back,
        "loss": reverse("families:loss", args=[pk, person]),
    }  # fmt: skip
    return render(request, "families/birth.html", context)


def _day_of_twin(request, household):
    """The birthday of the twin that the address names. The day is in no address, because logs keep addresses."""
    number = read_id(request.GET.get("twin"))
    twin = household.member(number) if number else None
    return twin.person.born_on if twin else None


def _born_before(household, member, on) -> list[Person]:
    """The babies of the same birth who are recorded already: who have the same mother, and were born in this half
    year.
    """
    since, mothers = on - timedelta(days=180), _mothers(member)
    babies = [one for one in household.children if one.person.born_on and one.person.born_on > since]
    return [one.person for one in babies if mothers and _mothers(one) == mothers]


def _page_of_twin(family, household, member, born) -> str:
    """The page of the other baby of the same birth: one that the same mother expected too, or a child to add."""
    for one in household.children:
        if one.person.is_unborn and one.person.pk != born.pk and _mothers(one) == _mothers(member):
            return f"{reverse('families:birth', args=[family.pk, one.person.pk])}?twin={born.pk}"
    return f"{reverse('families:add_child', args=[family.pk])}?twin={born.pk}"


def _mothers(member) -> set[int]:
    return {tie.adult.pk for tie in member.ties if tie.kind == RelationshipKind.MOTHER}


@page(Permission.RECORD_FAMILY)
def loss(request, pk, person):
    """A baby who was expected was stillborn, or has died."""
    family, household, member = found(request, pk, person)
    back = reverse("families:person", args=[pk, person])
    if not member.person.is_unborn:
        messages.info(request, "The birth is already recorded.")
        return redirect(back)
    form = LossForm(request.POST or None, initial={"last_name": member.person.last_name}, cancel_url=back)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form, lambda: people.record_birth(by=request.viewer, family=family, child=member.person, **form.loss())
        )
    ):
        messages.success(request, "Saved. Nothing about this is sent to the family: please speak with them.")
        return redirect(back)
    looked_at(request, household)
    context = {
        "form": form, "heading": "The baby has died", "caption": household_queries.called(member.person), "back": back,
        "lead": "Record only what you know. No one is told automatically. Letters about the baby that have not been "
        "sent are stopped, and no one is asked about the baby again. If there is a child protection plan, the "
        "team manager is asked to end it.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
