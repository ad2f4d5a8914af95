"""The outcomes of the plan that a report to a review answers."""

from conferences.disclosure.choices import Audience
from conferences.plans.choices import PlanState
from conferences.plans.models import PlanAction, ProtectionPlan
from reports.incoming.queries.requested import covered_children


def outcomes_to_answer(invitation) -> list[str]:
    """The outcomes, in order, of the open plans of the children that this report covers; none but for a review.

    A report is shared with the family: an outcome that not everyone may read is not asked about, nor one for a child
    that the report does not cover.
    """
    conference = invitation.conference
    if not conference.is_review:
        return []
    covered = {child.pk for child in covered_children(invitation)}
    with_plan = set(
        ProtectionPlan.objects.filter(family=conference.family_id, state=PlanState.OPEN).values_list("child", flat=True)
    )
    actions = PlanAction.objects.filter(family=conference.family_id, audience=Audience.EVERYONE)
    found: dict[str, None] = {}
    for action in actions.prefetch_related("children").order_by("pk"):
        about = {row.child_id for row in action.children.all()} or with_plan
        if about <= covered and about & with_plan:
            found.setdefault(action.outcome.strip())
    return [outcome for outcome in found if outcome]
