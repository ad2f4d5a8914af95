"""What the pages of an interim safety plan read, and what each of its readers may."""

from dataclasses import dataclass, replace

from conferences.convening.models import SafetyPlan, SafetyPlanPerson, SafetyPlanStep
from conferences.separation.queries.pairs import pairs_to_separate, pairs_who_must_not_meet
from conferences.separation.queries.withheld import people_protected_from, presences_withheld, protect_presences
from families.people.models import Person
from families.protections.queries.withheld import withholding_rules_for
from families.protections.rules.withheld import Withheld


@dataclass(frozen=True)
class PlanReader:
    """Somebody in the plan: the steps of their page, and what it must not hold."""

    row: SafetyPlanPerson
    own: list[SafetyPlanStep]
    others: list[SafetyPlanStep]
    withheld: Withheld
    is_about_one_child: bool = False


def plan_in_force(enquiry) -> SafetyPlan | None:
    """The interim safety plan of the enquiry that has not ended."""
    return enquiry.safety_plans.filter(ended_at=None).first()


def plan_of(enquiry) -> SafetyPlan | None:
    """The interim safety plan of the enquiry: the one in force, or the latest that has ended."""
    return enquiry.safety_plans.order_by("-pk").select_related("written_by").first()


def plan_reader(row: SafetyPlanPerson) -> PlanReader:
    """What one person in the plan may read of it: their own steps, and those for all, except the steps of anybody who
    is protected from them. A fixed number of queries.
    """
    plan, family_id = row.plan, row.plan.family_id
    everyone = {person.pk: person for person in Person.objects.filter(memberships__family=family_id)}
    steps = list(plan.steps.select_related("who"))
    if row.person_id is None:
        withheld, pairs = withholding_rules_for(family_id).withheld_from(None), []
    else:
        everyone.setdefault(row.person_id, row.person)
        apart = people_protected_from(row.person_id, pairs_who_must_not_meet(everyone))
        pairs = pairs_to_separate(everyone)
        children = set(plan.enquiry.children.values_list("child", flat=True))
        rules = withholding_rules_for(family_id, people=[row.person_id])
        found = rules.withheld_from(row.person_id, unnamed=apart - children)
        coming, own = presences_withheld([row.person_id], everyone, pairs)
        times = protect_presences(coming[row.person_id], own[row.person_id])
        withheld = replace(found, protected=[*found.protected, *times])
    is_about_one = plan.enquiry.children.count() == 1
    return PlanReader(row, *steps_for(row, steps, pairs), withheld, is_about_one)


def steps_for(row, steps, pairs) -> tuple[list[SafetyPlanStep], list[SafetyPlanStep]]:
    """(the steps of the person of ``row``, the steps of others that they may read)."""
    hidden = people_protected_from(row.person_id, pairs) if row.person_id is not None else frozenset()
    others = [step for step in steps if step.who_id != row.pk and step.for_all]
    return [step for step in steps if step.who_id == row.pk], [one for one in others if one.who.person_id not in hidden]
