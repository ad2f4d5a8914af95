"""For each child: how they took part, each agency's view, and the decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from conferences.convening.models import ConferenceChild
from conferences.convening.permissions import chaired_conference_or_404
from conferences.convening.rules.childs_voice import voice_of
from conferences.disclosure.forms import attempt_or_ask_consent
from conferences.meeting.actions import decisions
from conferences.meeting.forms.decisions import ChildViewsForm, DecideForm
from conferences.meeting.queries import board
from conferences.meeting.queries.agencies import agencies_knowing, people_scoring
from conferences.meeting.queries.earlier_decisions import is_first_review
from conferences.meeting.views.attendance import only_while_open
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import due, setting
from cpc.core.web.guards import page


@page(Permission.HOLD_CONFERENCE)
def meet_child(request, pk, child):
    """One child: participation and each agency's view."""
    conference = chaired_conference_or_404(request.viewer, pk)
    rows = board.included(conference)
    row = next((row for row in rows if row.pk == child), None)
    if row is None:
        raise Http404
    row.conference = conference
    form = ChildViewsForm(
        request.POST or None,
        row=row,
        voice=(voice := voice_of(row.child, conference.held_on)),
        people=people_scoring(row) if setting("uses_scale") else agencies_knowing(row),
        views={view.invitation_id: view for view in row.agency_views.all()},
        scores={scaling.invitation_id: scaling.score for scaling in row.scalings.all()},
        initial=_answers(row),
    )
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: decisions.record_child_views(
            by=request.viewer,
            **shared,
            conference_child=row,
            participation=form.cleaned_data.get("participation", ""),
            views=form.views(),
        ),
        now=lambda: _answers(ConferenceChild.objects.get(pk=row.pk)),
    ):
        messages.success(request, f"The views on {row.child.full_name} have been saved.")
        return redirect(_next(conference, rows, row, "next" in request.POST))
    after = _after(rows, row)
    looked(request.viewer, children=[one.child_id for one in (row, after) if one], page="views on a child")
    if after:
        form.other_submits = [("next", f"Save and go to {after.child.short_name}")]
    return render(
        request,
        "conferences/meet/child.html",
        {
            "form": form,
            "conference": conference,
            "row": row,
            "voice": voice,
            "scale": (setting("scale_low_label"), setting("scale_high_label")) if setting("uses_scale") else None,
        },
    )


def _answers(row) -> dict:
    """What is recorded about this child, by the field of the form."""
    found = {"participation": row.participation}
    for one in row.agency_views.order_by("pk"):
        for name in ("view", "reason", "audience", "dissent_reason"):
            found[f"{name}_{one.invitation_id}"] = getattr(one, name)
        found[f"dissents_{one.invitation_id}"] = ["yes"] if one.dissents else []
    return found | {f"score_{one.invitation_id}": str(one.score) for one in row.scalings.order_by("pk")}


def _after(rows, row):
    place = rows.index(row)
    return rows[place + 1] if place + 1 < len(rows) else None


def _next(conference, rows, row, go_on):
    after = _after(rows, row) if go_on else None
    if after:
        return reverse("conferences:meet_child", args=[conference.pk, after.pk])
    return reverse("conferences:meet", args=[conference.pk]) + "#decisions"


@page(Permission.HOLD_CONFERENCE)
def meet_decide(request, pk):
    """The decision for the child in the address, or the same decision for several."""
    conference = chaired_conference_or_404(request.viewer, pk)
    if refused := only_while_open(request, conference):
        return refused
    rows = board.included(conference)
    chosen = [row for row in rows if str(row.pk) == request.GET.get("child")]
    form = DecideForm(request.POST or None, conference=conference, rows=rows, initial=_initial(chosen))
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: decisions.decide(by=request.viewer, conference=conference, **form.decided(), **shared),
        now=lambda: _initial([row for row in board.included(conference) if row.pk in {one.pk for one in chosen}]),
    ):
        names = ", ".join(row.child.full_name for row in form.decided()["children"])
        messages.success(request, f"The decision for {names} has been saved.")
        return redirect(reverse("conferences:meet", args=[conference.pk]) + "#decisions")
    looked(request.viewer, children=[row.child_id for row in rows], page="decision")
    return render(
        request,
        "conferences/meet/decide.html",
        {
            "form": form,
            "conference": conference,
            "chosen": chosen[0] if chosen else None,
            "said": _said(chosen),
            "rehold": due("inquorate_rehold", conference.held_on),
            "first_review_ends": setting("first_review_may_end_plan") == "exceptionally"
            and is_first_review(conference, [row.child_id for row in chosen or rows]),
        },
    )


def _initial(chosen) -> dict:
    if not chosen:
        return {}  # no child is ticked in advance
    decision = board.decision_of(chosen[0])
    return {"children": [str(chosen[0].pk)]} | (initial_decision(decision) if decision else {})


def initial_decision(decision) -> dict:
    """The initial values of a form that changes this decision."""
    names = ("outcome", "category", "consent_by", "not_decided_reason", "interim_plan", "new_date_on", "reasons")
    names = (*names, "new_date_reason", "threshold", "category_reason")
    initial = {name: getattr(decision, name) for name in names}
    initial["is_multiple"] = ["yes"] if decision.is_multiple else []
    if decision.restricted:
        initial |= {"is_restricted": ["yes"], "restricted": decision.restricted}
        initial["audience"] = decision.restricted_audience
    return initial


def _said(chosen):
    """What each agency said about the child, beside the decision: views with their reasons, without a count."""
    if not chosen:
        return []
    return chosen[0].agency_views.select_related("invitation__agency").order_by("pk")
