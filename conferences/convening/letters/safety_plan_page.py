"""The page of an interim safety plan for one person in it: what they do, what others do for the children, to sign."""

from dataclasses import dataclass
from datetime import date

from conferences.convening.letters.facts import addressee_of
from conferences.convening.queries.hand_delivery import workers_of
from conferences.convening.queries.safety_plans import PlanReader
from cpc.core.documents.folding import holds_words
from cpc.core.documents.letterhead import letterhead
from cpc.core.documents.letters import Letter
from cpc.core.kernel.phrases import lines_of

PURPOSE = "safety_plan"


@dataclass(frozen=True, kw_only=True)
class SafetyPlanPage(Letter):
    """What one reader may know of the plan. ``own`` are (what, by when); ``others`` are (who, what, by when)."""

    title = "Safety plan until the conference"

    reader: str
    made_on: date
    review_on: date
    worries: tuple[str, ...]
    own: tuple[tuple[str, date], ...]
    others: tuple[tuple[str, str, date], ...]
    social_worker: str
    social_worker_phone: str
    kept_safe: str = "the children"


def safety_plan_page(reader: PlanReader, on) -> SafetyPlanPage:
    """The page for one person in the plan."""
    plan, person = reader.row.plan, reader.row.person
    worker = next((one for one in workers_of(plan.family) if not _is(reader.row, one)), None)
    return SafetyPlanPage(
        letterhead=letterhead(),
        addressee=addressee_of(reader.row.name, person, (f"By hand: {worker}",) if worker else ("By hand",)),
        dated_on=on,
        large_print=bool(person and "large print" in person.access_needs.lower()),
        reader=reader.row.name,
        made_on=plan.made_on,
        review_on=plan.review_on,
        worries=lines_of(plan.worries),
        own=tuple((step.what, step.due_on) for step in reader.own),
        others=tuple((step.who.name, step.what, step.due_on) for step in reader.others),
        social_worker=str(worker or ""),
        social_worker_phone=worker.phone if worker else "",
        kept_safe="the child" if reader.is_about_one_child else "the children",
    )


def _is(row, user) -> bool:
    """Whether this person in the plan is the user. A professional is typed as a name and a role."""
    return row.person_id is None and holds_words(row.name, str(user))
