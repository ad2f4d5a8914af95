"""The outcomes of the plan that a report to a review answers, and which of the answers a reader gets."""

from conferences.disclosure.choices import Audience
from conferences.plans.choices import PlanState
from conferences.plans.models import PlanAction, ProtectionPlan
from cpc.core.documents.check import release_check
from cpc.core.documents.protected import Kind, same_as
from families.people.queries.adults import adults_of, tie_of
from families.people.queries.merged_records import parts_in
from families.protections.queries.withheld import withheld_from
from reports.incoming.models import Report, ReportOutcome
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
    together = []
    for action in actions.prefetch_related("children").order_by("pk"):
        about = {row.child_id for row in action.children.all()} or with_plan
        if about & covered & with_plan:
            found.setdefault(action.outcome.strip())
            if not about <= covered:
                together.append(action.outcome)
    for outcome in _naming_others(conference, covered, together):
        del found[outcome.strip()]
    return [outcome for outcome in found if outcome]


def _naming_others(conference, covered, outcomes) -> list[str]:
    """Those of the outcomes in which the release check finds somebody of the family who is neither one of the covered
    children (ids) nor a parent or carer of one, or anything else that is withheld from professionals. A surname that
    they share tells nobody which of them is meant; a first name that they share may mean the other.
    """
    if not outcomes:
        return []
    known = covered | {tie.adult_id for tie in adults_of(covered) if tie_of(tie).is_own}
    withheld = withheld_from(conference.family_id, None, unnamed=set(parts_in(conference.family_id)) - known)
    secret = {same_as(one) for one in withheld.protected if one.kind != Kind.SURNAME}
    known_words = [one for one in withheld.known if same_as(one) not in secret]
    return [one for one in outcomes if release_check(f"{one}\n{one.title()}", withheld.protected, known_words)]


def answers_for(report: Report, children: frozenset[int] | None) -> list[ReportOutcome]:
    """What the report says of the outcomes, in order. ``children`` (ids) of the reader: without the outcomes for other
    children alone. One that the plan no longer has in these words only where they are all that the report covers.
    """
    found = list(report.outcomes.all())
    if children is None or not found:
        return found
    is_for: dict[str, bool] = {}
    actions = PlanAction.objects.filter(family=report.conference.family_id)
    for action in actions.prefetch_related("children"):
        about, outcome = {row.child_id for row in action.children.all()}, action.outcome.strip()
        is_for[outcome] = is_for.get(outcome, False) or not about or not about.isdisjoint(children)
    reads_all = {row.child_id for row in report.children.all()} <= set(children)
    return [one for one in found if is_for.get(one.outcome, reads_all)]
