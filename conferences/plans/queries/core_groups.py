"""The core group meetings of families, and the last day for the next one."""

from collections import defaultdict

from django.utils import timezone

from conferences.plans.choices import EarlierKind, MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, EarlierEvent, ProtectionPlan
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due


def meetings(family):
    """The core group meetings of the family in order, without cancelled ones."""
    return CoreGroupMeeting.objects.filter(family=family).exclude(state=MeetingState.CANCELLED).order_by("starts_at")


def core_group_limit(family_id: int, conference_on, opens: bool) -> Due:
    """The last day for the next core group: for the first one if a plan opens; otherwise counted from the last one held
    under the plans that go on.
    """
    if opens:
        return due("first_core_group", conference_on)
    limit = core_groups_to_book([family_id]).get(family_id)
    held_before = limit is not None and limit.limit.key == "next_core_group"
    return limit if held_before else due("next_core_group", conference_on)


def next_core_group(running, held, earlier) -> Due | None:
    """The last day for the next core group of a family with open plans, with its working."""
    if not running:
        return None
    started_on = min(plan.started_on for plan in running)
    since = [meeting.held_on for meeting in held if timezone.localdate(meeting.starts_at) >= started_on]
    entered = [one.happened_on for one in earlier if one.kind == EarlierKind.CORE_GROUP]
    since += [day for day in entered if day >= started_on]
    return due("next_core_group", max(since)) if since else due("first_core_group", started_on)


def core_groups_to_book(families) -> dict[int, Due]:
    """The last day for the next core group of each of ``families`` (ids) with an open plan. Three queries."""
    plans = _by_family(ProtectionPlan.objects.filter(family__in=families, state=PlanState.OPEN))
    held = _by_family(CoreGroupMeeting.objects.filter(family__in=plans, state=MeetingState.HELD))
    earlier = _by_family(EarlierEvent.objects.filter(family__in=plans, kind=EarlierKind.CORE_GROUP))
    return {family: next_core_group(running, held[family], earlier[family]) for family, running in plans.items()}


def _by_family(rows) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.family_id].append(row)
    return found


def core_group_to_book(family) -> Due | None:
    """The last day for the family's next core group; None without an open plan."""
    return core_groups_to_book([family.pk]).get(family.pk)
