"""Pages on which the chair corrects what was entered wrongly at a conference that was held."""

import hashlib

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import ConferenceState, Outcome
from conferences.convening.permissions import chaired_conference_or_404
from conferences.disclosure.forms import attempt_or_ask_consent
from conferences.meeting.queries.board import decision_of, expected, included
from conferences.meeting.views.decisions import initial_decision
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries import children_without_action, lead_social_workers, open_plans
from conferences.plans.queries.consequences import corrections_of
from conferences.plans.queries.gaps import priorities
from conferences.plans.queries.members import could_be_members, members_now
from conferences.plans.rules import PLAN_TEXTS
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.web.guards import page
from reports.outgoing.actions import correcting
from reports.outgoing.choices import Telling
from reports.outgoing.forms.correcting import (
    CorrectAttendanceForm,
    CorrectDateForm,
    CorrectDecisionForm,
    CorrectPlanForm,
)
from reports.outgoing.models import ChildTold

P = Permission


@page(P.CORRECT)
def corrections(request, pk):
    """What can be corrected of this conference, and what was."""
    conference = _held(request, pk)
    rows = included(conference)
    looked(request.viewer, children=[row.child_id for row in rows], page="corrections")
    context = {"conference": conference, "rows": rows, "corrections": corrections_of(conference)}
    context["with_plan"] = [row for row in rows if row.child_id in open_plans(conference.family_id)]
    without = children_without_action(conference.family_id)
    back = reverse("conferences:conference", args=[conference.pk])
    return render(request, "reports/corrections.html", context | {"without_action": without, "back": back})


@page(P.CORRECT)
def decision(request, pk, row):
    """Correct the decision for one child."""
    conference = _held(request, pk)
    found = next((one for one in included(conference) if one.pk == row), None)
    if found is None or decision_of(found) is None:
        raise Http404("This conference decided nothing about this child.")
    found.conference = conference
    was, plan = decision_of(found), _plan_of(conference, found)
    form = CorrectDecisionForm(
        request.POST or None,
        conference=conference,
        row=found,
        begins_plan=was.outcome != Outcome.PROTECTION_PLAN,
        ends_plan=conference.is_review,
        workers=lead_social_workers(conference.family),
        people=could_be_members(conference),
        now={"members": members_now(conference, request.viewer.on)},
        priorities=priorities(conference),
        initial=initial_decision(was) | _initial_plan(conference, plan),
    )

    def act(shared):
        return correcting.correct_decision(
            by=request.viewer, conference=conference, row=found, **form.corrected(), **shared
        )

    heading = f"Correct the decision for {found.child.full_name}"
    told = ChildTold.objects.filter(record__conference=conference, child=found.child_id, how=Telling.LETTER)
    own_letter = found.child.full_name if told.exists() else ""
    return _show_then_correct(request, conference, form, act, heading, [found.child_id], own_letter)


@page(P.CORRECT)
def plan(request, pk, row):
    """Correct the lead and the words of one child’s plan."""
    conference = _held(request, pk)
    found = next((one for one in included(conference) if one.pk == row), None)
    open_plan = open_plans(conference.family_id).get(found.child_id) if found else None
    if open_plan is None:
        raise Http404("This child has no open plan.")
    initial = {name: getattr(open_plan, name) for name in PLAN_TEXTS}
    initial["lead_social_worker"] = str(open_plan.lead_social_worker_id or "")
    workers = lead_social_workers(conference.family)
    form = CorrectPlanForm(request.POST or None, child=found.child, workers=workers, initial=initial)

    def act(shared):
        return correcting.correct_plan(
            by=request.viewer, conference=conference, row=found, **form.corrected(), **shared
        )

    heading = f"Correct the plan of {found.child.full_name}"
    return _show_then_correct(request, conference, form, act, heading, [found.child_id])


@page(P.CORRECT)
def attendance(request, pk):
    """Correct who attended."""
    conference = _held(request, pk)
    form = CorrectAttendanceForm(request.POST or None, conference=conference, people=expected(conference))

    def act(shared):
        return correcting.correct_attendance(
            by=request.viewer, conference=conference, marks=form.marks(), reason=form.cleaned_data["reason"],
            quorum_reason=form.cleaned_data["quorum_reason"], newcomer=form.newcomer(), **shared,
        )  # fmt: skip

    children = [row.child_id for row in included(conference)]
    return _show_then_correct(request, conference, form, act, "Correct attendance", children)


@page(P.CORRECT)
def date(request, pk):
    """Correct when the conference was held."""
    conference = _held(request, pk)
    starts_at, ends_at = timezone.localtime(conference.starts_at), timezone.localtime(conference.ends_at)
    initial = {"held_on": starts_at.date(), "starts_time": starts_at.time(), "ends_time": ends_at.time()}
    form = CorrectDateForm(request.POST or None, today=request.viewer.on, initial=initial)

    def act(shared):
        return correcting.correct_held_on(by=request.viewer, conference=conference, **form.held(), **shared)

    children = [row.child_id for row in included(conference)]
    return _show_then_correct(request, conference, form, act, "Correct when it was held", children)


def _show_then_correct(request, conference, form, act, heading, children, own_letter=""):
    """Show what the correction changes; do it once exactly that is confirmed. ``own_letter`` names a child who has a
    letter with words that the chair wrote for the decision.
    """
    shown = None

    def show(shared):
        return correcting.preview(by=request.viewer, conference=conference, correct=lambda: act(shared))

    if request.method == "POST" and attempt_or_ask_consent(request, form, show):
        shown = form.result
        mark = _mark(shown, form)
        if request.POST.get("seen") == mark and attempt_or_ask_consent(request, form, act):
            messages.success(
                request, "The correction has been made. Check the record and the letters, and approve them again."
            )
            return redirect("reports:corrections", conference.pk)
        form.ask_to_confirm(mark)
    looked(request.viewer, children=children, page="correction")
    context = {"form": form, "heading": heading, "shown": shown, "own_letter": own_letter}
    context["was_confirmed"] = bool(shown and request.POST.get("seen"))
    back = reverse("reports:corrections", args=[conference.pk])
    return render(request, "reports/correct.html", context | {"back": back, "caption": str(conference.family)})


def _mark(shown, form) -> str:
    """Identifies what was shown and typed: confirming counts only for exactly that."""
    typed = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    return hashlib.sha256(repr((shown, typed)).encode()).hexdigest()


def _held(request, pk):
    conference = chaired_conference_or_404(request.viewer, pk)
    if conference.state != ConferenceState.HELD:
        raise Http404("Only a conference that was held is corrected here.")
    return conference


def _plan_of(conference, row):
    plans = ProtectionPlan.objects.filter(family=conference.family_id).order_by("child_id", "pk")
    theirs = plans.filter(child=row.child_id)
    return theirs.last() or plans.last()


def _initial_plan(conference, plan) -> dict:
    """The lead and the texts of the child’s plan, or of a brother’s or sister’s."""
    if plan is None:
        return {"lead_social_worker": str(conference.family.social_worker_id or "")}
    texts = {name: getattr(plan, name) for name in PLAN_TEXTS}
    return texts | {"lead_social_worker": str(plan.lead_social_worker_id or "")}
