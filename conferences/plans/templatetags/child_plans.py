"""The plans of each child for the page of a family. Reads once for all of them."""

from django import template

from conferences.plans.queries import family_plan
from cpc.core.accounts.permissions import Permission, Viewer, can_see

register = template.Library()


@register.inclusion_tag("plans/children_panel.html", takes_context=True)
def children_panel(context, family, household, viewer: Viewer, may_record=False):
    """Each child with their plan and the next date. A viewer who may not read plans sees only the children."""
    may_read = viewer.can(Permission.READ_PLAN) and can_see(viewer, family)
    plan = family_plan(family) if may_read else None
    gathering = plan.planned[0].starts_at if plan and plan.planned else None
    rows = []
    for member in household.children:
        pk = member.person.pk
        running = next((each for each in plan.open if each.child_id == pk), None) if plan else None
        need = (
            next((each for each in plan.in_need if each.child_id == pk and not each.ended_on), None) if plan else None
        )
        ended = next((each for each in plan.ended if each.child_id == pk), None) if plan else None
        rows.append({"member": member, "plan": running, "need": need, "ended": ended})
    return {
        "viewer": viewer,
        "today": context.get("today") or viewer.on,
        "family": family,
        "rows": rows,
        "may_read": may_read,
        "may_record": may_record,
        "core_group_at": gathering,
        "has_plan": bool(plan and (plan.open or plan.in_need or plan.ended)),
        "core_group_due": plan.next_core_group if plan else None,
    }
