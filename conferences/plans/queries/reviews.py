"""The reviews of a plan: the last that there was, and the conference that is to come."""

from collections import defaultdict
from datetime import date

from django.utils import timezone

from conferences.choices import ConferenceKind, ConferenceState
from conferences.models import Conference, ConferenceChild
from conferences.plans.choices import EarlierKind
from conferences.plans.models import EarlierEvent


def last_review_on(plan) -> date | None:
    """The day of the plan's last review, held here or entered later; nothing when there was none."""
    return last_reviews([plan]).get(plan.pk)


def last_reviews(plans) -> dict[int, date]:
    """The day of the last review of each plan that had one, by the plan's id. Two queries."""
    children, days = {plan.child_id for plan in plans}, defaultdict(list)
    held = ConferenceChild.objects.filter(
        child__in=children, included=True, conference__kind=ConferenceKind.REVIEW,
        conference__state=ConferenceState.HELD,
    )  # fmt: skip
    for child, at in held.values_list("child", "conference__starts_at"):
        days[child].append(timezone.localdate(at))
    entered = EarlierEvent.objects.filter(child__in=children, kind=EarlierKind.REVIEW)
    for child, day in entered.values_list("child", "happened_on"):
        days[child].append(day)
    found = {
        plan.pk: max((day for day in days[plan.child_id] if day > plan.started_on), default=None) for plan in plans
    }
    return {pk: day for pk, day in found.items() if day}


def review_to_come(family):
    """The review conference of the family that is asked for or booked; nothing when there is none."""
    states = (ConferenceState.REQUESTED, ConferenceState.AGREED, ConferenceState.BOOKED, ConferenceState.OPEN)
    found = Conference.objects.filter(family=family, kind=ConferenceKind.REVIEW, state__in=states)
    return found.order_by("due_on").first()
