"""The outline plan, and closing the conference."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from conferences.choices import Attendance, ConferenceState, InviteeRole
from conferences.forms.leave import attempt_with_leave
from conferences.plans.actions import outline as actions
from conferences.plans.actions.close import close_conference
from conferences.plans.choices import MeetingState
from conferences.plans.forms import ActionForm, CloseForm
from conferences.plans.models import PlanAction
from conferences.plans.queries import (
    actions_written_at,
    core_group,
    lead_social_workers,
    still_to_do,
    what_follows,
)
from conferences.plans.queries.core_groups import core_group_limit, meetings
from conferences.queries.meet import included, invited, missing
from conferences.views.meet import its_conference
from cpc.core.accounts.permissions import Permission
from cpc.core.audit.looks import looked
from cpc.core.policy.queries import due
from cpc.core.web.guards import page
from families.queries import must_not_meet

# They come for one conference, not for the plan.
NOT_IN_A_CORE_GROUP = (InviteeRole.SUPPORTER, InviteeRole.INTERPRETER, InviteeRole.ADVOCATE, InviteeRole.POLICE)


def _back(conference):
    return reverse("conferences:meet", args=[conference.pk])


@page(Permission.HOLD_CONFERENCE)
def outline(request, pk):
    """The outline plan of a conference: its actions, to change, remove or add to."""
    conference = its_conference(request, pk)
    rows = included(conference)
    looked(request.viewer, children=[row.child_id for row in rows], page="outline plan")
    written = actions_written_at(conference)
    earlier = [each for each in still_to_do(conference.family_id) if each.conference_id != conference.pk]
    context = {"conference": conference, "actions": written, "earlier": earlier, "back": _back(conference)}
    return render(request, "plans/outline.html", context | {"is_open": conference.state == ConferenceState.OPEN})


def _action_page(request, conference, form, heading):
    context = {"form": form, "heading": heading, "caption": str(conference.family)}
    context["back"] = reverse("plans:outline", args=[conference.pk])
    return render(request, "layouts/form.html", context)


def _words(form, readers) -> dict:
    return form.words() | ({"audience": readers.audience} if readers else {})


def _can_be_for(readers) -> bool:
    return readers.audience in actions.AUDIENCES


def _after(request, conference):
    messages.success(request, "The action is saved.")
    return redirect("plans:add_action" if "another" in request.POST else "plans:outline", conference.pk)


@page(Permission.HOLD_CONFERENCE)
def add_action(request, pk):
    """One more action in the outline plan."""
    conference = its_conference(request, pk)
    children = [row.child for row in included(conference)]
    initial = {"children": [str(child.pk) for child in children]}
    form = ActionForm(request.POST or None, children=children, initial=initial)
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, readers: actions.add_action(
            by=request.viewer, conference=conference, leave=leave, **_words(form, readers)
        ),
        may_narrow=_can_be_for,
    ):
        return _after(request, conference)
    looked(request.viewer, children=children, page="outline plan")
    return _action_page(request, conference, form, "Add an action")


def _its_action(request, pk):
    found = get_object_or_404(PlanAction.objects.select_related("conference"), pk=pk)
    found.conference = its_conference(request, found.conference_id)
    return found


@page(Permission.HOLD_CONFERENCE)
def change_action(request, pk):
    """An action of the outline plan, put otherwise."""
    action = _its_action(request, pk)
    children = [row.child for row in included(action.conference)]
    initial = {name: getattr(action, name) for name in ("outcome", "action", "who", "due_on", "measure", "audience")}
    initial["children"] = [str(row.child_id) for row in action.children.all()]
    form = ActionForm(request.POST or None, children=children, initial=initial)
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, readers: actions.change_action(
            by=request.viewer, plan_action=action, leave=leave, **_words(form, readers)
        ),
        may_narrow=_can_be_for,
    ):
        return _after(request, action.conference)
    looked(request.viewer, children=children, page="outline plan")
    return _action_page(request, action.conference, form, "Change the action")


@page(Permission.HOLD_CONFERENCE, methods=("POST",))
def remove_action(request, pk):
    """The outline plan without this action."""
    action = _its_action(request, pk)
    conference = action.conference
    actions.remove_action(by=request.viewer, plan_action=action)
    messages.success(request, "The action is removed.")
    return redirect("plans:outline", conference.pk)


@page(Permission.HOLD_CONFERENCE)
def close(request, pk):
    """What closing will do for each child, what it still needs, and the button."""
    conference = its_conference(request, pk)
    if conference.state == ConferenceState.HELD:
        return redirect("plans:family", conference.family_id)
    lacking, following = missing(conference), what_follows(conference)
    planned = [each for each in following if each.opens or each.goes_on]
    covered = {row.child_id for action in still_to_do(conference.family_id) for row in action.children.all()}
    uncovered = [each.row.child for each in planned if each.row.child_id not in covered]
    opens = any(each.opens for each in planned)
    form = CloseForm(
        request.POST or None,
        following=following,
        workers=lead_social_workers(conference.family),
        people=[each for each in invited(conference) if each.role not in NOT_IN_A_CORE_GROUP],
        needs_core_group=opens,
        initial=_initial(conference, following),
    )
    if request.method == "POST" and attempt_with_leave(
        request,
        form,
        lambda leave, _: close_conference(by=request.viewer, conference=conference, leave=leave, **form.closing()),
    ):
        messages.success(request, "The conference is closed.")
        return redirect("plans:family", conference.family_id)
    looked(request.viewer, children=[row.child_id for row in included(conference)], page="close a conference")
    context = {
        "form": form,
        "conference": conference,
        "missing": [(each, _where(conference, each)) for each in lacking],
        "uncovered": uncovered,
        "following": following,
        "core_group": core_group_limit(conference.family_id, conference.held_on, opens) if planned else None,
        "planned_core_group": meetings(conference.family_id).filter(state=MeetingState.PLANNED).first(),
        "review": min((each.review for each in planned), key=lambda due: due.on, default=None),
        "minimum": due("child_in_need_minimum", conference.held_on)
        if any(each.ends and each.is_in_need for each in following)
        else None,
        "back": _back(conference),
    }
    return render(request, "plans/close.html", context)


def _where(conference, lacking) -> str:
    name = {"attendance": "meet_attendance", "quorum": "meet_quorum", "decision": "meet_decide"}[lacking.step]
    query = f"?child={lacking.child}" if lacking.child else ""
    return reverse(f"conferences:{name}", args=[conference.pk]) + query


def _initial(conference, following) -> dict:
    running = next((each.plan for each in following if each.plan), None)
    known = {(each.user_id, each.person_id, each.name) for each in core_group(conference.family_id, conference.held_on)}
    people = invited(conference)
    members = [each for each in people if (each.user_id, each.person_id, each.name) in known]
    initial = {"members": [str(each.pk) for each in members or _usual(people, conference.held_on)]}
    worker = running.lead_social_worker_id if running else conference.family.social_worker_id
    initial["lead_social_worker"] = str(worker or "")
    return initial | ({"aim": running.aim, "contingency": running.contingency} if running else {})


def _usual(people, on):
    usual = (InviteeRole.PARENT, InviteeRole.CARER, InviteeRole.SOCIAL_WORKER)
    pairs = must_not_meet([each.person_id for each in people if each.person_id], on)
    kept_apart = {id_ for pair in pairs for id_ in (pair.one_id, pair.other_id)}
    # Who comes apart, was excluded or must not meet another is in nobody's group until the chair says so.
    return [
        each
        for each in people
        if each.role in usual
        and not each.apart
        and each.attendance != Attendance.EXCLUDED
        and each.person_id not in kept_apart
    ]
