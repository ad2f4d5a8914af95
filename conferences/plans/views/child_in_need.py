"""Child in need plans: their meetings, and their end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.plans.actions import child_in_need as actions
from conferences.plans.choices import MeetingState
from conferences.plans.forms.child_in_need import (
    BookNeedMeetingForm,
    EndNeedForm,
    NeedLeadForm,
    NeedMeetingForm,
    RecordNeedMeetingForm,
)
from conferences.plans.models import ChildInNeedMeeting, ChildInNeedPlan
from conferences.plans.queries import lead_social_workers
from conferences.plans.queries.child_in_need import family_who_may_come, need_meetings
from conferences.plans.states import NEED_MEETING, NEED_PLAN, OPEN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.dates import in_words
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page
from families.cases.models import Family
from families.people.queries.household import children_of


@page(Permission.RUN_CHILD_IN_NEED)
def book(request, pk):
    """Book the next child in need meeting."""
    family = get_or_404(Family, request.viewer, pk)
    form = BookNeedMeetingForm(request.POST or None, family=family_who_may_come(family))
    found = need_meetings(family)
    if _done(request, form, lambda: actions.book_need_meeting(by=request.viewer, family=family, **form.booking())):
        messages.success(request, "The meeting has been booked.")
        return redirect("plans:family", pk)
    lead = ""
    if found:
        lead = f"{capital(found.next_meeting.sentence)}. The review is by {in_words(found.review.on)}."
    return _answer(request, family, form, "Book a child in need meeting", lead)


@page(Permission.RUN_CHILD_IN_NEED)
def move(request, pk):
    """Move a booked child in need meeting."""
    meeting = get_or_404(ChildInNeedMeeting.objects.select_related("family"), request.viewer, pk)
    back = reverse("plans:family", args=[meeting.family_id])
    if refused := not_now(request, NEED_MEETING, meeting, MeetingState.PLANNED, to="moved", back=back):
        return refused
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {"starts_on": starts_at.date(), "starts_time": starts_at.time(), "place": meeting.place}
    initial["day_reason"] = meeting.day_reason
    initial["people"] = meeting.people.values_list("person", flat=True)
    form = NeedMeetingForm(request.POST or None, initial=initial, family=family_who_may_come(meeting.family_id))
    if _done(request, form, lambda: actions.move_need_meeting(by=request.viewer, meeting=meeting, **form.booking())):
        messages.success(request, "The meeting has been moved.")
        return redirect("plans:family", meeting.family_id)
    return _answer(request, meeting.family, form, "Move the child in need meeting", "")


@page(Permission.RUN_CHILD_IN_NEED)
def record(request, pk):
    """Write up a child in need meeting."""
    meeting = get_or_404(ChildInNeedMeeting.objects.select_related("family"), request.viewer, pk)
    back = reverse("plans:family", args=[meeting.family_id])
    if refused := not_now(request, NEED_MEETING, meeting, MeetingState.PLANNED, to="recorded", back=back):
        return refused
    day = timezone.localdate(meeting.starts_at)
    form = RecordNeedMeetingForm(
        request.POST or None, today=request.viewer.on, held_on=day, initial={"next_place": meeting.place},
        family=family_who_may_come(meeting.family_id),
    )  # fmt: skip
    if _done(request, form, lambda: actions.record_need_meeting(by=request.viewer, meeting=meeting, **form.written())):
        messages.success(request, "The meeting has been recorded.")
        return redirect("plans:family", meeting.family_id)
    return _answer(request, meeting.family, form, "Record the child in need meeting", "")


@page(Permission.NAME_NEED_LEAD)
def lead(request, pk):
    """Name another lead worker for a child in need plan."""
    plan = get_or_404(
        ChildInNeedPlan.objects.select_related("family", "child", "lead_social_worker"), request.viewer, pk
    )
    form = NeedLeadForm(request.POST or None, workers=lead_social_workers(plan.family))
    if _done(request, form, lambda: actions.name_need_lead(by=request.viewer, plan=plan, **form.cleaned_data)):
        messages.success(request, f"{plan.lead_social_worker} now leads the plan.")
        return redirect("plans:family", plan.family_id)
    now = f"{plan.lead_social_worker} leads it now. " if plan.lead_social_worker else ""
    said = f"{now}Tell the family who their worker is."
    return _answer(
        request, plan.family, form, f"Who leads {possessive(plan.child.full_name, 'child in need plan')}", said
    )


@page(Permission.RUN_CHILD_IN_NEED)
def end(request, pk):
    """End a child in need plan."""
    plan = get_or_404(ChildInNeedPlan.objects.select_related("family", "child"), request.viewer, pk)
    back = reverse("plans:family", args=[plan.family_id])
    if refused := not_now(request, NEED_PLAN, plan, OPEN, to="ended", back=back):
        return refused
    form = EndNeedForm(request.POST or None, today=request.viewer.on)
    if _done(request, form, lambda: actions.end_child_in_need(by=request.viewer, plan=plan, **form.cleaned_data)):
        messages.success(request, "The child in need plan has ended.")
        return redirect("plans:family", plan.family_id)
    least = (
        f"The plan must continue until at least {in_words(plan.minimum_until_on)}. " if plan.minimum_until_on else ""
    )
    lead = f"{least}When the last plan of a family ends, other agencies’ access to its conferences ends too."
    heading = f"End {possessive(plan.child.full_name, 'child in need plan')}"
    return _answer(request, plan.family, form, heading, lead)


def _done(request, form, act) -> bool:
    return request.method == "POST" and form.is_valid() and attempt(form, act)


def _answer(request, family, form, heading, lead):
    # The forms name everybody of the family who could come.
    looked(request.viewer, children=children_of(family), page="child in need plan")
    context = {"form": form, "heading": heading, "caption": str(family), "lead": lead}
    return render(request, "layouts/form.html", context | {"back": reverse("plans:family", args=[family.pk])})
