"""What other apps' pages show of plans: each panel takes the viewer, and asks for nothing in a loop."""

from django import template

from conferences.plans.queries import actions_written_at, family_plan, still_to_do, what_follows
from cpc.core.accounts.permissions import Permission, can_see

register = template.Library()


@register.inclusion_tag("plans/outline_step.html")
def outline_step(conference, can_write):
    """The line of the outline plan among what is done before closing; nothing while nobody needs a plan."""
    planned = [each for each in what_follows(conference) if each.opens or each.goes_on]
    count = len(still_to_do(conference.family_id)) if planned else 0
    return {"conference": conference, "can_write": can_write, "needed": bool(planned), "count": count}


@register.inclusion_tag("plans/outline_panel.html", takes_context=True)
def outline_panel(context, conference, viewer):
    """The outline plan as it is written at this conference, and what stood before it."""
    here = actions_written_at(conference) if viewer.can(Permission.READ_PLAN) else []
    return {
        "conference": conference,
        "actions": here,
        "earlier": [each for each in still_to_do(conference.family_id) if each.conference_id != conference.pk],
        "can_write": conference.state == "open" and viewer.may(Permission.HOLD_CONFERENCE, conference),
        "today": context.get("today"),
    }


@register.inclusion_tag("plans/plan_panel.html", takes_context=True)
def plan_panel(context, family, viewer):
    """The plans of a family in short, with the way to their page; nothing for who may not read plans."""
    if not (viewer.can(Permission.READ_PLAN) and can_see(viewer, family)):
        return {"plan": None}
    return {"plan": family_plan(family, viewer.on), "family": family, "today": context.get("today") or viewer.on}
