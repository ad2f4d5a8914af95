"""The outcomes of the plan that a report to a review answers."""

from conferences.disclosure.choices import Audience
from conferences.plans.choices import PlanState
from conferences.plans.models import PlanAction, ProtectionPlan
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.merged_records import parts_in
from families.people.queries.names import names_one_of
from reports.incoming.queries.requested import covered_children


def outcomes_to_answer(invitation) -> list[str]:
    """The outcomes, in order, of the open plans of the children that this report covers; none but for a review.

    A report is shared with the family: an outcome that not everyone may read is not asked about, nor one for children
    that the report does not cover. One for more children is asked about too, unless it names somebody of the family who
    is neither a child that the report covers nor a parent or carer of one.
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
    known = covered | {tie.adult_id for tie in adults_of(covered) if tie_of(tie).is_own}
    others = set(parts_in(conference.family_id)) - known
    for action in actions.prefetch_related("children").order_by("pk"):
        about = {row.child_id for row in action.children.all()} or with_plan
        if not about & covered & with_plan:
            continue
        if about <= covered or not names_one_of(others, action.outcome, known):
            found.setdefault(action.outcome.strip())
    return [outcome for outcome in found if outcome]
