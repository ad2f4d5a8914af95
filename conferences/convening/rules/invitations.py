"""Who is invited to a conference, and why. Pure: no database, no clock, no Django.

Codes are the plain values of ``choices.py``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from cpc.core.kernel.dates import age_on
from cpc.core.kernel.phrases import capital, listed, possessive
from families.people.rules.kin import Tie

FAMILY, PROFESSIONAL = "family", "professional"

# The role of each kind of agency; the others come as another professional.
ROLE_OF_AGENCY = {
    "police": "police", "school": "school", "nursery": "nursery", "health_visiting": "health_visitor",
    "school_nursing": "school_nurse", "gp": "gp", "midwifery": "midwife", "advocacy": "advocate",
    "paediatrics": "paediatrician",
}  # fmt: skip
NAMES_OF_KINDS = {
    "police": "police", "school": "school", "nursery": "nursery", "health_visiting": "health visitor",
    "school_nursing": "school nurse", "gp": "GP", "midwifery": "midwife", "advocacy": "advocate",
    "paediatrics": "paediatrician",
}  # fmt: skip
WRITES_NO_REPORT = {"team_manager", "advocate", "interpreter", "supporter", "solicitor", "minute_taker"}
NURSERY_FROM, HEALTH_VISITOR_UNTIL, SCHOOL_UNTIL = 2, 5, 16
SETTINGS, EDUCATION = ("school", "nursery"), "education"
STEP_PARENTS = {"stepmother", "stepfather"}


@dataclass(frozen=True)
class Child:
    """A child that the conference is about."""

    id: int
    name: str
    born_on: date | None = None
    expected_on: date | None = None
    called: str = ""

    @property
    def said(self) -> str:
        """The child's name in a reason: the first name, beside the family's name, is enough."""
        return self.called or self.name

    @property
    def unborn(self) -> bool:
        """Whether the child has an expected date and no date of birth."""
        return self.born_on is None and self.expected_on is not None


@dataclass(frozen=True)
class Adult:
    """An adult of the family, and their relationship to each child.

    ``not_known``: nobody knows who this is. ``must_not_learn_of``: the children that they must not learn exist.
    """

    id: int
    name: str
    ties: tuple[Tie, ...] = ()
    in_household: bool = False
    died_on: date | None = None
    not_known: bool = False
    must_not_learn_of: frozenset[int] = frozenset()


@dataclass(frozen=True)
class AgencyInvolvement:
    """An agency that knows a child, and the professional there. Without ``child``, the agency is always invited."""

    child: int | None
    agency: int
    agency_name: str
    kind: str
    professional: int | None = None
    professional_name: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Worker:
    """A named person of children's social care."""

    id: int
    name: str


@dataclass(frozen=True)
class Practice:
    """What the service and the case add to the list: the age of invitation, the police, and who holds the case.

    ``examined`` are the children who had a medical examination, ``to_examine`` those who need one, and ``welcome``
    those who may come by the chair's decision, whatever their age.
    """

    child_invite_age: int = 10
    police: AgencyInvolvement | None = None
    social_worker: Worker | None = None
    team_manager: Worker | None = None
    examined: frozenset[int] = frozenset()
    to_examine: frozenset[int] = frozenset()
    welcome: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposal:
    """Somebody who should be invited, and why. A ``gap`` is a kind of agency without anybody recorded."""

    kind: str
    role: str
    name: str
    reason: str
    children: tuple[int, ...]
    person: int | None = None
    user: int | None = None
    agency: int | None = None
    report_asked: bool = False
    gap: bool = False

    @property
    def query(self) -> str:
        """Role, and the child if there is only one, as the query string for the forms that fill the gap."""
        one_child = {"child": str(self.children[0])} if len(self.children) == 1 else {}
        return urlencode({"role": self.role, **one_child})


def age_in_years(child: Child, on: date) -> str:
    """The child's age in whole years on that day, as a reason on the list of people to invite says it: 3, under 1."""
    if child.born_on is None:
        return "age not known"
    years = age_on(child.born_on, on)
    return str(years) if years > 0 else "under 1"


