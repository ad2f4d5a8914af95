"""Duty and cover for a team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.models import TeamCover
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.access.actions import cover as actions
from families.access.forms import AwayForm, CoverForm
from families.access.queries import cover as queries

A_PAGE = 50


@page(Permission.ARRANGE_COVER, methods=("GET",))
def covers(request):
    """Who works for the viewer's teams for a time."""
    live, over = queries.covers(request.viewer, request.viewer.on)
    over = Paginator(over, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "families/access/covers.html", {"live": live, "over": over})


@page(Permission.ARRANGE_COVER)
def give(request):
    """Somebody works for a team from a day until a day."""
    viewer, back = request.viewer, reverse("families:covers")
    form = CoverForm(
        request.POST or None, who=queries.who_can_cover(viewer), teams=queries.teams_to_cover(viewer), on=viewer.on,
        most=setting("cover_days"), cancel_url=back,
    )  # fmt: skip

    def do():
        return actions.give_cover(by=viewer, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"{form.result.user} works for {form.result.team}")
        return redirect(back)
    context = {"form": form, "heading": "Duty or cover for a team", "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.ARRANGE_COVER, methods=("POST",))
def end(request, pk):
    """It is over before its time."""
    cover = get_or_404(TeamCover.objects.select_related("user", "team"), request.viewer, pk)
    actions.end_cover(by=request.viewer, cover=cover)
    messages.success(request, f"{cover.user} no longer works for {cover.team}")
    return redirect("families:covers")


@page(Permission.NAME_COVER)
def away(request):
    """Who covers for the viewer, or for the people they manage, while they are away; and who the viewer covers for."""
    viewer, back = request.viewer, reverse("families:away")
    people = queries.people_who_may_be_away(viewer).select_related("team", "agency")
    manager_decides = not viewer.can(Permission.NAME_ACTING_CHAIR) and all(map(queries.is_chair, people))
    form = AwayForm(
        request.POST or None, initial={"absent": viewer.id}, away=people, who=queries.who_could_cover(people),
        on=viewer.on, names_cover=not manager_decides, cancel_url=reverse("work:home"),
    )  # fmt: skip

    def do():
        return actions.name_cover(by=viewer, **form.absence)

    is_valid = request.method == "POST" and form.is_valid()
    to_confirm = is_valid and queries.is_chair(form.absence["absent"]) and form.ask_to_confirm()
    if is_valid and not to_confirm and attempt(form, do):
        made = form.result
        days = f"from {in_words(made.from_on)} to {in_words(made.until_on)}"
        said = f"{made.user} covers for {made.absent}" if made.user else f"{made.absent}’s absence is recorded"
        messages.success(request, f"{said}, {days}")
        return redirect(back)
    context = {"form": form, "heading": "Absence and cover", "back": form.cancel_url}
    context["covers"] = queries.absences(viewer, viewer.on)
    context["manager_decides"] = manager_decides
    context["to_confirm"] = form.absence if to_confirm else None
    return render(request, "families/access/away.html", context)


@page(Permission.NAME_COVER, methods=("POST",))
def end_away(request, pk):
    """The absent user is back before the last day."""
    cover = get_or_404(TeamCover.objects.filter(absent__isnull=False).select_related("user"), request.viewer, pk)
    actions.end_own_cover(by=request.viewer, cover=cover)
    said = f"{cover.user} no longer covers for {cover.absent}" if cover.user else f"{cover.absent} is no longer away"
    messages.success(request, said)
    return redirect("families:away")
