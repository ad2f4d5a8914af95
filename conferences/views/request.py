"""Pages of the strategy discussion, the enquiry, and asking for a conference."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.actions import request as actions
from conferences.choices import ConferenceKind, ConferenceState, EnquiryOutcome
from conferences.forms.request import (
    AnswerDisputeForm,
    AnswerForm,
    AskForm,
    DiscussionForm,
    DisputeForm,
    OutcomeForm,
)
from conferences.models import Conference, Dispute, Enquiry, StrategyDiscussion
from conferences.queries import request as queries
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import WrongState
from cpc.core.policy.queries import due, limit
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.models import Family
from families.queries import children_of, household
from families.views.saving import saved, status


@page(Permission.RECORD_ENQUIRY)
def record_discussion(request, family):
    """A strategy discussion starts a section 47 enquiry."""
    family = get_or_404(Family, request.viewer, family)
    children = [child for child in children_of(family, request.viewer) if not child.died_on]
    back = reverse("families:family", args=[family.pk])
    if not children:
        messages.info(request, "Add the children first: an enquiry is about children.")
        return redirect(back)
    form = DiscussionForm(request.POST or None, children=children, cancel_url=back)

    def do():
        given = {name: value for name, value in form.cleaned_data.items() if name not in ("seen", "children")}
        chosen = set(form.cleaned_data["children"])
        about = [child for child in children if str(child.pk) in chosen]
        return actions.record_strategy_discussion(by=request.viewer, family=family, children=about, **given)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Strategy discussion recorded. The section 47 enquiry is under way.")
        return redirect("conferences:enquiry", form.result.pk)
    looked(request.viewer, children=children, page="strategy discussion", basis=str(family))
    context = {"form": form, "heading": "Record a strategy discussion", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_ENQUIRY)
def change_discussion(request, pk):
    """A strategy discussion is corrected; what is not yet held counts again from its day."""
    discussion = get_or_404(StrategyDiscussion.objects.select_related("family", "enquiry"), request.viewer, pk)

    def now():
        fresh = StrategyDiscussion.objects.get(pk=pk)
        names = ("held_on", "who_took_part", "concerns", "decided")
        return {name: getattr(fresh, name) for name in names}, actions.discussion_stamp(fresh)

    initial, stamp = now()
    back = reverse("conferences:enquiry", args=[discussion.enquiry.pk])
    form = DiscussionForm(request.POST or None, initial=initial | {"seen": stamp}, cancel_url=back)

    def do():
        return actions.change_strategy_discussion(by=request.viewer, discussion=discussion, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and saved(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Change the strategy discussion",
        "caption": str(discussion.family),
        "back": back,
        "lead": "If you change its date, the last day for a conference not yet held is counted again.",
    }
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def enquiry(request, pk):
    """The enquiry: its discussion, its children, the last day for a conference, and what comes next."""
    viewer = request.viewer
    found = Enquiry.objects.select_related("strategy_discussion__recorded_by", "family")
    row = queries.enquiry_row(get_or_404(found, viewer, pk))
    looked(viewer, children=row.children, page="section 47 enquiry", basis=str(row.enquiry.family))
    family = row.enquiry.family
    context = {
        "row": row,
        "enquiry": row.enquiry,
        "family": family,
        "may_record": viewer.may(Permission.RECORD_ENQUIRY, family),
        "may_ask": viewer.may(Permission.REQUEST_CONFERENCE, family) and row.needs_request,
    }
    return render(request, "conferences/request_enquiry.html", context)


@page(Permission.RECORD_ENQUIRY)
def record_outcome(request, pk):
    """How the enquiry ended."""
    enquiry = get_or_404(Enquiry.objects.select_related("family", "strategy_discussion"), request.viewer, pk)
    back = reverse("conferences:enquiry", args=[pk])

    def now():
        fresh = Enquiry.objects.get(pk=pk)
        names = ("outcome", "outcome_on", "findings")
        return {name: getattr(fresh, name) for name in names}, actions.outcome_stamp(fresh)

    initial, stamp = now()
    form = OutcomeForm(request.POST or None, initial=initial | {"seen": stamp}, cancel_url=back)

    def do():
        return actions.record_outcome(by=request.viewer, enquiry=enquiry, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and saved(form, do, now):
        messages.success(request, "Outcome recorded")
        needs = enquiry.outcome == EnquiryOutcome.CONFERENCE and request.viewer.can(Permission.REQUEST_CONFERENCE)
        return redirect("conferences:ask", pk) if needs else redirect(back)
    context = {"form": form, "heading": "How did the enquiry end?", "caption": str(enquiry.family), "back": back}
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.REQUEST_CONFERENCE)
def ask(request, enquiry):
    """An initial or pre-birth conference is asked for after an enquiry."""
    found = Enquiry.objects.select_related("family", "strategy_discussion")
    row = queries.enquiry_row(get_or_404(found, request.viewer, enquiry))
    back = reverse("conferences:enquiry", args=[enquiry])
    if not row.needs_request:
        raise WrongState(
            "A conference has already been asked for after this enquiry, or its outcome does not call for one. "
            "Go back to the enquiry to see."
        )
    about = {child.pk for child in row.children}
    every_one_unborn = all(child.is_unborn for child in row.children)
    initial = {"kind": ConferenceKind.PRE_BIRTH if every_one_unborn else ConferenceKind.INITIAL}
    initial |= {f"include_{pk}": True for pk in about}
    return _ask(request, row.enquiry.family, back, initial, due=row.due, enquiry=row.enquiry, about=row.children)


@page(Permission.REQUEST_CONFERENCE)
def ask_transfer_in(request, family):
    """A transfer-in conference is asked for: the family has moved here under another authority's plan."""
    family = get_or_404(Family, request.viewer, family)
    back = reverse("families:family", args=[family.pk])
    return _ask(request, family, back, {}, rule=limit("transfer_in_conference", request.viewer.on).rule)


