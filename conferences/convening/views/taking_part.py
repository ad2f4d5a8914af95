"""Who comes with a parent, how each adult and child takes part, and the worry in the family’s letter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst

from conferences.convening.actions import child_parts, companions
from conferences.convening.actions.invitations import CHANGES
from conferences.convening.actions.ways_to_take_part import record_way
from conferences.convening.actions.worry import MAY_CHANGE, write_worry
from conferences.convening.choices import CompanionState
from conferences.convening.forms.taking_part import (
    ChildAskedForm,
    ChildPartForm,
    DecideCompanionForm,
    EndCompanionForm,
    NameCompanionForm,
    WayForm,
    WorryForm,
)
from conferences.convening.models import Companion, Conference, Invitation
from conferences.convening.queries.companions import LIVE, companions_for
from conferences.convening.queries.invitations import included_children
from conferences.convening.queries.support import support_for
from conferences.convening.queries.taking_part import adults_for, child_rows, parts_for, worry_left_out
from conferences.disclosure.forms import attempt_or_ask_consent
from cpc.core.accounts.permissions import Permission as P
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import due, setting, words
from cpc.core.web.forms import attempt
from cpc.core.web.guards import get_or_404, page

READ = Conference.objects.select_related("family", "chair")
WITH_CONFERENCE = Companion.objects.select_related("conference__family", "person", "relative")


@page(P.RECORD_TAKING_PART, P.DECIDE_TAKING_PART, methods=("GET",))
def taking_part(request, pk):
    """Who comes with a parent, how each child takes part, and what the family's letter says of the worry."""
    conference, viewer = get_or_404(READ, request.viewer, pk), request.viewer
    may = viewer.may_which(conference, P.RECORD_TAKING_PART, P.DECIDE_TAKING_PART)
    is_open = conference.state in CHANGES
    looked(viewer, children=included_children(conference), page="taking part")
    return render(request, "conferences/taking_part.html", {
        "conference": conference,
        "companions": companions_for(viewer, conference),
        "adults": adults_for(viewer, conference),
        "children": child_rows(conference, parts_for(viewer, conference)),
        "may_record": is_open and P.RECORD_TAKING_PART in may,
        "may_decide": is_open and P.DECIDE_TAKING_PART in may,
        "may_write": conference.state in MAY_CHANGE and P.RECORD_TAKING_PART in may,
        "name_by": due("supporter_notice", conference.held_on) if conference.held_on else None,
        "allowed": setting("supporters_allowed"),
        "advocates": [one for one in support_for(viewer, conference) if one.is_advocate],
        "advocacy_age": setting("advocacy_age"),
        "parent_advocacy": words("parent_advocacy"),
        "left_out": worry_left_out(conference),
        "S": CompanionState,
        "live": LIVE,
    })  # fmt: skip


@page(P.RECORD_TAKING_PART)
def name_companion(request, pk):
    """Name somebody who would come with a parent."""
    conference = get_or_404(READ, request.viewer, pk)
    form = NameCompanionForm(request.POST or None, conference=conference)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: companions.name_companion(by=request.viewer, conference=conference, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"The chair will decide whether {form.result.name} may come.")
        return redirect("conferences:taking_part", pk)
    return _form(request, form, conference, "Name a supporter or solicitor")


@page(P.DECIDE_TAKING_PART)
def decide_companion(request, pk):
    """Agree that somebody comes with a parent, or not."""
    one = get_or_404(WITH_CONFERENCE, request.viewer, pk)
    _require(request, P.DECIDE_TAKING_PART, one.conference)
    form = DecideCompanionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: companions.decide_companion(by=request.viewer, companion=one, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"{one.name}: {one.get_state_display().lower()}. The parent’s letter will say so.")
        return redirect("conferences:taking_part", one.conference_id)
    lead = f"{capfirst(one.relation)}. {one.asked_by} asked that they come."
    lead += " They would hear everything that the parent hears."
    if one.is_namesake:
        lead += (
            f" Somebody on the family’s record has the same name: {one.recorded_by} confirmed that this is another "
            "person."
        )
    return _form(request, form, one.conference, str(one), lead)


