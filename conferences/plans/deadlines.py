"""What falls due while a plan is open: its core groups. (Its reviews are conferences: they fall due there.)"""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conferences.plans.choices import EarlierKind, MeetingState, PlanState
from conferences.plans.models import CoreGroupMeeting, EarlierEvent, ProtectionPlan
from conferences.plans.queries.core_groups import next_core_group
from cpc.core.kernel.duties import Duty, ids

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
    for event in EarlierEvent.objects.filter(kind=EarlierKind.CORE_GROUP, family__in=plans):
        entered[event.family_id].append(event)
    return [_next(plans[family], meetings[family], entered[family]) for family in plans]


def _next(plans, meetings, entered) -> Duty:
    family, lead = plans[0].family, plans[0].lead_social_worker_id
    planned = [meeting for meeting in meetings if meeting.state == MeetingState.PLANNED]
    limit = next_core_group(plans, [meeting for meeting in meetings if meeting.state == MeetingState.HELD], entered)
    which = "first " if limit.limit.key == "first_core_group" else ""
    if planned:
        kind, identity = "hold_core_group", planned[0].pk
        says, due_on = f"Hold and write up the {which}core group: {family}", timezone.localdate(planned[0].starts_at)
    else:
        kind, identity, due_on = "book_core_group", plans[0].pk, limit.on
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
        rule=limit.limit.key,
    )
