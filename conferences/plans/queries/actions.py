"""The actions of a family's plans: which are still to be done, and which ended with the plan that they were part of."""

from collections import defaultdict

from django.db.models import Q

from conferences.convening.choices.enquiries import ActionState
from conferences.plans.models import ChildInNeedPlan, PlanAction, ProtectionPlan


def actions_written_at(conference) -> list[PlanAction]:
    """The outline plan of this conference: what will be done, soonest first. Five queries."""
    return _told_whether_ended(conference.family_id, PlanAction.objects.filter(conference=conference))


def plan_actions(family) -> list[PlanAction]:
    """All the actions that were ever agreed for the family, soonest first. Five queries."""
    return _told_whether_ended(family, PlanAction.objects.filter(family=family))


def current_actions(family) -> list[PlanAction]:
    """The actions that did not end with a plan, done or not."""
    return [action for action in plan_actions(family) if not action.has_ended]


def open_actions(family) -> list[PlanAction]:
    """The current actions of the family that are neither done nor given up."""
    return [action for action in current_actions(family) if action.state == ActionState.TO_DO]


def marked_actions(family) -> list[PlanAction]:
    """The current actions that were marked as done or not done."""
    return [action for action in current_actions(family) if action.state != ActionState.TO_DO]


def children_with_action(family) -> set[int]:
    """The children (ids) with an open action that did not end with a plan of theirs."""
    return {child for action in open_actions(family) for child in action.goes_on_for}


def agreed_before(conference) -> list[PlanAction]:
    """The actions agreed at the family’s earlier conferences that were still to be done when this one closed: the last
    conference first, then soonest first. What a core group marks later does not take one away. Two queries.
    """
    to_do = Q(state=ActionState.TO_DO) | Q(marked_at__gt=conference.closed_at)
    found = PlanAction.objects.filter(
        to_do, family=conference.family_id, conference__starts_at__lt=conference.starts_at
    ).order_by("-conference__starts_at", "due_on", "pk")
    return list(found.select_related("conference").prefetch_related("children"))


def _told_whether_ended(family, actions) -> list[PlanAction]:
    """The actions with their children. ``goes_on_for`` are the children (ids) with a plan that it did not end with;
    ``has_ended`` is whether it ended with the plans of all its children.
    """
    found = list(actions.select_related("conference").prefetch_related("children__child"))
    began, ended = _days_of_plans(family)
    for action in found:
        children = {row.child_id for row in action.children.all()}
        day = action.conference.held_on
        action.goes_on_for = {pk for pk in children if not _ended_with_plan(day, began[pk], ended[pk])}
        action.has_ended = bool(children) and not action.goes_on_for
    return found


def _days_of_plans(family):
    """The days on which the open plans of each child began, of either kind, and those on which others ended."""
    began, ended = defaultdict(list), defaultdict(list)
    for model in (ProtectionPlan, ChildInNeedPlan):
        for child, first, last in model.objects.filter(family=family).values_list("child", "started_on", "ended_on"):
            (ended if last else began)[child].append(last or first)
    return began, ended


def _ended_with_plan(day, began, ended) -> bool:
    """Whether an action agreed on that day ended with a plan: one ended since, and none goes on that was there then."""
    return day is not None and any(last >= day for last in ended) and not any(first <= day for first in began)
