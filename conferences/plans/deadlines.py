"""What falls due while a plan is open: its core groups, and its end. Its reviews are conferences and fall due there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from conferences.convening.choices import COMING
from conferences.convening.deadlines.names import named, of_administrator, page_of, with_names
from conferences.convening.models import Conference, Invitation
from conferences.plans.choices import EarlierKind, EndReason, MeetingState, PlanState
from conferences.plans.models import (
    ChildInNeedMeeting,
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    EarlierEvent,
    ProtectionPlan,
)
from conferences.plans.queries.child_in_need import need_meetings_of
from conferences.plans.queries.core_groups import next_core_group
from conferences.plans.queries.reviews import plans_without_review
from conferences.plans.rules import must_end
from conferences.separation.choices import Shared
from conferences.separation.queries.decisions import is_decided
from conferences.separation.queries.presences import expected_together
from cpc.core.accounts.choices import Role
from cpc.core.accounts.queries import ids_holding
from cpc.core.kernel.dates import add_months
from cpc.core.kernel.duties import Asked, Duty, Harm, ids
from cpc.core.policy.asked_together import one_kind
from cpc.core.policy.queries import calendar
from families.people.models import Membership

NOT_SAID = ("family__search_index",)


# How long before an eighteenth birthday its manager sees that the plan ends then.
AHEAD = timedelta(days=90)


def duties(asked: Asked | None = None) -> list[Duty]:
    """What falls due about every family with an open plan; or only what ``asked`` selects."""
    return [
        *_core_groups(asked),
        *_plans_to_end(asked),
        *_reviews_to_ask_for(asked),
        *_children_in_need(asked),
        *_people_to_separate(asked),
    ]


@one_kind
def _children_in_need(asked) -> Iterator[Duty]:
    """Of each family with an open child in need plan: the next meeting, the review, and the end of the plan of a child
    who died or is 18. For its lead, then the team manager. Three queries.
    """
    on = asked.on if asked else timezone.localdate()
    open_ones = ChildInNeedPlan.objects.filter(ended_on__isnull=True)
    if asked:
        mine = Q(lead_social_worker__in=asked.whose) | Q(family__team__manager__in=asked.whose)
        open_ones = open_ones.filter(family__in=ChildInNeedPlan.objects.filter(mine, ended_on=None).values("family"))
    open_ones = list(open_ones.select_related("family__team", "child").defer(*NOT_SAID).order_by("pk"))
    found = need_meetings_of({plan.family_id for plan in open_ones}, open_ones)
    for plan in open_ones:
        ends = must_end(plan.started_on, plan.child.born_on, plan.child.died_on, on)
        if ends:
            path = reverse("plans:end_need", args=[plan.pk])
            yield _of_need("end_child_in_need", plan, ends[1], "End the child in need plan", "", path)
    for one in found.values():
        plan, page = one.plans[0], reverse("plans:family", args=[one.plans[0].family_id]) + "#in-need"
        if one.planned is not None:
            day = timezone.localdate(one.planned.starts_at)
            says = "Hold and record the child in need meeting"
            hold = _of_need("hold_need_meeting", plan, day, says, "", page, one.planned.pk)
            yield hold
            yield from _on_new_bank_holiday(hold, one.planned, "child in need meeting", "move_need_meeting", on)
        else:
            limit = one.next_meeting
            says = "Book the next child in need meeting"
            yield _of_need("book_need_meeting", plan, limit.on, says, limit.limit.key, page)
        if one.planned is None or not one.planned.is_review:
            limit = one.review
            yield _of_need("review_need", plan, limit.on, "Review the child in need plan", limit.limit.key, page)


def _of_need(kind, plan, due_on, says, rule, path, identity=None) -> Duty:
    return Duty(
        kind=kind,
        id=identity or plan.pk,
        due_on=due_on,
        says=f"{says}: {plan.family}",
        path=path,
        family_id=plan.family_id,
        owners=ids(plan.lead_social_worker_id or plan.family.social_worker_id) or ids(plan.family.team.manager_id),
        then=ids(plan.family.team.manager_id),
        rule=rule,
    )


@one_kind
def _people_to_separate(asked) -> Iterator[Duty]:
    """Coming conferences, core groups and child in need meetings at which two people are expected who must not meet,
    because of what was recorded after they were told: for who arranges them and for who leads them, today. A fixed
    number of queries.
    """
    on = asked.on if asked else timezone.localdate()
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    held = Conference.objects.filter(state__in=COMING, starts_at__date__gte=on)
    held = held.filter(pk__in=Invitation.objects.filter(sent_at__isnull=False).order_by().values("conference"))
    groups, needs = (
        model.objects.filter(state=MeetingState.PLANNED, starts_at__date__gte=on).select_related("family__team")
        for model in (CoreGroupMeeting, ChildInNeedMeeting)
    )
    if asked and not service & asked.whose:
        held = held.filter(Q(chair__in=asked.whose) | of_administrator(asked.whose, administrators))
        leads = Q(lead_social_worker__in=asked.whose) | Q(family__team__manager__in=asked.whose)
        groups, needs = (
            found.filter(family__in=plans.filter(leads).order_by().values("family"))
            for found, plans in ((groups, ProtectionPlan.objects), (needs, ChildInNeedPlan.objects))
        )
    held, groups, needs = with_names(held), groups.defer("family__search_index"), needs.defer("family__search_index")
    meetings = {("conference", one.pk): one for one in held}
    meetings |= {("core group", one.pk): one for one in groups}
    meetings |= {("child in need meeting", one.pk): one for one in needs}
    together = set()
    for a, b in expected_together(_told_to_come(held, groups, needs)):
        if a.event != b.event or not _is_decided(meetings.get(a.event), a, b):
            together |= {a.event, b.event}
    for event in sorted(together & set(meetings)):
        yield _to_separate(event[0], meetings[event], on, administrators, service)


def _told_to_come(held, groups, needs) -> set[int]:
    """The people of the family (ids) who may come to these meetings. Three queries at most."""
    invited = Invitation.objects.filter(conference__in=list(held), sent_at__isnull=False)
    members = CoreGroupMember.objects.filter(family__in={one.family_id for one in groups})
    in_need = Membership.objects.filter(family__in={one.family_id for one in needs})
    return {
        person
        for found in (invited, members, in_need)
        for person in found.filter(person__isnull=False).order_by().values_list("person", flat=True)
    }


def _is_decided(meeting, a, b) -> bool:
    if isinstance(meeting, Conference):
        return is_decided(Shared.CONFERENCE, meeting, a.person, b.person)
    return isinstance(meeting, CoreGroupMeeting) and is_decided(Shared.CORE_GROUP, meeting.family, a.person, b.person)


def _to_separate(kind, meeting, on, administrators, service) -> Duty:
    says = "Separate people who must not meet and are both told to come to"
    told = {"id": meeting.pk, "due_on": on, "family_id": meeting.family_id, "harm": Harm.SAFETY}
    if isinstance(meeting, Conference):
        return Duty(
            kind="separate_conference", **named(says, meeting), path=page_of(meeting.pk),
            owners=ids(meeting.chair_id) | (ids(meeting.administrator_id) or administrators), then=service, **told,
        )  # fmt: skip
    plans = ProtectionPlan if isinstance(meeting, CoreGroupMeeting) else ChildInNeedPlan
    running = plans.objects.filter(family=meeting.family_id, ended_on__isnull=True)
    leads = ids(*running.values_list("lead_social_worker", flat=True), meeting.family.team.manager_id)
    return Duty(
        kind=f"separate_{'core_group' if plans is ProtectionPlan else 'need_meeting'}",
        says=f"{says} the {kind}: {meeting.family}", path=reverse("plans:family", args=[meeting.family_id]),
        owners=leads, then=service, **told,
    )  # fmt: skip


@one_kind
def _reviews_to_ask_for(asked) -> Iterator[Duty]:
    """Families with an open plan that has no review to come: for the administrators, then the service manager. Three
    queries.
    """
    administrators, service = ids_holding(Role.ADMINISTRATOR), ids_holding(Role.SERVICE_MANAGER)
    if asked and not (administrators | service) & asked.whose:
        return
    families = set()
    for plan in plans_without_review().select_related("family").defer(*NOT_SAID):
        if plan.family_id in families:
            continue
        families.add(plan.family_id)
        yield Duty(
            kind="ask_for_review",
            harm=Harm.STATUTORY,
            id=plan.pk,
            due_on=plan.review_due_on,
            says=f"Request the review conference for an open plan: {plan.family}",
            path=reverse("plans:family", args=[plan.family_id]) + "#review",
            family_id=plan.family_id,
            owners=administrators,
            then=service,
        )


@one_kind
def _plans_to_end(asked) -> Iterator[Duty]:
    """The open plans of children who have died, or who reach 18 soon: for the team manager, then the service manager.
    Two queries.
    """
    on = asked.on if asked else timezone.localdate()
    service = ids_holding(Role.SERVICE_MANAGER)
    reaches = add_months(on + AHEAD, -18 * 12)
    found = ProtectionPlan.objects.filter(state=PlanState.OPEN)
    found = found.filter(Q(child__died_on__isnull=False) | Q(child__born_on__lte=reaches))
    if asked and not service & asked.whose:
        found = found.filter(family__team__manager__in=asked.whose)
    for plan in found.select_related("family__team", "child").defer(*NOT_SAID).order_by("pk"):
        # The birthday is looked for as far ahead as the query looks, with a day for a 29 February.
        ends = must_end(plan.started_on, plan.child.born_on, plan.child.died_on, on + AHEAD + timedelta(days=1))
        if ends is None:
            continue
        why = "died" if ends[0] == EndReason.DIED else "turns 18"
        yield Duty(
            kind="end_plan",
            id=plan.pk,
            due_on=ends[1],
            says=f"End the child protection plan of a child who {why}: {plan.family}",
            path=reverse("plans:end", args=[plan.pk]),
            family_id=plan.family_id,
            owners=ids(plan.family.team.manager_id) or service,
            then=service,
        )


@one_kind
def _core_groups(asked: Asked | None) -> list[Duty]:
    """The next core group of every family with an open plan: to book, or to hold and write up. Three queries."""
    plans, meetings, entered = defaultdict(list), defaultdict(list), defaultdict(list)
    families = ProtectionPlan.objects.filter(state=PlanState.OPEN)
    open_plans = families.select_related("family__team").defer(*NOT_SAID)
    if asked:
        concerned = Q(lead_social_worker__in=asked.whose) | Q(family__team__manager__in=asked.whose)
        open_plans = open_plans.filter(family__in=families.filter(concerned).values("family"))
    for plan in open_plans:
        plans[plan.family_id].append(plan)
    counted = CoreGroupMeeting.objects.filter(family__in=plans).exclude(state=MeetingState.CANCELLED)
    for meeting in counted.order_by("starts_at"):
        meetings[meeting.family_id].append(meeting)
    for event in EarlierEvent.objects.filter(kind=EarlierKind.CORE_GROUP, family__in=plans):
        entered[event.family_id].append(event)
    on = asked.on if asked else timezone.localdate()
    coming = [one for family in plans for one in _next(plans[family], meetings[family], entered[family], on)]
    return [*coming, *_without_lead([plan for running in plans.values() for plan in running])]


def _without_lead(plans) -> list[Duty]:
    """Plans that came to the manager of the team because their lead social worker left: to be given to another."""
    managers = {plan.pk: plan for plan in plans if plan.lead_social_worker_id == plan.family.team.manager_id}
    leads = set(managers) and ids_holding(Role.SOCIAL_WORKER)
    return [
        Duty(
            kind="name_lead_worker",
            id=plan.pk,
            due_on=timezone.localdate(),
            says=f"Name a lead social worker: {plan.family}",
            path=reverse("families:change", args=[plan.family_id]),
            family_id=plan.family_id,
            owners=ids(plan.lead_social_worker_id),
        )
        for plan in managers.values()
        if plan.lead_social_worker_id and plan.lead_social_worker_id not in leads
    ]


def _next(plans, meetings, entered, on) -> list[Duty]:
    family, lead = plans[0].family, plans[0].lead_social_worker_id
    planned = [meeting for meeting in meetings if meeting.state == MeetingState.PLANNED]
    limit = next_core_group(plans, [meeting for meeting in meetings if meeting.state == MeetingState.HELD], entered)
    which = "first " if limit.limit.key == "first_core_group" else ""
    if planned:
        kind, identity = "hold_core_group", planned[0].pk
        says, due_on = f"Hold and record the {which}core group: {family}", timezone.localdate(planned[0].starts_at)
    else:
        kind, identity, due_on = "book_core_group", plans[0].pk, limit.on
        says = f"Book the {which or 'next '}core group: {family}"
    duty = Duty(
        kind=kind,
        id=identity,
        due_on=due_on,
        says=says,
        path=reverse("plans:family", args=[family.pk]),
        family_id=family.pk,
        owners=ids(lead),
        then=ids(family.team.manager_id),
        rule=limit.limit.key,
        harm=Harm.STATUTORY if which else Harm.OTHER,
        last_on=limit.on if which else None,
    )
    if not planned:
        return [duty]
    return [duty, *_on_new_bank_holiday(duty, planned[0], "core group", "move_core_group", on)]


def _on_new_bank_holiday(hold, meeting, called, page, on) -> list[Duty]:
    """If its day became a bank holiday after it was booked: to move the meeting, or to say why it stays. For those who
    hold it, at once.
    """
    day = timezone.localdate(meeting.starts_at)
    if meeting.day_reason or day < on or day not in calendar().closed:
        return []
    says = f"Choose another day than the new bank holiday, or say why not, for the {called}: {meeting.family}"
    path = reverse(f"plans:{page}", args=[meeting.pk])
    kind = f"explain_{page.removeprefix('move_')}_day"
    return [replace(hold, kind=kind, due_on=on, says=says, path=path, rule="", harm=Harm.OTHER, last_on=None)]
