"""Files for tests of imports: any number of invented families, and one with two hundred planted faults."""

import csv
import io
from datetime import date
from functools import partial

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from time_machine import escape_hatch

from cpc.core.policy.bank_holidays import shipped_calendar
from cpc.imports.rules.columns import SHEETS

SURNAMES = ["Ashdown", "Birch", "Colley", "Dunmore", "Eastlake", "Fenwick", "Garside", "Holloway", "Ingram", "Jessop"]
FIRST = ["Ada", "Ben", "Cleo", "Dev", "Esme", "Finn", "Gwen", "Hal", "Ivy", "Jude"]


def _coming() -> date:
    """A working day that is still to come, for the test, which may live on a day of its own, and for a real worker."""
    latest = timezone.localdate()
    if escape_hatch.is_travelling():
        latest = max(latest, escape_hatch.datetime.date.today())
    return shipped_calendar().add_working_days(latest, 7)


def families(number, *, team="North team", worker="", children=2) -> dict[str, list[dict]]:
    """``number`` families: a mother and ``children`` children each, with open plans, visits, reviews, core groups."""
    people, plans, events, meetings = [], [], [], []
    for n in range(number):
        name, family = SURNAMES[n % 10], f"IM{n:05}"
        shared = {
            "family_number": family, "family_name": name, "team": team, "social_worker_email": worker,
            "opened_on": "02/02/2026",
        }  # fmt: skip
        ids = [f"C{n:05}{c}" for c in range(children)]
        for c, pk in enumerate(ids):
            people.append(shared | {
                "person_id": pk, "part": "child", "first_name": FIRST[(n + c) % 10], "last_name": name,
                "date_of_birth": f"{c + 1:02}/0{n % 9 + 1}/201{c % 8 + 1}", "sex": "FM"[c % 2], "ethnicity": "WBRI",
                "no_upn": "UN4",
            })  # fmt: skip
            plans.append({
                "person_id": pk, "started_on": "02/03/2026", "initial_category": "NEG", "category": "EMO",
                "aim": "Safe at home", "contingency": "Meet again",
            })  # fmt: skip
            for kind, day in (("visit", "16/11/2026"), ("core_group", "26/10/2026"), ("review", "01/06/2026")):
                events.append({"person_id": pk, "kind": kind, "happened_on": day})
            events.append({"person_id": pk, "kind": "category", "happened_on": "01/06/2026", "category": "EMO"})
        people.append(shared | {
            "person_id": f"M{n:05}", "part": "parent", "first_name": "Nora", "last_name": name, "sex": "F",
            "relationship": "mother", "relationship_to": ";".join(ids), "parental_responsibility": "yes",
            "responsibility_source": "birth", "main_carer": "yes",
            "address": f"{n + 1} Orchard Way, Exampleton", "postcode": "ZZ1 1AA",
            "safe_contact": "post", "address_protected": "yes" if n % 7 == 0 else "",
        })  # fmt: skip
        meetings.append({
            "family_number": family, "kind": "core_group", "on": f"{_coming():%d/%m/%Y}", "starts": "10:00",
            "place": "School",
        })  # fmt: skip
    return {"people": people, "plans": plans, "events": events, "meetings": meetings}