@page(P.RECORD_TAKING_PART)
def end_companion(request, pk):
    """Record that somebody does not come any more."""
    one = get_or_404(WITH_CONFERENCE, request.viewer, pk)
    form = EndCompanionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: companions.end_companion(by=request.viewer, companion=one, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"Saved. {one.name} is no longer coming.")
        return redirect("conferences:taking_part", one.conference_id)
    return _form(request, form, one.conference, f"{one.name} is not coming")


@page(P.RECORD_TAKING_PART)
def way(request, pk):
    """Record that somebody talked with an adult of the family about how they take part best."""
    one = get_or_404(Invitation.objects.select_related("conference__family", "person"), request.viewer, pk)
    if one not in adults_for(request.viewer, one.conference):
        raise Http404
    known = {name: getattr(one, name) for name in ("talked_by", "talked_on", "wanted_mode", "what_helps")}
    form = WayForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: record_way(by=request.viewer, invitation=one, **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, f"How {one.name} wants to take part is recorded. Their letters will say who asked.")
        return redirect("conferences:taking_part", one.conference_id)
    return _form(request, form, one.conference, f"How does {one.name} want to take part?")


@page(P.RECORD_TAKING_PART)
def child_asked(request, pk, child):
    """Record whether a child wants to come."""
    conference, row = _child(request, pk, child)
    known = {name: getattr(row.part, name) for name in ("answer", "asked_by", "asked_on")} if row.part else {}
    form = ChildAskedForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and attempt(
        form,
        lambda: child_parts.record_answer(
            by=request.viewer, conference=conference, child=row.child, **form.cleaned_data
        ),
    ):  # fmt: skip
        messages.success(request, f"What {row.child.short_name} said is recorded.")
        return redirect("conferences:taking_part", pk)
    return _form(request, form, conference, f"Does {row.child.full_name} want to come?")


@page(P.DECIDE_TAKING_PART)
def child_part(request, pk, child):
    """The chair's decision about how a child takes part."""
    conference, row = _child(request, pk, child)
    _require(request, P.DECIDE_TAKING_PART, conference)
    known = {name: getattr(row.part, name) for name in ("part", "how", "reason")} if row.part else {}
    form = ChildPartForm(request.POST or None, initial=known)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: child_parts.decide_part(
            by=request.viewer, conference=conference, child=row.child, consent=shared["consent"],
            **{name: form.cleaned_data[name] for name in ("part", "how", "reason")},
        ),
    ):  # fmt: skip
        messages.success(request, f"Your decision for {row.child.short_name} is saved. The letters will say it.")
        return redirect("conferences:taking_part", pk)
    asked = f"Asked: {row.part.get_answer_display().lower()}." if row.part and row.part.answer else "Not asked yet."
    return _form(request, form, conference, f"How {row.child.full_name} takes part", asked)


@page(P.RECORD_TAKING_PART)
def worry(request, pk):
    """The worry in two plain lines, for the family's letter."""
    conference = get_or_404(READ, request.viewer, pk)
    form = WorryForm(request.POST or None, initial={"worry": conference.worry})
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: write_worry(
            by=request.viewer, conference=conference, worry=form.cleaned_data["worry"], consent=shared["consent"]
        ),
    ):
        messages.success(request, "Saved. Letters sent from now on will include it.")
        return redirect("conferences:taking_part", pk)
    return _form(request, form, conference, "The worry, for the family’s letter")


def _child(request, pk, child):
    conference = get_or_404(READ, request.viewer, pk)
    rows = child_rows(conference, parts_for(request.viewer, conference))
    row = next((one for one in rows if one.child.pk == child), None)
    if row is None or not row.takes_part:
        raise Http404
    return conference, row


def _require(request, permission, conference) -> None:
    if not request.viewer.may(permission, conference):
        raise Http404


def _form(request, form, conference, heading, lead=""):
    looked(request.viewer, children=included_children(conference), page="taking part")
    context = {
        "form": form, "heading": heading, "caption": str(conference), "lead": lead,
        "back": reverse("conferences:taking_part", args=[conference.pk]),
    }  # fmt: skip
    return render(request, "layouts/form.html", context)
