"""The reviews of a plan: the last one, and the next conference."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from conferences.convening.choices import NOT_OVER, ConferenceKind, ConferenceState
from conferences.convening.models import Conference, ConferenceChild
from conferences.convening.queries.counting import children_that_count
from conferences.plans.choices import EarlierKind, PlanState
from conferences.plans.models import EarlierEvent, ProtectionPlan
from cpc.core.kernel.deadlines import Due
from cpc.core.policy.queries import due, review_due


def held_conferences(family):
    """The family's conferences that were held."""
    return Conference.objects.filter(family=family, state=ConferenceState.HELD)


def last_conference_about(plan) -> Conference | None:
    """The last conference that was held about the child of this plan; None if it was held elsewhere."""
    held = held_conferences(plan.family_id).filter(children__child=plan.child_id, children__included=True)
    return held.order_by("starts_at").last()


def last_review_on(plan) -> date | None:
    """The day of the plan's last review, held here or entered later; None if there was none."""
    return last_reviews([plan]).get(plan.pk)


def last_reviews(plans) -> dict[int, date]:
    """The day of the last review that counts of each plan that had one, by the plan's id. Two queries, none without
    plans.
    """
    children, days = {plan.child_id for plan in plans}, defaultdict(list)
    if not children:
        return {}
    held = children_that_count().filter(child__in=children, conference__kind=ConferenceKind.REVIEW)
    for child, at in held.values_list("child", "conference__starts_at"):
        days[child].append(timezone.localdate(at))
    entered = EarlierEvent.objects.filter(child__in=children, kind=EarlierKind.REVIEW)
    for child, day in entered.values_list("child", "happened_on"):
        days[child].append(day)
    found = {
        plan.pk: max((day for day in days[plan.child_id] if day > plan.started_on), default=None) for plan in plans
    }
    return {pk: day for pk, day in found.items() if day}


def review_limit(plan, reviewed: date | None) -> Due:
    """The last day for the plan’s next review, with its working: counted from the last review (``reviewed``) or the
    start, or from the birth of a child who was born since then, whichever is earlier.
    """
    found, born = review_due(reviewed or plan.started_on, first=reviewed is None), plan.child.born_on
    if born is None or plan.child.died_on or born <= (reviewed or plan.started_on):
        return found
    return min(found, due("afterbirth_review", born), key=lambda limit: limit.on)


def reviews_to_come_of(plan):
    """The requested or booked review conferences that are to look at this plan."""
    return Conference.objects.filter(
        family=plan.family_id, kind=ConferenceKind.REVIEW, state__in=NOT_OVER, children__child=plan.child_id,
        children__included=True,
    )  # fmt: skip


def review_to_come(family):
    """The family's requested or booked review conference, or None."""
    found = Conference.objects.filter(family=family, kind=ConferenceKind.REVIEW, state__in=NOT_OVER)
    return found.order_by("due_on").first()


def plans_without_review(family=None):
    """The open plans of children who live that have no review to come; of one family, if given."""
    to_come = ConferenceChild.objects.filter(
        child=OuterRef("child"), included=True, conference__family=OuterRef("family"),
        conference__kind=ConferenceKind.REVIEW, conference__state__in=NOT_OVER,
    )  # fmt: skip
    found = ProtectionPlan.objects.filter(~Exists(to_come), state=PlanState.OPEN, child__died_on=None)
    found = found if family is None else found.filter(family=family)
    return found.order_by("review_due_on", "pk")
