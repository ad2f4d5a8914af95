"""The sheet that brings in the directory of agencies, and what its rows say. Pure: no database, no clock, no Django."""

from collections.abc import Iterable

from cpc.core.accounts.choices import AgencyKind, ContactRole
from cpc.core.accounts.rules import AgencyEntry
from cpc.imports.rules import reading
from cpc.imports.rules.columns import Column as C
from cpc.imports.rules.columns import Sheet
from cpc.imports.rules.rows import Fault, Row

AGENCIES = Sheet(
    "agencies",
    "One row for each agency. An agency with several contacts has a row for each of them.",
    (
        C("name", "The name of the agency.", reading.name(200), True, "Elm Road Primary School"),
        C("kind", "School, GP practice, Police and so on.", reading.one_of(AgencyKind.choices), True, "school"),
        C("reference", "A school’s URN, a GP practice’s ODS code.", reading.words(20), False, "100001"),
        C("email", "The shared work email address.", reading.email, False, "office@example.org"),
        C("email_is_secure", "yes or no.", reading.yes_or_no, False, "yes"),
        C("phone", "As text, with the 0 or + at its beginning.", reading.phone, False, "020 7946 0101"),
        C("address", "The postal address, with commas between the lines.", reading.lines, False,
          "1 Elm Road, Harrowmere"),
        C("in_use", "no for an agency that no longer exists.", reading.yes_or_no, False, "yes"),
        C("contact_name", "Somebody to ring.", reading.name(120), False, "Priya Lane"),
        C("contact_role", "What they are contacted about.", reading.one_of(ContactRole.choices), False, "safeguarding"),
        C("contact_phone", "", reading.phone, False, "020 7946 0102"),
        C("contact_email", "", reading.email),
    ),
    ("name", "kind", "contact_name"),
)  # fmt: skip
_DETAILS = {"in_use": "is_active"}


def entries(rows: Iterable[Row]) -> tuple[list[AgencyEntry], list[Fault]]:
    """(each agency once, what is wrong): rows of one agency that differ, and contacts without a role or a number."""
    details: dict[tuple[str, str], dict[str, object]] = {}
    contacts: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    first: dict[tuple[str, str], Row] = {}
    faults: list[Fault] = []
    for row in rows:
        key = (row["name"].casefold(), row["kind"])
        first.setdefault(key, row)
        said = details.setdefault(key, {})
        for column in ("reference", "email", "email_is_secure", "phone", "address", "in_use"):
            if row[column] is None:
                continue
            value = row[column].upper() if column == "reference" else row[column]
            if said.setdefault(_DETAILS.get(column, column), value) != value:
                faults.append(_fault(row, column, f"Row {first[key].number} says something else of {row['name']}"))
        if row["contact_name"]:
            if not row["contact_role"]:
                faults.append(_fault(row, "contact_role", "Say what this contact is contacted about"))
            elif not row["contact_phone"] and not row["contact_email"]:
                faults.append(_fault(row, "contact_phone", "Give the contact a phone number or an email address"))
            else:
                found = (
                    row["contact_role"],
                    row["contact_name"],
                    row["contact_phone"] or "",
                    row["contact_email"] or "",
                )
                contacts.setdefault(key, []).append(found)
        elif row["contact_role"] or row["contact_phone"] or row["contact_email"]:
            faults.append(_fault(row, "contact_name", "Give the name of this contact"))
    numbers: dict[object, Row] = {}
    for key, said in details.items():
        if said.get("reference") and (other := numbers.setdefault(said["reference"], first[key])) is not first[key]:
            faults.append(_fault(first[key], "reference", f"Row {other.number} has this number too"))
    agencies = [
        AgencyEntry(first[key]["name"], key[1], said, tuple(contacts.get(key, ()))) for key, said in details.items()
    ]
    return agencies, faults


def _fault(row: Row, column: str, says: str) -> Fault:
    return Fault(AGENCIES.name, row.number, column, str(row[column] or ""), says)
