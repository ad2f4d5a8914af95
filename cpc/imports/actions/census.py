"""A Children in Need census file beside the record: matched by LAchildID, as it has no names; fills what is empty."""

from collections import defaultdict
from datetime import date

from conferences.plans.actions.earlier import recalculate_reviews
from conferences.plans.choices import EarlierKind, PlanState
from conferences.plans.models import EarlierEvent, ProtectionPlan
from conferences.plans.queries.reviews import last_reviews
from cpc.core.accounts.permissions import Viewer
from cpc.imports.actions.people import keep_filled
from cpc.imports.progress import in_parts
from cpc.imports.queries import brought_before, people_by_number
from cpc.imports.rules import reading
from cpc.imports.rules.reading import Wrong
from cpc.imports.rules.rows import Fault
from families.people.choices import Disability, Ethnicity, NoUPN, Sex
from families.people.models import Person

SHEET = "census"
# What the file says of a child, and the field it fills: (where it is, how it is read).
CHILD = {
    "born_on": ("ChildIdentifiers/PersonBirthDate", reading.day),
    "expected_on": ("ChildIdentifiers/ExpectedPersonBirthDate", reading.day),
    "died_on": ("ChildIdentifiers/PersonDeathDate", reading.day),
    "sex": ("ChildIdentifiers/Sex", reading.one_of(Sex.choices)),
    "upn": ("ChildIdentifiers/UPN", reading.upn),
    "no_upn": ("ChildIdentifiers/UPNunknown", reading.one_of(NoUPN.choices)),
    "ethnicity": ("ChildCharacteristics/Ethnicity", reading.one_of(Ethnicity.choices)),
}
EMPTY = (None, "", [], Sex.UNKNOWN)


def check_census(children, viewer: Viewer, tell) -> tuple[list, list, dict]:
    """(faults, what differs or is not here, counts): the dry run. Rows are counted as children in the file."""
    read, faults = _read(children)
    found = _beside(read, viewer)
    tell(80)
    faults, notes = _stopping(faults, read, found)
    counts = defaultdict(int)
    for each in read:
        _compare(each, found, viewer.on, notes, counts)
    return faults, notes, {"children": len(read), **counts}


def load_census(children, viewer: Viewer, tell) -> tuple[dict, list]:
    """What was empty is filled in, reviews are entered with their dates; what differs is named and left. In an act."""
    read, faults = _read(children)
    found, counts = _beside(read, viewer), defaultdict(int)
    _, notes = _stopping(faults, read, found)
    for part in in_parts(read, tell):
        filled, reviewed, events = {}, [], []
        for each in part:
            person, plan, reviews = _compare(each, found, viewer.on, notes, counts)
            for field in each.filled:
                setattr(person, field, each.values[field])
                filled.setdefault(person, set()).add(field)
            if reviews:
                reviewed.append(plan)
            events += [
                EarlierEvent(
                    child_id=plan.child_id, family_id=plan.family_id, kind=EarlierKind.REVIEW, happened_on=day,
                    note="From a census file", entered_by_id=viewer.id,
                )
                for day in reviews
            ]  # fmt: skip
        keep_filled(filled)
        EarlierEvent.objects.bulk_create(events)
        recalculate_reviews(reviewed)
    return {"children": len(read), **counts}, notes


def _stopping(faults, read, found) -> tuple[list, list]:
    """(the faults of children who are here, notes of the others: a fault of somebody else stops nothing)."""
    people, _, _, several, before = found
    here = {*people, *several, *before}
    rows = {each.number for each in read if each.identity in here}
    stops = [fault for fault in faults if fault.row in rows or fault.typed in here]
    left = [fault for fault in faults if fault not in stops]
    says = "Nobody here has this number, so it was left out"
    return stops, [[SHEET, fault.row, fault.column, f"{fault.says}. {says}"] for fault in left]


class _Child:
    """One child of the file."""

    def __init__(self, number, identity):
        self.number, self.identity = number, identity
        self.values, self.plan, self.filled = {}, None, []


