"""Pages of the interim safety plan until the conference."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import safety_plans as actions
from conferences.convening.forms.safety_plans import (
    AgreementForm,
    EndPlanForm,
    NoPlanForm,
    PlanReviewForm,
    SafetyPlanForm,
    answers_of,
)
from conferences.convening.letters.safety_plan_page import safety_plan_page
from conferences.convening.models import Enquiry, SafetyPlan, SafetyPlanPerson
from conferences.convening.queries import safety_plans as queries
from conferences.convening.queries.enquiries import enquiry_row
from conferences.convening.states import ENQUIRY, MAY_LACK_PLAN
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.documents.letters import render_pdf
from cpc.core.documents.responses import as_pdf
from cpc.core.kernel.refusals import Refusal
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page
from families.people.models import Person
from families.people.views.members import status

PLANS = SafetyPlan.objects.select_related("family__team", "enquiry", "written_by", "ended_by", "ended_with")

PEOPLE = SafetyPlanPerson.objects.select_related(
    "plan__family__social_worker", "plan__family__team__manager", "plan__enquiry", "person"
)


def _children(plan) -> list:
    return [row.child for row in plan.enquiry.children.select_related("child")]


@page(Permission.RECORD_ENQUIRY)
def write_safety_plan(request, pk):
    """Write the interim safety plan of an enquiry, or write the one in force again."""
    found = get_or_404(Enquiry.objects.select_related("family"), request.viewer, pk)
    row, back = enquiry_row(found), reverse("conferences:enquiry", args=[pk])
    members = Person.objects.filter(memberships__family=found.family_id, died_on=None, expected_on=None)
    members = list(members.distinct().order_by("born_on", "pk"))

    def now():
        plan = queries.plan_in_force(found)
        if plan is None:
            return {}, "0"
        return answers_of(plan, plan.people.all(), plan.steps.select_related("who")), str(plan.version)

    initial, version = now()
    plan = queries.plan_in_force(found)
    form = SafetyPlanForm(
        request.POST or None, initial=initial | {"seen": version}, members=members, cancel_url=back,
        step_rows=plan.steps.count() if plan else 0,
    )  # fmt: skip

    def do():
        return actions.write_safety_plan(by=request.viewer, enquiry=found, **form.given())

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved. Print a page for each person, and record who agreed.")
        return redirect("conferences:safety_plan", form.result.pk)
    looked(request.viewer, children=row.children, page="interim safety plan", basis=str(found.family))
    context = {
        "form": form, "heading": "Interim safety plan", "caption": str(found.family), "back": back, "row": row,
        "plan": plan,
    }  # fmt: skip
    return render(request, "conferences/write_safety_plan.html", context, status=status(form))


@page(Permission.RECORD_ENQUIRY)
def no_safety_plan(request, pk):
    """Say why the children of an enquiry need no interim safety plan until the conference."""
    found = get_or_404(Enquiry.objects.select_related("family"), request.viewer, pk)
    back = reverse("conferences:enquiry", args=[pk])
    if refused := not_now(request, ENQUIRY, found, *MAY_LACK_PLAN, to="left without a safety plan", back=back):
        return refused
    form = NoPlanForm(request.POST or None, initial={"reason": found.no_plan_reason}, cancel_url=back)

    def do():
        return actions.explain_no_safety_plan(by=request.viewer, enquiry=found, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Saved. It is shown with the enquiry and the request.")
        return redirect(back)
    looked(request.viewer, children=enquiry_row(found).children, page="no interim safety plan", basis=str(found.family))
    context = {"form": form, "heading": "Why there is no interim safety plan", "caption": str(found.family)}
    return render(request, "layouts/form.html", context | {"back": back}, status=status(form))


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def safety_plan(request, pk):
    """The plan: who does what by when, who agreed, its reviews and its end."""
    viewer = request.viewer
    plan = get_or_404(PLANS, viewer, pk)
    looked(viewer, children=_children(plan), page="interim safety plan", basis=str(plan.family))
    in_force = plan.ended_at is None
    context = {
        "plan": plan,
        "family": plan.family,
        "steps": plan.steps.select_related("who"),
        "people": plan.people.all(),
        "reviews": plan.reviews.select_related("recorded_by"),
        "may_read_private": viewer.can(Permission.READ_PROTECTIONS),
        "may_record": in_force and viewer.may(Permission.RECORD_ENQUIRY, plan),
        "may_end": in_force and viewer.may(Permission.SIGN_OFF_ENQUIRY, plan),
    }
    return render(request, "conferences/safety_plan.html", context)


@page(Permission.RECORD_ENQUIRY)
def safety_plan_agreement(request, pk):
    """Who agreed to the plan, signed it, or did not agree."""
    plan = get_or_404(PLANS, request.viewer, pk)
    form = AgreementForm(request.POST or None, people=list(plan.people.all()), cancel_url=_page_of(plan))

    def do():
        return actions.record_agreement(by=request.viewer, plan=plan, answers=form.answers())

    return _one_form(request, plan, form, do, "Who agreed to the plan?", "Saved")


@page(Permission.RECORD_ENQUIRY)
def review_safety_plan(request, pk):
    """A review of the plan."""
    plan = get_or_404(PLANS, request.viewer, pk)
    form = PlanReviewForm(request.POST or None, cancel_url=_page_of(plan))

    def do():
        return actions.review_safety_plan(by=request.viewer, plan=plan, **form.cleaned_data)

    return _one_form(request, plan, form, do, "Review the safety plan", "Review saved")


@page(Permission.SIGN_OFF_ENQUIRY)
def end_safety_plan(request, pk):
    """The manager ends the plan before the conference."""
    plan = get_or_404(PLANS, request.viewer, pk)
    form = EndPlanForm(request.POST or None, cancel_url=_page_of(plan))

    def do():
        return actions.end_safety_plan(by=request.viewer, plan=plan, **form.cleaned_data)

    return _one_form(request, plan, form, do, "End the safety plan", "The plan has ended. Tell everybody in it.")


def _page_of(plan) -> str:
    return reverse("conferences:safety_plan", args=[plan.pk])


def _one_form(request, plan, form, do, heading, done):
    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, done)
        return redirect(_page_of(plan))
    looked(request.viewer, children=_children(plan), page="interim safety plan", basis=str(plan.family))
    context = {"form": form, "heading": heading, "caption": str(plan.family), "back": _page_of(plan)}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_ENQUIRY)
def safety_plan_page_of(request, pk):
    """One person’s page of the plan: a preview as a PDF; sent as a form, it is checked, kept and handed over."""
    row = get_or_404(
        SafetyPlanPerson.objects.select_related(
            "plan__family__social_worker", "plan__family__team__manager", "plan__enquiry", "person"
        ),
        request.viewer,
        pk,
    )
    looked(request.viewer, children=_children(row.plan), page="page of an interim safety plan")
    if request.method == "POST":
        try:
            document = actions.print_page(by=request.viewer, row=row)
        except Refusal as refused:
            messages.error(request, refused.sentence)
            return redirect(_page_of(row.plan))
        return as_pdf(bytes(document.body), "safety-plan.pdf")
    letter = safety_plan_page(queries.plan_reader(row), request.viewer.on)
    return as_pdf(render_pdf(letter, draft=True), "draft.pdf")
