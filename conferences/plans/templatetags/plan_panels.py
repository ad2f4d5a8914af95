"""Panels of plans for the pages of other apps. Each takes the viewer; never call one in a loop."""

from django import template

from conferences.plans.queries import actions_written_at, closing_outcomes, family_plan, open_actions
from conferences.plans.queries.ended import ended_plans_for
from conferences.plans.queries.members import core_groups_of
from cpc.core.accounts.choices import Role
from cpc.core.accounts.permissions import Permission, Viewer, can_see
from cpc.core.audit.looks import looked

register = template.Library()


@register.inclusion_tag("plans/outline_step.html")
def outline_step(conference, can_write):
    """The outline plan as one of the steps before closing; empty if nobody needs a plan."""
    planned = [each for each in closing_outcomes(conference) if each.opens or each.continues]
    count = len(open_actions(conference.family_id)) if planned else 0
    return {"conference": conference, "can_write": can_write, "needed": bool(planned), "count": count}


@register.inclusion_tag("plans/outline_panel.html", takes_context=True)
def outline_panel(context, conference, viewer: Viewer):
    """The outline plan written at this conference, and the earlier actions."""
    here = actions_written_at(conference) if viewer.can(Permission.READ_PLAN) else []
    return {
        "conference": conference,
        "actions": here,
        "earlier": [each for each in open_actions(conference.family_id) if each.conference_id != conference.pk],
        "can_write": conference.state == "open" and viewer.may(Permission.HOLD_CONFERENCE, conference),
        "today": context.get("today"),
    }


@register.inclusion_tag("plans/plan_panel.html", takes_context=True)
def plan_panel(context, family, viewer: Viewer):
    """The plans of a family in short, with a link to their page; empty for a viewer who may not read plans."""
    if not (viewer.can(Permission.READ_PLAN) and can_see(viewer, family)):
        return {"plan": None}
    return {"plan": family_plan(family), "family": family, "today": context.get("today") or viewer.on}


@register.inclusion_tag("plans/own_core_groups.html", takes_context=True)
def own_core_groups(context, viewer: Viewer):
    """The core groups that a professional belongs to: the children, the lead social worker, the next dates."""
    groups = core_groups_of(viewer) if viewer.holds(Role.PROFESSIONAL) else []
    if groups:
        looked(viewer, children={child.pk for one in groups for child in one.children}, page="my core groups")
    return {"groups": groups, "today": context.get("today") or viewer.on}


@register.inclusion_tag("plans/ended_panel.html")
def plans_that_ended(invitation):
    """The plans that ended since this invitation’s conference, without another one, for the invited professional."""
    return {"plans": ended_plans_for(invitation)}
