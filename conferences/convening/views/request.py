"""Pages of the strategy discussion, the enquiry, and the request for a conference."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import request as actions
from conferences.convening.choices import ConferenceKind, ConferenceState, EnquiryOutcome
from conferences.convening.forms.request import (
    AnswerDisputeForm,
    AnswerForm,
    DiscussionForm,
    DisputeForm,
    OutcomeForm,
    RequestForm,
)
from conferences.convening.models import Conference, Dispute, Enquiry, StrategyDiscussion
from conferences.convening.queries import request as queries
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import WrongState
from cpc.core.policy.queries import due, limit
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.queries.household import children_of, household
from families.people.views.members import status


@page(Permission.RECORD_ENQUIRY)
def record_discussion(request, family):
    """Record a strategy discussion, which starts a section 47 enquiry."""
    family = get_or_404(Family, request.viewer, family)
    children = [child for child in children_of(family) if not child.died_on]
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
        messages.success(request, "Strategy discussion recorded. The section 47 enquiry has started.")
        return redirect("conferences:enquiry", form.result.pk)
    looked(request.viewer, children=children, page="strategy discussion", basis=str(family))
    context = {"form": form, "heading": "Record a strategy discussion", "caption": str(family), "back": back}
    return render(request, "layouts/form.html", context)


@page(Permission.RECORD_ENQUIRY)
def change_discussion(request, pk):
    """Correct a strategy discussion; limits of conferences not yet held are recalculated."""
    discussion = get_or_404(StrategyDiscussion.objects.select_related("family", "enquiry"), request.viewer, pk)

    def now():
        fresh = StrategyDiscussion.objects.get(pk=pk)
        names = ("held_on", "who_took_part", "concerns", "decided")
        return {name: getattr(fresh, name) for name in names}, str(fresh.version)

    initial, version = now()
    back = reverse("conferences:enquiry", args=[discussion.enquiry.pk])
    form = DiscussionForm(request.POST or None, initial=initial | {"seen": version}, cancel_url=back)

    def do():
        return actions.change_strategy_discussion(by=request.viewer, discussion=discussion, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Saved")
        return redirect(back)
    context = {
        "form": form,
        "heading": "Change the strategy discussion",
        "caption": str(discussion.family),
        "back": back,
        "lead": "If you change the date, the last day for the conference is recalculated.",
    }
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.RECORD_ENQUIRY, Permission.READ_FAMILY, methods=("GET",))
def enquiry(request, pk):
    """The enquiry: its discussion, its children, the last day for a conference, and the next step."""
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
    """The outcome of the enquiry."""
    enquiry = get_or_404(Enquiry.objects.select_related("family", "strategy_discussion"), request.viewer, pk)
    back = reverse("conferences:enquiry", args=[pk])

    def now():
        fresh = Enquiry.objects.get(pk=pk)
        names = ("outcome", "outcome_on", "findings")
        return {name: getattr(fresh, name) for name in names}, str(fresh.version)

    initial, version = now()
    form = OutcomeForm(request.POST or None, initial=initial | {"seen": version}, cancel_url=back)

    def do():
        return actions.record_outcome(by=request.viewer, enquiry=enquiry, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do, now):
        messages.success(request, "Outcome recorded")
        needs = enquiry.outcome == EnquiryOutcome.CONFERENCE and request.viewer.can(Permission.REQUEST_CONFERENCE)
        return redirect("conferences:ask", pk) if needs else redirect(back)
    context = {
        "form": form,
        "heading": "What was the outcome of the enquiry?",
        "caption": str(enquiry.family),
        "back": back,
    }
    return render(request, "layouts/form.html", context, status=status(form))


@page(Permission.REQUEST_CONFERENCE)
def request_conference(request, enquiry):
    """Request an initial or pre-birth conference after an enquiry."""
    found = Enquiry.objects.select_related("family", "strategy_discussion")
    row = queries.enquiry_row(get_or_404(found, request.viewer, enquiry))
    back = reverse("conferences:enquiry", args=[enquiry])
    if not row.needs_request:
        raise WrongState(
            "A conference has already been requested after this enquiry, or its outcome does not call for one. "
            "Go back to the enquiry to see."
        )
    about = {child.pk for child in row.children}
    every_one_unborn = all(child.is_unborn for child in row.children)
    initial = {"kind": ConferenceKind.PRE_BIRTH if every_one_unborn else ConferenceKind.INITIAL}
    initial |= {f"include_{pk}": True for pk in about}
    return _request_page(
        request, row.enquiry.family, back, initial, due=row.due, enquiry=row.enquiry, about=row.children
    )


@page(Permission.REQUEST_CONFERENCE)
def request_transfer_in(request, family):
    """Request a transfer-in conference: the family has moved here with another authority's plan."""
    family = get_or_404(Family, request.viewer, family)
    back = reverse("families:family", args=[family.pk])
    return _request_page(request, family, back, {}, rule=limit("transfer_in_conference", request.viewer.on).rule)


