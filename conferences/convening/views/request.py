"""Pages of the request for a conference."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.actions import request as actions
from conferences.convening.choices import TO_COME, ConferenceKind, ConferenceState
from conferences.convening.forms.request import (
    AnswerForm,
    RequestForm,
)
from conferences.convening.models import Conference, Enquiry
from conferences.convening.queries import enquiries
from conferences.convening.queries import request as queries
from conferences.convening.queries.booking import births
from conferences.convening.queries.clock import stages_of, stages_of_enquiry
from conferences.convening.queries.disputes import disputes_of
from conferences.convening.queries.family_groups import group_meetings_of
from conferences.convening.queries.safety_plans import plan_of
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.audit.looks import looked
from cpc.core.kernel.refusals import NotPermitted, WrongState
from cpc.core.policy.queries import due, limit
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page
from families.cases.models import Family
from families.people.queries.household import household


@page(Permission.REQUEST_CONFERENCE)
def request_conference(request, enquiry):
    """Request an initial or pre-birth conference after an enquiry."""
    row = enquiries.enquiry_row(get_or_404(Enquiry.objects, request.viewer, enquiry))
    back = reverse("conferences:enquiry", args=[enquiry])
    if not row.may_be_requested:
        raise WrongState(
            "A conference has already been requested after this enquiry, or no signed-off outcome calls for one. "
            "Go back to the enquiry to see."
        )
    rows = enquiries.enquiries_to_request(row.enquiry.family)
    needing = [child for one in rows for child in one.needing]
    about = {child.pk for child in needing}
    every_one_unborn = all(child.is_unborn for child in needing)
    initial = {"kind": ConferenceKind.PRE_BIRTH if every_one_unborn else ConferenceKind.INITIAL}
    initial |= {f"include_{pk}": True for pk in about}
    return _request_page(
        request, row.enquiry.family, back, initial, due=row.due, enquiry=row.enquiry,
        about=[child for one in rows for child in one.children], row=row, rows=rows,
    )  # fmt: skip


@page(Permission.REQUEST_CONFERENCE)
def request_transfer_in(request, family):
    """Request a transfer-in conference: the family has moved here with another authority's plan."""
    family = get_or_404(Family, request.viewer, family)
    back = reverse("families:family", args=[family.pk])
    return _request_page(request, family, back, {}, rule=limit("transfer_in_conference", request.viewer.on).rule)


def _request_page(request, family, back, initial, *, due=None, enquiry=None, rule="", about=(), row=None, rows=()):
    members = [member for member in household(family, request.viewer).children if not member.person.died_on]
    form = RequestForm(
        request.POST or None, members=members, transfer_in=enquiry is None, initial=initial, cancel_url=back,
        found=enquiries.found_without_need(rows),
    )  # fmt: skip

    def do(shared):
        kind = {} if enquiry else {"kind": ConferenceKind.TRANSFER_IN}
        return actions.request_conference(
            by=request.viewer, family=family, enquiry=enquiry, **kind, **form.given(), consent=shared["consent"]
        )

    if request.method == "POST" and attempt_or_ask_consent(request, form, do):
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
        "row": row,
        "other_rows": [one for one in rows if one.enquiry != enquiry],
        "own_days": own_days([(child, one.enquiry) for one in rows for child in one.needing]),
        "births": births(about, request.viewer.on),
        "stages": stages_of_enquiry(enquiry, due) if enquiry else (),
    }
    return render(request, "conferences/request_ask.html", context)


