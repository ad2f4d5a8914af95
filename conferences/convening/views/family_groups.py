"""Pages of family group decision-making meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import family_groups as actions
from conferences.convening.forms.family_groups import GroupMeetingForm, answers_of
from conferences.convening.models import FamilyGroupMeeting, GroupPlanFile
from conferences.convening.queries import family_groups as queries
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from cpc.core.web.uploads import KINDS
from families.cases.models import Family
from families.people.queries.household import children_of
from families.people.views.members import status


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def group_meetings(request, family):
    """The family group decision-making meetings of a family: the offers, the answers, and the plans."""
    viewer = request.viewer
    family = get_or_404(Family, viewer, family)
    looked(viewer, children=children_of(family), page="family group decision-making", basis=str(family))
    context = {
        "family": family,
        "meetings": queries.group_meetings_of(family),
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, family),
    }
    return render(request, "conferences/group_meetings.html", context)


@page(Permission.RECORD_ENQUIRY)
def record_group_meeting(request, family):
    """Record a family group decision-making meeting: offered to each parent, and held or not."""
    family = get_or_404(Family, request.viewer, family)
    return _form_page(request, family, None)


@page(Permission.RECORD_ENQUIRY)
def change_group_meeting(request, pk):
    """Record what has become of a meeting."""
    meeting = get_or_404(FamilyGroupMeeting.objects.select_related("family"), request.viewer, pk)
    return _form_page(request, meeting.family, meeting)


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def download_group_plan(request, pk):
    """The file of a family’s plan. It is never shown in the browser, where it could run."""
    found = get_or_404(GroupPlanFile.objects.select_related("meeting__family"), request.viewer, pk)
    family = found.meeting.family
    looked(request.viewer, children=children_of(family), page="family group decision-making", basis=str(family))
    response = HttpResponse(bytes(found.body), content_type=KINDS[found.kind][1])
    response["Content-Disposition"] = f'attachment; filename="plan.{found.kind}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form_page(request, family, meeting):
    back = reverse("conferences:group_meetings", args=[family.pk])
    parents = queries.parents_of(family)

    def now():
        if meeting is None:
            return {}, ""
        fresh = FamilyGroupMeeting.objects.prefetch_related("offers").get(pk=meeting.pk)
        return answers_of(fresh), str(fresh.version)

    initial, version = now()
    form = GroupMeetingForm(
        request.POST or None, request.FILES or None,
        initial=initial | {"seen": version}, parents=parents, cancel_url=back,
    )  # fmt: skip

    def do():
        return actions.record_group_meeting(by=request.viewer, family=family, meeting=meeting, **form.given())

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    looked(request.viewer, children=children_of(family), page="family group decision-making", basis=str(family))
    context = {"form": form, "heading": "Family group decision-making meeting", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))