def _request_page(request, family, back, initial, *, due=None, enquiry=None, rule="", about=()):
    members = [member for member in household(family, request.viewer).children if not member.person.died_on]
    form = RequestForm(
        request.POST or None, members=members, transfer_in=enquiry is None, initial=initial, cancel_url=back
    )

    def do():
        kind = {} if enquiry else {"kind": ConferenceKind.TRANSFER_IN}
        return actions.request_conference(by=request.viewer, family=family, enquiry=enquiry, **kind, **form.given())

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Conference requested. The team manager will now decide.")
        return redirect("conferences:request", form.result.pk)
    looked(request.viewer, children=[member.person for member in members], page="request a conference")
    context = {
        "form": form,
        "heading": "Request a transfer-in conference" if enquiry is None else "Request a conference",
        "caption": str(family),
        "back": back,
        "due": due,
        "rule": rule,
        "births": births((child for child in about if child.is_unborn), request.viewer.on),
    }
    return render(request, "conferences/request_ask.html", context)


def births(children, on):
    """For each unborn child, the last day for a conference before the birth, and whether it has passed by ``on``."""
    last_days = [(child, due("prebirth_conference", child.expected_on)) for child in children]
    return [(child, last_day, last_day.on < on) for child, last_day in last_days]


@page(Permission.READ_CONFERENCE, methods=("GET",))
def conference_request(request, pk):
    """The request: the last day and its working, the children considered, and the answer."""
    viewer = request.viewer
    people = ("family__team", "requested_by", "agreed_by", "declined_by", "enquiry", "plan_elsewhere")
    conference = get_or_404(Conference.objects.select_related(*people), viewer, pk)
    if conference.is_review:
        raise Http404
    only_own = queries.only_their_own(viewer)
    if only_own and conference.state != ConferenceState.DECLINED:
        raise Http404  # an invited professional reads the invitation, not what the request says of the family
    children = queries.children_considered(conference, viewer)
    looked(viewer, children=[row.child for row in children], page="request for a conference", basis=str(conference))
    unborn = [row.child for row in children if row.included and row.child.is_unborn]
    disputes = list(queries.disputes_of(conference, viewer))
    open_already = any(each.raised_by_id == viewer.id and not each.answered_at for each in disputes)
    declined = conference.state == ConferenceState.DECLINED
    may_decide = viewer.may(Permission.AGREE_CONFERENCE, conference)
    context = {
        "conference": conference,
        "only_own": only_own,
        "children": children,
        "due": None if only_own else queries.due_of(conference),
        "births": [] if only_own else births(unborn, viewer.on),
        "disputes": disputes,
        "may_answer": may_decide and conference.state == ConferenceState.REQUESTED,
        "may_answer_disputes": viewer.may(Permission.ANSWER_DISPUTE, conference),
        "may_dispute": declined and not open_already and viewer.may(Permission.DISPUTE_DECISION, conference),
        "may_read_family": viewer.may(Permission.READ_FAMILY),
        "is_past_request": conference.state not in (ConferenceState.REQUESTED, ConferenceState.DECLINED),
    }
    return render(request, "conferences/request_conference.html", context)


@page(Permission.AGREE_CONFERENCE)
def answer_request(request, pk):
    """The team manager reads what the request rests on, and agrees, or declines with reasons."""
    about = ("family", "requested_by", "enquiry__strategy_discussion")
    conference = get_or_404(Conference.objects.select_related(*about), request.viewer, pk)
    back = reverse("conferences:request", args=[pk])
    form = AnswerForm(request.POST or None, cancel_url=back)

    def do():
        if form.cleaned_data["agreed"]:
            return actions.agree_request(by=request.viewer, conference=conference)
        return actions.decline_request(by=request.viewer, conference=conference, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        agreed = form.cleaned_data["agreed"]
        messages.success(
            request,
            "Agreed. The conference service will now book the conference."
            if agreed
            else "Declined. Your reasons have been recorded.",
        )
        return redirect(back)
    children = queries.children_considered(conference, request.viewer)
    unborn = [row.child for row in children if row.included and row.child.is_unborn]
    looked(request.viewer, children=[row.child for row in children], page="answer a request", basis=str(conference))
    context = {
        "form": form,
        "heading": "Agree or decline this conference",
        "caption": str(conference),
        "back": back,
        "due": queries.due_of(conference),
        "conference": conference,
        "enquiry": conference.enquiry,
        "children": children,
        "births": births(unborn, request.viewer.on),
    }
    return render(request, "conferences/request_answer.html", context)


@page(Permission.DISPUTE_DECISION)
def dispute(request, pk):
    """Dispute the decision not to hold a conference."""
    conference = get_or_404(Conference.objects.select_related("family"), request.viewer, pk)
    back = reverse("conferences:request", args=[pk])
    form = DisputeForm(request.POST or None, cancel_url=back)

    def do():
        return actions.dispute_decision(by=request.viewer, conference=conference, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        messages.success(request, "Your disagreement has been recorded. The conference service manager will answer it.")
        return redirect(back)
    lead = "It is recorded beside the decision, with your name. The conference service manager will answer it."
    context = {"form": form, "heading": "Dispute the decision", "back": back, "lead": lead}
    return render(request, "layouts/form.html", context)


@page(Permission.ANSWER_DISPUTE)
def answer_dispute(request, pk):
    """The answer to a dispute, by a manager who did not take the decision."""
    seen = Conference.objects.filter(pk__in=Dispute.objects.filter(pk=pk).values("conference"))
    conference = get_or_404(seen.select_related("family"), request.viewer)
    dispute = Dispute.objects.select_related("conference__family", "conference__declined_by", "raised_by").get(pk=pk)
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
