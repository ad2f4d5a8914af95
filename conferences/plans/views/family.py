"""The page of a family's plan, and its core groups."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices.enquiries import ActionState
from conferences.plans.actions import core_groups as actions
from conferences.plans.actions.earlier import changes_by_removal, enter_earlier
from conferences.plans.actions.earlier import remove_earlier as remove_late_entry
from conferences.plans.actions.reviews import ask_for_missing_review
from conferences.plans.choices import MeetingState
from conferences.plans.forms.core_groups import CoreGroupForm, EarlierForm, RecordCoreGroupForm, RemoveEarlierForm
from conferences.plans.models import CoreGroupMeeting, Correction, EarlierEvent
from conferences.plans.queries import (
    core_group,
    family_plan,
    marked_actions,
    open_actions,
    open_plans,
    plans_told_alike,
)
from conferences.plans.queries.child_in_need import need_meetings
from conferences.plans.queries.consequences import describe_late_entry
from conferences.plans.queries.core_groups import core_group_to_book
from conferences.plans.queries.members import members_with_plans, to_be_told
from conferences.plans.queries.reviews import plans_without_review
from conferences.plans.states import MEETING
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.phrases import capital
from cpc.core.policy.queries import due
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page
from families.cases.models import Family


@page(Permission.READ_PLAN)
def family(request, pk):
    """The plans of a family's children, the actions, who meets, and every date with its working."""
    found = get_or_404(Family.objects.select_related("team", "social_worker"), request.viewer, pk)
    plan = family_plan(found)
    looked(request.viewer, children={each.child_id for each in [*plan.open, *plan.ended, *plan.in_need]}, page="plan")
    to_do = [each for each in plan.actions if each.state == ActionState.TO_DO and not each.has_ended]
    without_review = plans_without_review(found).select_related("child") if plan.open else []
    return render(
        request,
        "plans/family.html",
        {
            "family": found,
            "plan": plan,
            "to_do": to_do,
            "done": [each for each in plan.actions if each not in to_do],
            "may_arrange": request.viewer.may(Permission.ARRANGE_CORE_GROUP, found),
            "may_book": request.viewer.can(Permission.BOOK_CONFERENCE),
            "need_meetings": need_meetings(found) if plan.in_need else None,
            "may_run_need": bool(plan.in_need) and request.viewer.may(Permission.RUN_CHILD_IN_NEED, found),
            "may_name_need_lead": bool(plan.in_need) and request.viewer.may(Permission.NAME_NEED_LEAD, found),
            "details": plans_told_alike(plan.open),
            "members": members_with_plans(found, request.viewer.on) if plan.open else [],
            "without_review": [each.child for each in without_review],
            "may_end": bool(plan.open) and request.viewer.may(Permission.END_PLAN, found),
            "may_undo_end": bool(plan.ended) and request.viewer.may(Permission.END_PLAN, found),
            "corrections": Correction.objects.filter(family=found).select_related("by"),
            "may_remove_entry": request.viewer.may(Permission.ENTER_EARLIER, found),
            "may_enter": bool(plan.open) and request.viewer.may(Permission.ENTER_EARLIER, found),
        },
    )


@page(Permission.BOOK_CONFERENCE, methods=("POST",))
def ask_for_review(request, pk):
    """Ask for a review of the plans that have none to come."""
    found = get_or_404(Family, request.viewer, pk)
    made = ask_for_missing_review(by=request.viewer, family=found)
    messages.success(request, "The review conference has been requested. It can now be booked.")
    return redirect("conferences:conference", made.pk)


@page(Permission.ARRANGE_CORE_GROUP)
def book_core_group(request, pk):
    """Book the next core group."""
    found = get_or_404(Family, request.viewer, pk)
    form = CoreGroupForm(request.POST or None, submit_label="Book the core group")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.book_core_group(by=request.viewer, family=found, **form.booking()))
    ):
        messages.success(request, "The core group has been booked.")
        return redirect("plans:family", found.pk)
    looked(request.viewer, children=list(open_plans(found)), page="core group")
    return _booking(request, form, found, "Book a core group", core_group_to_book(found))


