"""What happens next: the actions, the aims, the core group and the next dates. Plain values only."""

from dataclasses import dataclass

from conferences.convening.choices import Attendance
from conferences.plans.rules import PLAN_TEXTS
from conferences.separation.queries.withheld import people_protected_from
from cpc.core.kernel.phrases import in_sentence, listed
from reports.outgoing.letters.parts.paragraphs import long_date, long_day, moment
from reports.outgoing.letters.parts.people import professional
from reports.outgoing.queries.facts import Facts, name_in_copy, would_mean_others, would_name, would_name_others
from reports.outgoing.rules.copies import Reader, action_appears_in, is_known_to, is_named_to


@dataclass(frozen=True, kw_only=True)
class Step:
    """One action of the plan. ``agreed_on`` is the day of the earlier conference that agreed it, in words."""

    outcome: str
    action: str
    who: str
    by_when: str
    measure: str
    agreed_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What must change for one or more children, and what happens if it does not."""

    name: str
    aim: str
    contingency: str
    trigger: str = ""
    visits: str = ""
    family_meeting: str = ""
    will_be_told: str = ""


@dataclass(frozen=True, kw_only=True)
class NextSteps:
    """The plan’s lead and core group, and when they and the conference meet next. Empty if there is no plan.

    Only a reader who ``takes_part`` is told who is in the core group and when it meets.
    """

    lead: str
    core_group: tuple[str, ...]
    core_group_at: str
    review: str
    takes_part: bool = False
    lead_phone: str = ""


NOT_AGREED = "Not agreed yet"


def steps(facts: Facts, reader: Reader) -> tuple[Step, ...]:
    """The actions of the plan that are for a covered child: those of this conference, and earlier ones that go on. An
    action for several children that may mean a person that the copy must not name is left out, and the chair is told
    (``rules.needs``)."""
    return tuple(
        Step(
            outcome=action.outcome,
            action=action.action,
            who=action.who or NOT_AGREED,
            by_when=by_when(action),
            measure=action.measure or NOT_AGREED,
            agreed_on=long_day(one.agreed_on) if one.agreed_on else "",
        )
        for one in facts.actions
        for action in (one.action,)
        if action_appears_in(one.children, reader, facts.included, action.audience, action.who)
        # An action for a withheld person would name them, or show that they exist.
        and not would_name(reader, action.who)
        and not (not one.agreed_for <= reader.children and would_mean_others(reader, _words_of(action)))
    )


def by_when(action) -> str:
    """The date of the action, in words."""
    return long_date(action.due_on) if action.due_on else NOT_AGREED


def _words_of(action) -> str:
    return "\n".join((action.outcome, action.action, action.who, action.measure))


def aims(facts: Facts, reader: Reader) -> tuple[Aim, ...]:
    """What must change for covered children who have a plan, and what happens if it does not.

    The same text for several covered children is printed once. A text for several children that names a person that
    the copy must not name is left out, and the chair is told.
    """
    together: dict[tuple[str, ...], list] = {}
    for child in facts.children:
        plan = facts.plans.get(child.pk)
        texts = tuple(getattr(plan, name) for name in PLAN_TEXTS) if plan is not None else ()
        if any(texts):
            together.setdefault(texts, []).append(child)
    found = []
    for texts, children in together.items():
        mine = [child for child in children if child.pk in reader.children]
        left_out = len(mine) < len(children) and would_name_others(reader, "\n".join(texts))
        if mine and not left_out:
            said = dict(zip(PLAN_TEXTS, texts, strict=True))
            found.append(Aim(name=listed(name_in_copy(facts, reader, child) for child in mine), **said))
    return tuple(found)


def what_next(facts: Facts, reader: Reader) -> NextSteps:
    """The lead, the core group and the next dates, if a covered child has a plan. The lead tells the place.

    A reader who is not in the core group is told neither its members nor its dates. A reader who must not meet somebody
    protected is not told the day of the next conference either, only by when it is held; nor is a child of two people
    who must not meet, because either of them may read the child’s letter; nor is who was excluded from this one.
    """
    plans = [facts.plans[pk] for pk in sorted(facts.plans.keys() & reader.children)]
    if not plans:
        return NextSteps(lead="", core_group=(), core_group_at="", review="")
    leads = [plan.lead_social_worker for plan in plans if plan.lead_social_worker]
    lead = next((worker for worker in leads if worker.is_active), None)
    takes_part = any(_is_reader(member, reader) for member in facts.members)
    members = [member for member in facts.members if takes_part and _is_named(facts, member, reader, lead)]
    hidden = (
        _people_protected_from(facts, reader) or _may_be_read_by_either(facts, reader) or _is_excluded(facts, reader)
    )
    review_at = None if hidden else facts.review_at
    by = min(plan.review_due_on for plan in plans)
    return NextSteps(
        lead=lead.get_full_name() if lead else "",
        core_group=tuple(_member(facts, member, reader) for member in members),
        core_group_at=moment(facts.first_core_group_at) if takes_part and facts.first_core_group_at else "",
        review=moment(review_at) if review_at else f"by {long_date(by)}",
        takes_part=takes_part,
        lead_phone=lead.phone if lead else "",
    )


def _people_protected_from(facts, reader) -> frozenset[int]:
    return people_protected_from(reader.person, facts.pairs) if reader.person is not None else frozenset()


def _may_be_read_by_either(facts, reader) -> bool:
    return bool(facts.pairs) and reader.person in {child.pk for child in facts.children}


def _is_excluded(facts, reader) -> bool:
    return any(one.pk == reader.invitation and one.attendance == Attendance.EXCLUDED for one in facts.invitations)


def _is_reader(member, reader) -> bool:
    if reader.person is not None:
        return member.person_id == reader.person
    if member.user_id is not None or reader.user is not None:
        return member.user_id is not None and member.user_id == reader.user
    return member.person_id is None and member.agency_id is not None and member.agency_id == reader.agency


def _member(facts, member, reader) -> str:
    if member.person_id:
        return f"{member.name}, {in_sentence(member.part)}"
    name, part = professional(facts, reader, member.name, member.part, member.agency_id)
    return f"{name}, {in_sentence(part)}" if part else name


def _is_named(facts, member, reader, lead) -> bool:
    if member.person_id:
        if member.person_id in _people_protected_from(facts, reader):
            return False
        return is_named_to(member.person_id, facts.children_of_person(member.person_id), reader, facts.included)
    if lead is not None and member.user_id == lead.pk:
        return True
    return is_known_to(facts.children_of_user(member.user_id), reader, facts.included)