@page(Permission.READ_CONFERENCE)
def conference_request(request, pk):
    """The request on one page: what it rests on, and the decision of the team manager at its foot."""
    viewer = request.viewer
    conference = get_or_404(Conference.objects.select_related(*READ), viewer, pk)
    if conference.is_review:
        raise Http404
    only_own = queries.only_their_own(viewer)
    if only_own and conference.state != ConferenceState.DECLINED:
        raise Http404  # an invited professional reads the invitation, not what the request says of the family
    if only_own:
        viewer.found.clear()  # warnings are for those who are invited
    may_decide = viewer.may(Permission.AGREE_CONFERENCE, conference)
    if request.method == "POST" and not may_decide:
        raise NotPermitted("Only the manager of the family’s team agrees or declines.")
    form = AnswerForm(request.POST or None)

    def do():
        if form.cleaned_data["agreed"]:
            return actions.agree_request(by=viewer, conference=conference)
        return actions.decline_request(by=viewer, conference=conference, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid() and attempt(form, do):
        agreed = "Agreed. The conference service will now book the conference."
        messages.success(
            request, agreed if form.cleaned_data["agreed"] else "Declined. Your reasons have been recorded."
        )
        return redirect("conferences:request", pk)
    children = queries.children_considered(conference, viewer)
    looked(viewer, children=[row.child for row in children], page="request for a conference", basis=str(conference))
    disputes = disputes_of(conference, viewer)
    open_already = any(each.raised_by_id == viewer.id and not each.closed_at for each in disputes)
    declined = conference.state == ConferenceState.DECLINED
    context = {
        "conference": conference,
        "only_own": only_own,
        "children": children,
        "disputes": disputes,
        "form": form if may_decide and (form.is_bound or conference.state == ConferenceState.REQUESTED) else None,
        "may_answer_disputes": viewer.may(Permission.ANSWER_DISPUTE, conference),
        "may_dispute": declined and not open_already and viewer.may(Permission.DISPUTE_DECISION, conference),
        "may_read_family": viewer.may(Permission.READ_FAMILY, conference.family),
        "is_past_request": conference.state not in (ConferenceState.REQUESTED, ConferenceState.DECLINED),
    }
    if not only_own:
        context |= _what_it_rests_on(conference, children, viewer)
    return render(request, "conferences/request_conference.html", context)


READ = (
    "family__team", "requested_by", "agreed_by", "declined_by", "plan_elsewhere", "previous",
    "enquiry__strategy_discussion__recorded_by",
)  # fmt: skip


def _what_it_rests_on(conference, children, viewer: Viewer) -> dict:
    """What the page of a request shows to staff, as far as the viewer may read it."""
    found = {
        "due": queries.due_of(conference),
        "stages": stages_of(conference) if conference.state in TO_COME else (),
        "births": births([row.child for row in children if row.included], viewer.on),
    }
    if not viewer.may(Permission.READ_FAMILY, conference.family):
        return found
    found["group_meetings"] = group_meetings_of(conference.family)
    found["needs"] = queries.people_with_needs(conference.family)
    if viewer.can(Permission.READ_PROTECTIONS):
        found["kept_apart"] = queries.people_to_separate(conference.family)
        found["may_read_private"] = True
    found["enquiries"] = [_enquiry(one, viewer) for one in enquiries.led_to_it(conference)]
    led = [one["row"] for one in found["enquiries"]]
    found["row"] = next((row for row in led if row.enquiry.pk == conference.enquiry_id), None)
    included = [row for row in children if row.included]
    without_need = enquiries.found_without_need(led)
    for one in included:
        one.found = without_need.get(one.child_id, "")
    found["own_days"] = own_days(
        [(one.child, row.enquiry) for one in included for row in led if _is_here_because_of(one, row)]
    )
    return found


def _is_here_because_of(conference_child, row) -> bool:
    """Whether the enquiry of this row is about the child, and led to the conference for them."""
    is_about = conference_child.child in row.children
    return is_about and (conference_child.enquiry_id == row.enquiry.pk or conference_child.child_id in row.needing_ids)


def _enquiry(enquiry, viewer: Viewer) -> dict:
    plan = plan_of(enquiry)
    return {
        "row": enquiries.enquiry_row(enquiry),
        "discussion": enquiries.discussion_row(enquiry.strategy_discussion, viewer),
        "plan": plan,
        "steps": plan.steps.select_related("who") if plan else (),
    }


def own_days(led) -> list:
    """For each pair of a child and its enquiry: the child, the day of the strategy discussion, and the child’s own last
    day with its working. Nothing where all children belong to one enquiry.
    """
    if len({enquiry.pk for _, enquiry in led}) < 2:
        return []
    days = [(child, enquiry.strategy_discussion.held_on) for child, enquiry in led]
    return [(child, held_on, due("icpc", held_on)) for child, held_on in days]
