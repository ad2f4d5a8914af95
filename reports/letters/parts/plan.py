"""What follows: the actions, the aims, who carries the plan and the next dates. Plain values only."""

from dataclasses import dataclass

from cpc.core.kernel.phrases import listed
from reports.letters.parts.people import professional
from reports.letters.parts.said import long_date, long_day, moment
from reports.queries.facts import Facts, first_name, would_name
from reports.rules import Reader, action_stands_in, is_known_to, is_named_to


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that somebody will do."""

    outcome: str
    action: str
    who: str
    by_when: str
    measure: str


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What must change for one child or several, and what happens if it does not."""

    name: str
    aim: str
    contingency: str


@dataclass(frozen=True, kw_only=True)
class Next:
    """Who leads the plan, who carries it, and when they and the conference meet next. Empty where there is no plan."""

    lead: str
    core_group: tuple[str, ...]
    core_group_at: str
    review: str


def steps(facts: Facts, reader: Reader) -> tuple[Step, ...]:
    """The actions of the outline plan that are for covered children only."""
    return tuple(
        Step(
            outcome=action.outcome,
            action=action.action,
            who=action.who,
            by_when=long_day(action.due_on),
            measure=action.measure,
        )
        for action, children in facts.actions
        if action_stands_in(children, reader, facts.included, action.audience)
        # What is left for somebody kept from this reader to do would name them, or show that they are there.
        and not would_name(reader, action.who)
    )


def aims(facts: Facts, reader: Reader) -> tuple[Aim, ...]:
    """What must change for covered children who have a plan, and what happens if it does not.

    One text for several children is about all of them: it stands only where the copy covers them all.
    """
    together: dict[tuple[str, str], list] = {}
    for child in facts.children:
        plan = facts.plans.get(child.pk)
        if plan is not None and (plan.aim or plan.contingency):
            together.setdefault((plan.aim, plan.contingency), []).append(child)
    return tuple(
        Aim(name=listed(first_name(child) for child in children), aim=aim, contingency=contingency)
        for (aim, contingency), children in together.items()
        if {child.pk for child in children} <= reader.children
    )


def what_next(facts: Facts, reader: Reader) -> Next:
    """The lead, the core group and the next dates, where a covered child has a plan. The place is told by the lead."""
    plans = [facts.plans[pk] for pk in sorted(facts.plans.keys() & reader.children)]
    if not plans:
        return Next(lead="", core_group=(), core_group_at="", review="")
    lead = next((plan.lead_social_worker for plan in plans if plan.lead_social_worker), None)
    at = facts.first_core_group_at
    by = min(plan.review_due_on for plan in plans)
    return Next(
        lead=lead.get_full_name() if lead else "",
        core_group=tuple(
            _member(facts, member, reader) for member in facts.members if _is_named(facts, member, reader, lead)
        ),
        core_group_at=moment(at) if at else "",
        review=moment(facts.review_at) if facts.review_at else f"by {long_date(by)}",
    )


def _member(facts, member, reader) -> str:
    if member.person_id:
        return f"{member.name}, {member.part}"
    name, part = professional(facts, reader, member.name, member.part, member.agency_id)
    return f"{name}, {part}" if part else name


def _is_named(facts, member, reader, lead) -> bool:
    if member.person_id:
        return is_named_to(member.person_id, facts.children_of_person(member.person_id), reader, facts.included)
    if lead is not None and member.user_id == lead.pk:
        return True
    return is_known_to(facts.children_of_user(member.user_id), reader, facts.included)
