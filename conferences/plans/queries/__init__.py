"""What pages and letters read about plans, their actions and core groups."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.utils import timezone

from conferences.choices import Category, ConferenceKind, ConferenceState, Outcome
from conferences.models import Conference
from conferences.plans.choices import ActionState, EarlierKind, MeetingState, PlanState
from conferences.plans.models import (
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    EarlierEvent,
    PlanAction,
    ProtectionPlan,
)
from conferences.plans.queries.core_groups import meetings, next_core_group
from conferences.plans.queries.reviews import review_to_come
from conferences.queries.meet import decision_of, included
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import review_due
from families.queries import call_as_papers_may
from families.queries.timeline import PLAN, Happened, entered


def open_plans(family) -> dict[int, ProtectionPlan]:
    """The open plan of each child of the family who has one, by the child's id."""
    found = ProtectionPlan.objects.filter(family=family, state=PlanState.OPEN)
    plans = list(found.select_related("child", "lead_social_worker", "opened_by_conference"))
    call_as_papers_may(getattr(family, "pk", family), [(plan, "child") for plan in plans])
    return {plan.child_id: plan for plan in plans}


def actions_written_at(conference) -> list[PlanAction]:
    """The outline plan of this conference: what will be done, soonest first."""
    return _with_children(conference.family_id, PlanAction.objects.filter(conference=conference))


def live_actions(family) -> list[PlanAction]:
    """The actions of the family that are not from a conference long settled: the plan as it stands, soonest first."""
    return _with_children(family, PlanAction.objects.filter(family=family).order_by("due_on", "pk"))


def still_to_do(family) -> list[PlanAction]:
    """The actions of the family that nobody has finished or given up."""
    return [action for action in live_actions(family) if action.state == ActionState.TO_DO]


def _with_children(family, actions) -> list[PlanAction]:
    """The actions, each with its children, called as the papers of the family (or its id) may call them."""
    found = list(actions.prefetch_related("children__child"))
    call_as_papers_may(getattr(family, "pk", family), [(row, "child") for one in found for row in one.children.all()])
    return found


def core_group(family, on):
    """Who is in the core group that day: family and professionals."""
    found = CoreGroupMember.objects.filter(family=family, from_on__lte=on).exclude(to_on__lte=on)
    return list(found.select_related("agency").order_by("pk"))


def lead_social_workers(family):
    """Who may lead the plan: the social workers of the team that holds the case."""
    found = User.objects.filter(team=family.team_id, is_active=True, roles_held__role=Role.SOCIAL_WORKER)
    return found.order_by("first_name", "last_name")


@dataclass(frozen=True)
class Following:
    """What follows for one child when the conference closes."""

    row: object
    decision: object
    plan: ProtectionPlan | None
    review: Due | None

    @property
    def opens(self) -> bool:
        """A protection plan begins."""
        return self.decision.outcome == Outcome.PROTECTION_PLAN and self.plan is None

    @property
    def goes_on(self) -> bool:
        """The child's plan continues."""
        return self.decision.outcome == Outcome.PROTECTION_PLAN and self.plan is not None

    @property
    def ends(self) -> bool:
        """The child's plan ends."""
        return self.plan is not None and self.decision.outcome in (Outcome.NO_PLAN, Outcome.CHILD_IN_NEED)

    @property
    def is_in_need(self) -> bool:
        """A child in need plan begins."""
        return self.decision.outcome == Outcome.CHILD_IN_NEED

    @property
    def is_put_off(self) -> bool:
        """Nothing is decided: the conference is held again."""
        return self.decision.outcome == Outcome.NOT_DECIDED

    @property
    def in_words(self) -> str:
        """The same as the chair reads it before closing."""
        if self.opens:
            return f"A child protection plan opens: {self.decision.get_category_display().lower()}."
        if self.goes_on:
            return f"The child protection plan continues: {self.decision.get_category_display().lower()}."
        need = f"A child in need plan begins, with the consent of {self.decision.consent_by}."
        if self.ends:
            return f"The child protection plan ends. {need}" if self.is_in_need else "The child protection plan ends."
        if self.is_in_need:
            return need
        return "The conference is held again." if self.is_put_off else "There is no plan."


def what_follows(conference) -> list[Following]:
    """What follows for each child whose decision is made, as closing the conference will do it."""
    plans = open_plans(conference.family_id)
    found = []
    for row in included(conference):
        decision = decision_of(row)
        if decision is not None:
            plan = plans.get(row.child_id)
            needs = decision.outcome == Outcome.PROTECTION_PLAN
            review = review_due(conference.held_on, first=plan is None) if needs else None
            found.append(Following(row, decision, plan, review))
    return found


@dataclass(frozen=True)
class FamilyPlan:
    """The page of a family's plan: its children's plans, what is to be done, who meets, and every date."""

    open: list[ProtectionPlan]
    ended: list[ProtectionPlan]
    in_need: list[ChildInNeedPlan]
    actions: list[PlanAction]
    members: list[CoreGroupMember]
    planned: list[CoreGroupMeeting]
    held: list[CoreGroupMeeting]
    earlier: list[EarlierEvent]
    next_core_group: Due | None
    review: Conference | None
    reviews: list[tuple[str, Due]]


