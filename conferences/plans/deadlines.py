"""What falls due while a plan is open: its core groups. (Its reviews are conferences: they fall due there.)"""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conferences.plans.choices import EarlierKind, MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, EarlierEvent, ProtectionPlan
from cpc.core.kernel.duties import Duty, ids
from cpc.core.policy.queries import due

NOT_SAID = ("family__found_by",)


def duties(whose=None) -> list[Duty]:
    """The next core group of every family with an open plan: to book, or to hold and write up; of ``whose`` (ids)
    alone where they are given. Three queries."""
    plans, meetings, entered = defaultdict(list), defaultdict(list), defaultdict(list)
    families = ProtectionPlan.objects.filter(state=PlanState.OPEN)
    open_plans = families.select_related("family__team").defer(*NOT_SAID)
    if whose is not None:
        concerned = Q(lead_social_worker__in=whose) | Q(family__team__manager__in=whose)
        open_plans = open_plans.filter(family__in=families.filter(concerned).values("family"))
    for plan in open_plans:
        plans[plan.family_id].append(plan)
    counted = CoreGroupMeeting.objects.filter(family__in=plans).exclude(state=MeetingState.CANCELLED)
    for meeting in counted.order_by("starts_at"):
        meetings[meeting.family_id].append(meeting)
    earlier = EarlierEvent.objects.filter(kind=EarlierKind.CORE_GROUP, family__in=plans)
    for family, day in earlier.values_list("family", "happened_on"):
        entered[family].append(day)
    return [_next(plans[family], meetings[family], entered[family]) for family in plans]


def _next(plans, meetings, entered) -> Duty:
    family, lead = plans[0].family, plans[0].lead_social_worker_id
    started_on = max(plan.started_on for plan in plans)
    this_time = [meeting for meeting in meetings if timezone.localdate(meeting.starts_at) >= started_on]
    planned = [meeting for meeting in this_time if meeting.state == MeetingState.PLANNED]
    held = [meeting.held_on for meeting in this_time if meeting.state == MeetingState.HELD]
    held += [day for day in entered if day >= started_on]
    rule = "next_core_group" if held else "first_core_group"
    limit_on = due(rule, max(held)).on if held else min(plan.first_core_group_due_on for plan in plans)
    which = "" if held else "first "
    if planned:
        kind, identity = "hold_core_group", planned[0].pk
        says, due_on = f"Hold and write up the {which}core group: {family}", timezone.localdate(planned[0].starts_at)
    else:
        kind, identity, due_on = "book_core_group", plans[0].pk, limit_on
        says = f"Book the {which or 'next '}core group: {family}"
    return Duty(
        kind=kind,
        id=identity,
        due_on=due_on,
        says=says,
        path=reverse("plans:family", args=[family.pk]),
        family_id=family.pk,
        owners=ids(lead),
        then=ids(family.team.manager_id),
        rule=rule,
    )
