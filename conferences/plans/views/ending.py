"""Ending a plan without a conference."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.queries.last_told import HAS_LEFT
from conferences.convening.queries.letter_context import letter_context
from conferences.plans.actions.ended_notices import messages_of_end
from conferences.plans.actions.ending import end_without_conference
from conferences.plans.actions.undoing import changes_by_undoing, undo_ending
from conferences.plans.choices import PlanState
from conferences.plans.forms.ending import EndPlanForm, UndoEndForm
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.ended import agencies_to_tell, family_to_tell
from conferences.plans.queries.gaps import priorities_between_conferences
from conferences.plans.queries.reviews import last_conference_about
from conferences.plans.rules import must_end
from conferences.plans.states import PLAN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.choices import Channel
from cpc.core.kernel.phrases import capital, possessive
from cpc.core.kernel.refusals import Refusal
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page


@page(Permission.END_PLAN)
def end(request, pk):
    """Why a plan ends without a conference, with who will be told."""
    found = ProtectionPlan.objects.select_related("child", "family__social_worker", "lead_social_worker")
    plan, today = get_or_404(found, request.viewer, pk), request.viewer.on
    if refused := not_now(
        request, PLAN, plan, PlanState.OPEN, to="ended", back=reverse("plans:family", args=[plan.family_id])
    ):
        return refused
    forced = must_end(plan.started_on, plan.child.born_on, plan.child.died_on, today)
    form = EndPlanForm(request.POST or None, today=today)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: end_without_conference(by=request.viewer, plan=plan, **form.cleaned_data))
    ):
        messages.success(request, "The plan has ended. The people on the list will be told.")
        return redirect("plans:family", plan.family_id)
    looked(request.viewer, children=[plan.child_id], page="end a plan")
    conference = last_conference_about(plan)
    plan.ended_on = forced[1] if forced else today  # for the list alone: nothing is saved
    context = {
        "form": form, "heading": f"End {possessive(plan.child.full_name, 'child protection plan')}",
        "caption": str(plan.family),
        "plan": plan, "forced": forced, "agencies": agencies_to_tell(plan, conference, today),
        "relatives": family_to_tell(letter_context(conference), plan) if conference and not plan.child.died_on else [],
        "back": reverse("plans:family", args=[plan.family_id]),
    }  # fmt: skip
    return render(request, "plans/end.html", context)


@page(Permission.END_PLAN)
def undo(request, pk):
    """A plan that was ended without a conference by mistake goes on: what changes by it, who was told, and why."""
    found = ProtectionPlan.objects.select_related("child", "family__social_worker", "family__team__manager", "ending")
    plan = get_or_404(found, request.viewer, pk)
    back = reverse("plans:family", args=[plan.family_id])
    if refused := not_now(request, PLAN, plan, PlanState.ENDED, to="put back", back=back):
        return refused
    try:
        changes = changes_by_undoing(by=request.viewer, plan=plan)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(back)
    priorities = priorities_between_conferences(plan.family, request.viewer.on)
    form = UndoEndForm(request.POST or None, priorities=priorities, cancel_url=back)
    told = list(messages_of_end(plan, plan.ending).filter(HAS_LEFT))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: undo_ending(by=request.viewer, plan=plan, **form.undone()))
    ):
        messages.success(request, "The plan goes on.")
        return redirect(back)
    looked(request.viewer, children=[plan.child_id], page="undo the end of a plan")
    context = {
        "form": form, "heading": f"{capital(possessive(plan.child.full_name, 'plan'))} was ended by mistake",
        "caption": str(plan.family),
        "plan": plan, "changes": changes, "agencies": [one for one in told if one.channel == Channel.EMAIL],
        "relatives": [one for one in told if one.channel != Channel.EMAIL], "back": back,
    }  # fmt: skip
    return render(request, "plans/undo_end.html", context)
