"""Nobody sees their own family or a colleague's: declared, listed, settled, ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, few_seen_by
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.access.actions import conflicts as actions
from families.access.forms import ConflictForm, OwnConflictForm, SettleForm, WhyForm
from families.access.queries import access as queries
from families.cases.models import DeclaredConflict, Family, SaidConflict

A_PAGE = 20
DECLARED = "Your manager has been told. If you gave the number of a record, it is closed to you from now on."
UNSEEN = (
    "No family that you may see has this number. If one that you may not see has it, it is closed to {user} as well. "
    "Check the number."
)


@page(Permission.DECLARE_CONFLICT)
def declare(request):
    """Somebody says that they know a family. The answer is the same whether or not there is one."""
    form = OwnConflictForm(request.POST or None, cancel_url=reverse("work:home"))

    def do():
        return actions.declare_own(by=request.viewer, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, DECLARED)
        return redirect("families:declare_conflict")
    context = {
        "form": form,
        "heading": "Declare that you know a family",
        "said": Paginator(queries.own_words(request.viewer), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "families/access/declare.html", context)


@page(Permission.MANAGE_CONFLICTS, methods=("GET",))
def conflicts(request):
    """The conflicts that are in force, and what is still to be settled."""
    viewer = request.viewer
    context = {
        "conflicts": queries.conflicts(viewer),
        "said": queries.said_conflicts(viewer),
        "sees_families": not viewer.holds(Role.SYSTEM_ADMINISTRATOR),
    }
    return render(request, "families/access/conflicts.html", context)


@page(Permission.MANAGE_CONFLICTS)
def declare_for(request):
    """A manager declares for somebody that they know a family."""
    viewer, back = request.viewer, reverse("families:conflicts")
    form = ConflictForm(request.POST or None, who=queries.who_can_declare(), cancel_url=back)

    def do():
        return actions.declare_for(by=viewer, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        _say_what_is_closed(request, form.cleaned_data["user"], form.cleaned_data["whom"])
        return redirect(back)
    context = {"form": form, "heading": "Declare a conflict for someone else", "back": back}
    return render(request, "layouts/form.html", context)


def _say_what_is_closed(request, user, number) -> None:
    """Names the family only where the viewer may see it; of a number with none, asks that it is checked."""
    family = few_seen_by(request.viewer, Family).filter(case_number__iexact=number.strip()).first()
    if family:
        messages.success(request, f"{user} does not see the {family} from now on")
    else:
        messages.warning(request, UNSEEN.format(user=user))


@page(Permission.MANAGE_CONFLICTS)
def settle(request, pk):
    """A manager looks at what somebody said of a family that they know."""
    back = reverse("families:conflicts")
    said = get_or_404(SaidConflict.objects.select_related("user"), request.viewer, pk)
    form = SettleForm(request.POST or None, cancel_url=back)

    def do():
        return actions.settle(by=request.viewer, said=said, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        if number := form.cleaned_data["number"]:
            _say_what_is_closed(request, said.user, number)
        else:
            messages.success(request, f"Settled. Nothing more was closed to {said.user}.")
        return redirect(back)
    context = {"form": form, "said": said, "heading": f"What {said.user} said", "back": back}
    return render(request, "families/access/settle.html", context)


@page(Permission.MANAGE_CONFLICTS)
def end_conflict(request, pk):
    """A conflict is over, with the reason."""
    back = reverse("families:conflicts")
    conflict = get_or_404(DeclaredConflict.objects.select_related("user"), request.viewer, pk)
    form = WhyForm(request.POST or None, cancel_url=back, submit_label="End the conflict")

    def do():
        return actions.end_conflict(by=request.viewer, conflict=conflict, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The conflict is over")
        return redirect(back)
    context = {"form": form, "heading": "End a conflict of interest", "caption": str(conflict.user), "back": back}
    return render(request, "layouts/form.html", context)
