"""Pages of strategy discussions and enquiries: recorded, linked, dated, written up and signed off."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import discussions
from conferences.convening.actions import enquiries as actions
from conferences.convening.choices import CALLED_OFF
from conferences.convening.forms.enquiries import (
    AnswerDateForm,
    AskDateForm,
    DiscussionForm,
    MarkActionForm,
    OutcomeForm,
    SignOffForm,
    answers_of,
)
from conferences.convening.models import DateChange, DiscussionAction, Enquiry, StrategyDiscussion
from conferences.convening.queries import enquiries as queries
from conferences.convening.queries.children_to_consider import left_out_since
from conferences.convening.queries.clock import stages_on_the_way
from conferences.convening.states import DATE_CHANGE, DISCUSSION_ACTION, WAITS_FOR_ANSWER
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.dates import in_words
from cpc.core.policy.queries import due
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, not_now, page
from families.cases.models import Family
from families.people.queries.household import children_of
from families.people.views.members import status


@page(Permission.RECORD_ENQUIRY)
def record_discussion(request, family):
    """Record a strategy discussion. If it decides so, it starts a section 47 enquiry."""
    family = get_or_404(Family, request.viewer, family)
    children = [child for child in children_of(family) if not child.died_on]
    back = reverse("families:family", args=[family.pk])
    if not children:
        messages.info(request, "Add the children first: a strategy discussion is about children.")
        return redirect(back)
    form = DiscussionForm(
        request.POST or None, children=children, earlier=queries.discussions_of(family), cancel_url=back
    )

    def do():
        return discussions.record_strategy_discussion(
            by=request.viewer, family=family, held_on=form.cleaned_data["held_on"], discussed=form.discussed(),
            decisions=form.decisions(), continues=form.followed(),
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        started = Enquiry.objects.filter(strategy_discussion=form.result).first()
        if started:
            messages.success(request, "Strategy discussion recorded. The section 47 enquiry has started.")
            return redirect("conferences:enquiry", started.pk)
        messages.success(request, "Strategy discussion recorded.")
        return redirect("conferences:discussion", form.result.pk)
    looked(request.viewer, children=children, page="strategy discussion", basis=str(family))
    context = {"form": form, "heading": "Record a strategy discussion", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def discussion(request, pk):
    """One strategy discussion, and the others that belong with it."""
    viewer = request.viewer
    found = get_or_404(StrategyDiscussion.objects.select_related("family", "recorded_by"), viewer, pk)
    row = queries.discussion_row(found, viewer)
    looked(viewer, children=[one.child for one in row.children], page="strategy discussion", basis=str(found.family))
    context = {
        "row": row,
        "family": found.family,
        "linked": queries.linked_with(found, queries.discussions_of(found.family)),
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, found),
    }
    return render(request, "conferences/discussion.html", context)


@page(Permission.RECORD_ENQUIRY)
def change_discussion(request, pk):
    """Correct what a strategy discussion says. The date of one that started an enquiry is changed elsewhere."""
    found = get_or_404(StrategyDiscussion.objects.select_related("family"), request.viewer, pk)
    row = queries.discussion_row(found, request.viewer)
    back = reverse("conferences:discussion", args=[pk])
    if row.unreadable:
        messages.info(request, "You cannot change this discussion, because part of it is restricted.")
        return redirect(back)

    def now():
        fresh = queries.discussion_row(StrategyDiscussion.objects.get(pk=pk), request.viewer)
        answers = answers_of(fresh.discussion, fresh.agencies, fresh.children, fresh.actions_to_do)
        return answers, str(fresh.discussion.version)

    initial, version = now()
    form = DiscussionForm(
        request.POST or None, initial=initial | {"seen": version}, decided=row.children, cancel_url=back,
        is_dated=row.started is not None, action_rows=len(row.actions_to_do),
    )  # fmt: skip

    def do():
        given = form.cleaned_data
        return discussions.change_strategy_discussion(
            by=request.viewer, discussion=found, discussed=form.discussed(), reasons=form.reasons(),
            held_on=given.get("held_on"), seen=given["seen"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    looked(request.viewer, children=[one.child for one in row.children], page="strategy discussion")
    context = {
        "form": form,
        "heading": "Change the strategy discussion",
        "caption": str(found.family),
        "back": back,
        "row": row,
    }
    return render(request, "conferences/change_discussion.html", context, status=status(form))


@page(Permission.RECORD_ENQUIRY)
def mark_discussion_action(request, pk):
    """Record whether an action of a strategy discussion was done."""
    found = get_or_404(DiscussionAction.objects.select_related("discussion__family"), request.viewer, pk)
    discussion, back = found.discussion, reverse("conferences:discussion", args=[found.discussion_id])
    form = MarkActionForm(request.POST or None, possible=DISCUSSION_ACTION.moves[found.state], cancel_url=back)

    def do():
        return discussions.mark_discussion_action(by=request.viewer, action=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, f"The action is marked as “{found.get_state_display().lower()}”.")
        return redirect(back)
    children = [row.child for row in discussion.children.select_related("child")]
    looked(request.viewer, children=children, page="action of a strategy discussion", basis=str(discussion.family))
    context = {
        "form": form, "heading": "Record what became of an action", "caption": str(discussion.family), "back": back,
        "action": found,
    }  # fmt: skip
    return render(request, "conferences/mark_discussion_action.html", context)


@page(Permission.RECORD_ENQUIRY)
def ask_date_change(request, pk):
    """Ask the manager to agree another date of the discussion from which the 15 working days count."""
    found = get_or_404(StrategyDiscussion.objects.select_related("family"), request.viewer, pk)
    back = reverse("conferences:discussion", args=[pk])
    form = AskDateForm(request.POST or None, cancel_url=back)

    def do():
        return actions.ask_date_change(by=request.viewer, discussion=found, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Your manager has been asked. Until they agree, the recorded date counts.")
        return redirect(back)
    lead = "The 15 working days count from this date. It is changed only with a reason, and when your manager agrees."
    context = {
        "form": form, "heading": "Change the date of the strategy discussion", "caption": str(found.family),
        "back": back, "lead": lead,
    }  # fmt: skip
    return render(request, "layouts/form.html", context)


@page(Permission.SIGN_OFF_ENQUIRY)
def answer_date_change(request, pk):
    """The manager reads both dates with what is counted from them, and agrees or declines."""
    everything = DateChange.objects.select_related("discussion__family", "discussion__enquiry", "asked_by")
    change = get_or_404(everything, request.viewer, pk)
    back = reverse("conferences:discussion", args=[change.discussion_id])
    if refused := not_now(request, DATE_CHANGE, change, WAITS_FOR_ANSWER, to="answered", back=back):
        return refused
    form = AnswerDateForm(request.POST or None, cancel_url=back)

    def do():
        return actions.answer_date_change(by=request.viewer, change=change, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        agreed = "The date has been changed, and every limit is counted from it."
        messages.success(request, agreed if change.agreed else "Declined. The recorded date stays.")
        return redirect(back)
    row = queries.enquiry_row(change.discussion.enquiry)
    looked(request.viewer, children=row.children, page="date of a strategy discussion")
    context = {
        "form": form,
        "heading": "Agree or decline another date",
        "caption": str(change.discussion.family),
        "back": back,
        "change": change,
        "due_now": due("icpc", change.from_on),
        "due_then": due("icpc", change.to_on),
        "conferences": [one for one in row.conferences if one.state not in CALLED_OFF],
    }
    return render(request, "conferences/answer_date_change.html", context)


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def enquiry(request, pk):
    """The enquiry: its outcome for each child, its discussions, the last day for a conference, and the next step."""
    viewer = request.viewer
    row = queries.enquiry_row(get_or_404(Enquiry.objects, viewer, pk))
    family, found = row.enquiry.family, row.enquiry.strategy_discussion
    looked(viewer, children=row.children, page="section 47 enquiry", basis=str(family))
    context = {
        "row": row,
        "enquiry": row.enquiry,
        "family": family,
        "discussion": queries.discussion_row(found, viewer),
        "linked": queries.linked_with(found, queries.discussions_of(family)),
        "plan": row.enquiry.safety_plans.first(),
        "stages": stages_on_the_way(row),
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, family),
        "may_sign_off": row.waits_for_sign_off and viewer.may(Permission.SIGN_OFF_ENQUIRY, row.enquiry),
        "may_ask": row.may_be_requested and viewer.may(Permission.REQUEST_CONFERENCE, family),
        "left_out": [one for one in left_out_since(family) if one.child_id in row.needing_ids]
        if row.state == queries.NEEDED and viewer.can(Permission.CONSIDER_CHILD)
        else (),
        "may_write": row.state != queries.REQUESTED and viewer.may(Permission.RECORD_ENQUIRY, family),
    }
    return render(request, "conferences/enquiry.html", context)


@page(Permission.RECORD_ENQUIRY)
def write_outcome(request, pk):
    """The outcome of the enquiry for each child, for the manager to sign off."""
    found = get_or_404(Enquiry.objects.select_related("family", "strategy_discussion"), request.viewer, pk)
    back = reverse("conferences:enquiry", args=[pk])

    def now():
        fresh = queries.enquiry_row(found)
        answers = {"outcome_on": fresh.enquiry.outcome_on}
        for each in fresh.rows:
            parts = ("outcome", "findings", "follows")
            answers |= {f"{part}_{each.child_id}": getattr(each, part) for part in parts}
        return answers, str(fresh.enquiry.version)

    row = queries.enquiry_row(found)
    initial, version = now()
    form = OutcomeForm(request.POST or None, initial=initial | {"seen": version}, rows=row.rows, cancel_url=back)

    def do():
        given = form.cleaned_data
        return actions.write_outcome(
            by=request.viewer, enquiry=found, outcome_on=given["outcome_on"], outcomes=form.outcomes(),
            seen=given["seen"],
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Outcome sent. A manager must sign it off before a conference can be requested.")
        return redirect(back)
    looked(request.viewer, children=row.children, page="outcome of an enquiry", basis=str(found.family))
    context = {
        "form": form,
        "heading": "What was the outcome of the enquiry?",
        "caption": str(found.family),
        "back": back,
        "row": row,
    }
    return render(request, "conferences/write_outcome.html", context, status=status(form))


@page(Permission.SIGN_OFF_ENQUIRY)
def sign_off_outcome(request, pk):
    """The manager reads what the enquiry found for each child, and signs it off or returns it."""
    viewer = request.viewer
    found = get_or_404(Enquiry.objects.select_related("family"), viewer, pk)
    row, back = queries.enquiry_row(found), reverse("conferences:enquiry", args=[pk])
    form = SignOffForm(request.POST or None, initial={"seen": str(found.version)}, cancel_url=back)

    def do():
        given = form.cleaned_data
        if given["signed_off"]:
            return actions.sign_off_outcome(by=viewer, enquiry=found, seen=given["seen"])
        return actions.return_outcome(by=viewer, enquiry=found, reason=given["reason"], seen=given["seen"])

    def now():
        return {}, str(queries.enquiry_row(found).enquiry.version)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        done = _signed_off(found) if form.cleaned_data["signed_off"] else "Returned. The author is asked to change it"
        messages.success(request, done)
        return redirect(back)
    looked(viewer, children=row.children, page="sign off an enquiry", basis=str(found.family))
    context = {
        "form": form,
        "heading": "Sign off the outcome of the enquiry",
        "caption": str(found.family),
        "back": back,
        "row": row,
        "enquiry": row.enquiry,
        "discussion": queries.discussion_row(row.enquiry.strategy_discussion, viewer),
    }
    return render(request, "conferences/sign_off_outcome.html", context, status=status(form))


def _signed_off(enquiry) -> str:
    conference = enquiry.answered_by_conference
    if conference is None:
        return "Signed off"
    return (
        f"Signed off. The {conference.get_kind_display().lower()} that is already requested is about this enquiry too: "
        f"it must be held by {in_words(conference.due_on)}."
    )
