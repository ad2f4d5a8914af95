"""What is wrong with the rows of an import, row by row. Pure: what is known of the service is given.

Every cell that cannot be read and every row that cannot be is one Fault, in a sentence that says what to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conferences.plans.rules import earlier_refusal, start_refusal
from cpc.core.kernel.dates import SATURDAY, hour_refusal, in_words
from cpc.imports.rules.columns import EVENTS, MEETINGS, PEOPLE, PLANS, SHEETS, Sheet
from cpc.imports.rules.rows import Fault, Row
from families.people.rules.kin import what_is_wrong_with_responsibility
from families.people.rules.people import what_is_wrong_with_birth, what_is_wrong_with_death

NOT_THEN = "The day is to come, or does not fit the plan or the child’s dates that are recorded here"
SEVERAL = "More than one person here has this number. A manager who may see both makes them one first"

Facts = dict[str, Any]  # what the service or a row says of one person, by column
Rows = dict[str, Row]  # by person_id


@dataclass(frozen=True)
class RecordsHeld:
    """What the service holds already, as far as an import asks: by number, name and e-mail address."""

    on: date
    people: dict[str, Facts] = field(default_factory=dict)  # by person_id: part, family_number, born_on, died_on, name
    families: frozenset[str] = frozenset()
    under_plan: frozenset[str] = frozenset()  # the families with an open plan, by number
    taken_nhs: dict[str, str] = field(default_factory=dict)  # an NHS number: the person_id that has it
    teams: frozenset[str] = frozenset()
    workers: dict[str, str] = field(default_factory=dict)  # a social worker's e-mail: the name of the team
    chairs: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    plans: dict[str, date] = field(default_factory=dict)  # the start of a child's open plan, by person_id
    trusted: frozenset[str] = frozenset()  # brought in before, and closed since: nothing here is compared with them


def check_rows(rows: dict[str, list[Row]], known: RecordsHeld) -> list[Fault]:
    """What is wrong with rows that could be read, among themselves and beside what the service holds."""
    people = {row["person_id"]: row for row in rows.get(PEOPLE.name, ())}
    faults = _check_people(rows.get(PEOPLE.name, ()), people, known)
    plans = {row["person_id"]: row for row in rows.get(PLANS.name, ())}
    faults += _check_plans(plans, people, known)
    faults += _check_events(rows.get(EVENTS.name, ()), plans, people, known)
    family_numbers = {(row["family_number"] or "").casefold() for row in rows.get(PEOPLE.name, ())}
    faults += _check_meetings(rows.get(MEETINGS.name, ()), plans, people, family_numbers, known)
    return faults


def place_in_file(fault: Fault) -> tuple[int, int]:
    """(the number of the sheet, the row): a list of faults is sorted by it."""
    return [sheet.name for sheet in SHEETS].index(fault.sheet), fault.row


def _check_people(rows: Iterable[Row], people: Rows, known: RecordsHeld) -> list[Fault]:
    faults: list[Fault] = []
    first: dict[str, Row] = {}
    nhs, before = dict(known.taken_nhs), dict[str, Row]()
    for row in rows:
        if not row.whole:
            continue
        pk = row["person_id"]
        said = _Sayer(PEOPLE, row, faults)
        other = before.setdefault(pk, row)
        if other is not row and not _may_be_the_same(row, _as_known(other)):
            also = "Only an adult with the same name and date of birth may be in two families"
            said("person_id", f"Row {other.number} gives this number to somebody else. {also}")
        family = row["family_number"]
        leading = first.setdefault(family.casefold(), row)
        for column in ("family_name", "team", "opened_on", "social_worker_email"):
            if leading.whole and row[column] != leading[column]:
                said(column, f"Row {leading.number} says {leading[column] or 'nothing'} for the same family")
        _check_holder(row, known, said)
        is_child = row["part"] == "child"
        is_new = pk not in known.people
        if not is_new and known.people[pk].get("several"):
            said("person_id", SEVERAL)
        elif not is_new and not _may_be_the_same(row, known.people[pk]):
            said("person_id", "This number is recorded for somebody of another family. Check the number")
        if wrong := what_is_wrong_with_birth(
            is_child=is_child, born_on=row["date_of_birth"], expected_on=row["expected_on"], on=known.on, is_new=is_new
        ):
            said({"born_on": "date_of_birth"}.get(wrong[0], wrong[0]), wrong[1])
        if too_late := what_is_wrong_with_death(born_on=row["date_of_birth"], died_on=row["died_on"], on=known.on):
            said("died_on", too_late)
        if not row["first_name"] and not (is_child and row["expected_on"]):
            said("first_name", "Enter the first name, or the only name. If nobody knows it, write “Not known”")
        if not row["last_name"] and not row["first_name"]:
            said("last_name", "Enter the last name")
        if row["expected_on"] and row["sex"] not in (None, "U"):
            said("sex", "The sex of an unborn child is U")
        if (number := row["nhs_number"]) and nhs.setdefault(number, pk) != pk:
            said("nhs_number", "This NHS number is given for somebody else as well")
        if row["upn"] and row["no_upn"]:
            said("no_upn", "There is a UPN, so clear the reason for having none")
        _check_ties(row, is_child, people, known, said)
        _check_contact(row, said)
    return faults


def _may_be_the_same(row: Row, known: Facts) -> bool:
    """Whether the person here may be the one of the row: of the same family, or an adult who is in one more family and
    has the same name and date of birth."""
    if row["family_number"].casefold() in known["families"]:
        return True
    name = " ".join(filter(None, (row["first_name"], row["last_name"])))
    same = name.casefold() == known["name"].casefold()
    return "child" not in (row["part"], known["part"]) and same and row["date_of_birth"] == known["born_on"]


def _as_known(row: Row) -> Facts:
    """What a row says of a person, in the form of what the service knows."""
    name = " ".join(filter(None, (row["first_name"], row["last_name"])))
    families = frozenset({row["family_number"].casefold()})
    return {"families": families, "name": name, "part": row["part"], "born_on": row["date_of_birth"]}


def _check_holder(row: Row, known: RecordsHeld, said: "_Sayer") -> None:
    if row["team"] not in known.teams:
        said("team", "There is no team of this name. Add it under Accounts, or correct it")
    elif email := row["social_worker_email"]:
        if email not in known.workers:
            said("social_worker_email", "No active social worker has this email address. Add the account first")
        elif known.workers[email] != row["team"]:
            said("social_worker_email", f"This social worker is in {known.workers[email] or 'no team'}")
    if row["opened_on"] > known.on:
        said("opened_on", "The day the case was opened must be today or in the past")


def _check_ties(row: Row, is_child: bool, people: Rows, known: RecordsHeld, said: "_Sayer") -> None:
    to = row["relationship_to"] or []
    if bool(to) != bool(row["relationship"]):
        said("relationship", "Fill in both relationship and relationship_to, or neither")
        return
    has, source = bool(row["parental_responsibility"]), row["responsibility_source"] or ""
    if wrong := what_is_wrong_with_responsibility(has=has, source=source, kind=row["relationship"] or ""):
        said("responsibility_source", wrong)
    if to and is_child:
        said("relationship", "Say what each adult is to the child, on the adult’s own row")
    for pk in to:
        other = people.get(pk.upper())
        found = other.values if other else known.people.get(pk.upper())
        if found is None:
            said("relationship_to", f"Nobody has the number {pk}, in this file or in the service")
        elif row["family_number"].casefold() not in _families_of(found, row):
            says = "is of another family: give this person a row there too, with that family’s number"
            said("relationship_to", f"{pk} {says}")
        elif found.get("part", "child") != "child":
            said("relationship_to", f"{pk} is not a child of the family")


def _families_of(found: Facts, row: Row) -> frozenset[str]:
    """The families of somebody in the file, who is of one, or in the service."""
    return found.get("families") or frozenset({(found.get("family_number") or row["family_number"]).casefold()})


def _check_contact(row: Row, said: "_Sayer") -> None:
    if row["country"] and (row["postcode"] or not row["address"]):
        said("country", "Abroad, the postcode is written in the address, and the column postcode is empty")
    elif not row["country"] and bool(row["address"]) != bool(row["postcode"]):
        said("address", "Fill in both the address and the postcode, or neither. Abroad, fill in the country")
    if row["address_protected"] and not row["address"]:
        said("address_protected", "There is no address to protect on this row")
    way = row["safe_contact"]
    if way == "email" and not row["email"]:
        said("email", "Enter the email address, or choose another way to reach this person")
    if way in ("phone", "text") and not row["phone"]:
        said("phone", "Enter the phone number, or choose another way to reach this person")
    if way == "hand" and not row["social_worker_email"]:
        said("safe_contact", "Letters by hand need the social worker who hands them over")


def _check_plans(plans: Rows, people: Rows, known: RecordsHeld) -> list[Fault]:
    faults: list[Fault] = []
    for pk, row in plans.items():
        if not row.whole:
            continue
        said = _Sayer(PLANS, row, faults)
        child = _child(pk, people, known, said)
        if row["started_on"] > known.on:
            said("started_on", "The plan must have begun today or before")
        if child and child["born_on"] is None and child.get("expected_on") is None:
            said("person_id", "The child has neither a date of birth nor an expected date")
        if child and start_refusal(child["name"], row["started_on"], child["died_on"]):
            said("started_on", "The plan cannot begin after the child’s death")
        if child and child["died_on"]:
            said("person_id", "The child has died, so has no open plan")
        if pk in known.plans and known.plans[pk] != row["started_on"]:
            said("started_on", "The child has an open plan here that began on another day")
        if (email := row["lead_social_worker_email"]) and email not in known.workers:
            said("lead_social_worker_email", "No active social worker has this email address. Add the account first")
    return faults


def _check_events(rows: Iterable[Row], plans: Rows, people: Rows, known: RecordsHeld) -> list[Fault]:
    faults: list[Fault] = []
    latest: Rows = {}
    for row in rows:
        if not row.whole:
            continue
        said = _Sayer(EVENTS, row, faults)
        pk = row["person_id"]
        child = _child(pk, people, known, said)
        started = plans[pk]["started_on"] if pk in plans else known.plans.get(pk)
        if started is None and pk in plans:
            continue  # the plan's own row says what is wrong with it
        if child and started is None:
            if pk not in known.trusted:
                said("person_id", "The child has no open plan, in this file or in the service")
        elif (
            child
            and started is not None
            and (refusal := earlier_refusal(row["kind"], row["happened_on"], started, known.on, child["died_on"]))
        ):
            # Dates that the file itself gives may be said; those of the record may not.
            said("happened_on", refusal if pk in plans and pk in people else NOT_THEN)
        if (row["kind"] == "category") != bool(row["category"]):
            said("category", "A change of category names the category, and nothing else does")
        if row["kind"] != "visit" and row["seen_alone"] is not None:
            said("seen_alone", "Only a visit says whether the child was seen alone")
        if row["kind"] == "category" and (pk not in latest or row["happened_on"] > latest[pk]["happened_on"]):
            latest[pk] = row
    for pk, row in latest.items():
        if pk in plans and row["category"] != (plans[pk]["category"] or row["category"]):
            _Sayer(EVENTS, row, faults)("category", f"The plan’s row says that the latest is {plans[pk]['category']}")
    return faults


def _check_meetings(
    rows: Iterable[Row], plans: Rows, people: Rows, family_numbers: set[str], known: RecordsHeld
) -> list[Fault]:
    faults: list[Fault] = []
    core_groups: dict[str, int] = {}
    with_plan = {(people[pk]["family_number"] or "").casefold() for pk in plans if pk in people} | known.under_plan
    with_plan |= {known.people[pk]["family_number"].casefold() for pk in plans if pk in known.people}
    families = family_numbers | known.families
    taken: dict[tuple[str, object, date], list[Row]] = {}
    for row in rows:
        if not row.whole:
            continue
        said = _Sayer(MEETINGS, row, faults)
        family = row["family_number"].casefold()
        if family not in families:
            said("family_number", "There is no family with this number, in this file or in the service")
        elif family not in with_plan:
            said("family_number", "No child of this family has an open plan")
        if row["on"] <= known.on:
            said("on", "A booked meeting is after today. What was held goes into events")
        elif row["on"].weekday() >= SATURDAY:
            said("on", f"{in_words(row['on'])} is not a working day")
        if refusal := hour_refusal(row["starts"], row["ends"]):
            said("starts", refusal)
        if row["kind"] == "core_group":
            if core_groups.setdefault(family, row.number) != row.number:
                said("kind", f"Row {core_groups[family]} already books a core group of this family")
            continue
        if row["ends"] is None or row["ends"] <= row["starts"]:
            said("ends", "Enter when the review ends, later than it starts")
        if row["place"] not in known.rooms:
            said("place", "There is no room of this name. Add it under Rooms, or correct it")
        if row["chair_email"] not in known.chairs:
            said("chair_email", "No active chair has this email address. Add the account first")
        for what, whose in (("chair_email", row["chair_email"]), ("place", row["place"])):
            for other in taken.setdefault((what, whose, row["on"]), []):
                if row["ends"] and other["ends"] and row["starts"] < other["ends"] and other["starts"] < row["ends"]:
                    said(what, f"Taken at that time by the meeting of row {other.number}")
            taken[(what, whose, row["on"])].append(row)
    return faults


def _child(pk: str, people: Rows, known: RecordsHeld, said: "_Sayer") -> Facts | None:
    if row := people.get(pk):
        if row["part"] not in ("child", None):
            said("person_id", "This person is not recorded as a child")
            return None
        if not row.whole:
            return None
        name = " ".join(filter(None, (row["first_name"], row["last_name"])))
        return {"name": name, "born_on": row["date_of_birth"], "died_on": row["died_on"], **row.values}
    if pk not in known.people:
        said("person_id", "Nobody has this number, in this file or in the service")
        return None
    if known.people[pk]["part"] != "child":
        said("person_id", "This person is not recorded as a child")
        return None
    if known.people[pk].get("several"):
        said("person_id", SEVERAL)
        return None
    # A user who imports sees no family: what the record says is never shown, not even the name.
    return known.people[pk] | {"name": f"The child with the number {pk}"}


@dataclass(frozen=True)
class _Sayer:
    """Says what is wrong with one row."""

    sheet: Sheet
    row: Row
    faults: list[Fault]

    def __call__(self, column: str, says: str) -> None:
        typed = self.row[column]
        typed = typed.strftime("%d/%m/%Y") if isinstance(typed, date) else str(typed if typed is not None else "")
        self.faults.append(Fault(self.sheet.name, self.row.number, column, typed[:200], says.rstrip(".")))
