"""The outline plan, and closing the conference."""

from collections import defaultdict

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.convening.choices import ConferenceState
from conferences.convening.permissions import chaired_conference_or_404
from conferences.disclosure.forms import attempt_or_ask_consent
from conferences.meeting.queries.board import included, invited, missing, said_would_help
from conferences.plans.actions import outline as actions
from conferences.plans.actions.close import close_conference
from conferences.plans.choices import MeetingState
from conferences.plans.forms import ActionForm, CloseForm
from conferences.plans.models import PlanAction
from conferences.plans.queries import (
    actions_written_at,
    children_with_action,
    children_without_action,
    closing_outcomes,
    lead_social_workers,
    open_actions,
)
from conferences.plans.queries.core_groups import core_group_limit, meetings
from conferences.plans.queries.gaps import closing_gaps, priorities
from conferences.plans.queries.members import could_be_members, members_now
from conferences.plans.rules import PLAN_TEXTS
from conferences.separation.queries.pairs import pairs_to_separate
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import due
from cpc.core.web.guards import page

CLOSED_MEANWHILE = (
    "This conference was closed after you opened this page, so nothing that you typed here was saved. Copy what is "
    "still needed, and add it on the page of the plan."
)


def _back(conference):
    return reverse("conferences:meet", args=[conference.pk])


@page(Permission.HOLD_CONFERENCE)
def outline(request, pk):
    """The actions of a conference's outline plan, to add, change or remove."""
    conference = chaired_conference_or_404(request.viewer, pk)
    rows = included(conference)
    looked(request.viewer, children=[row.child_id for row in rows], page="outline plan")
    written = actions_written_at(conference)
    earlier = [each for each in open_actions(conference.family_id) if each.conference_id != conference.pk]
    context = {"conference": conference, "actions": written, "earlier": earlier, "back": _back(conference)}
    context["would_help"] = said_would_help(request.viewer, conference)
    without = children_without_action(conference.family_id) if conference.state == ConferenceState.HELD else []
    is_open = conference.state == ConferenceState.OPEN
    return render(request, "plans/outline.html", context | {"is_open": is_open, "may_add": is_open or without})


def _action_page(request, conference, form, heading):
    context = {"form": form, "heading": heading, "caption": str(conference.family)}
    context["back"] = reverse("plans:outline", args=[conference.pk])
    return render(request, "layouts/form.html", context)


def _after(request, conference):
    messages.success(request, "The action has been saved.")
    return redirect("plans:add_action" if "another" in request.POST else "plans:outline", conference.pk)


@page(Permission.HOLD_CONFERENCE)
def add_action(request, pk):
    """Add an action to the outline plan."""
    conference = chaired_conference_or_404(request.viewer, pk)
    children = [row.child for row in included(conference)]
    form = ActionForm(request.POST or None, children=children)
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: actions.add_action(by=request.viewer, conference=conference, **form.words() | shared),
        audiences=actions.AUDIENCES,
    ):
        return _after(request, conference)
    looked(request.viewer, children=children, page="outline plan")
    return _action_page(request, conference, form, "Add an action")


def _its_action(request, pk):
    found = get_object_or_404(PlanAction.objects.select_related("conference"), pk=pk)
    found.conference = chaired_conference_or_404(request.viewer, found.conference_id)
    return found


def _words_of(action) -> dict:
    found = {name: getattr(action, name) for name in ("outcome", "action", "who", "due_on", "measure", "audience")}
    return found | {"children": [str(pk) for pk in action.children.order_by("child").values_list("child", flat=True)]}


@page(Permission.HOLD_CONFERENCE)
def change_action(request, pk):
    """Change an action of the outline plan."""
    action = _its_action(request, pk)
    children = [row.child for row in included(action.conference)]
    form = ActionForm(request.POST or None, children=children, initial=_words_of(action))
    if request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: actions.change_action(by=request.viewer, plan_action=action, **form.words() | shared),
        audiences=actions.AUDIENCES, now=lambda: _words_of(_its_action(request, pk)),
    ):  # fmt: skip
        return _after(request, action.conference)
    looked(request.viewer, children=children, page="outline plan")
    return _action_page(request, action.conference, form, "Change the action")


@page(Permission.HOLD_CONFERENCE, methods=("POST",))
def remove_action(request, pk):
    """Remove an action from the outline plan."""
    action = _its_action(request, pk)
    conference = action.conference
    actions.remove_action(by=request.viewer, plan_action=action)
    messages.success(request, "The action has been removed.")
    return redirect("plans:outline", conference.pk)


