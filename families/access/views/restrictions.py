"""Pages of who may see a restricted family. They show its case number and nothing that it holds."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.access.actions import restrictions
from families.access.forms import ConfirmConflictForm, DifferenceForm, GiveBackForm, NameForm, RestrictForm, WhyForm
from families.access.queries import access as queries
from families.access.queries.circles import conflicts_to_confirm, differences, not_given_back
from families.cases.models import AccessGrant, Family, FamilyAccess


@page(Permission.RESTRICT_FAMILY, methods=("GET",))
def restricted(request):
    """The restricted families that the viewer manages access to."""
    found = queries.restricted_families(request.viewer, request.viewer.on)
    return render(request, "families/access/restricted.html", {"families": found})


@page(Permission.RESTRICT_FAMILY, methods=("GET",))
def access(request, pk):
    """Who is named for one family, until when, and who named them; what was opened in an emergency."""
    viewer = request.viewer
    found = get_or_404(FamilyAccess.objects.select_related("team", "social_worker"), viewer, pk)
    context = {
        "access": found,
        "found": queries.access_to(found, viewer.on),
        "may_see_family": can_see(viewer, Family(pk=found.pk)),
        "may_review": viewer.can(Permission.REVIEW_EMERGENCY),
        "differs": viewer.can(Permission.SETTLE_DIFFERENCES) and bool(differences(found.pk)),
    }
    return render(request, "families/access/access.html", context)


@page(Permission.RESTRICT_FAMILY)
def restrict(request, pk):
    """A family is restricted, and the first people are named for it."""
    found, back = _found(request, pk)
    initial = {"named": [user.pk for user in (found.social_worker, found.team.manager) if user]}
    form = RestrictForm(
        request.POST or None, who=queries.nearest_to(found), on=request.viewer.on, cancel_url=back,
        initial=initial, cover_ends_on=queries.last_day_of_cover(request.viewer, found),
    )  # fmt: skip

    def do():
        return restrictions.restrict_family(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Only the people named here may see this family now")
        return redirect(back)
    context = {"form": form, "heading": "Restrict this family", "caption": str(found), "back": back}
    context["shared"] = queries.also_in_open_families(found) if can_see(request.viewer, Family(pk=pk)) else ()
    return render(request, "families/access/restrict.html", context)


@page(Permission.RESTRICT_FAMILY)
def lift(request, pk):
    """A family is not restricted any more."""
    found, back = _found(request, pk)
    form = WhyForm(request.POST or None, cancel_url=back, submit_label="Lift the restriction")

    def do():
        return restrictions.lift_restriction(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "This family is no longer restricted")
        return redirect(back)
    return _form(request, form, found, "Lift the restriction")


@page(Permission.RESTRICT_FAMILY)
def name(request, pk):
    """Somebody more is named for a restricted family."""
    found, back = _found(request, pk)
    form = NameForm(
        request.POST or None, who=queries.who_can_be_named(found), on=request.viewer.on, cancel_url=back,
        cover_ends_on=queries.last_day_of_cover(request.viewer, found),
    )  # fmt: skip

    def do():
        return restrictions.name_for(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.result.user} may see this family")
        return redirect(back)
    return _form(request, form, found, "Name someone for this family")


@page(Permission.RESTRICT_FAMILY)
def end(request, pk, grant):
    """Somebody's access is taken back before its time."""
    found, back = _found(request, pk)
    grant = get_or_404(AccessGrant.objects.select_related("user"), request.viewer, grant, family=found.pk)
    form = WhyForm(request.POST or None, cancel_url=back, submit_label="End their access")

    def do():
        return restrictions.end_access(by=request.viewer, access=found, grant=grant, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{grant.user} can no longer see this family")
        return redirect(back)
    return _form(request, form, found, f"End the access of {grant.user}")


@page(Permission.RESTRICT_FAMILY)
def give_back(request, pk):
    """A fact that only a restricted family knows is given back to the open families that share the person."""
    found, back = _found_and_seen(request, pk)
    form = GiveBackForm(request.POST or None, facts=not_given_back(found), cancel_url=back)

    def do():
        return restrictions.give_back(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The open families can now see it")
        return redirect(back)
    return _form(request, form, found, "Share a fact with the open families")


@page(Permission.RESTRICT_FAMILY)
def confirm_conflict(request, pk):
    """A conflict that somebody declared covers this restricted family and the open families beyond it."""
    found, back = _found_and_seen(request, pk)
    form = ConfirmConflictForm(request.POST or None, who=conflicts_to_confirm(found), cancel_url=back)

    def do():
        return restrictions.confirm_conflict(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.cleaned_data['user']} sees none of these families from now on")
        return redirect(back)
    return _form(request, form, found, "Who must not see this family")


@page(Permission.SETTLE_DIFFERENCES)
def settle_difference(request, pk):
    """What a restricted family and the open families record differently about one person is settled for both."""
    found, back = _found_and_seen(request, pk)
    form = DifferenceForm(request.POST or None, differences=differences(pk), cancel_url=back)

    def do():
        return restrictions.settle_difference(by=request.viewer, access=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Both records now say the same")
        return redirect(back)
    return _form(request, form, found, "Resolve differences between two records")


def _found_and_seen(request, pk):
    """The access of a restricted family that the viewer may see too; a 404 for any other."""
    get_or_404(Family, request.viewer, pk, restricted=True)
    return _found(request, pk)


@page(Permission.READ_WORK, methods=("GET",))
def access_ends(request, pk):
    """From the work list: those who manage the access go to its page, its holder goes to the family."""
    grant = get_or_404(AccessGrant, request.viewer, pk)
    if can_see(request.viewer, FamilyAccess(pk=grant.family_id)):
        return redirect("families:access", grant.family_id)
    return redirect("families:family", grant.family_id)


def _found(request, pk):
    found = get_or_404(FamilyAccess.objects.select_related("team__manager", "social_worker"), request.viewer, pk)
    return found, reverse("families:access", args=[pk])


def _form(request, form, found, heading):
    context = {"form": form, "heading": heading, "caption": str(found), "back": form.cancel_url}
    return render(request, "layouts/form.html", context)