def spreadsheet(rows) -> bytes:
    """The rows as a spreadsheet of our template."""
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        given = rows.get(sheet.name, ())
        # A spreadsheet program says at the top how large a sheet is; this library does not where it only writes.
        page.calculate_dimension = partial("A1:{}{}".format, get_column_letter(len(sheet.headings)), len(given) + 1)
        page.append(sheet.headings)
        for row in given:
            page.append([row.get(name) for name in sheet.headings])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def as_csv(sheet, rows) -> bytes:
    """The rows of one sheet as CSV."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, sheet.headings)
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue().encode("utf-8-sig")


# (sheet, column, what is planted there, a piece of the sentence that must say so)
FAULTS = [
    ("people", "family_number", "", "must be filled in"),
    ("people", "last_name", "Bug³¹k", "wrong code page"),
    ("people", "first_name", "£ucja", "wrong code page"),
    ("people", "first_name", "Ma?gorzata", "question mark"),
    ("people", "last_name", "Mu\ufffdoz", "a letter that was lost"),
    ("people", "known_as", "JosÃ©", "wrong code page"),
    ("people", "last_name", "#N/A", "no value"),
    ("people", "first_name", "Ev\u202ea", "cannot be seen"),
    ("people", "phone", "7700900123", "lost the 0"),
    ("people", "phone", "7.7009E+09", "shortened"),
    ("people", "team", "Nowhere team", "no team of this name"),
    ("people", "social_worker_email", "nobody@example.org", "No active social worker"),
    ("people", "social_worker_email", "not an address", "not an email address"),
    ("people", "opened_on", "31/02/2026", "not a day of the calendar"),
    ("people", "opened_on", "02/02/2036", "today or in the past"),
    ("people", "person_id", "HAS SPACE", "20 letters and digits"),
    ("people", "person_id", "X" * 21, "20 letters and digits"),
    ("people", "part", "boss", "is not one of"),
    ("people", "first_name", "", "Enter the first name"),
    ("people", "first_name", "A" * 81, "at most 80"),
    ("people", "date_of_birth", "", "date of birth"),
    ("people", "date_of_birth", "14 May", "not a date"),
    ("people", "date_of_birth", "14/05/2030", "in the past"),
    ("people", "date_of_birth", "14/05/1990", "18 or older"),
    ("people", "expected_on", "14/05/2027", "not both"),
    ("people", "died_on", "01/01/2000", "before the date of birth"),
    ("people", "sex", "X", "is not one of"),
    ("people", "ethnicity", "ZZZZ", "is not one of"),
    ("people", "disabilities", "NONE;LD", "something else as well"),
    ("people", "disabilities", "WALK", "is not one of"),
    ("people", "upn", "A123", "is not a UPN"),
    ("people", "no_upn", "UN9", "is not one of"),
    ("people", "nhs_number", "1234567890", "not an NHS number"),
    ("people", "interpreter_needed", "perhaps", "yes or no"),
    ("people", "relationship", "mother", "Fill in both"),
    ("people", "responsibility_source", "luck", "is not one of"),
    ("people", "responsibility_source", "order", "only where somebody has it"),
    ("people", "address", "3 Some Street", "both the address and the postcode"),
    ("people", "postcode", "NOWHERE", "is not a postcode"),
    ("people", "address_protected", "yes", "no address to protect"),
    ("people", "safe_contact", "pigeon", "is not one of"),
    ("people", "safe_contact", "email", "Enter the email address"),
    ("people", "safe_contact", "text", "Enter the phone number"),
    ("plans", "person_id", "NOBODY1", "Nobody has this number"),
    ("plans", "started_on", "02/03/2030", "today or before"),
    ("plans", "started_on", "soon", "not a date"),
    ("plans", "initial_category", "BAD", "is not one of"),
    ("plans", "category", "", "must be filled in"),
    ("plans", "lead_social_worker_email", "nobody@example.org", "No active social worker"),
    ("events", "person_id", "NOBODY1", "Nobody has this number"),
    ("events", "kind", "lunch", "is not one of"),
    ("events", "happened_on", "16/11/2030", "today or in the past"),
    ("events", "happened_on", "01/01/2026", "The plan began on"),
    ("events", "category", "NEG", "names the category"),
    ("meetings", "family_number", "NONE1", "no family with this number"),
    ("meetings", "kind", "party", "is not one of"),
    ("meetings", "on", "28/11/2026", "not a working day"),
    ("meetings", "on", "02/11/2026", "after today"),
    ("meetings", "starts", "25:00", "not a time"),
    ("meetings", "starts", "00:00", "not an hour for a meeting"),
    ("meetings", "place", "", "must be filled in"),
]


def with_faults(number=200) -> tuple[dict, list[tuple]]:
    """(rows with one fault planted in each of ``number`` families, [(sheet, row, column, a piece of the sentence)])."""
    rows, planted = families(number), []
    for n in range(number):
        sheet, column, typed, says = FAULTS[n % len(FAULTS)]
        # The first row of family n in each sheet: 3 people, 2 plans, 8 events, 1 meeting a family.
        place = n * {"people": 3, "plans": 2, "events": 8, "meetings": 1}[sheet]
        if column in ("person_id", "family_number", "upn") and typed:
            typed = f"{typed}{n}"
        rows[sheet][place][column] = typed
        planted.append((sheet, place + 2, column, says))
    return rows, planted


def census(*children) -> bytes:
    """A Children in Need census file. A child: {"id", and by its element's name what else is said of it}."""
    said = "".join(_census_child(child) for child in children)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Message><Header><CollectionDetails><Collection>CIN</Collection>'
        f"<Year>2026</Year></CollectionDetails></Header><Children>{said}</Children></Message>"
    ).encode()


def _census_child(child) -> str:
    identity = "".join(
        f"<{name}>{child[name]}</{name}>"
        for name in ("LAchildID", "UPN", "UPNunknown", "PersonBirthDate", "Sex")
        if name in child
    )
    plan = ""
    if "CPPstartDate" in child:
        reviews = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in child.get("reviews", ()))
        plan = (
            f"<CINdetails><ChildProtectionPlans><CPPstartDate>{child['CPPstartDate']}</CPPstartDate>"
            f"<LatestCategoryOfAbuse>{child.get('category', 'EMO')}</LatestCategoryOfAbuse>"
            f"<Reviews>{reviews}</Reviews></ChildProtectionPlans></CINdetails>"
        )
    ethnicity = f"<Ethnicity>{child['Ethnicity']}</Ethnicity>" if "Ethnicity" in child else ""
    return (
        f"<Child><ChildIdentifiers>{identity}</ChildIdentifiers>"
        f"<ChildCharacteristics>{ethnicity}</ChildCharacteristics>{plan}</Child>"
    )