@page(Permission.HOLD_CONFERENCE)
def close(request, pk):
    """What closing will do for each child, what is still missing, and the button."""
    conference = chaired_conference_or_404(request.viewer, pk)
    was_closed = conference.state == ConferenceState.HELD
    if was_closed and request.method != "POST":
        return redirect("plans:family", conference.family_id)
    outcomes = closing_outcomes(conference)
    planned = [each for each in outcomes if each.opens or each.continues]
    opens = any(each.opens for each in planned)
    running = next((each.plan for each in outcomes if each.plan), None)
    first = priorities(conference)
    form = CloseForm(
        request.POST or None,
        outcomes=outcomes,
        workers=lead_social_workers(conference.family),
        people=could_be_members(conference),
        now=_now(conference, running, outcomes),
        needs_core_group=opens,
        gaps=closing_gaps(conference),
        priorities=first if planned else (),
        initial={name: getattr(running, name) for name in PLAN_TEXTS} if running else {},
    )
    if was_closed:
        form.is_valid()
        form.add_error(None, CLOSED_MEANWHILE)
    elif request.method == "POST" and attempt_or_ask_consent(
        request,
        form,
        lambda shared: close_conference(by=request.viewer, conference=conference, **form.closing(), **shared),
    ):
        messages.success(
            request, "The conference has been closed. Next, approve the record and the letters: both are in My work."
        )
        return redirect("plans:family", conference.family_id)
    looked(request.viewer, children=[row.child_id for row in included(conference)], page="close a conference")
    covered = children_with_action(conference.family_id)
    context = {
        "form": form,
        "conference": conference,
        "missing": [(each, _where(conference, each)) for each in missing(conference)],
        "uncovered": [each.row.child for each in planned if each.row.child_id not in covered],
        "kept_apart": _kept_apart(invited(conference), first) if planned else [],
        "outcomes": outcomes,
        "core_group": core_group_limit(conference.family_id, conference.held_on, opens) if planned else None,
        "planned_core_group": _planned_core_group(conference),
        "review": min((each.review for each in planned), key=lambda due: due.on, default=None),
        "minimum": due("child_in_need_minimum", conference.held_on)
        if any(each.ends and each.is_in_need for each in outcomes)
        else None,
        "back": _back(conference),
    }
    return render(request, "plans/close.html", context)


def _where(conference, lacking) -> str:
    name = {"attendance": "meet_attendance", "quorum": "meet_quorum", "decision": "meet_decide"}[lacking.step]
    query = f"?child={lacking.child}" if lacking.child else ""
    return reverse(f"conferences:{name}", args=[conference.pk]) + query


def _planned_core_group(conference):
    """The next core group that is booked; one before the conference is not about what it decides."""
    planned = meetings(conference.family_id).filter(state=MeetingState.PLANNED)
    return planned.filter(starts_at__date__gte=conference.held_on).first()


def _now(conference, running, outcomes) -> dict:
    """Who leads the plan, who is in its core group today, and who was invited only for children with a plan that ends,
    for the page to say. Nobody is chosen in advance."""
    notes = members_now(conference, conference.held_on)
    ending = {each.row.child_id: each.row.child.short_name for each in outcomes if each.ends}
    invited_for = defaultdict(set)
    for invitation, child in conference.invitations.values_list("pk", "children__child"):
        invited_for[invitation].add(child)
    for one in could_be_members(conference):
        if invited_for[one.pk] <= ending.keys():
            names = listed(name for pk, name in ending.items() if pk in invited_for[one.pk])
            notes[str(one.pk)] = f"invited only about {names}, and that plan ends"
    return {"members": notes, "lead_social_worker": {str(running.lead_social_worker_id)} if running else set()}


def _kept_apart(people, first) -> list[str]:
    """A question to the chair for each two of ``people`` who must not meet; ``first`` says who comes first."""
    names = {each.person_id: each.name for each in people if each.person_id}
    decided, questions = {frozenset((each.first, each.other)): each for each in first}, []
    for pair in pairs_to_separate(names):
        one, other = names[pair.one], names[pair.other]
        if each := decided.get(pair.key):
            questions.append(
                f"{one} and {other} must not meet. {each.first_name} has priority. "
                f"How will {each.other_name} hear what the core group decides?"
            )
        else:
            questions.append(f"{one} and {other} must not meet, so one core group cannot have both. Who comes?")
    return questions