@page(Permission.ARRANGE_CORE_GROUP)
def move_core_group(request, pk):
    """Move a booked core group to another date or place."""
    meeting = get_or_404(CoreGroupMeeting.objects.select_related("family"), request.viewer, pk)
    back = reverse("plans:family", args=[meeting.family_id])
    if refused := not_now(request, MEETING, meeting, MeetingState.PLANNED, to="moved", back=back):
        return refused
    starts_at = timezone.localtime(meeting.starts_at)
    initial = {"starts_on": starts_at.date(), "starts_time": starts_at.time(), "place": meeting.place}
    initial["day_reason"] = meeting.day_reason
    form = CoreGroupForm(request.POST or None, initial=initial, submit_label="Move the core group")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.move_core_group(by=request.viewer, meeting=meeting, **form.booking()))
    ):
        messages.success(request, "The core group has been moved.")
        return redirect("plans:family", meeting.family_id)
    return _booking(request, form, meeting.family, "Move the core group", None, meeting.due_on)


def _booking(request, form, family, heading, limit, due_on=None):
    context = {"form": form, "heading": heading, "caption": str(family), "limit": limit, "due_on": due_on}
    return render(request, "plans/book_core_group.html", context | {"back": reverse("plans:family", args=[family.pk])})


@page(Permission.ARRANGE_CORE_GROUP)
def record_core_group(request, pk):
    """Write up a core group, and book the next one."""
    meeting = get_or_404(CoreGroupMeeting.objects.select_related("family"), request.viewer, pk)
    back = reverse("plans:family", args=[meeting.family_id])
    if refused := not_now(request, MEETING, meeting, MeetingState.PLANNED, to="recorded", back=back):
        return refused
    members = core_group(meeting.family_id, timezone.localdate(meeting.starts_at))
    form = RecordCoreGroupForm(
        request.POST or None,
        meeting=meeting,
        members=members,
        actions=open_actions(meeting.family_id),
        marked=marked_actions(meeting.family_id),
        today=request.viewer.on,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.record_core_group(by=request.viewer, meeting=meeting, **form.written()))
    ):
        messages.success(request, "The core group has been recorded.")
        return redirect("plans:family", meeting.family_id)
    looked(request.viewer, children=list(open_plans(meeting.family_id)), page="core group")
    return render(
        request,
        "plans/record_core_group.html",
        {
            "form": form,
            "meeting": meeting,
            "to_be_told": to_be_told(meeting.family_id, timezone.localdate(meeting.starts_at)),
            "limit": due("next_core_group", timezone.localdate(meeting.starts_at)),
            "back": reverse("plans:family", args=[meeting.family_id]),
        },
    )


@page(Permission.ENTER_EARLIER)
def remove_earlier(request, pk):
    """Remove a late entry that was wrong: what changes by it, and why."""
    event = get_or_404(EarlierEvent.objects.select_related("family", "child"), request.viewer, pk)
    changes = changes_by_removal(by=request.viewer, event=event)
    back = reverse("plans:family", args=[event.family_id]) + "#earlier"
    form = RemoveEarlierForm(request.POST or None, cancel_url=back)

    def do():
        return remove_late_entry(by=request.viewer, event=event, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "The late entry has been removed.")
        return redirect(back)
    looked(request.viewer, children=[event.child_id], page="late entry")
    context = {
        "form": form,
        "heading": "Remove a late entry",
        "caption": capital(describe_late_entry(event)),
        "back": back,
    }
    return render(request, "plans/remove_earlier.html", context | {"changes": changes})


@page(Permission.ENTER_EARLIER)
def earlier(request, pk):
    """Add a late entry with its true date."""
    found = get_or_404(Family, request.viewer, pk)
    plans = open_plans(found)
    form = EarlierForm(request.POST or None, children=[plan.child for plan in plans.values()], today=request.viewer.on)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: enter_earlier(by=request.viewer, family=found, **form.cleaned_data))
    ):
        messages.success(request, "Saved. The next dates are calculated from it.")
        return redirect("plans:family", found.pk)
    looked(request.viewer, children=list(plans), page="what happened earlier")
    context = {
        "form": form, "heading": "Add a late entry", "caption": str(found),
        "back": reverse("plans:family", args=[pk]),
        "lead": "Enter the date on which it happened. The record shows that it was entered later, who by and when.",
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
