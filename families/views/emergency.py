"""Breaking the glass, and looking at it afterwards."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cpc.core.accounts.permissions import Permission, can_see
from cpc.core.kernel.dates import in_words
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.actions import emergency as actions
from families.forms.access import EmergencyForm, ReviewForm
from families.models import EmergencyAccess
from families.queries import access as queries


@page(Permission.OPEN_IN_EMERGENCY)
def emergency(request):
    """A family that is closed to the viewer is opened at once, for reading, with a reason."""
    viewer = request.viewer
    form = EmergencyForm(request.POST or None, cancel_url=reverse("work:home"))

    def do():
        return actions.open_in_emergency(by=viewer, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        if form.result is None:
            form.add_error("number", actions.NOT_OPENED)
        else:
            return _opened(request, form.result)
    return render(request, "families/access/emergency.html", {"form": form, "heading": "Open a record in an emergency"})


def _opened(request, opened):
    until = in_words(opened.until_on)
    messages.success(
        request, f"This record is open to you until the end of {until}, for reading. The team’s manager has been told."
    )
    if request.viewer.can(Permission.READ_FAMILY):
        return redirect("families:family", opened.family_id)
    return redirect("work:out_of_hours")


@page(Permission.REVIEW_EMERGENCY, methods=("GET",))
def emergencies(request):
    """What others opened in an emergency: first what nobody has reviewed."""
    found = list(queries.emergencies_to_review(request.viewer)[:100])
    context = {
        "waiting": [one for one in found if one.reviewed_at is None],
        "reviewed": [one for one in reversed(found) if one.reviewed_at],
    }
    return render(request, "families/access/emergencies.html", context)


@page(Permission.REVIEW_EMERGENCY)
def review(request, pk):
    """A manager who is not the user says whether it was justified."""
    opened = get_or_404(
        EmergencyAccess.objects.select_related("user", "family__team", "reviewed_by"), request.viewer, pk
    )
    form = ReviewForm(request.POST or None, cancel_url=reverse("families:emergencies"))

    def do():
        return actions.review_emergency(by=request.viewer, opened=opened, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The review is saved")
        return redirect("families:emergencies")
    context = {"form": form, "opened": opened, "pages": queries.pages_opened(opened), "heading": "Review an emergency"}
    context["may_see_family"] = can_see(request.viewer, opened.family)
    return render(request, "families/access/review.html", context)
