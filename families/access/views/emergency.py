"""Breaking the glass, and looking at it afterwards."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import setting
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.paging import Pages
from families.access.actions import emergency as actions
from families.access.forms import EmergencyForm, ReviewForm
from families.access.queries import access as queries
from families.cases.models import EmergencyAccess
from families.cases.rules import MINUTES_BETWEEN, MINUTES_IF_AGREED, NUMBERS_AN_HOUR

A_PAGE = 50


@page(Permission.OPEN_IN_EMERGENCY)
def emergency(request):
    """A family that is closed to the viewer is opened at once, for reading, with a reason."""
    viewer = request.viewer
    form = EmergencyForm(request.POST or None, who=queries.duty_managers(viewer), cancel_url=reverse("work:home"))

    def do():
        return actions.open_in_emergency(by=viewer, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        if form.result:
            return _opened(request, form.result)
        form.add_error("number", actions.NOT_OPENED)
    reads = viewer.can(Permission.READ_FAMILY)
    context = {"form": form, "heading": "Open a record in an emergency", "back": form.cancel_url}
    opened = queries.opened_now(viewer)
    context |= {
        "reads_families": reads,
        "opened": [one for one in opened if reads and not one.only_warnings],
        "warnings_of": [one for one in opened if one.only_warnings],
        "numbers": setting("emergency_numbers"),
        "an_hour": NUMBERS_AN_HOUR,
        "between": MINUTES_BETWEEN,
        "if_agreed": MINUTES_IF_AGREED,
    }
    return render(request, "families/access/emergency.html", context)


def _opened(request, opened):
    until, several = in_words(opened[0].until_on), len(opened) > 1
    if any(one.only_warnings for one in opened):
        more = "The managers have been told to ring you. For the whole record, enter the number again with the duty "
        more += "manager who agreed."
        if any(one.agreed_by_id for one in opened):
            more = "The managers have been told. For the whole record, enter the number again in an hour."
        messages.success(request, f"The warnings and plan are open to you until the end of {until}. {more}")
        return redirect("work:opened_without_agreement")
    said = f"{len(opened)} records of this child are" if several else "This record is"
    told = "The manager of each team has been told." if several else "The team’s manager has been told."
    if not request.viewer.can(Permission.READ_FAMILY):
        messages.success(request, f"{said} open to you until the end of {until}. Find the child here again. {told}")
        return redirect("work:out_of_hours")
    messages.success(request, f"{said} open to you until the end of {until}, for reading. {told}")
    return redirect("families:emergency") if several else redirect("families:family", opened[0].family_id)


@page(Permission.REVIEW_EMERGENCY, methods=("GET",))
def emergencies(request):
    """What others opened in an emergency: first what nobody has reviewed."""
    found = Pages(queries.emergencies_to_review(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "waiting": [one for one in found if one.reviewed_at is None],
        "reviewed": [one for one in found if one.reviewed_at],
        "series": queries.series(request.viewer, setting("emergency_numbers")),
    }
    return render(request, "families/access/emergencies.html", context)


@page(Permission.REVIEW_EMERGENCY)
def review(request, pk):
    """A manager who is not the user says whether it was justified."""
    opened = get_or_404(
        EmergencyAccess.objects.select_related("user", "family__team", "reviewed_by", "agreed_by"), request.viewer, pk
    )
    form = ReviewForm(request.POST or None, cancel_url=reverse("families:emergencies"))

    def do():
        return actions.review_emergency(by=request.viewer, opened=opened, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        ended = form.result.ended_at
        messages.success(request, "The review is saved" + (". The record is closed to them now" if ended else ""))
        return redirect("families:emergencies")
    context = {"form": form, "opened": opened, "pages": queries.pages_opened(opened), "heading": "Review an emergency"}
    context["may_see_family"] = can_see(request.viewer, opened.family)
    return render(request, "families/access/review.html", context)