def family_plan(family, on) -> FamilyPlan:
    """Everything on the page of a family's plan, in a number of questions that does not grow with the children."""
    plans = list(
        ProtectionPlan.objects.filter(family=family)
        .select_related("child", "lead_social_worker", "opened_by_conference", "ended_by_conference")
        .order_by("-started_on", "pk")
    )
    gathered = list(meetings(family))
    running = [plan for plan in plans if plan.state == PlanState.OPEN]
    planned = [meeting for meeting in gathered if meeting.state == MeetingState.PLANNED]
    held = [meeting for meeting in gathered if meeting.state == MeetingState.HELD]
    earlier = list(EarlierEvent.objects.filter(family=family).select_related("child", "entered_by"))
    in_need = list(ChildInNeedPlan.objects.filter(family=family).select_related("child").order_by("pk"))
    call_as_papers_may(family.pk, [(row, "child") for row in (*plans, *earlier, *in_need)])
    return FamilyPlan(
        open=running,
        ended=[plan for plan in plans if plan.state == PlanState.ENDED],
        in_need=in_need,
        actions=live_actions(family),
        members=core_group(family, on),
        planned=planned,
        held=list(reversed(held)),
        earlier=earlier,
        next_core_group=next_core_group(running, held, earlier) if not planned else None,
        review=review_to_come(family),
        reviews=_reviews(running, family, earlier),
    )


def _reviews(running, family, earlier) -> list[tuple[str, Due]]:
    """The last day for each open plan's next review, with its working; plans of one day stand in one line."""
    ends = defaultdict(list)
    held = Conference.objects.filter(family=family, kind=ConferenceKind.REVIEW, state=ConferenceState.HELD)
    last = {}
    for conference in held.filter(children__included=True).values("starts_at", "children__child"):
        day = timezone.localdate(conference["starts_at"])
        last[conference["children__child"]] = max(day, last.get(conference["children__child"], day))
    for one in earlier:
        if one.kind == EarlierKind.REVIEW:
            last[one.child_id] = max(one.happened_on, last.get(one.child_id, one.happened_on))
    for plan in running:
        reviewed = last.get(plan.child_id)
        first = reviewed is None or reviewed <= plan.started_on
        ends[(plan.started_on if first else reviewed, first)].append(plan.child.first_name or plan.child.full_name)
    return [(", ".join(names), review_due(anchor, first)) for (anchor, first), names in ends.items()]


def what_happened(viewer, family, ids) -> list[Happened]:
    """What plans tell of a child's history: begun, category, ended, core groups, what was entered later (7 queries)."""
    if not viewer.can(Permission.READ_PLAN):
        return []
    plans = list(ProtectionPlan.objects.filter(child__in=ids, family=family).order_by("started_on"))
    need = list(ChildInNeedPlan.objects.filter(child__in=ids, family=family))
    at = entered(ProtectionPlan, [plan.pk for plan in plans], "started_on", "ended_on")
    need_at = entered(ChildInNeedPlan, [plan.pk for plan in need], "started_on", "ended_on")
    url = f"plans:family {family.pk}"
    found = []
    for plan in plans:
        found.append(Happened(
            plan.started_on, "Child protection plan began", PLAN, Category(plan.initial_category).label, url,
            until=plan.ended_on or viewer.on, entered_at=at.get((plan.pk, "started_on")),
        ))  # fmt: skip
        if plan.ended_on:
            found.append(Happened(
                plan.ended_on, "Child protection plan ended", PLAN, plan.get_end_reason_display(), url,
                entered_at=at.get((plan.pk, "ended_on")),
            ))  # fmt: skip
    for plan in need:
        found.append(Happened(
            plan.started_on, "Child in need plan began", PLAN, url=url, until=plan.ended_on or viewer.on,
            entered_at=need_at.get((plan.pk, "started_on")),
        ))  # fmt: skip
        if plan.ended_on:
            ended_at = need_at.get((plan.pk, "ended_on"))
            found.append(Happened(plan.ended_on, "Child in need plan ended", PLAN, url=url, entered_at=ended_at))
    earlier = list(EarlierEvent.objects.filter(child__in=ids, family=family))
    for event in earlier:
        more = event.get_category_display() if event.category else event.note
        found.append(Happened(
            event.happened_on, event.get_kind_display(), PLAN, more, url, entered_at=event.entered_at
        ))  # fmt: skip
    said = {(event.category, timezone.localdate(event.entered_at)) for event in earlier if event.category}
    changes = _changes_of_category(plans, url, said)
    return found + changes + _core_groups_held(plans, family, viewer.on, url)


def _changes_of_category(plans, url, said):
    """The days on which a plan came under another category, but those that ``said`` has with their true date."""
    history = apps.get_model("plans", "ProtectionPlanEvent").objects.filter(pgh_obj_id__in=[each.pk for each in plans])
    found, before = [], {plan.pk: plan.initial_category for plan in plans}
    for row in history.order_by("pgh_id").values("pgh_obj_id", "pgh_created_at", "category"):
        if before[row["pgh_obj_id"]] != row["category"]:
            before[row["pgh_obj_id"]] = row["category"]
            day = timezone.localdate(row["pgh_created_at"])
            if (row["category"], day) not in said:
                found.append(Happened(day, "Category changed", PLAN, Category(row["category"]).label, url))
    return found


def _core_groups_held(plans, family, on, url):
    held = meetings(family).filter(state=MeetingState.HELD) if plans else []
    at = entered(CoreGroupMeeting, [each.pk for each in held], "held_on")
    return [
        Happened(each.held_on, "Core group met", PLAN, url=url, entered_at=at.get((each.pk, "held_on")))
        for each in held
        if any(plan.started_on <= each.held_on <= (plan.ended_on or on) for plan in plans)
    ]
