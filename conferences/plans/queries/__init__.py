"""What pages and letters read about plans and their core groups."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from conferences.convening.choices import Category, Outcome
from conferences.convening.choices.enquiries import ActionState
from conferences.convening.models import Conference
from conferences.meeting.queries.board import decision_of, included
from conferences.plans.choices import MeetingState, PlanState
from conferences.plans.models import (
    ChildInNeedPlan,
    CoreGroupMeeting,
    CoreGroupMember,
    EarlierEvent,
    PlanAction,
    ProtectionPlan,
)
from conferences.plans.queries.core_groups import meetings, next_core_group
from conferences.plans.queries.reviews import last_reviews, review_limit, review_to_come
from conferences.plans.rules import PLAN_TEXTS, must_end
from cpc.core.accounts.choices import Role
from cpc.core.accounts.models import User
from cpc.core.accounts.permissions import Permission, Viewer
from cpc.core.kernel.deadlines import Due
from cpc.core.kernel.phrases import listed
from cpc.core.policy.queries import review_due
from families.overview.queries.timeline import PLAN, Happened, entered
from families.people.rules.short_names import tell_apart


def open_plans(family) -> dict[int, ProtectionPlan]:
    """The open plan of each child of the family who has one, by the child's id."""
    found = ProtectionPlan.objects.filter(family=family, state=PlanState.OPEN)
    plans = list(found.select_related("child", "lead_social_worker", "opened_by_conference"))
    return {plan.child_id: plan for plan in plans}


def children_without_action(family) -> list:
    """The children with an open plan that says nothing of what will be done."""
    covered = children_with_action(family)
    return [plan.child for plan in open_plans(family).values() if plan.child_id not in covered]


def core_group(family, on):
    """The members of the core group on that day: family and professionals."""
    found = CoreGroupMember.objects.filter(family=family, from_on__lte=on).exclude(to_on__lte=on)
    return list(found.select_related("agency").order_by("pk"))


def lead_social_workers(family):
    """Who may lead the plan: the social workers of the team that holds the case."""
    found = User.objects.filter(team=family.team_id, is_active=True, roles_held__role=Role.SOCIAL_WORKER)
    return found.order_by("first_name", "last_name")


@dataclass(frozen=True)
class ClosingOutcome:
    """What closing the conference does for one child. ``forced`` is the reason and the day on which the plan ends
    whatever is decided: a death, or the eighteenth birthday.
    """

    row: object
    decision: object
    plan: ProtectionPlan | None
    review: Due | None
    forced: tuple[str, date] | None = None

    @property
    def opens(self) -> bool:
        """A protection plan begins."""
        return self.decision.outcome == Outcome.PROTECTION_PLAN and self.plan is None

    @property
    def continues(self) -> bool:
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
    def is_deferred(self) -> bool:
        """Nothing is decided: the conference is held again."""
        return self.decision.outcome == Outcome.NOT_DECIDED

    @property
    def in_words(self) -> str:
        """The outcome as the chair reads it before closing."""
        if self.opens:
            return f"A child protection plan opens: {self.decision.get_category_display().lower()}."
        if self.continues:
            return f"The child protection plan continues: {self.decision.get_category_display().lower()}."
        need = f"A child in need plan begins, with the consent of {self.decision.consent_by}."
        if self.ends:
            return f"The child protection plan ends. {need}" if self.is_in_need else "The child protection plan ends."
        if self.is_in_need:
            return need
        return "The conference is held again." if self.is_deferred else "There is no plan."


def closing_outcomes(conference) -> list[ClosingOutcome]:
    """What closing the conference will do for each child with a decision."""
    plans = open_plans(conference.family_id)
    found = []
    for row in included(conference):
        decision = decision_of(row)
        if decision is not None:
            plan = plans.get(row.child_id)
            needs = decision.outcome == Outcome.PROTECTION_PLAN
            review = review_due(conference.held_on, first=plan is None) if needs else None
            child, held_on = row.child, conference.held_on
            forced = must_end(plan.started_on, child.born_on, child.died_on, held_on) if plan else None
            found.append(ClosingOutcome(row, decision, plan, review, forced))
    return found


@dataclass(frozen=True)
class FamilyPlan:
    """The page of a family's plan: its children's plans, the actions, who meets, and every date."""

    open: list[ProtectionPlan]
    ended: list[ProtectionPlan]
    in_need: list[ChildInNeedPlan]
    actions: list[PlanAction]
    planned: list[CoreGroupMeeting]
    held: list[CoreGroupMeeting]
    earlier: list[EarlierEvent]
    next_core_group: Due | None
    review: Conference | None
    reviews: list[tuple[str, Due]]


def family_plan(family) -> FamilyPlan:
    """Everything on the page of a family's plan. The number of queries does not grow with the children."""
    plans = list(
        ProtectionPlan.objects.filter(family=family)
        .select_related(
            "child",
            "lead_social_worker",
            "opened_by_conference__plan_elsewhere",
            "ended_by_conference",
            "ending__ended_by",
        )
        .order_by("-started_on", "pk")
    )
    gathered = list(meetings(family))
    running = [plan for plan in plans if plan.state == PlanState.OPEN]
    planned = [meeting for meeting in gathered if meeting.state == MeetingState.PLANNED]
    held = [meeting for meeting in gathered if meeting.state == MeetingState.HELD]
    earlier = list(EarlierEvent.objects.filter(family=family).select_related("child", "entered_by"))
    need = ChildInNeedPlan.objects.filter(family=family).select_related("child", "lead_social_worker")
    in_need = list(need.order_by("pk"))
    return FamilyPlan(
        open=running,
        ended=[plan for plan in plans if plan.state == PlanState.ENDED],
        in_need=in_need,
        actions=plan_actions(family),
        planned=planned,
        held=list(reversed(held)),
        earlier=earlier,
        next_core_group=next_core_group(running, held, earlier) if not planned else None,
        review=review_to_come(family),
        reviews=_reviews(running),
    )


ALIKE = ("lead_social_worker_id", *PLAN_TEXTS)


def plans_told_alike(plans) -> list[tuple[str, ProtectionPlan]]:
    """The plans with the same lead and the same texts, once each, with the names of their children."""
    together: dict[tuple, list[ProtectionPlan]] = defaultdict(list)
    for plan in plans:
        together[tuple(getattr(plan, name) for name in ALIKE)].append(plan)
    return [(listed(plan.child.full_name for plan in group), group[0]) for group in together.values()]


def _reviews(running) -> list[tuple[str, Due]]:
    """The last day for each open plan's next review, with its working. Plans with the same day share one line."""
    ends, last = {}, last_reviews(running)
    tell_apart(plan.child for plan in running)
    for plan in running:
        limit = review_limit(plan, last.get(plan.pk))
        _, names = ends.setdefault((limit.limit.key, limit.on), (limit, []))
        names.append(plan.child.full_name)
    return [(listed(names), limit) for limit, names in ends.values()]


def what_happened(viewer: Viewer, family, ids) -> list[Happened]:
    """What plans add to a child's timeline: start, category, end, core groups, late entries. Seven queries."""
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
    """The days on which a plan's category changed, without those in ``said`` with their true date."""
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


# --- Actions of plans -------------------------------------------------------------------------------------------------


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