def _read(children) -> tuple[list, list]:
    read, faults, seen = [], [], {}
    for number, element in enumerate(children, start=1):
        identity = (element.findtext("ChildIdentifiers/LAchildID") or "").strip().upper()
        if not identity:
            faults.append(Fault(SHEET, number, "LAchildID", "", "The child has no LAchildID, so cannot be matched"))
            continue
        if identity in seen:
            says = f"The same LAchildID as child {seen[identity]}"
            faults.append(Fault(SHEET, number, "LAchildID", identity, says))
            continue
        seen[identity] = number
        child = _Child(number, identity)
        for field, (path, how) in CHILD.items():
            _take(child, field, element.findtext(path), how, faults)
        codes = [each.text or "" for each in element.findall("ChildCharacteristics/Disabilities/Disability")]
        if codes:
            _take(child, "disabilities", ";".join(codes), reading.some_of(Disability.choices), faults)
        plans = [
            each for each in element.iter("ChildProtectionPlans") if not (each.findtext("CPPendDate") or "").strip()
        ]
        if len(plans) > 1:
            faults.append(Fault(SHEET, number, "CPPstartDate", "", "The child has more than one open plan (rule 8935)"))
        elif plans:
            child.plan = {
                "started_on": _one(child, "CPPstartDate", plans[0].findtext("CPPstartDate"), faults),
                "category": (plans[0].findtext("LatestCategoryOfAbuse") or "").strip(),
                "reviews": [
                    day
                    for each in plans[0].iter("CPPreviewDate")
                    if (day := _one(child, "CPPreviewDate", each.text, faults))
                ],
            }
        read.append(child)
    return read, faults


def _take(child, field, typed, how, faults) -> None:
    if typed and typed.strip():
        try:
            child.values[field] = how(typed)
        except Wrong as reason:
            faults.append(Fault(SHEET, child.number, field, typed[:60], f"“{typed[:60]}” {reason}"))


def _one(child, name, typed, faults) -> date | None:
    try:
        return reading.day(typed or "")
    except Wrong as reason:
        faults.append(Fault(SHEET, child.number, name, (typed or "")[:60], f"“{(typed or '')[:60]}” {reason}"))
        return None


def _beside(read, viewer: Viewer) -> tuple[dict, dict, set, set, set]:
    numbers = people_by_number({each.identity for each in read}, viewer)
    people = Person.objects.in_bulk([each["id"] for each in numbers.values()])
    plans = {plan.child_id: plan for plan in ProtectionPlan.objects.filter(state=PlanState.OPEN, child__in=people)}
    entered = EarlierEvent.objects.filter(kind=EarlierKind.REVIEW, child__in=people)
    # What is entered counts as reviewed that day; of those held here only the last is asked after.
    last = last_reviews(plans.values())
    reviewed = set(entered.values_list("child", "happened_on"))
    reviewed |= {(plan.child_id, last[plan.pk]) for plan in plans.values() if plan.pk in last}
    known = {number: people[each["id"]] for number, each in numbers.items() if not each["several"]}
    several = {number for number, each in numbers.items() if each["several"]}
    before = set(brought_before({each.identity for each in read}, viewer)) - set(numbers)
    return known, plans, reviewed, several, before


def _compare(child, found, on, notes, counts) -> tuple:
    """(the person, their open plan, reviews that are not on the record); what differs goes to ``notes``."""
    people, plans, reviewed, several, before = found
    person = people.get(child.identity)
    if child.identity in before:
        counts["matched"] += 1  # closed since an import brought them: what the record says is not compared
        return None, None, []
    if person is None:
        notes.append([SHEET, child.number, "LAchildID", f"{child.identity} {_why_not(child, several)}"])
        counts["not_here"] += 1
        return None, None, []
    counts["matched"] += 1
    for field, given in child.values.items():
        stands = getattr(person, field)
        if stands == given:
            continue
        if stands not in EMPTY or (field == "expected_on" and person.born_on):
            notes.append([SHEET, child.number, field, f"{child.identity}: the record says something else"])
        elif given not in EMPTY:
            child.filled.append(field)
    counts["filled_in"] += bool(child.filled)
    return person, *_compare_plan(child, person, plans.get(person.pk), reviewed, on, notes, counts)


def _why_not(child, several) -> str:
    return "is the number of more than one child here" if child.identity in several else "is not here"


def _compare_plan(child, person, plan, reviewed, on, notes, counts) -> tuple:
    if child.plan is None:
        if plan is not None:
            notes.append(
                [SHEET, child.number, "CPPstartDate", f"{child.identity} has a plan here and none in the file"]
            )
        return None, []
    started_on = child.plan["started_on"]
    if plan is None:
        says = f"{child.identity} has an open plan in the file and none here: bring it in with the template"
        notes.append([SHEET, child.number, "CPPstartDate", says])
        return None, []
    if plan.started_on != started_on:
        says = f"{child.identity}: the plan here began on another day"
        notes.append([SHEET, child.number, "CPPstartDate", says])
        return None, []
    if plan.category != child.plan["category"]:
        notes.append(
            [SHEET, child.number, "LatestCategoryOfAbuse", f"{child.identity}: the record says something else"]
        )
    reviews = [
        day for day in sorted(set(child.plan["reviews"])) if started_on < day <= on and (person.pk, day) not in reviewed
    ]
    reviewed |= {(person.pk, day) for day in reviews}
    counts["reviews"] += len(reviews)
    return plan, reviews
