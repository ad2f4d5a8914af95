"""The page of a family's plan, and its core groups."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.plans.actions import core_groups as actions
from conferences.plans.actions.earlier import enter_earlier
from conferences.plans.choices import ActionState
from conferences.plans.forms import CoreGroupForm, EarlierForm, RecordCoreGroupForm
from conferences.plans.models import CoreGroupMeeting
from conferences.plans.queries import core_group, family_plan, open_plans, still_to_do
from conferences.plans.queries.core_groups import core_group_to_book
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import due
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.models import Family


@page(Permission.READ_PLAN)
def family(request, pk):
    """The plans of a family's children, what is to be done, who meets, and every date with its working."""
    found = get_or_404(Family.objects.select_related("team", "social_worker"), request.viewer, pk)
    plan = family_plan(found, request.viewer.on)
    looked(request.viewer, children={each.child_id for each in [*plan.open, *plan.ended, *plan.in_need]}, page="plan")
    done = [each for each in plan.actions if each.state != ActionState.TO_DO]
    return render(
        request,
        "plans/family.html",
        {
            "family": found,
            "plan": plan,
            "to_do": [each for each in plan.actions if each.state == ActionState.TO_DO],
            "done": done,
            "may_arrange": request.viewer.may(Permission.ARRANGE_CORE_GROUP, found),
            "may_book": request.viewer.can(Permission.BOOK_CONFERENCE),
            "may_enter": bool(plan.open) and request.viewer.may(Permission.ENTER_EARLIER, found),
        },
    )


@page(Permission.ARRANGE_CORE_GROUP)
def book_core_group(request, pk):
    """The next core group gets its date."""
    found = get_or_404(Family, request.viewer, pk)
    form = CoreGroupForm(request.POST or None, submit_label="Book the core group")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.book_core_group(by=request.viewer, family=found, **form.booking()))
    ):
        messages.success(request, "The core group is booked.")
        return redirect("plans:family", found.pk)
    looked(request.viewer, children=list(open_plans(found)), page="core group")
    return _booking(request, form, found, "Book a core group", core_group_to_book(found))


@page(Permission.ARRANGE_CORE_GROUP)
def move_core_group(request, pk):
    """A booked core group gets another date or place."""
    meeting = get_or_404(CoreGroupMeeting.objects.select_related("family"), request.viewer, pk)
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {"starts_on": starts_at.date(), "starts_time": starts_at.time(), "place": meeting.place}
    form = CoreGroupForm(request.POST or None, initial=initial, submit_label="Move the core group")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.move_core_group(by=request.viewer, meeting=meeting, **form.booking()))
    ):
        messages.success(request, "The core group is moved.")
        return redirect("plans:family", meeting.family_id)
    return _booking(request, form, meeting.family, "Move the core group", None, meeting.due_on)


def _booking(request, form, family, heading, limit, due_on=None):
    context = {"form": form, "heading": heading, "caption": str(family), "limit": limit, "due_on": due_on}
    return render(request, "plans/book_core_group.html", context | {"back": reverse("plans:family", args=[family.pk])})


@page(Permission.ARRANGE_CORE_GROUP)
def record_core_group(request, pk):
    """A core group that was held is written up, and the next one booked."""
    meeting = get_or_404(CoreGroupMeeting.objects.select_related("family"), request.viewer, pk)
    members = core_group(meeting.family_id, timezone.localdate(meeting.starts_at))
    form = RecordCoreGroupForm(
        request.POST or None,
        meeting=meeting,
        members=members,
        actions=still_to_do(meeting.family_id),
        today=request.viewer.on,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.record_core_group(by=request.viewer, meeting=meeting, **form.written()))
    ):
        messages.success(request, "The core group is written up.")
        return redirect("plans:family", meeting.family_id)
    looked(request.viewer, children=list(open_plans(meeting.family_id)), page="core group")
    return render(
        request,
        "plans/record_core_group.html",
        {
            "form": form,
            "meeting": meeting,
            "limit": due("next_core_group", timezone.localdate(meeting.starts_at)),
            "back": reverse("plans:family", args=[meeting.family_id]),
        },
    )


@page(Permission.ENTER_EARLIER)
def earlier(request, pk):
    """Something that happened earlier is entered with its true date."""
    found = get_or_404(Family, request.viewer, pk)
    plans = open_plans(found)
    form = EarlierForm(request.POST or None, children=[plan.child for plan in plans.values()], today=request.viewer.on)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: enter_earlier(by=request.viewer, family=found, **form.cleaned_data))
    ):
        messages.success(request, "Entered. The next dates are counted from it.")
        return redirect("plans:family", found.pk)
    looked(request.viewer, children=list(plans), page="what happened earlier")
    context = {
        "form": form, "heading": "Enter something that happened earlier", "caption": str(found),
        "back": reverse("plans:family", args=[pk]),
        "lead": "Give the day on which it truly happened. The record says that it was entered later, by whom and when.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