def propose(
    children: Iterable[Child],
    adults: Iterable[Adult],
    involvements: Iterable[AgencyInvolvement],
    on: date,
    settings: Practice,
    before: Iterable[Proposal] = (),
) -> list[Proposal]:
    """The people to invite to a conference held ``on`` about ``children``, each with a reason.

    Family first, then children's social care, then the agencies that know each child, then those who were invited
    ``before`` or are in the core group, then the gaps.
    """
    children, involvements = list(children), list(involvements)
    ids = {child.id for child in children}
    current = [
        one
        for one in involvements
        if one.child in ids and (not one.from_on or one.from_on <= on) and (not one.to_on or one.to_on >= on)
    ]
    proposals = [found for adult in adults if (found := _adult(adult, children, on))]
    proposals += [found for child in children if (found := _child(child, on, settings))]
    proposals += _social_care(children, settings)
    taken = {one.user for one in proposals if one.user}
    proposals += _agencies(current, children, settings, taken)
    left = {(one.child, one.agency) for one in involvements} - {(one.child, one.agency) for one in current}
    for one in before:
        children_now = tuple(child for child in one.children if child in ids and (child, one.agency) not in left)
        if children_now and not any(_is_same(one, other) for other in proposals):
            proposals.append(replace(one, children=children_now))
    return proposals + [gap for gap in gaps(children, current, on, settings) if not _is_filled(gap, proposals)]


