"""The outcomes of the plan that a report to a review answers, and which of the answers a reader gets."""

from conferences.disclosure.choices import Audience
from conferences.plans.choices import PlanState
from conferences.plans.models import PlanAction, ProtectionPlan
from conferences.plans.queries import current_actions
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.merged_records import parts_in
from families.protections.queries.withheld import withheld_from
from reports.incoming.models import Report, ReportOutcome
from reports.incoming.queries.requested import covered_children
from reports.incoming.rules.shared_texts import may_tell_of_others


def outcomes_to_answer(invitation) -> list[str]:
    """The outcomes, in order, of the open plans of the children that this report covers; none but for a review.

    A report is shared with the family: an outcome that not everyone may read is not asked about, nor one for children
    that the report does not cover. One for more children is asked about too, unless it may mean somebody of the family
    who is neither a child that the report covers nor a parent or carer of one.
    """
    conference = invitation.conference
    if not conference.is_review:
        return []
    covered = {child.pk for child in covered_children(invitation)}
    with_plan = _children_with_plan(conference.family_id)
    actions = [one for one in current_actions(conference.family_id) if one.audience == Audience.EVERYONE]
    found: dict[str, None] = {}
    together = set()
    for action in sorted(actions, key=lambda one: one.pk):
        about = action.children_among(with_plan)
        if (action.goes_on_for or about) & covered & with_plan:
            found.setdefault(action.outcome.strip())
            if not about <= covered:
                together.add(action.outcome.strip())
    telling = _telling_of_others(conference, covered, together)
    return [outcome for outcome in found if outcome and outcome not in telling]


def _children_with_plan(family_id) -> set[int]:
    return set(ProtectionPlan.objects.filter(family=family_id, state=PlanState.OPEN).values_list("child", flat=True))


def _telling_of_others(conference, covered, outcomes) -> set[str]:
    """Those of the outcomes, each for more children than the covered ones (ids), that may tell of somebody of the
    family who is neither one of the covered children nor a parent or carer of one, or of anything else that is withheld
    from professionals.
    """
    if not outcomes:
        return set()
    known = covered | {tie.adult_id for tie in adults_of(covered) if tie_of(tie).is_own}
    withheld = withheld_from(conference.family_id, None, unnamed=set(parts_in(conference.family_id)) - known)
    return {one for one in outcomes if may_tell_of_others(one, withheld.protected, withheld.known)}


def answers_for(report: Report, children: frozenset[int] | None) -> list[ReportOutcome]:
    """What the report says of the outcomes, in order. ``children`` are the reader’s (ids); None: everything.

    A reader gets the outcomes for their children, and those for their and other children that cannot mean one of the
    others. An outcome that the plan no longer has in these words is left out, unless the reader may read about every
    child that the report covers.
    """
    found = list(report.outcomes.all())
    if children is None or not found:
        return found
    family = report.conference.family_id
    all_children = _children_with_plan(family) | {row.child_id for row in report.children.all()}
    theirs, together, others = set(), set(), set()
    for action in PlanAction.objects.filter(family=family).prefetch_related("children"):
        about, outcome = action.children_among(all_children), action.outcome.strip()
        if about <= children:
            theirs.add(outcome)
        elif about & children:
            together.add(outcome)
        else:
            others.add(outcome)
    if {row.child_id for row in report.children.all()} <= children:
        theirs |= {one.outcome for one in found} - together - others
    theirs |= together - _telling_of_others(report.conference, children, together - theirs)
    return [one for one in found if one.outcome in theirs]
