"""What a birth changes in a plan that was made before it: the last day for the next review."""

from conferences.plans.choices import PlanState
from conferences.plans.models import ProtectionPlan
from conferences.plans.queries.reviews import last_review_on, review_limit, reviews_to_come_of
from families.people.queries.merged_records import records_of_person


def move_review_after_birth(by, child) -> None:
    """Move the last day for the review of the child’s open plan, and of the review conference that is to come, to the
    limit after a birth, where that is earlier. Call inside the act that records the birth.
    """
    if child.died_on:
        return  # the plan ends on the day of the death
    found = ProtectionPlan.objects.filter(child__in=records_of_person(child), state=PlanState.OPEN)
    for plan in found.select_related("child").select_for_update(of=("self",), no_key=True):
        limit = review_limit(plan, last_review_on(plan))
        if limit.on < plan.review_due_on:
            plan.review_due_on = limit.on
            plan.save()
        for review in reviews_to_come_of(plan).filter(due_on__gt=plan.review_due_on):
            review.due_on = plan.review_due_on
            review.save()