def _is_same(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are of one person, or of one agency in one role."""
    if one.person or other.person:
        return one.person == other.person
    return (one.user is not None and one.user == other.user) or (
        one.agency is not None and (one.agency, one.role) == (other.agency, other.role)
    )


def _is_filled(gap: Proposal, proposals: list[Proposal]) -> bool:
    """Whether somebody who was invited before comes in this role for the children of the gap."""
    return any(one.role == gap.role and set(gap.children) <= set(one.children) for one in proposals if not one.gap)


def _adult(adult: Adult, children: list[Child], on: date) -> Proposal | None:
    if (adult.died_on is not None and adult.died_on <= on) or adult.not_known:
        return None
    # The invitation itself would tell them: a man wrongly invited so learned that he had a son.
    if adult.must_not_learn_of & {child.id for child in children}:
        return None
    reasons: dict[tuple[str, str], list[str]] = {}
    covered, parent = [], False
    for child in children:
        tie = next((tie for tie in adult.ties if tie.child == child.id), None)
        if tie and (why := _why(tie, adult.in_household)):
            reasons.setdefault(why, []).append(child.said)
            covered.append(child.id)
            parent = parent or tie.is_parent
    if not covered:
        return None
    # A grandmother with parental responsibility is no parent: letters would call her one.
    carer = any(tie.main_carer or tie.parental_responsibility for tie in adult.ties if tie.child in covered)
    role = "parent" if parent else "carer" if carer else "relative"
    said = "; ".join(
        (possessive(listed(names), what, "of") if what else f"has parental responsibility for {listed(names)}") + more
        for (what, more), names in reasons.items()
    )
    return Proposal(FAMILY, role, adult.name, f"{capital(said)}.", tuple(covered), person=adult.id)


def _why(tie: Tie, in_household: bool) -> tuple[str, str] | None:
    """Why a person with this relationship to a child is invited: what they are to the child ("" where it is parental
    responsibility alone) and the words after it; None if the relationship alone is not enough."""
    if tie.is_parent:
        elsewhere = "" if in_household else ", who does not live with the family"
        if tie.parental_responsibility:
            return tie.kind, f" with parental responsibility{elsewhere}"
        if tie.when_born:
            return tie.kind, f", with parental responsibility from the birth{elsewhere}"
        # An Ombudsman case: a man wrongly invited so learned that he had a son (Norfolk 24-014-935).
        check = ": check with the social worker that he knows before you send" if tie.kind == "father" else ""
        return tie.kind, f", not recorded as having parental responsibility{elsewhere}{check}"
    what = "" if tie.kind in ("carer", "other") else f" ({tie.kind})"
    if tie.parental_responsibility:
        return "", what
    if tie.main_carer:
        return "main carer", what
    if tie.kind in STEP_PARENTS and in_household:
        return tie.kind, ", who lives in the household"
    return None


def _child(child: Child, on: date, settings: Practice) -> Proposal | None:
    if child.born_on is None:
        return None
    invite_age = settings.child_invite_age
    if child.id in settings.welcome:
        why = f"The chair decided that {child.said} may come."
    elif age_on(child.born_on, on) >= invite_age:
        age = age_in_years(child, on)
        why = f"{child.said} is {age}. Children of {invite_age} and over are asked whether they want to come."
    else:
        return None
    return Proposal(FAMILY, "child", child.name, why, (child.id,), person=child.id)


def _social_care(children: list[Child], settings: Practice) -> list[Proposal]:
    everyone = tuple(child.id for child in children)
    worker, manager = settings.social_worker, settings.team_manager
    role, name = "social_worker", "Social worker"
    if worker:
        why = "The family’s social worker."
        found = [Proposal(PROFESSIONAL, role, worker.name, why, everyone, user=worker.id, report_asked=True)]
    else:
        why = "No social worker is recorded for the family."
        found = [Proposal(PROFESSIONAL, role, name, why, everyone, gap=True)]
    if manager and (worker is None or manager.id != worker.id):
        why = "Manages the team that works with the family."
        found.append(Proposal(PROFESSIONAL, "team_manager", manager.name, why, everyone, user=manager.id))
    return found


def _agencies(
    current: list[AgencyInvolvement], children: list[Child], settings: Practice, taken: set[int]
) -> list[Proposal]:
    everyone = tuple(child.id for child in children)
    named: dict[tuple[str, int | None], list[AgencyInvolvement]] = {}
    for one in current:
        # One invitation for one professional, also with several children; without a name, one for the agency.
        named.setdefault(("user", one.professional) if one.professional else ("agency", one.agency), []).append(one)
    found = []
    for (who, key), known in named.items():
        if who == "user" and key in taken:
            continue
        first = known[0]
        police = first.kind == "police"
        covered = everyone if police else tuple(id for id in everyone if any(one.child == id for one in known))
        names = listed([child.said for child in children if child.id in covered])
        found.append(_agency(first, covered, f"{_how(first.kind, names)} ({first.agency_name})."))
    if settings.police and not any(one.kind == "police" for one in current):
        why = f"{_how('police', '')} ({settings.police.agency_name})."
        found.append(_agency(settings.police, everyone, why))
    return found


def _how(kind: str, names: str) -> str:
    if kind == "police":
        return "The police are always invited"
    return f"{capital(NAMES_OF_KINDS[kind])} for {names}" if kind in NAMES_OF_KINDS else f"Works with {names}"


def _agency(one: AgencyInvolvement, covered: tuple[int, ...], reason: str) -> Proposal:
    role = ROLE_OF_AGENCY.get(one.kind, "other")
    return Proposal(
        PROFESSIONAL, role, one.professional_name or one.agency_name, reason, covered,
        user=one.professional, agency=one.agency, report_asked=role not in WRITES_NO_REPORT,
    )  # fmt: skip


def gaps(children: list[Child], current: list[AgencyInvolvement], on: date, settings: Practice) -> list[Proposal]:
    """The kinds of agency that should be there for a child, without anybody recorded."""
    found = []
    for child in children:
        recorded = {one.kind for one in current if one.child == child.id}
        for kind in expected(child, recorded, on):
            # The council's education service speaks for a child who is taught at home or has no school.
            if kind in recorded or (kind in SETTINGS and EDUCATION in recorded):
                continue
            age = "" if child.unborn else f" ({age_in_years(child, on)})"
            found.append(_gap(kind, child, f"is recorded for {child.said}{age}"))
        medical = "had" if child.id in settings.examined else "needs" if child.id in settings.to_examine else ""
        if medical and "paediatrics" not in recorded:
            why = f"is recorded for {child.said}, who {medical} a medical examination"
            found.append(_gap("paediatrics", child, why))
    if settings.police is None and not any(one.kind == "police" for one in current):
        everyone = tuple(child.id for child in children)
        why = "The police are always invited, and no police service is recorded."
        found.append(Proposal(PROFESSIONAL, "police", "Police", why, everyone, gap=True))
    return found


def _gap(kind: str, child: Child, what: str) -> Proposal:
    name = NAMES_OF_KINDS[kind]
    instead = " If they have none, add the council’s education service." if kind in SETTINGS else ""
    why = f"No {name} {what}.{instead}"
    return Proposal(PROFESSIONAL, ROLE_OF_AGENCY[kind], capital(name), why, (child.id,), gap=True)


def expected(child: Child, recorded: set[str], on: date) -> tuple[str, ...]:
    """The kinds of agency that know a child of this age: a midwife before birth, a health visitor under five …"""
    if child.unborn:
        return ("midwifery", "health_visiting")
    if child.born_on is None:
        return ("gp",)
    years = age_on(child.born_on, on)
    if years < HEALTH_VISITOR_UNTIL:
        # A child of four may be at school already; a baby is at no nursery.
        at_nursery = years >= NURSERY_FROM and "school" not in recorded
        return ("health_visiting", *(("nursery",) if at_nursery else ()), "gp")
    return ("school", "school_nursing", "gp") if years < SCHOOL_UNTIL else ("gp",)