def _ask(request, family, back, initial, *, due=None, enquiry=None, rule="", about=()):
    members = [member for member in household(family, request.viewer).children if not member.person.died_on]
    form = AskForm(request.POST or None, members=members, transfer_in=enquiry is None, initial=initial, cancel_url=back)

    def do():
        kind = {} if enquiry else {"kind": ConferenceKind.TRANSFER_IN}
        return actions.ask_for_conference(by=request.viewer, family=family, enquiry=enquiry, **kind, **form.given())

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Conference asked for. The team manager decides next.")
        return redirect("conferences:request", form.result.pk)
    looked(request.viewer, children=[member.person for member in members], page="ask for a conference")
    context = {
        "form": form,
        "heading": "Ask for a transfer-in conference" if enquiry is None else "Ask for a conference",
        "caption": str(family),
        "back": back,
        "due": due,
        "rule": rule,
        "births": births(child for child in about if child.is_unborn),
    }
    return render(request, "conferences/request_ask.html", context)


def births(children):
    """For each unborn child, the last day by which this service would hold a conference before the birth."""
    return [(child, due("prebirth_conference", child.expected_on)) for child in children]


@page(Permission.READ_CONFERENCE, methods=("GET",))
def conference_request(request, pk):
    """What was asked for, the last day and its working, who was considered, and what was decided."""
    viewer = request.viewer
    people = ("family__team", "requested_by", "agreed_by", "declined_by", "enquiry")
    conference = get_or_404(Conference.objects.select_related(*people), viewer, pk)
    if conference.is_review:
        raise Http404
    only_own = queries.only_their_own(viewer)
    if only_own and conference.state != ConferenceState.DECLINED:
        raise Http404  # an invited professional reads the invitation, never what the request says of the family
    children = queries.children_considered(conference, viewer)
    looked(viewer, children=[row.child for row in children], page="request for a conference", basis=str(conference))
    disputes = list(queries.disputes_of(conference, viewer))
    open_already = any(each.raised_by_id == viewer.id and not each.answered_at for each in disputes)
    declined = conference.state == ConferenceState.DECLINED
    may_decide = viewer.may(Permission.AGREE_CONFERENCE, conference)
    context = {
        "conference": conference,
        "only_own": only_own,
        "children": children,
        "due": None if only_own else queries.due_of(conference),
        "births": [] if only_own else births(row.child for row in children if row.included and row.child.is_unborn),
        "disputes": disputes,
        "may_answer": may_decide and conference.state == ConferenceState.REQUESTED,
        "may_answer_disputes": may_decide,
        "may_dispute": declined and not open_already and viewer.may(Permission.DISPUTE_DECISION, conference),
        "may_read_family": viewer.may(Permission.READ_FAMILY),
        "is_past_request": conference.state not in (ConferenceState.REQUESTED, ConferenceState.DECLINED),
    }
    return render(request, "conferences/request_conference.html", context)


@page(Permission.AGREE_CONFERENCE)
def answer_request(request, pk):
    """The team manager agrees, or declines with reasons."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    back = reverse("conferences:request", args=[pk])
    form = AnswerForm(request.POST or None, cancel_url=back)

    def do():
        if form.cleaned_data["agreed"]:
            return actions.agree_request(by=request.viewer, conference=conference)
        return actions.decline_request(by=request.viewer, conference=conference, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        agreed = form.cleaned_data["agreed"]
        messages.success(
            request, "Agreed. The conference service books it next." if agreed else "Declined, with your reasons."
        )
        return redirect(back)
    context = {
        "form": form,
        "heading": "Agree or decline this conference",
        "caption": str(conference),
        "back": back,
        "due": queries.due_of(conference),
        "conference": conference,
    }
    return render(request, "conferences/request_answer.html", context)


@page(Permission.DISPUTE_DECISION)
def dispute(request, pk):
    """Somebody disagrees with the decision not to hold a conference."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    back = reverse("conferences:request", args=[pk])
    form = DisputeForm(request.POST or None, cancel_url=back)

    def do():
        return actions.dispute_decision(by=request.viewer, conference=conference, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "It is on the record that you disagree. The team manager answers next.")
        return redirect(back)
    lead = "What you write stands in the record beside the decision, with your name. The team manager answers it."
    context = {"form": form, "heading": "Dispute the decision", "back": back, "lead": lead}
    return render(request, "layouts/form.html", context)


@page(Permission.AGREE_CONFERENCE)
def answer_dispute(request, pk):
    """The manager's answer to a dispute."""
    seen = Conference.objects.filter(pk__in=Dispute.objects.filter(pk=pk).values("conference"))
    conference = get_or_404(seen.select_related("family"), request.viewer)
    dispute = Dispute.objects.select_related("conference__family", "raised_by").get(pk=pk)
    back = reverse("conferences:request", args=[conference.pk])
    form = AnswerDisputeForm(request.POST or None, cancel_url=back)

    def do():
        return actions.answer_dispute(by=request.viewer, dispute=dispute, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Your answer is on the record")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Answer a dispute",
        "caption": str(conference),
        "back": back,
        "dispute": dispute,
    }
    return render(request, "conferences/request_answer_dispute.html", context)
